/** One row of a list as it was frozen: text, whole numbers, lists of text; money in fen. */
export type FrozenRow = Readonly<Record<string, FrozenValue>> & { readonly number: string };

export type FrozenValue = string | number | boolean | null | readonly string[];

/** A list of one community as it stood on a day (Asia/Shanghai). */
export interface FrozenList {
  readonly schema: 1;
  readonly list: string;
  readonly communityId: string;
  readonly quarter: string;
  readonly on: string;
  readonly rows: readonly FrozenRow[];
}

export interface ChangedField {
  readonly field: string;
  readonly before: FrozenValue;
  readonly after: FrozenValue;
}

/** From one quarter's list to the next; rows are known by their numbers. */
export interface ListDifference {
  readonly added: readonly FrozenRow[];
  readonly gone: readonly FrozenRow[];
  readonly changed: readonly { readonly number: string; readonly fields: readonly ChangedField[] }[];
}

const same = (a: FrozenValue, b: FrozenValue): boolean => JSON.stringify(a) === JSON.stringify(b);

/** `before` empty where there is none: all is added. */
export function differenceOf(before: readonly FrozenRow[], after: readonly FrozenRow[]): ListDifference {
  const old = new Map(before.map((row) => [row.number, row]));
  const kept = new Set(after.map((row) => row.number));
  const changed = after.flatMap((row) => {
    const was = old.get(row.number);
    if (!was) return [];
    const names = [...new Set([...Object.keys(was), ...Object.keys(row)])].sort();
    const fields = names
      .map((field) => ({ field, before: was[field] ?? null, after: row[field] ?? null }))
      .filter((field) => !same(field.before, field.after));
    return fields.length > 0 ? [{ number: row.number, fields }] : [];
  });
  return {
    added: after.filter((row) => !old.has(row.number)),
    gone: before.filter((row) => !kept.has(row.number)),
    changed,
  };
}
