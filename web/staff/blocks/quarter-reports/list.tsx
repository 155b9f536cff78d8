import { Link } from 'react-router';
import { api, read } from '../../../shared/api/client.ts';
import type { KeyHeader } from '../../../shared/api/command.ts';
import { Problem } from '../../../shared/api/problem.ts';
import type { paths } from '../../../shared/api/schema.d.ts';
import { dateAndTime, dayOfDeadline } from '../../../shared/format/time.ts';
import { useTexts } from '../../../shared/texts/use-texts.ts';
import { holds, useMe, type Schemas } from '../../me.ts';
import { useBodies, useCommunities } from '../communities.ts';
import type { BatchAction } from '../data-list/batch-bar.tsx';
import type { Column, Filter } from '../data-list/columns.ts';
import { DataList } from '../data-list/data-list.tsx';
import { StatusTag, type Standing } from '../status-tag.tsx';
import { useUnitName } from '../units.ts';
import { texts } from './texts.ts';

type Row = Schemas['ReportDue'];
type Query = paths['/api/v1/quarter-reports']['get']['parameters']['query'];

const PAGE = 50;
const STANDINGS = ['asked', 'submitted', 'toAccept', 'missing', 'late', 'waived', 'reminded'] as const;
const TAGS: Readonly<Record<string, Standing>> = { submitted: 'mine', returned: 'soon', accepted: 'done' };

interface Props {
  /** The quarter that is reported on. */
  readonly quarter: string;
  /** Only this one’s; without it those of all. */
  readonly communityId?: string;
}

/** Who has reported and who has not: units, projects, states, reminders. */
export function ReportsDueList({ quarter, communityId }: Props) {
  const t = useTexts(texts);
  const fixed = { quarter, ...(communityId !== undefined && { communityId }) };
  return (
    <div id="reports">
      <DataList<Row>
        name="quarter-reports"
        label={t('counts', { quarter })}
        queryKey={['quarter-reports', quarter, communityId ?? '']}
        fetchPage={(wanted, cursor) =>
          read(api.GET('/api/v1/quarter-reports', { params: { query: { ...(wanted as Partial<Query>), ...fixed, limit: PAGE, ...(cursor && { cursor }) } } }))
        }
        idOf={({ projectId }) => projectId}
        columns={useColumns(communityId === undefined)}
        filters={useFilters(communityId === undefined)}
        exportAs={{ list: 'quarter-reports', queryOf: (wanted) => ({ ...wanted, ...fixed }) }}
        batch={useBatch()}
        empty={{ title: t('empty', { quarter }), why: t('emptyWhy') }}
      />
    </div>
  );
}

function useBatch(): readonly BatchAction<Row>[] {
  const t = useTexts(texts);
  const me = useMe();
  if (!holds(me, 'projects.accept')) return [];
  const path = ({ projectId: id, quarter }: Row) => ({ id, quarter });
  return [
    { key: 'remind', label: t('remind'), act: remind },
    {
      key: 'accept',
      label: t('accept'),
      act: (row, header) => read(api.POST('/api/v1/projects/{id}/reports/{quarter}/accept', { params: { path: path(row), header }, body: {} })),
    },
    {
      key: 'waive',
      label: t('waive'),
      asks: t('waiveReason'),
      act: (row, header, reason) => read(api.POST('/api/v1/projects/{id}/reports/{quarter}/waive', { params: { path: path(row), header }, body: { reason } })),
    },
  ];
}

async function remind({ projectId, quarter }: Row, header: KeyHeader): Promise<void> {
  const { items } = await read(api.POST('/api/v1/quarter-reports/remind', { params: { header }, body: { reports: [{ projectId, quarter }] } }));
  const refused = items.find(({ code }) => code !== null);
  if (refused?.code) throw new Problem({ title: '', status: 422, code: refused.code, detail: refused.detail ?? '', params: {}, errors: [], requestId: '' });
}

function useFilters(withCommunity: boolean): readonly Filter[] {
  const t = useTexts(texts);
  const communities = useCommunities();
  const bodies = useBodies();
  return [
    { key: 'standing', label: t('standing'), kind: 'choice', options: STANDINGS.map((value) => ({ value, label: t(`standing.${value}`) })) },
    ...(withCommunity ? [{ key: 'communityId', label: t('community'), kind: 'choice' as const, options: communities }] : []),
    { key: 'unitId', label: t('unit'), kind: 'choice', options: bodies },
  ];
}

function useColumns(withCommunity: boolean): readonly Column<Row>[] {
  const t = useTexts(texts);
  const unitName = useUnitName();
  return [
    { key: 'unit', title: t('unit'), isHeading: true, render: ({ unitId }) => unitName(unitId) },
    { key: 'project', title: t('project'), render: ({ projectId, number, title }) => <Link to={`/projects/${projectId}`}>{`${number} ${title}`}</Link> },
    ...(withCommunity ? [{ key: 'community', title: t('community'), render: ({ communityId }: Row) => unitName(communityId) }] : []),
    {
      key: 'state',
      title: t('state'),
      render: ({ state, late, addendum }) => (
        <>
          <StatusTag standing={TAGS[state] ?? 'others'}>{t(`state.${state}`)}</StatusTag>
          {late && <StatusTag standing="late">{t('late')}</StatusTag>}
          {addendum && <StatusTag standing="soon">{t('addendum')}</StatusTag>}
        </>
      ),
    },
    { key: 'notes', title: t('notes'), render: ({ notes }) => (notes.length === 0 ? '–' : notes.map((month) => t('noteOf', { month: Number(month.slice(5)) })).join(' ')) },
    { key: 'reminded', title: t('reminded'), align: 'end', render: ({ reminded }) => reminded },
    { key: 'due', title: t('due'), render: ({ due }) => dayOfDeadline(due) },
    { key: 'submitted', title: t('submitted'), render: ({ submittedAt }) => (submittedAt === null ? '–' : dateAndTime(submittedAt)) },
  ];
}
