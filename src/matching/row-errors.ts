import { Refusal, type FieldError } from '../kernel/refusal.ts';

/** More would only repeat the same mistake. */
const MOST_ERRORS = 100;

/** Gathers what is wrong with the rows of an input; the refusal carries the first row's code and names each row. */
export class RowErrors {
  readonly #list: FieldError[] = [];

  add(at: string, code: string): void {
    if (this.#list.length < MOST_ERRORS) this.#list.push({ at, code });
  }

  throwIfAny(): void {
    const first = this.#list[0];
    if (first) throw new Refusal(first.code, 'rule', { at: first.at, errors: this.#list.length }, this.#list);
  }
}

/** Position of every id; an empty or repeated id is an error of its row. */
export function indexRows(ids: readonly string[], kind: string, errors: RowErrors): Map<string, number> {
  const index = new Map<string, number>();
  ids.forEach((id, row) => {
    if (typeof id !== 'string' || id === '') errors.add(`${kind}/${row}`, 'MATCHING_ID_MISSING');
    else if (index.has(id)) errors.add(`${kind}/${row}`, 'MATCHING_ID_TWICE');
    else index.set(id, row);
  });
  return index;
}
