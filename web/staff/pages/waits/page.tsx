import { useMemo } from 'react';
import { Link } from 'react-router';
import { api, read } from '../../../shared/api/client.ts';
import type { paths } from '../../../shared/api/schema.d.ts';
import { dayOf, daysBetween } from '../../../shared/format/time.ts';
import { useTexts } from '../../../shared/texts/use-texts.ts';
import { pageOfCase } from '../../blocks/case-address.ts';
import { CASE_KINDS, useKindName } from '../../blocks/case-kinds.ts';
import type { Column, Filter } from '../../blocks/data-list/columns.ts';
import { DataList } from '../../blocks/data-list/data-list.tsx';
import { Page } from '../../blocks/page.tsx';
import { useRoleName } from '../../blocks/role-names.ts';
import { StatusTag } from '../../blocks/status-tag.tsx';
import { useUnitName, useUnits } from '../../blocks/units.ts';
import { useDeadline, useToday } from '../../blocks/workdays.ts';
import { texts } from './texts.ts';

type Wait = paths['/api/v1/waits']['get']['responses'][200]['content']['application/json']['items'][number];

const PAGE = 50;
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
          read(api.GET('/api/v1/waits', { params: { query: { ...wanted, limit: PAGE, ...(cursor && { cursor }) } } }))
        }
        idOf={({ caseId, name }) => `${caseId} ${name}`}
        columns={useColumns()}
        filters={useFilters()}
        empty={{ title: t('empty'), why: t('emptyWhy') }}
      />
    </Page>
  );
}

function useFilters(): readonly Filter[] {
  const t = useTexts(texts);
  const roleName = useRoleName();
  const kindName = useKindName();
  const units = useUnits();
  return useMemo(() => {
    const all = [...(units.data?.values() ?? [])];
    const bodies = all.filter(({ kind }) => kind === 'coBuildingUnit' || kind === 'socialOrganization');
    const places = all.filter(({ kind }) => kind === 'community');
    return [
      { key: 'role', label: t('role'), kind: 'choice', options: ROLES.map((value) => ({ value, label: roleName(value) })) },
      { key: 'orgUnitId', label: t('unit'), kind: 'choice', options: bodies.map(({ id, name }) => ({ value: id, label: name })) },
      { key: 'path', label: t('community'), kind: 'choice', options: places.map(({ orgPath, name }) => ({ value: orgPath, label: name })) },
      { key: 'kind', label: t('kind'), kind: 'choice', options: CASE_KINDS.map((value) => ({ value, label: kindName(value) })) },
      { key: 'late', label: t('late'), kind: 'switch' },
    ];
  }, [t, roleName, kindName, units.data]);
}

function useColumns(): readonly Column<Wait>[] {
  const t = useTexts(texts);
  const roleName = useRoleName();
  const kindName = useKindName();
  const unitName = useUnitName();
  const deadline = useDeadline();
  const today = useToday();
  return [
    {
      key: 'owner',
      title: t('owner'),
      isHeading: true,
      render: ({ ownerRole, ownerOrgUnit }) => (ownerOrgUnit ? `${unitName(ownerOrgUnit)}（${roleName(ownerRole)}）` : roleName(ownerRole)),
    },
    {
      key: 'which',
      title: t('which'),
      render: ({ caseId, kind }) => {
        const address = pageOfCase(caseId);
        return address ? <Link to={address}>{kindName(kind)}</Link> : kindName(kind);
      },
    },
    {
      key: 'due',
      title: t('due'),
      render: ({ due }) => {
        const { text, standing } = deadline(due);
        return <StatusTag standing={standing}>{text}</StatusTag>;
      },
    },
    { key: 'waited', title: t('waited'), align: 'end', render: ({ since }) => t('days', { count: Math.max(0, daysBetween(dayOf(since), today)) }) },
    { key: 'otherwise', title: t('otherwise'), render: ({ otherwise }) => otherwise },
  ];
}
