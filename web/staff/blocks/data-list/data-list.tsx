import { useMemo, useRef, useState, type ReactNode } from 'react';
import { useInfiniteQuery, type QueryKey } from '@tanstack/react-query';
import { useLanguage, useTexts } from '../../../shared/texts/use-texts.ts';
import type { Loaded } from '../../../shared/live/pages.ts';
import { Button } from '../button.tsx';
import { Empty } from '../empty.tsx';
import { Refusal } from '../problem.tsx';
import { RowsSkeleton } from '../skeletons.tsx';
import { useSteadyRows } from '../steady-rows.ts';
import { BatchBar, type BatchAction } from './batch-bar.tsx';
import type { Column, Filter, RowOutcome, Wanted } from './columns.ts';
import styles from './data-list.module.css';
import type { ExportAs, ExportLink } from './export-menu.tsx';
import { RowTable } from './row-table.tsx';
import { texts } from './texts.ts';
import { Toolbar } from './toolbar.tsx';
import { useWanted } from './use-wanted.ts';

interface Props<Row> {
  /** Of this list among all: saved views are kept under it. */
  readonly name: string;
  /** What a screen reader calls the table. */
  readonly label: string;
  readonly queryKey: QueryKey;
  /** One page of the API, from a keyset cursor (empty for the first). */
  readonly fetchPage: (wanted: Wanted, cursor: string) => Promise<{ readonly items: readonly Row[]; readonly next: string | null }>;
  readonly idOf: (row: Row) => string;
  readonly columns: readonly Column<Row>[];
  readonly filters?: readonly Filter[];
  readonly exportAs?: ExportAs;
  /** Files of another kind, such as frozen lists. */
  readonly exports?: readonly ExportLink[];
  readonly batch?: readonly BatchAction<Row>[];
  /** What will be here and who brings it. */
  readonly empty: { readonly title: string; readonly why?: string; readonly action?: ReactNode };
}

const NO_FILTERS: readonly Filter[] = [];
const NOTHING_CHOSEN: ReadonlySet<string> = new Set();

/**
 * Every list of the product: filters and sort in the address, saved views, pages by keyset, export of the current filter,
 * print, and actions on many rows with a result for each.
 */
export function DataList<Row>(props: Props<Row>) {
  const { name, label, queryKey, fetchPage, idOf, columns, filters = NO_FILTERS, exportAs, exports = [], batch = [], empty } = props;
  const t = useTexts(texts);
  const language = useLanguage();
  const [wanted, want] = useWanted(filters);
  const [chosen, setChosen] = useState(NOTHING_CHOSEN);
  const [outcomes, setOutcomes] = useState<ReadonlyMap<string, RowOutcome>>(new Map());
  const list = useInfiniteQuery({
    queryKey: [...queryKey, wanted, language],
    queryFn: ({ pageParam }) => fetchPage(wanted, pageParam),
    initialPageParam: '',
    getNextPageParam: ({ next }) => next ?? undefined,
  });
  const isBehind = (list.data as Loaded | undefined)?.isBehind === true;
  const latest = useMemo(() => list.data?.pages.flatMap(({ items }) => items) ?? [], [list.data]);
  const area = useRef<HTMLDivElement>(null);
  const view = JSON.stringify([wanted, language, list.data?.pages.length]);
  const { rows, fresh, waiting, release } = useSteadyRows(latest, idOf, view, area);
  const isFiltered = Object.keys(wanted).some((key) => key !== 'sort');

  const body = (): ReactNode => {
    if (list.isPending) return <RowsSkeleton rows={8} />;
    if (list.isError && rows.length === 0) return <Refusal error={list.error} retry={() => void list.refetch()} />;
    if (rows.length > 0) {
      return (
        <RowTable
          {...{ label, rows, fresh, idOf, columns, wanted, want, outcomes }}
          selection={batch.length > 0 ? { chosen, choose: setChosen } : undefined}
          isComplete={!list.hasNextPage}
        />
      );
    }
    if (!isFiltered) return <Empty title={empty.title} {...(empty.why !== undefined && { why: empty.why })}>{empty.action}</Empty>;
    return (
      <Empty title={t('emptyFiltered')}>
        <Button onClick={() => want(Object.fromEntries(filters.map(({ key }) => [key, undefined])))}>{t('clear')}</Button>
      </Empty>
    );
  };

  return (
    <div className={styles['list']}>
      <Toolbar {...{ name, filters, wanted, want, exportAs, exports }} />
      {batch.length > 0 && (
        <BatchBar
          actions={batch}
          hasRows={rows.length > 0}
          rows={rows.filter((row) => chosen.has(idOf(row)))}
          idOf={idOf}
          onChosen={(all) => setChosen(all ? new Set(rows.map(idOf)) : NOTHING_CHOSEN)}
          onDone={(results) => {
            setOutcomes(new Map(results.map((it) => [it.id, it])));
            setChosen(new Set(results.filter(({ refusal }) => refusal !== undefined).map(({ id }) => id)));
          }}
        />
      )}
      {list.isError && rows.length > 0 && <Refusal error={list.error} retry={() => void list.fetchNextPage()} />}
      {waiting > 0 && (
        <Button className={`${styles['chip']} no-print`} shape="round" onClick={release}>
          {t('waiting', { count: waiting })} ▸
        </Button>
      )}
      {isBehind && waiting === 0 && (
        <Button className={`${styles['chip']} no-print`} shape="round" onClick={() => void list.refetch()}>
          {t('behind')} ▸
        </Button>
      )}
      <div ref={area}>{body()}</div>
      {rows.length > 0 && (
        <p className={styles['foot']} role="status">
          {t(list.hasNextPage ? 'shown' : 'all', { count: rows.length })}
        </p>
      )}
      {list.hasNextPage && (
        <Button className="no-print" loading={list.isFetchingNextPage} onClick={() => void (isBehind ? list.refetch() : list.fetchNextPage())}>
          {t('more')}
        </Button>
      )}
    </div>
  );
}
