import { useMemo } from 'react';
import { Link } from 'react-router';
import { api, read } from '../../../shared/api/client.ts';
import type { KeyHeader } from '../../../shared/api/command.ts';
import { Problem } from '../../../shared/api/problem.ts';
import type { paths } from '../../../shared/api/schema.d.ts';
import { addDays, dayOf, dayOfDeadline, daysBetween, shortDay } from '../../../shared/format/time.ts';
import { useLanguage, useTexts } from '../../../shared/texts/use-texts.ts';
import { pageOfCase } from '../../blocks/case-address.ts';
import { CASE_KINDS, useKindName } from '../../blocks/case-kinds.ts';
import type { BatchAction } from '../../blocks/data-list/batch-bar.tsx';
import type { Column, Filter, Wanted } from '../../blocks/data-list/columns.ts';
import { DataList } from '../../blocks/data-list/data-list.tsx';
import { Page } from '../../blocks/page.tsx';
import { useRoleName } from '../../blocks/role-names.ts';
import { StatusTag } from '../../blocks/status-tag.tsx';
import { useUnits } from '../../blocks/units.ts';
import { useDeadline, useToday } from '../../blocks/workdays.ts';
import { mayRemind, useMe } from '../../me.ts';
import { texts } from './texts.ts';

type Wait = paths['/api/v1/waits']['get']['responses'][200]['content']['application/json']['items'][number];

const PAGE = 50;
const TURNS = ['mine', 'other', 'system'] as const;
const ROLES = ['manager', 'communityWorker', 'unit', 'leader', 'system'];

export default function WaitsPage() {
  const t = useTexts(texts);
  return (
    <Page title={t('title')} lead={t('lead')}>
      <DataList<Wait>
        name="waits"
        label={t('title')}
        queryKey={['waits']}
        fetchPage={(wanted, cursor) =>
          read(api.GET('/api/v1/waits', { params: { query: { ...queryOf(wanted), limit: PAGE, ...(cursor && { cursor }) } } }))
        }
        idOf={({ caseId, name }) => `${caseId} ${name}`}
        columns={useColumns()}
        filters={useFilters()}
        exportAs={{ list: 'waits', queryOf }}
        batch={useReminding()}
        empty={{ title: t('empty'), why: t('emptyWhy') }}
      />
    </Page>
  );
}

function useReminding(): readonly BatchAction<Wait>[] {
  const t = useTexts(texts);
  if (!mayRemind(useMe())) return [];
  return [{ key: 'remind', label: t('remind'), act: remind }];
}

async function remind({ caseId, name }: Wait, header: KeyHeader): Promise<void> {
  const { items } = await read(api.POST('/api/v1/waits/remind', { params: { header }, body: { waits: [{ caseId, name }] } }));
  const [result] = items;
  if (result?.code) throw new Problem({ title: '', status: 409, code: result.code, detail: result.detail ?? '', params: {}, errors: [], requestId: '' });
}

/** Days in the address are China's; the midnight that ends a day belongs to it. */
function queryOf({ dueFrom, dueBy, ...wanted }: Wanted): Wanted {
  return {
    ...wanted,
    ...(dueFrom !== undefined && { dueFrom: justAfterMidnight(dueFrom) }),
    ...(dueBy !== undefined && { dueBefore: justAfterMidnight(addDays(dueBy, 1)) }),
  };
}

function justAfterMidnight(day: string): string {
  return `${day}T00:00:00.000001+08:00`;
}

function useFilters(): readonly Filter[] {
  const t = useTexts(texts);
  const roleName = useRoleName();
  const kindName = useKindName();
  const units = useUnits();
  return useMemo(() => {
    const all = [...(units.data?.values() ?? [])];
    const owners = all.filter(({ kind }) => kind !== 'subdistrictOffice');
    const places = all.filter(({ kind }) => kind === 'community');
    return [
      { key: 'turn', label: t('turn'), kind: 'choice', options: TURNS.map((value) => ({ value, label: t(`turn.${value}`) })) },
      { key: 'role', label: t('role'), kind: 'choice', options: ROLES.map((value) => ({ value, label: roleName(value) })) },
      { key: 'orgUnitId', label: t('unit'), kind: 'choice', options: [{ value: 'none', label: t('noUnit') }, ...owners.map(({ id, name }) => ({ value: id, label: name }))] },
      { key: 'path', label: t('community'), kind: 'choice', options: places.map(({ orgPath, name }) => ({ value: orgPath, label: name })) },
      { key: 'kind', label: t('kind'), kind: 'choice', options: CASE_KINDS.map((value) => ({ value, label: kindName(value) })) },
      { key: 'late', label: t('late'), kind: 'switch' },
      { key: 'reminded', label: t('reminded'), kind: 'switch' },
      { key: 'dueFrom', label: t('dueFrom'), kind: 'day' },
      { key: 'dueBy', label: t('dueBy'), kind: 'day' },
    ];
  }, [t, roleName, kindName, units.data]);
}

function useColumns(): readonly Column<Wait>[] {
  const t = useTexts(texts);
  const kindName = useKindName();
  const deadline = useDeadline();
  const today = useToday();
  const language = useLanguage();
  return [
    {
      key: 'owner',
      title: t('owner'),
      isHeading: true,
      render: ({ owner }) => owner,
    },
    { key: 'what', title: t('what'), render: ({ what }) => what },
    {
      key: 'which',
      title: t('which'),
      render: ({ caseId, kind, title }) => {
        const address = pageOfCase(caseId);
        const name = title ?? kindName(kind);
        return address ? <Link to={address}>{name}</Link> : name;
      },
    },
    {
      key: 'due',
      title: t('due'),
      render: ({ due, isMine }) => {
        const { text, standing } = deadline(due);
        return <StatusTag standing={standing === 'others' && isMine ? 'mine' : standing}>{text}</StatusTag>;
      },
    },
    { key: 'waited', title: t('waited'), align: 'end', render: ({ since }) => t('days', { count: Math.max(0, daysBetween(dayOf(since), today)) }) },
    {
      key: 'otherwise',
      title: t('otherwise'),
      render: ({ otherwiseText, wakeAt }) =>
        wakeAt === null ? otherwiseText : t('otherwiseOn', { day: shortDay(dayOfDeadline(wakeAt), language), what: otherwiseText }),
    },
  ];
}
