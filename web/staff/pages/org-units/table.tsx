import { useMemo } from 'react';
import { Link } from 'react-router';
import { api, read } from '../../../shared/api/client.ts';
import { useTexts } from '../../../shared/texts/use-texts.ts';
import type { Column, Filter } from '../../blocks/data-list/columns.ts';
import { DataList } from '../../blocks/data-list/data-list.tsx';
import { StatusTag } from '../../blocks/status-tag.tsx';
import { UNIT_KINDS, useUnitKindName, type UnitKind } from '../../blocks/unit-kinds.ts';
import { useUnits, type Unit } from '../../blocks/units.ts';
import { texts } from './texts.ts';

const PAGE = 50;

export function Table() {
  const t = useTexts(texts);
  return (
    <DataList<Unit>
      name="org-units"
      label={t('title')}
      queryKey={['org-units', 'list']}
      fetchPage={({ kind, community, left }, cursor) =>
        read(
          api.GET('/api/v1/org-units', {
            params: { query: { limit: PAGE, ...(left === 'true' && { left }), ...(kind && { kind: kind as UnitKind }), ...(community && { community }), ...(cursor && { cursor }) } },
          }),
        )
      }
      idOf={({ id }) => id}
      columns={useColumns()}
      filters={useFilters()}
      exportAs={{ list: 'org-units' }}
      empty={{ title: t('empty'), why: t('emptyWhy') }}
    />
  );
}

function useFilters(): readonly Filter[] {
  const t = useTexts(texts);
  const kindName = useUnitKindName();
  const units = useUnits();
  return useMemo(() => {
    const communities = [...(units.data?.values() ?? [])].filter(({ kind }) => kind === 'community');
    return [
      { key: 'kind', label: t('kind'), kind: 'choice', options: UNIT_KINDS.map((value) => ({ value, label: kindName(value) })) },
      { key: 'community', label: t('memberOf'), kind: 'choice', options: communities.map(({ id, name }) => ({ value: id, label: name })) },
      { key: 'left', label: t('withLeft'), kind: 'switch' },
    ];
  }, [t, kindName, units.data]);
}

function useColumns(): readonly Column<Unit>[] {
  const t = useTexts(texts);
  const kindName = useUnitKindName();
  return [
    { key: 'name', title: t('name'), isHeading: true, render: ({ id, name }) => <Link to={`/admin/units/${id}`}>{name}</Link> },
    { key: 'code', title: t('code'), render: ({ code }) => code },
    { key: 'kind', title: t('kind'), render: ({ kind }) => kindName(kind) },
    { key: 'level', title: t('level'), render: ({ level }) => (level === null ? '–' : t(`level.${level}`)) },
    { key: 'contact', title: t('contact'), render: ({ contactPost }) => contactPost ?? '–' },
    {
      key: 'state',
      title: t('state'),
      render: ({ leftOn }) =>
        leftOn === null ? <StatusTag standing="done">{t('there')}</StatusTag> : <StatusTag standing="others">{t('left', { day: leftOn })}</StatusTag>,
    },
  ];
}
