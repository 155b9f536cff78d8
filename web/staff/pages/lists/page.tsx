import { Suspense } from 'react';
import { Navigate, useNavigate, useParams, useSearchParams } from 'react-router';
import { useQuery } from '@tanstack/react-query';
import { api, read } from '../../../shared/api/client.ts';
import { useTexts } from '../../../shared/texts/use-texts.ts';
import { Button } from '../../blocks/button.tsx';
import { Choice } from '../../blocks/choice.tsx';
import { useCommunities } from '../../blocks/communities.ts';
import { later } from '../../blocks/later.ts';
import { Page } from '../../blocks/page.tsx';
import { Segments } from '../../blocks/segments.tsx';
import { PageSkeleton, RowsSkeleton } from '../../blocks/skeletons.tsx';
import { holds, useMe } from '../../me.ts';
import { KINDS, type Kind } from './kinds.ts';
import { NowNeeds, NowProjects, NowResources } from './now.tsx';
import styles from './page.module.css';
import { texts } from './texts.ts';

const FreezeCheck = later(() => import('./freeze-check.tsx'));
const Frozen = later(() => import('./frozen.tsx'));

export default function ListsPage() {
  const { kind: wished } = useParams();
  const kind = KINDS.find((it) => it === wished);
  return kind ? <Shown kind={kind} /> : <Navigate to="/lists/needs" replace />;
}

function Shown({ kind }: { readonly kind: Kind }) {
  const t = useTexts(texts);
  const me = useMe();
  const navigate = useNavigate();
  const [search, setSearch] = useSearchParams();
  const communities = useCommunities();
  const communityId = search.get('communityId') ?? '';
  const at = search.get('at') ?? '';
  const keys = useQuery({
    queryKey: ['list-snapshots', communityId],
    queryFn: () => read(api.GET('/api/v1/list-snapshots', { params: { query: { communityId } } })),
    enabled: communityId !== '',
  });
  const want = (change: Readonly<Record<string, string>>): void =>
    setSearch((before) => {
      const after = new URLSearchParams(before);
      for (const [key, value] of Object.entries(change)) if (value === '') after.delete(key);
      else after.set(key, value);
      return after;
    });
  if (search.has('freeze')) {
    return (
      <Suspense fallback={<PageSkeleton />}>
        <FreezeCheck kind={kind} />
      </Suspense>
    );
  }

  const quarters = (keys.data?.items ?? []).filter(({ list }) => list === kind).map(({ quarter }) => ({ value: quarter, label: quarter }));
  const isFrozen = at !== '' && communityId !== '';
  return (
    <Page
      title={t('title')}
      lead={t('lead')}
      primary={
        holds(me, 'needs.publish') && (
          <Button type="primary" onClick={() => void navigate(`/lists/${kind}?freeze=yes&communityId=${communityId}`)}>
            {t('freeze')}
          </Button>
        )
      }
    >
      <div className={styles['tools']}>
        <Segments
          label={t('kind')}
          value={kind}
          options={KINDS.map((value) => ({ value, label: t(`kind.${value}`) }))}
          change={(value) => void navigate(`/lists/${value}?${new URLSearchParams({ ...(communityId && { communityId }), ...(at && { at }) }).toString()}`)}
        />
        <Choice
          label={t('field.community')}
          value={communityId}
          options={[{ value: '', label: `${t('field.community')}：${t('all')}` }, ...communities]}
          change={(value) => want({ communityId: value, ...(value === '' && { at: '' }) })}
        />
        <Choice label={t('at')} value={isFrozen ? at : ''} options={[{ value: '', label: t('now') }, ...quarters]} change={(value) => want({ at: value, show: '' })} />
        {communityId === '' && <span className={styles['hint']}>{t('communityFirst')}</span>}
        {communityId !== '' && keys.isSuccess && quarters.length === 0 && <span className={styles['hint']}>{t('noSnapshots')}</span>}
      </div>
      {isFrozen ? (
        <Suspense fallback={<RowsSkeleton rows={8} />}>
          <Frozen key={`${kind} ${communityId} ${at}`} kind={kind} communityId={communityId} quarter={at} />
        </Suspense>
      ) : (
        <Now kind={kind} communityId={communityId} />
      )}
    </Page>
  );
}

function Now({ kind, communityId }: { readonly kind: Kind; readonly communityId: string }) {
  if (kind === 'needs') return <NowNeeds communityId={communityId} />;
  return kind === 'resources' ? <NowResources communityId={communityId} /> : <NowProjects communityId={communityId} />;
}
