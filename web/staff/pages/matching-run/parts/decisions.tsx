import { api, read } from '../../../../shared/api/client.ts';
import type { paths } from '../../../../shared/api/schema.d.ts';
import { useTexts } from '../../../../shared/texts/use-texts.ts';
import { Button } from '../../../blocks/button.tsx';
import { useNeedsWords } from '../../../blocks/needs-words.ts';
import type { Column, Filter, Wanted } from '../../../blocks/data-list/columns.ts';
import { DataList } from '../../../blocks/data-list/data-list.tsx';
import { points } from '../../../blocks/points.ts';
import { StatusTag } from '../../../blocks/status-tag.tsx';
import { useUnitName, useUnits } from '../../../blocks/units.ts';
import type { Schemas } from '../../../me.ts';
import styles from '../page.module.css';
import type { Run } from '../run.ts';
import { texts } from '../texts.ts';
import { REASONS, useReason } from './reasons.ts';

type Row = Schemas['MatchingPlannedDecision'];
type Query = NonNullable<paths['/api/v1/matching-runs/{id}/decisions']['get']['parameters']['query']>;

const PAGE = 50;

export function Decisions({ run, open }: { readonly run: Run; readonly open: (proposalId: string) => void }) {
  const t = useTexts(texts);
  return (
    <DataList<Row>
      name="matching-decisions"
      label={t('figures')}
      queryKey={['matching-decisions', run.id, run.revision]}
      fetchPage={(wanted, cursor) =>
        read(
          api.GET('/api/v1/matching-runs/{id}/decisions', {
            params: { path: { id: run.id }, query: { ...queryOf(wanted), limit: PAGE, ...(cursor && { cursor }) } },
          }),
        )
      }
      idOf={({ proposalId }) => proposalId}
      columns={useColumns(open)}
      filters={useFilters()}
      empty={{ title: t('rowsEmpty') }}
    />
  );
}

function queryOf(wanted: Wanted): Query {
  return wanted as Query;
}

function useFilters(): readonly Filter[] {
  const t = useTexts(texts);
  const reason = useReason();
  const units = useUnits();
  const partners = [...(units.data?.values() ?? [])].filter(({ kind }) => kind === 'coBuildingUnit' || kind === 'socialOrganization');
  return [
    { key: 'placed', label: t('placed'), kind: 'choice', options: [{ value: 'true', label: t('matched') }, { value: 'false', label: t('unmatched') }] },
    { key: 'reason', label: t('reason'), kind: 'choice', options: REASONS.map((value) => ({ value, label: reason(value) })) },
    { key: 'unitId', label: t('unit'), kind: 'choice', options: partners.map(({ id, name }) => ({ value: id, label: name })) },
  ];
}

/** The next best: what the plan would lose least by; of an unplaced proposal nothing stands out. */
export function runnerUpOf({ decision }: Row): Row['decision']['alternatives'][number] | undefined {
  const { runnerUp, alternatives } = decision;
  return alternatives.find(({ target }) => target === runnerUp) ?? alternatives[0];
}

function useColumns(open: (proposalId: string) => void): readonly Column<Row>[] {
  const t = useTexts(texts);
  const unitName = useUnitName();
  const words = useNeedsWords();
  const reason = useReason();
  return [
    {
      key: 'need',
      title: t('need'),
      isHeading: true,
      render: ({ proposal, proposalId }) => (
        <Button type="link" className={styles['open'] ?? ''} onClick={() => open(proposalId)}>
          {proposal ? `${proposal.number} ${proposal.title}` : proposalId.slice(0, 8)}
        </Button>
      ),
    },
    { key: 'community', title: t('community'), render: ({ proposal }) => (proposal ? unitName(proposal.communityId) : '–') },
    { key: 'category', title: t('category'), render: ({ proposal }) => (proposal ? words('category', proposal.category) : '–') },
    {
      key: 'unit',
      title: t('unit'),
      render: ({ unitId, decision }) => (
        <>
          {unitId === null ? <StatusTag standing="soon">{t('nobody')}</StatusTag> : unitName(unitId)}
          {decision.humanDecision?.changed && <StatusTag standing="mine">{t('byHand')}</StatusTag>}
        </>
      ),
    },
    { key: 'score', title: t('score'), align: 'end', render: ({ decision }) => (decision.best ? points(decision.best.score) : '–') },
    {
      key: 'runnerUp',
      title: t('runnerUp'),
      render: (row) => {
        const next = runnerUpOf(row);
        if (!next) return '–';
        const loss = next.margin ?? next.marginAtLeast;
        const gap = loss === undefined ? '' : loss === 0 ? t('even') : `−${points(loss)}`;
        return `${unitName(next.unitId)} ${gap}`;
      },
    },
    {
      key: 'whyNot',
      title: t('whyNot'),
      render: (row) => {
        const next = runnerUpOf(row);
        return next ? reason(next.reasonCode) : '–';
      },
    },
  ];
}
