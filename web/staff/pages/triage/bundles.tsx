import { useState } from 'react';
import { Button, Checkbox } from 'antd';
import { useNavigate } from 'react-router';
import { useQuery } from '@tanstack/react-query';
import { api, read } from '../../../shared/api/client.ts';
import { useTexts } from '../../../shared/texts/use-texts.ts';
import { Empty } from '../../blocks/empty.tsx';
import { useNeedsWords } from '../../blocks/needs-words.ts';
import { Refusal } from '../../blocks/problem.tsx';
import { RowsSkeleton } from '../../blocks/skeletons.tsx';
import { useUnitName } from '../../blocks/units.ts';
import type { Schemas } from '../../me.ts';
import styles from './page.module.css';
import { texts } from './texts.ts';

type Bundle = Schemas['BundleSuggestion'];

/** Triaged needs that one project might answer; a person chooses which of them become a proposal. */
export default function Bundles({ communityId }: { readonly communityId: string | undefined }) {
  const t = useTexts(texts);
  const found = useQuery({
    queryKey: ['needs', 'bundles', communityId],
    queryFn: () => read(api.GET('/api/v1/needs/bundles', { params: { query: { ...(communityId && { communityId }) } } })),
  });
  if (found.isPending) return <RowsSkeleton rows={4} />;
  if (found.isError) return <Refusal error={found.error} retry={() => void found.refetch()} />;
  if (found.data.items.length === 0) return <Empty title={t('bundlesNone')} why={t('bundlesWhy')} />;
  return found.data.items.map((bundle) => <BundleCard key={bundle.needs.map(({ id }) => id).join()} bundle={bundle} />);
}

function BundleCard({ bundle: { category, communityId, needs, peopleAffected, sharedWords } }: { readonly bundle: Bundle }) {
  const t = useTexts(texts);
  const navigate = useNavigate();
  const words = useNeedsWords();
  const unitName = useUnitName();
  const [chosen, setChosen] = useState<ReadonlySet<string>>(() => new Set(needs.map(({ id }) => id)));
  const title = t('bundle', { category: words('category', category), community: unitName(communityId) });
  const propose = (): void => {
    const wanted = new URLSearchParams({ communityId, category, needs: [...chosen].join(',') });
    void navigate(`/needs/proposals/new?${wanted.toString()}`);
  };
  return (
    <section className={styles['detail']} aria-label={title}>
      <h2>{title}</h2>
      <p className={styles['meta']}>
        {t('bundlePeople', { count: peopleAffected })}
        {sharedWords.length > 0 && ` · ${t('words', { words: sharedWords.join('、') })}`}
      </p>
      <ul className={styles['members']}>
        {needs.map(({ id, number, publicText, place, percent, samePlace }) => (
          <li key={id}>
            <Checkbox
              checked={chosen.has(id)}
              onChange={({ target }) => {
                const next = new Set(chosen);
                if (target.checked) next.add(id);
                else next.delete(id);
                setChosen(next);
              }}
            >
              {number} {place !== null && `${place}：`}
              {publicText ?? t('noText')}{' '}
              <span className={styles['meta']}>
                {t('likeness', { percent })}
                {samePlace && ` · ${t('samePlace')}`}
              </span>
            </Checkbox>
          </li>
        ))}
      </ul>
      <Button type="primary" disabled={chosen.size === 0} onClick={propose}>
        {t('propose', { count: chosen.size })}
      </Button>
    </section>
  );
}
