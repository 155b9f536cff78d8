import { useDeferredValue, useRef } from 'react';
import { useWindowVirtualizer } from '@tanstack/react-virtual';
import { useTexts } from '../../../shared/texts/use-texts.ts';
import type { Column, RowOutcome, Wanted } from './columns.ts';
import styles from './data-list.module.css';
import { texts } from './texts.ts';

interface Props<Row> {
  readonly label: string;
  readonly rows: readonly Row[];
  /** Just changed by others. */
  readonly fresh: ReadonlySet<string>;
  readonly idOf: (row: Row) => string;
  readonly columns: readonly Column<Row>[];
  readonly wanted: Wanted;
  readonly want: (change: Readonly<Record<string, string | undefined>>) => void;
  readonly outcomes: ReadonlyMap<string, RowOutcome>;
  readonly selection: { readonly chosen: ReadonlySet<string>; readonly choose: (ids: ReadonlySet<string>) => void } | undefined;
  readonly isComplete: boolean;
}

const VIRTUAL_FROM = 100;
const ROW_PX = 49;
/** More than a screen holds; the others are drawn right after these are seen. */
const FIRST_ROWS = 12;

/**
 * A real table, also while only the rows in sight exist, and cards on a phone. antd's own virtual table is made of `div`
 * without the roles of one (ADR 0021); explicit roles keep ours a table where the style sheet makes cards of its rows.
 */
export function RowTable<Row>({ label, rows: all, fresh, idOf, columns, wanted, want, outcomes, selection, isComplete }: Props<Row>) {
  const t = useTexts(texts);
  const rows = useDeferredValue(all, all.slice(0, FIRST_ROWS));
  const table = useRef<HTMLTableElement>(null);
  const isVirtual = rows.length > VIRTUAL_FROM;
  const virtual = useWindowVirtualizer({
    count: isVirtual ? rows.length : 0,
    // Otherwise it scrolls the page to where it is, for which the browser has to lay out everything at once.
    enabled: isVirtual,
    estimateSize: () => ROW_PX,
    overscan: 12,
    scrollMargin: table.current?.offsetTop ?? 0,
  });
  const inSight = virtual.getVirtualItems();
  const first = inSight[0]?.start ?? 0;
  const before = isVirtual ? Math.max(0, first - virtual.options.scrollMargin) : 0;
  const after = isVirtual ? Math.max(0, virtual.getTotalSize() - ((inSight.at(-1)?.end ?? 0) - virtual.options.scrollMargin)) : 0;
  const shown = isVirtual ? inSight.map(({ index }) => index) : rows.map((_, index) => index);
  const width = columns.length + (selection ? 1 : 0) + (outcomes.size > 0 ? 1 : 0);

  return (
    <table ref={table} className={styles['table']} role="table" aria-rowcount={isComplete ? all.length + 1 : -1}>
      <caption className="hidden-text">{label}</caption>
      <thead role="rowgroup">
        <tr role="row" aria-rowindex={1}>
          {selection && (
            <th role="columnheader" scope="col">
              <span className="hidden-text">{t('choose')}</span>
            </th>
          )}
          {columns.map((column) => (
            <ColumnHead key={column.key} column={column} wanted={wanted} want={want} />
          ))}
          {outcomes.size > 0 && (
            <th role="columnheader" scope="col">
              {t('outcomeColumn')}
            </th>
          )}
        </tr>
      </thead>
      <tbody role="rowgroup">
        {before > 0 && <Spacer height={before} width={width} />}
        {shown.map((index) => {
          const row = rows[index];
          if (row === undefined) return undefined;
          const id = idOf(row);
          return (
            <tr key={id} role="row" aria-rowindex={index + 2} data-index={index} data-fresh={fresh.has(id) || undefined} ref={isVirtual ? virtual.measureElement : undefined}>
              {selection && (
                <td role="cell" className={styles['choose']}>
                  <input
                    type="checkbox"
                    aria-label={t('choose')}
                    checked={selection.chosen.has(id)}
                    onChange={({ target }) => {
                      const next = new Set(selection.chosen);
                      if (target.checked) next.add(id);
                      else next.delete(id);
                      selection.choose(next);
                    }}
                  />
                </td>
              )}
              {columns.map(({ key, title, render, align, isHeading }) => (
                <td key={key} role="cell" data-label={title} data-align={align} data-heading={isHeading}>
                  {render(row)}
                </td>
              ))}
              {outcomes.size > 0 && (
                <td role="cell" data-label={t('outcomeColumn')}>
                  {outcomes.has(id) && (outcomes.get(id)?.refusal ?? `✓ ${t('done')}`)}
                </td>
              )}
            </tr>
          );
        })}
        {after > 0 && <Spacer height={after} width={width} />}
      </tbody>
    </table>
  );
}

function Spacer({ height, width }: { readonly height: number; readonly width: number }) {
  return (
    <tr aria-hidden="true" className={styles['spacer']}>
      <td colSpan={width} style={{ height }} />
    </tr>
  );
}

interface HeadProps<Row> {
  readonly column: Column<Row>;
  readonly wanted: Wanted;
  readonly want: (change: Readonly<Record<string, string | undefined>>) => void;
}

function ColumnHead<Row>({ column: { title, sort, align }, wanted, want }: HeadProps<Row>) {
  const t = useTexts(texts);
  const up = sort !== undefined && wanted['sort'] === sort.up;
  const down = sort?.down !== undefined && wanted['sort'] === sort.down;
  return (
    <th role="columnheader" scope="col" data-align={align} aria-sort={up ? 'ascending' : down ? 'descending' : undefined}>
      {sort ? (
        <button type="button" title={t('sorted')} onClick={() => want({ sort: up ? (sort.down ?? undefined) : sort.up })}>
          {title} <span aria-hidden="true">{up ? '▲' : down ? '▼' : '↕'}</span>
        </button>
      ) : (
        title
      )}
    </th>
  );
}
