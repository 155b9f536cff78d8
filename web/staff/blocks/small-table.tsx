import type { ReactNode } from 'react';
import styles from './small-table.module.css';

export interface SmallColumn<Row> {
  readonly key: string;
  /** Empty above buttons. */
  readonly title: string;
  readonly render: (row: Row) => ReactNode;
}

interface Props<Row> {
  readonly label: string;
  readonly rows: readonly Row[];
  readonly idOf: (row: Row) => string;
  readonly columns: readonly SmallColumn<Row>[];
}

/** A handful of rows that belong to one thing; lists of many are a `DataList`. Explicit roles: on a phone its rows are cards. */
export function SmallTable<Row>({ label, rows, idOf, columns }: Props<Row>) {
  return (
    <div className={styles['scroll']}>
      <table role="table" className={styles['table']}>
        <caption className="hidden-text">{label}</caption>
        <thead role="rowgroup">
          <tr role="row">
            {columns.map(({ key, title }) =>
              title === '' ? (
                <td key={key} role="cell" />
              ) : (
                <th key={key} role="columnheader" scope="col">
                  {title}
                </th>
              ),
            )}
          </tr>
        </thead>
        <tbody role="rowgroup">
          {rows.map((row) => (
            <tr key={idOf(row)} role="row">
              {columns.map(({ key, title, render }) => (
                <td key={key} role="cell" data-label={title}>
                  {render(row)}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
