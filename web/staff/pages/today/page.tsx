import { useQuery } from '@tanstack/react-query';
import { api, read } from '../../../shared/api/client.ts';
import { useTexts } from '../../../shared/texts/use-texts.ts';
import { Door, Doors } from '../../blocks/door.tsx';
import { Page } from '../../blocks/page.tsx';
import { Refusal } from '../../blocks/problem.tsx';
import { RowsSkeleton } from '../../blocks/skeletons.tsx';
import { hasRole, useMe } from '../../me.ts';
import { texts } from './texts.ts';

export default function TodayPage() {
  const t = useTexts(texts);
  const me = useMe();
  const summary = useQuery({ queryKey: ['waits', 'summary'], queryFn: () => read(api.GET('/api/v1/waits/summary')) });
  if (summary.isPending) return <RowsSkeleton />;
  if (summary.isError) return <Refusal error={summary.error} retry={() => void summary.refetch()} />;
  const mine = summary.data.items.filter(({ ownerRole }) => hasRole(me, ownerRole));
  const others = summary.data.items.filter((it) => !mine.includes(it));
  const sum = (numbers: readonly number[]): number => numbers.reduce((all, it) => all + it, 0);
  return (
    <Page title={t('title')}>
      <Doors label={t('title')}>
        <Door label={t('mine')} value={sum(mine.map(({ count }) => count))} to={`/waits?role=${mine[0]?.ownerRole ?? ''}`} />
        <Door label={t('othersLate')} value={sum(others.map(({ overdue }) => overdue))} to="/waits?late=true" tone="late" />
      </Doors>
    </Page>
  );
}
