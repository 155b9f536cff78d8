import { Link, useNavigate } from 'react-router';
import { api, read } from '../../../shared/api/client.ts';
import { useCommand } from '../../../shared/api/command.ts';
import { wholeNumber } from '../../../shared/format/money.ts';
import { dateAndTime } from '../../../shared/format/time.ts';
import { useTexts } from '../../../shared/texts/use-texts.ts';
import type { Column, Filter } from '../../blocks/data-list/columns.ts';
import { DataList } from '../../blocks/data-list/data-list.tsx';
import { Button } from '../../blocks/button.tsx';
import { Page } from '../../blocks/page.tsx';
import { points } from '../../blocks/points.ts';
import { Refusal } from '../../blocks/problem.tsx';
import { RUN_STATUSES, useRunStatus } from '../../blocks/run-status.ts';
import { StatusTag } from '../../blocks/status-tag.tsx';
import { useDeadline } from '../../blocks/workdays.ts';
import { holds, useMe, type Schemas } from '../../me.ts';
import { texts } from './texts.ts';

type Run = Schemas['MatchingRun'];

const PAGE = 30;

export default function MatchingPage() {
  const t = useTexts(texts);
  const me = useMe();
  const navigate = useNavigate();
  const begin = useCommand(
    (_: null, header) => read(api.POST('/api/v1/matching-runs', { params: { header }, body: {} })),
    ({ id }) => void navigate(`/matching/${id}`),
  );
  return (
    <Page
      title={t('title')}
      lead={t('lead')}
      primary={
        holds(me, 'matching.run') && (
          <Button type="primary" loading={begin.isRunning} onClick={() => void begin.run(null)}>
            {t('begin')}
          </Button>
        )
      }
    >
      {begin.problem && <Refusal error={begin.problem} />}
      <DataList<Run>
        name="matching-runs"
        label={t('title')}
        queryKey={['matching-runs']}
        fetchPage={({ status }, cursor) =>
          read(api.GET('/api/v1/matching-runs', { params: { query: { limit: PAGE, ...(status && { status: status as Run['status'] }), ...(cursor && { cursor }) } } }))
        }
        idOf={({ id }) => id}
        columns={useColumns()}
        filters={useFilters()}
        exportAs={{ list: 'matching-runs' }}
        empty={{ title: t('empty'), why: t('emptyWhy'), action: <Link to="/needs/proposals">{t('proposals')}</Link> }}
      />
    </Page>
  );
}

function useFilters(): readonly Filter[] {
  const t = useTexts(texts);
  const status = useRunStatus();
  return [{ key: 'status', label: t('status'), kind: 'choice', options: RUN_STATUSES.map((value) => ({ value, label: status({ status: value, late: false }).text })) }];
}

const counted = (count: number | null): string => (count === null ? '–' : wholeNumber(count));
const pointed = (hundredths: number | null): string => (hundredths === null ? '–' : points(hundredths));

function useColumns(): readonly Column<Run>[] {
  const t = useTexts(texts);
  const status = useRunStatus();
  const deadline = useDeadline();
  return [
    { key: 'opened', title: t('opened'), isHeading: true, render: ({ id, openedAt }) => <Link to={`/matching/${id}`}>{dateAndTime(openedAt)}</Link> },
    {
      key: 'status',
      title: t('status'),
      render: (run) => {
        const { text, standing } = status(run);
        return <StatusTag standing={standing}>{text}</StatusTag>;
      },
    },
    { key: 'matched', title: t('matched'), align: 'end', render: ({ id, matched }) => (matched ? <Link to={`/matching/${id}?placed=true`}>{counted(matched)}</Link> : counted(matched)) },
    { key: 'unmatched', title: t('unmatched'), align: 'end', render: ({ id, unmatched }) => (unmatched ? <Link to={`/matching/${id}?placed=false`}>{counted(unmatched)}</Link> : counted(unmatched)) },
    { key: 'value', title: t('value'), align: 'end', render: ({ value }) => pointed(value) },
    { key: 'price', title: t('price'), align: 'end', render: ({ price }) => pointed(price) },
    { key: 'due', title: t('due'), render: ({ status: now, due }) => (now === 'solved' ? deadline(due).text : '–') },
  ];
}
