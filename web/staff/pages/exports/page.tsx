import { api, fileUrl, read } from '../../../shared/api/client.ts';
import { dateAndTime } from '../../../shared/format/time.ts';
import { useTexts } from '../../../shared/texts/use-texts.ts';
import type { BatchAction } from '../../blocks/data-list/batch-bar.tsx';
import type { Column, Filter } from '../../blocks/data-list/columns.ts';
import { DataList } from '../../blocks/data-list/data-list.tsx';
import { Page } from '../../blocks/page.tsx';
import { StatusTag, type Standing } from '../../blocks/status-tag.tsx';
import { mayAsk, useMe, type Schemas } from '../../me.ts';
import { texts } from './texts.ts';

type Export = Schemas['Export'];

const PAGE = 50;
const WHICH = ['mine', 'toRelease'] as const;
const STANDINGS: Readonly<Record<Export['state'], Standing>> = { waiting: 'others', ready: 'done', refused: 'late', expired: 'paused' };

export default function ExportsPage() {
  const t = useTexts(texts);
  return (
    <Page title={t('title')} lead={t('lead')}>
      <DataList<Export>
        name="exports"
        label={t('title')}
        queryKey={['exports']}
        fetchPage={({ which }, cursor) =>
          read(api.GET('/api/v1/exports', { params: { query: { limit: PAGE, ...(which === 'toRelease' && { which }), ...(cursor && { cursor }) } } }))
        }
        idOf={({ id }) => id}
        columns={useColumns()}
        filters={useFilters()}
        batch={useBatch()}
        empty={{ title: t('empty'), why: t('emptyWhy') }}
      />
    </Page>
  );
}

function useFilters(): readonly Filter[] {
  const t = useTexts(texts);
  const me = useMe();
  if (!mayAsk(me, 'people.export')) return [];
  return [{ key: 'which', label: t('which'), kind: 'choice', options: WHICH.map((value) => ({ value, label: t(`which.${value}`) })) }];
}

function useBatch(): readonly BatchAction<Export>[] {
  const t = useTexts(texts);
  const me = useMe();
  if (!mayAsk(me, 'people.export')) return [];
  return [
    {
      key: 'release',
      label: t('release'),
      act: ({ id, digest }, header) => read(api.POST('/api/v1/exports/{id}/release', { params: { path: { id }, header }, body: { digest } })),
    },
    {
      key: 'refuse',
      label: t('refuse'),
      asks: t('refuseReason'),
      act: ({ id }, header, reason) => read(api.POST('/api/v1/exports/{id}/refuse', { params: { path: { id }, header }, body: { reason } })),
    },
  ];
}

function useColumns(): readonly Column<Export>[] {
  const t = useTexts(texts);
  const me = useMe();
  return [
    { key: 'number', title: t('number'), isHeading: true, render: ({ number }) => number },
    { key: 'list', title: t('list'), render: ({ listName, format }) => `${listName} ${format.toUpperCase()}` },
    { key: 'rows', title: t('rows'), align: 'end', render: ({ rows }) => rows },
    { key: 'filter', title: t('filter'), render: ({ filter }) => Object.entries(filter).map(([key, value]) => `${key}=${value}`).join(' ') || '–' },
    { key: 'reason', title: t('reason'), render: ({ reason }) => reason ?? '–' },
    { key: 'by', title: t('by'), render: ({ requestedBy }) => requestedBy },
    { key: 'at', title: t('at'), render: ({ requestedAt }) => dateAndTime(requestedAt) },
    {
      key: 'state',
      title: t('state'),
      render: ({ id, state, refusal, expiresAt, requestedBy }) => (
        <>
          <StatusTag standing={STANDINGS[state]}>{t(`state.${state}`)}</StatusTag>
          {refusal !== null && ` ${refusal}`}
          {state === 'ready' && requestedBy === me.person.name && (
            <>
              {' '}
              <a href={fileUrl(`/api/v1/exports/${id}/file`)} download>
                {t('fetch')}
              </a>{' '}
              {t('until', { time: dateAndTime(expiresAt) })}
            </>
          )}
        </>
      ),
    },
  ];
}
