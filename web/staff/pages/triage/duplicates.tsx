import { useInfiniteQuery } from '@tanstack/react-query';
import { api, read } from '../../../shared/api/client.ts';
import { useTexts } from '../../../shared/texts/use-texts.ts';
import { Button } from '../../blocks/button.tsx';
import { Empty } from '../../blocks/empty.tsx';
import { Refusal } from '../../blocks/problem.tsx';
import { RowsSkeleton } from '../../blocks/skeletons.tsx';
import { ClusterCards } from './cluster.tsx';
import styles from './page.module.css';
import { texts } from './texts.ts';

const PAGE = 20;

/** Everything that seems to be said twice, oldest first. */
export default function Duplicates() {
  const t = useTexts(texts);
  const list = useInfiniteQuery({
    queryKey: ['needs', 'duplicates'],
    queryFn: ({ pageParam }) => read(api.GET('/api/v1/needs/duplicates', { params: { query: { limit: PAGE, ...(pageParam && { cursor: pageParam }) } } })),
    initialPageParam: '',
    getNextPageParam: ({ next }) => next ?? undefined,
  });
  if (list.isPending) return <RowsSkeleton rows={4} />;
  if (list.isError) return <Refusal error={list.error} retry={() => void list.refetch()} />;
  const clusters = list.data.pages.flatMap(({ items }) => items);
  if (clusters.length === 0) return <Empty title={t('duplicatesNone')} why={t('duplicatesWhy')} />;
  return (
    <>
      {clusters.map((cluster) => (
        <section key={cluster.oldest.id} className={styles['detail']} aria-label={cluster.oldest.number}>
          <ClusterCards cluster={cluster} />
        </section>
      ))}
      {list.hasNextPage && (
        <Button loading={list.isFetchingNextPage} onClick={() => void list.fetchNextPage()}>
          {t('more')}
        </Button>
      )}
    </>
  );
}
