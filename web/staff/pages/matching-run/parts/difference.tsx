import { useQuery } from '@tanstack/react-query';
import { api, read } from '../../../../shared/api/client.ts';
import { useTexts } from '../../../../shared/texts/use-texts.ts';
import { FiguresTable } from '../../../blocks/figures-table.tsx';
import { OfferUnit, ProposalName } from '../../../blocks/named.tsx';
import { Section } from '../../../blocks/page.tsx';
import { points } from '../../../blocks/points.ts';
import { Refusal } from '../../../blocks/problem.tsx';
import { texts } from '../texts.ts';

/** What planning anew, or a change by hand, has moved. */
export function Difference({ runId, revision }: { readonly runId: string; readonly revision: number }) {
  const t = useTexts(texts);
  const found = useQuery({
    queryKey: ['matching-difference', runId, revision],
    queryFn: () => read(api.GET('/api/v1/matching-runs/{id}/difference', { params: { path: { id: runId } } })),
  });
  if (found.isError) return <Refusal error={found.error} retry={() => void found.refetch()} />;
  const difference = found.data?.difference;
  if (!difference) return null;
  const { value, added, removed, moved, dropped } = difference;
  const offer = (id: string | null) => (id === null ? t('nobody') : <OfferUnit id={id} />);
  const rows = [
    ...added.map((id) => ({ key: `+${id}`, cells: [<ProposalName key="name" id={id} />, t('added'), '–', '–'] })),
    ...removed.map((id) => ({ key: `-${id}`, cells: [<ProposalName key="name" id={id} />, t('removed'), '–', '–'] })),
    ...moved.map(({ proposalId, from, to }) => ({
      key: proposalId,
      cells: [<ProposalName key="name" id={proposalId} />, t('moved'), offer(from), offer(to)],
    })),
    ...dropped.map(({ proposalId, offerId }) => ({
      key: `!${proposalId}`,
      cells: [<ProposalName key="name" id={proposalId} />, t('dropped'), offer(offerId), '–'],
    })),
  ];
  return (
    <Section title={t('difference')}>
      <p>{t('differenceValue', { before: points(value.before), after: points(value.after) })}</p>
      {rows.length === 0 ? (
        <p>{t('same')}</p>
      ) : (
        <FiguresTable label={t('difference')} columns={[{ title: t('need') }, { title: t('kind') }, { title: t('from') }, { title: t('to') }]} rows={rows} />
      )}
    </Section>
  );
}
