import { Suspense } from 'react';
import { useSearchParams } from 'react-router';
import { useTexts } from '../../../shared/texts/use-texts.ts';
import { Choice } from '../../blocks/choice.tsx';
import { useCommunities } from '../../blocks/communities.ts';
import { later } from '../../blocks/later.ts';
import { NeedsNav } from '../../blocks/needs-nav.tsx';
import { NEED_STATES, useOptions } from '../../blocks/needs-words.ts';
import { Page } from '../../blocks/page.tsx';
import { Segments } from '../../blocks/segments.tsx';
import { RowsSkeleton } from '../../blocks/skeletons.tsx';
import { OneByOne } from './one-by-one.tsx';
import { useIsPhone } from '../../blocks/use-is-phone.ts';
import styles from './page.module.css';
import { texts } from './texts.ts';

const Bundles = later(() => import('./bundles.tsx'));
const Duplicates = later(() => import('./duplicates.tsx'));

const VIEWS = ['needs', 'duplicates', 'bundles'] as const;
type View = (typeof VIEWS)[number];

export default function TriagePage() {
  const t = useTexts(texts);
  const [search, setSearch] = useSearchParams();
  const view: View = VIEWS.find((it) => it === search.get('view')) ?? 'needs';
  const state = NEED_STATES.find((it) => it === search.get('state')) ?? 'raised';
  const communityId = search.get('communityId') ?? undefined;
  const want = (change: Readonly<Record<string, string>>): void =>
    setSearch((before) => {
      const after = new URLSearchParams(before);
      after.delete('id');
      for (const [key, value] of Object.entries(change)) if (value === '') after.delete(key);
      else after.set(key, value);
      return after;
    });
  const states = useOptions('need', NEED_STATES);
  const communities = useCommunities('needs.triage');
  return (
    <Page title={t('title')} lead={useIsPhone() ? t('lead') : `${t('lead')} ${t('keys')}`}>
      <NeedsNav />
      <div className={styles['tools']}>
        <Segments label={t('view')} value={view} options={VIEWS.map((value) => ({ value, label: t(`view.${value}`) }))} change={(value) => want({ view: value })} />
        {view === 'needs' && <Choice label={t('state')} value={state} options={states} change={(value) => want({ state: value })} />}
        {view !== 'duplicates' && (
          <Choice label={t('community')} value={communityId ?? ''} options={[{ value: '', label: t('all') }, ...communities]} change={(value) => want({ communityId: value })} />
        )}
      </div>
      {view === 'needs' && <OneByOne state={state} communityId={communityId} />}
      <Suspense fallback={<RowsSkeleton rows={4} />}>
        {view === 'duplicates' && <Duplicates />}
        {view === 'bundles' && <Bundles communityId={communityId} />}
      </Suspense>
    </Page>
  );
}
