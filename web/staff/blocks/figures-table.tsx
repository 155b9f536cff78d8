import type { ReactNode } from 'react';
import styles from './figures-table.module.css';

interface Props {
  readonly label: string;
  /** The first column names the row. */
  readonly columns: readonly { readonly title: string; readonly align?: 'end' }[];
  readonly rows: readonly { readonly key: string; readonly cells: readonly ReactNode[] }[];
  /** The last row, of sums. */
  readonly sums?: readonly ReactNode[];
}

/** A short table in a page; lists that can be filtered and paged are a `DataList`. */
export function FiguresTable({ label, columns, rows, sums }: Props) {
  return (
    <div className={styles['scroll']} tabIndex={0} role="region" aria-label={label}>
      <table className={styles['table']}>
        <caption className="hidden-text">{label}</caption>
        <thead>
          <tr>
            {columns.map(({ title, align }) => (
              <th key={title} scope="col" data-align={align}>
                {title}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map(({ key, cells }) => (
            <Cells key={key} cells={cells} columns={columns} />
          ))}
        </tbody>
        {sums && (
          <tfoot>
            <Cells cells={sums} columns={columns} />
          </tfoot>
        )}
      </table>
    </div>
  );
}

function Cells({ cells, columns }: { readonly cells: readonly ReactNode[]; readonly columns: Props['columns'] }) {
  const [name, ...rest] = cells;
  return (
    <tr>
      <th scope="row">{name}</th>
      {rest.map((cell, index) => (
        <td key={columns[index + 1]?.title ?? index} data-align={columns[index + 1]?.align}>
          {cell}
        </td>
      ))}
    </tr>
  );
}
