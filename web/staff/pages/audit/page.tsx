import { useMemo } from 'react';
import { Link } from 'react-router';
import { api, read } from '../../../shared/api/client.ts';
import type { paths } from '../../../shared/api/schema.d.ts';
import { dateAndTime } from '../../../shared/format/time.ts';
import { useTexts } from '../../../shared/texts/use-texts.ts';
import { ACTION_AREAS, useActionNames } from '../../blocks/action-names.ts';
import type { Column, Filter, Wanted } from '../../blocks/data-list/columns.ts';
import { DataList } from '../../blocks/data-list/data-list.tsx';
import { Page } from '../../blocks/page.tsx';
import { usePeople } from '../../blocks/people.ts';
import { StatusTag } from '../../blocks/status-tag.tsx';
import { CheckCode } from './check-code.tsx';
import { changesOf, pageOfSubject, recordOf, type Recorded } from './record.ts';
import { texts } from './texts.ts';

type Event = paths['/api/v1/audit-events']['get']['responses'][200]['content']['application/json']['items'][number];

const PAGE = 50;

export default function AuditPage() {
  const t = useTexts(texts);
  return (
    <Page
      title={t('title')}
      lead={t('lead')}
      actions={
        <>
          <Link to="/audit/chain">{t('chain')}</Link>
          <Link to="/audit/reveals">{t('reveals')}</Link>
          <Link to="/audit/cases">{t('cases')}</Link>
        </>
      }
    >
      <CheckCode />
      <DataList<Recorded>
        name="audit"
        label={t('title')}
        queryKey={['audit-events']}
        fetchPage={async (wanted, cursor) => {
          const { items, next } = await read(api.GET('/api/v1/audit-events', { params: { query: { ...queryOf(wanted), limit: PAGE, ...(cursor && { cursor }) } } }));
          return { items: items.map(({ id, at, hash, record }: Event) => recordOf(id, at, hash, record)), next };
        }}
        idOf={({ id }) => id}
        columns={useColumns()}
        filters={useFilters()}
        exportAs={{ list: 'audit-events' }}
        empty={{ title: t('empty') }}
      />
    </Page>
  );
}

type Query = NonNullable<paths['/api/v1/audit-events']['get']['parameters']['query']>;

function queryOf({ outcome, action, person, subject, from, to }: Wanted): Omit<Query, 'cursor' | 'limit'> {
  return {
    ...(action && { action }),
    ...(person && { person }),
    ...(subject && { subject }),
    ...(from && { from }),
    ...(to && { to }),
    ...((outcome === 'done' || outcome === 'refused') && { outcome }),
  };
}

function useFilters(): readonly Filter[] {
  const t = useTexts(texts);
  const names = useActionNames();
  const people = usePeople();
  const { choices } = people;
  return useMemo(
    () => [
      { key: 'action', label: t('area'), kind: 'choice', options: ACTION_AREAS.map((value) => ({ value, label: names.area(value) })) },
      { key: 'person', label: t('who'), kind: 'choice', options: choices },
      {
        key: 'outcome',
        label: t('outcome'),
        kind: 'choice',
        options: [
          { value: 'done', label: t('done') },
          { value: 'refused', label: t('refused') },
        ],
      },
      { key: 'from', label: t('from'), kind: 'day' },
      { key: 'to', label: t('to'), kind: 'day' },
      { key: 'subject', label: t('subjectHint'), kind: 'text' },
    ],
    [t, names, choices],
  );
}

function useColumns(): readonly Column<Recorded>[] {
  const t = useTexts(texts);
  const names = useActionNames();
  const people = usePeople();
  return [
    { key: 'at', title: t('when'), render: ({ at }) => dateAndTime(at) },
    {
      key: 'who',
      title: t('who'),
      render: ({ person, behalfOf, actor }) => {
        const name = person === undefined ? (actor === 'system' || actor === undefined ? t('system') : actor) : people.nameOf(person);
        return behalfOf === undefined ? name : t('onBehalf', { name, other: people.nameOf(behalfOf) });
      },
    },
    { key: 'action', title: t('what'), isHeading: true, render: ({ action }) => names.action(action) },
    {
      key: 'outcome',
      title: t('outcome'),
      render: ({ outcome }) =>
        outcome === 'refused' ? <StatusTag standing="late">{t('refused')}</StatusTag> : <StatusTag standing="done">{t('done')}</StatusTag>,
    },
    {
      key: 'subject',
      title: t('subject'),
      render: ({ subject }) => {
        const address = pageOfSubject(subject);
        return address === undefined ? <code>{subject}</code> : <Link to={address}>{subject}</Link>;
      },
    },
    { key: 'changes', title: t('changes'), render: ({ changes }) => changesOf(changes) },
    { key: 'hash', title: t('hash'), render: ({ hash }) => <code title={hash}>{hash.slice(0, 8)}…</code> },
  ];
}
