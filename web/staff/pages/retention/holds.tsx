import { useMemo } from 'react';
import { Link } from 'react-router';
import { api, read } from '../../../shared/api/client.ts';
import { dayOf } from '../../../shared/format/time.ts';
import { useTexts } from '../../../shared/texts/use-texts.ts';
import type { BatchAction } from '../../blocks/data-list/batch-bar.tsx';
import type { Column, Filter } from '../../blocks/data-list/columns.ts';
import { DataList } from '../../blocks/data-list/data-list.tsx';
import { usePeople } from '../../blocks/people.ts';
import { StatusTag } from '../../blocks/status-tag.tsx';
import { holds, useMe, type Schemas } from '../../me.ts';
import { texts } from './texts.ts';

type Hold = Schemas['LegalHold'];

const PAGE = 50;

/** What must not be destroyed for now, on which ground, since when. */
export function Holds() {
  const t = useTexts(texts);
  return (
    <DataList<Hold>
      name="holds"
      label={t('holds')}
      queryKey={['holds']}
      fetchPage={({ open }, cursor) =>
        read(api.GET('/api/v1/holds', { params: { query: { limit: PAGE, ...(open && { open: 'true' }), ...(cursor && { cursor }) } } }))
      }
      idOf={({ id }) => id}
      columns={useColumns()}
      filters={useMemo<readonly Filter[]>(() => [{ key: 'open', label: t('open'), kind: 'switch' }], [t])}
      batch={useLifting()}
      empty={{ title: t('holdsNone'), why: t('holdsNoneWhy') }}
    />
  );
}

function useLifting(): readonly BatchAction<Hold>[] {
  const t = useTexts(texts);
  if (!holds(useMe(), 'needs.publish')) return [];
  return [{ key: 'lift', label: t('lift'), act: ({ id }, header) => read(api.POST('/api/v1/holds/{id}/lift', { params: { path: { id }, header } })) }];
}

function useColumns(): readonly Column<Hold>[] {
  const t = useTexts(texts);
  const people = usePeople();
  return [
    { key: 'note', title: t('note'), isHeading: true, render: ({ note }) => note },
    { key: 'ground', title: t('ground'), render: ({ ground }) => t(`ground.${ground}`) },
    {
      key: 'record',
      title: t('record'),
      render: ({ record: { kind, id } }) => <Link to={kind === 'need' ? `/needs/triage?id=${id}` : `/needs/import/${id}`}>{t(`record.${kind}`)}</Link>,
    },
    { key: 'placedAt', title: t('placedAt'), render: ({ placedAt }) => dayOf(placedAt) },
    { key: 'placedBy', title: t('placedBy'), render: ({ placedBy }) => people.nameOf(placedBy) },
    {
      key: 'state',
      title: t('state'),
      render: ({ liftedAt }) => <StatusTag standing={liftedAt === null ? 'paused' : 'done'}>{liftedAt === null ? t('inForce') : t('lifted', { day: dayOf(liftedAt) })}</StatusTag>,
    },
  ];
}
