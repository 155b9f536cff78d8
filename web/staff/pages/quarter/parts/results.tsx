import { useQuery } from '@tanstack/react-query';
import { api, read } from '../../../../shared/api/client.ts';
import { roundMoney } from '../../../../shared/format/money.ts';
import { dayOf, longDay } from '../../../../shared/format/time.ts';
import { useLanguage, useTexts } from '../../../../shared/texts/use-texts.ts';
import { Door, Doors } from '../../../blocks/door.tsx';
import { Empty } from '../../../blocks/empty.tsx';
import { Section } from '../../../blocks/page.tsx';
import { Refusal } from '../../../blocks/problem.tsx';
import { RowsSkeleton } from '../../../blocks/skeletons.tsx';
import type { Schemas } from '../../../me.ts';
import { texts } from '../texts.ts';

export type Detail = Schemas['QuarterDetail'];

/** What the quarter that is heard brought about here. */
export function useResults({ communityId, hears }: Pick<Detail, 'communityId' | 'hears'>) {
  return useQuery({
    queryKey: ['loop-report', hears, hears],
    queryFn: () => read(api.GET('/api/v1/insights/loop-report', { params: { query: { from: hears, until: hears } } })),
    select: ({ byCommunity }) => byCommunity.find(({ id }) => id === communityId) ?? null,
  });
}

/** The preview before, the publication afterwards: one and the same. */
export function Results({ cycle }: { readonly cycle: Detail }) {
  const t = useTexts(texts);
  const language = useLanguage();
  const { communityId, quarter, hears, publishedAt } = cycle;
  const found = useResults(cycle);
  const addenda = cycle.reports.filter(({ addendum }) => addendum).length;
  const title =
    publishedAt === null ? t('preview', { quarter: hears }) : t('publication', { quarter: hears, day: longDay(dayOf(publishedAt), language) });
  const report = `/insights/loop-report?from=${hears}&until=${hears}`;
  return (
    <Section title={title}>
      {found.isError && <Refusal error={found.error} retry={() => void found.refetch()} />}
      {found.isPending && <RowsSkeleton rows={2} />}
      {found.data === null && <Empty title={t('noResults')} why={t('resultsWhy')} />}
      {found.data && (
        <Doors label={title}>
          <Door label={t('projects')} value={found.data.microProjects} to={`${report}#by-community`} />
          <Door label={t('money')} value={roundMoney(found.data.fundsFen, language)} to={`${report}#by-community`} />
          <Door label={t('solved')} value={found.data.problemsSolved} to={`${report}#by-community`} />
          <Door label={t('served')} value={found.data.peopleServed} to={`${report}#by-community`} />
          <Door label={t('accepted')} value={found.data.reportsAccepted} to={`/quarters/${communityId}/${quarter}?standing=submitted#reports`} />
          <Door label={t('addenda')} value={addenda} to={`/quarters/${communityId}/${quarter}?standing=submitted#reports`} />
        </Doors>
      )}
      {publishedAt !== null && (
        <p>
          <a href={`/p/results/${hears}`}>{t('public')}</a>
        </p>
      )}
    </Section>
  );
}
