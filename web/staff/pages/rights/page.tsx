import { useMemo } from 'react';
import { Drawer } from 'antd';
import { Link, useSearchParams } from 'react-router';
import { api, read } from '../../../shared/api/client.ts';
import { dateAndTime, dayOf } from '../../../shared/format/time.ts';
import { useTexts } from '../../../shared/texts/use-texts.ts';
import type { Column, Filter } from '../../blocks/data-list/columns.ts';
import { DataList } from '../../blocks/data-list/data-list.tsx';
import { NeedsNav } from '../../blocks/needs-nav.tsx';
import { Page } from '../../blocks/page.tsx';
import { StatusTag, type Standing } from '../../blocks/status-tag.tsx';
import { useUnitName } from '../../blocks/units.ts';
import type { Schemas } from '../../me.ts';
import { Detail } from './detail.tsx';
import { texts } from './texts.ts';

type Request = Schemas['RightsRequest'];

const PAGE = 50;
const STATUSES = ['received', 'carriedOut', 'refused', 'withdrawn'] as const satisfies readonly Request['status'][];
const RIGHTS = ['access', 'correction', 'deletion'] as const satisfies readonly Request['right'][];
const STANDINGS: Readonly<Record<Request['status'], Standing>> = { received: 'soon', carriedOut: 'done', refused: 'paused', withdrawn: 'paused' };

export default function RightsPage() {
  const t = useTexts(texts);
  const [search, setSearch] = useSearchParams();
  const id = search.get('id');
  const close = (): void =>
    setSearch((before) => {
      const after = new URLSearchParams(before);
      after.delete('id');
      return after;
    });
  return (
    <Page title={t('title')} lead={t('lead')}>
      <NeedsNav />
      <DataList<Request>
        name="rights"
        label={t('title')}
        queryKey={['rights']}
        fetchPage={({ status, right }, cursor) =>
          read(
            api.GET('/api/v1/rights-requests', {
              params: {
                query: {
                  ...(status && { status: status as Request['status'] }),
                  ...(right && { right: right as Request['right'] }),
                  limit: PAGE,
                  ...(cursor && { cursor }),
                },
              },
            }),
          )
        }
        idOf={(row) => row.id}
        columns={useColumns()}
        filters={useFilters()}
        empty={{ title: t('empty'), why: t('emptyWhy') }}
      />
      <Drawer open={id !== null} title={t('detail')} size="large" onClose={close} destroyOnHidden>
        {id !== null && <Detail key={id} id={id} />}
      </Drawer>
    </Page>
  );
}

function useFilters(): readonly Filter[] {
  const t = useTexts(texts);
  return useMemo(
    () => [
      { key: 'status', label: t('status'), kind: 'choice', options: STATUSES.map((value) => ({ value, label: t(`status.${value}`) })) },
      { key: 'right', label: t('right'), kind: 'choice', options: RIGHTS.map((value) => ({ value, label: t(`right.${value}`) })) },
    ],
    [t],
  );
}

function useColumns(): readonly Column<Request>[] {
  const t = useTexts(texts);
  const unitName = useUnitName();
  const [search] = useSearchParams();
  const addressOf = (id: string): string => {
    const after = new URLSearchParams(search);
    after.set('id', id);
    return `?${after.toString()}`;
  };
  return [
    { key: 'received', title: t('received'), isHeading: true, render: ({ id, receivedAt }) => <Link to={addressOf(id)}>{dateAndTime(receivedAt)}</Link> },
    { key: 'right', title: t('right'), render: ({ right }) => t(`right.${right}`) },
    { key: 'channel', title: t('channel'), render: ({ channel }) => t(`channel.${channel}`) },
    { key: 'community', title: t('community'), render: ({ communityId }) => unitName(communityId) },
    { key: 'due', title: t('due'), render: ({ due, late }) => (due === null ? '' : `${dayOf(due)}${late ? `（${t('late')}）` : ''}`) },
    { key: 'status', title: t('status'), render: ({ status, late }) => <StatusTag standing={late && status === 'received' ? 'late' : STANDINGS[status]}>{t(`status.${status}`)}</StatusTag> },
  ];
}
