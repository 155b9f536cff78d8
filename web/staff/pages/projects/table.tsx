import { useMemo } from 'react';
import { Link, useSearchParams } from 'react-router';
import { api, read } from '../../../shared/api/client.ts';
import { exactMoney } from '../../../shared/format/money.ts';
import { useLanguage, useTexts } from '../../../shared/texts/use-texts.ts';
import type { BatchAction } from '../../blocks/data-list/batch-bar.tsx';
import type { Column, Filter } from '../../blocks/data-list/columns.ts';
import { DataList } from '../../blocks/data-list/data-list.tsx';
import { PROJECT_STATUSES, standingOf, useProjectStatus } from '../../blocks/project-status.ts';
import { StatusTag } from '../../blocks/status-tag.tsx';
import { useUnitName, useUnits } from '../../blocks/units.ts';
import { useDeadline } from '../../blocks/workdays.ts';
import { holds, useMe, type Schemas } from '../../me.ts';
import { texts } from './texts.ts';

type Project = Schemas['Project'];

const PAGE = 50;

export function Table() {
  const t = useTexts(texts);
  return (
    <DataList<Project>
      name="projects"
      label={t('title')}
      queryKey={['projects']}
      fetchPage={({ sort, ...wanted }, cursor) =>
        read(
          api.GET('/api/v1/projects', {
            params: { query: { sort: sort === 'number' ? sort : 'due', ...wanted, limit: PAGE, ...(cursor && { cursor }) } },
          }),
        )
      }
      idOf={({ id }) => id}
      columns={useColumns()}
      filters={useFilters()}
      exportAs={{ list: 'projects', queryOf: (wanted) => ({ sort: 'due', ...wanted }) }}
      batch={useAssigning()}
      empty={{ title: t('empty'), why: t('emptyWhy') }}
    />
  );
}

/** 指派, on the list of those that nobody took: one unit for what is chosen, by the same meeting's decision. */
function useAssigning(): readonly BatchAction<Project>[] {
  const t = useTexts(texts);
  const me = useMe();
  const units = useUnits();
  const [wanted] = useSearchParams();
  if (wanted.get('status') !== 'listed' || !holds(me, 'projects.confirm')) return [];
  return [
    {
      key: 'assign',
      label: t('assign'),
      asks: t('assignBy'),
      picks: { label: t('assignTo'), options: bodies(units.data, ['coBuildingUnit', 'socialOrganization']) },
      act: ({ id }, header, meetingReference, unitId) => read(api.POST('/api/v1/projects/{id}/assign', { params: { path: { id }, header }, body: { unitId, meetingReference } })),
    },
  ];
}

function bodies(units: ReturnType<typeof useUnits>['data'], kinds: readonly string[]) {
  return [...(units?.values() ?? [])].filter(({ kind }) => kinds.includes(kind)).map(({ id, name }) => ({ value: id, label: name }));
}

function useFilters(): readonly Filter[] {
  const t = useTexts(texts);
  const statusName = useProjectStatus();
  const units = useUnits();
  return useMemo(
    () => [
      { key: 'search', label: t('search'), kind: 'text' },
      { key: 'status', label: t('status'), kind: 'choice', options: PROJECT_STATUSES.map((value) => ({ value, label: statusName(value) })) },
      { key: 'communityId', label: t('community'), kind: 'choice', options: bodies(units.data, ['community']) },
      { key: 'leadUnit', label: t('lead'), kind: 'choice', options: bodies(units.data, ['coBuildingUnit', 'socialOrganization']) },
    ],
    [t, statusName, units.data],
  );
}

function useColumns(): readonly Column<Project>[] {
  const t = useTexts(texts);
  const language = useLanguage();
  const unitName = useUnitName();
  const statusName = useProjectStatus();
  const deadline = useDeadline();
  return [
    {
      key: 'name',
      title: t('name'),
      isHeading: true,
      render: ({ id, title, sourceNumber }) => (
        <>
          <Link to={`/projects/${id}`}>{title}</Link>
          {sourceNumber !== null && <small> {t('takenOver')}</small>}
        </>
      ),
    },
    { key: 'number', title: t('number'), sort: { up: 'number' }, render: ({ number }) => number },
    {
      key: 'status',
      title: t('status'),
      render: (project) => <StatusTag standing={standingOf(project)}>{statusName(project.status)}</StatusTag>,
    },
    { key: 'community', title: t('community'), render: ({ communityId }) => unitName(communityId) },
    { key: 'lead', title: t('lead'), render: ({ leadUnit }) => (leadUnit === null ? '–' : unitName(leadUnit)) },
    { key: 'budget', title: t('budget'), align: 'end', render: ({ budgetFen }) => exactMoney(budgetFen, language).replace('元', '') },
    { key: 'due', title: t('due'), sort: { up: 'due' }, render: ({ due }) => (due === null ? '–' : deadline(due).text) },
  ];
}
