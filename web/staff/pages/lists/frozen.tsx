import { useMemo, type ReactNode } from 'react';
import { useSearchParams } from 'react-router';
import { useQuery } from '@tanstack/react-query';
import { api, fileUrl, read } from '../../../shared/api/client.ts';
import { dateAndTime } from '../../../shared/format/time.ts';
import { useTexts } from '../../../shared/texts/use-texts.ts';
import type { Column, Filter } from '../../blocks/data-list/columns.ts';
import { DataList } from '../../blocks/data-list/data-list.tsx';
import { Door, Doors } from '../../blocks/door.tsx';
import { Refusal } from '../../blocks/problem.tsx';
import { RowsSkeleton } from '../../blocks/skeletons.tsx';
import { StatusTag } from '../../blocks/status-tag.tsx';
import { FROZEN_FIELDS, HEADING_FIELD, type Kind } from './kinds.ts';
import styles from './page.module.css';
import { texts } from './texts.ts';
import { rowsOf, SHOWN, type FrozenLine } from './rows.ts';
import { useFrozenCell, type FrozenValue } from './use-frozen-cell.ts';

interface Props {
  readonly kind: Kind;
  readonly communityId: string;
  readonly quarter: string;
}

/** A list as it stood, what has changed since the one before, and whether its bytes are still the same. */
export default function Frozen({ kind, communityId, quarter }: Props) {
  const t = useTexts(texts);
  const [search] = useSearchParams();
  const path = { communityId, quarter, list: kind };
  const found = useQuery({
    queryKey: ['list-snapshot', kind, communityId, quarter],
    queryFn: async () => {
      const [snapshot, difference] = await Promise.all([
        read(api.GET('/api/v1/list-snapshots/{communityId}/{quarter}/{list}', { params: { path } })),
        read(api.GET('/api/v1/list-snapshots/{communityId}/{quarter}/{list}/difference', { params: { path } })),
      ]);
      return { snapshot, difference };
    },
    staleTime: Number.POSITIVE_INFINITY,
  });
  const filters = useMemo<readonly Filter[]>(
    () => [{ key: 'show', label: t('show'), kind: 'choice', options: SHOWN.map((value) => ({ value, label: t(`show.${value}`) })) }],
    [t],
  );
  const columns = useColumns(kind);
  if (found.isPending) return <RowsSkeleton rows={8} />;
  if (found.isError) return <Refusal error={found.error} retry={() => void found.refetch()} />;
  const { snapshot, difference } = found.data;
  const showing = (show: string): string => {
    const after = new URLSearchParams(search);
    after.set('show', show);
    return `?${after.toString()}`;
  };
  const base = `/api/v1/list-snapshots/${communityId}/${quarter}/${kind}/file`;
  const exports = (['list', 'difference'] as const).flatMap((of) =>
    (['xlsx', 'csv'] as const).map((format) => ({
      label: t(of === 'list' ? 'fileList' : 'fileDifference', { format: format.toUpperCase() }),
      href: fileUrl(base, { of, format }),
    })),
  );
  return (
    <>
      <div className={styles['band']} role="note">
        <strong>{t('frozen', { quarter, list: t(`kind.${kind}`) })}</strong>
        <span>{t('frozenAt', { time: dateAndTime(snapshot.at) })}</span>
        <code>{t('hash', { hash: snapshot.hash })}</code>
        <StatusTag standing={snapshot.intact ? 'done' : 'late'}>{t(snapshot.intact ? 'intact' : 'broken')}</StatusTag>
      </div>
      <div className={styles['doors']}>
        <p className={styles['hint']}>{difference.since === null ? t('sinceNone') : t('since', { quarter: difference.since })}</p>
        <Doors label={t('show')}>
          <Door label={`＋${t('show.added')}`} value={difference.added.length} to={showing('added')} />
          <Door label={`－${t('show.gone')}`} value={difference.gone.length} to={showing('gone')} />
          <Door label={`～${t('show.changed')}`} value={difference.changed.length} to={showing('changed')} />
        </Doors>
      </div>
      <DataList<FrozenLine>
        name={`lists/frozen/${kind}`}
        label={t('frozen', { quarter, list: t(`kind.${kind}`) })}
        queryKey={['list-snapshot', kind, communityId, quarter, 'rows']}
        fetchPage={({ show }) => Promise.resolve({ items: rowsOf(snapshot, difference, show), next: null })}
        idOf={({ number }) => number}
        columns={columns}
        filters={filters}
        exports={exports}
        empty={{ title: t('emptyFrozen') }}
      />
    </>
  );
}

function useColumns(kind: Kind): readonly Column<FrozenLine>[] {
  const t = useTexts(texts);
  const { cell, fieldName } = useFrozenCell(kind);
  const said = (field: string, value: FrozenValue | undefined): string => cell(field, value) || t('nothing');
  const change = ({ mark, changes }: FrozenLine): ReactNode => {
    if (mark === 'added') return <StatusTag standing="done">{t('show.added')}</StatusTag>;
    if (mark === 'gone') return <StatusTag standing="paused">{t('show.gone')}</StatusTag>;
    if (changes.length === 0) return null;
    return (
      <ul className={styles['changes']}>
        {changes.map(({ field, before, after }) => (
          <li key={field}>{t('changed', { field: fieldName(field), before: said(field, before), after: said(field, after) })}</li>
        ))}
      </ul>
    );
  };
  return [
    ...FROZEN_FIELDS[kind].map((field): Column<FrozenLine> => {
      const isNumber = field.endsWith('Fen') || ['peopleAffected', 'peopleExpected', 'capacity', 'hours'].includes(field);
      return {
        key: field,
        title: fieldName(field),
        render: ({ fields }) => cell(field, fields[field]),
        ...(field === HEADING_FIELD[kind] && { isHeading: true as const }),
        ...(isNumber && { align: 'end' as const }),
      };
    }),
    { key: 'change', title: t('show'), render: change },
  ];
}
