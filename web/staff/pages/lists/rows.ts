import type { Schemas } from '../../me.ts';
import type { FrozenValue } from './use-frozen-cell.ts';

export const SHOWN = ['added', 'gone', 'changed'] as const;

/** One row of a snapshot, and what is new about it. */
export interface FrozenLine {
  readonly number: string;
  readonly fields: Readonly<Record<string, FrozenValue>>;
  readonly mark: 'added' | 'gone' | undefined;
  readonly changes: readonly { readonly field: string; readonly before: FrozenValue; readonly after: FrozenValue }[];
}

type Fields = Readonly<Record<string, FrozenValue>>;

/** All rows of the snapshot, or those that came, went or changed; as many as the doors say. */
export function rowsOf(snapshot: Schemas['ListSnapshot'], difference: Schemas['ListDifference'], show: string | undefined): readonly FrozenLine[] {
  const changes = new Map(difference.changed.map(({ number, fields }) => [number, fields]));
  const added = new Set(difference.since === null ? [] : difference.added.map(numberOf));
  const line = (fields: Fields, mark: FrozenLine['mark']): FrozenLine => {
    const number = numberOf(fields);
    return { number, fields, mark, changes: changes.get(number) ?? [] };
  };
  if (show === 'gone') return difference.gone.map((fields) => line(fields, 'gone'));
  if (show === 'added') return difference.added.map((fields) => line(fields, 'added'));
  const all = snapshot.rows.map((fields) => line(fields, added.has(numberOf(fields)) ? 'added' : undefined));
  return show === 'changed' ? all.filter((it) => it.changes.length > 0) : all;
}

function numberOf(fields: Fields): string {
  return String(fields['number'] ?? '');
}
