import { Refusal, type FieldError } from '../../kernel/refusal.ts';
import type { MatchInput } from './input.ts';

/** Sums of a million such numbers stay exact in a double. */
const LARGEST_POINTS = 1_000_000_000;
const MOST_NEEDS = 1_000_000;
const MOST_UNITS = 1_000_000;
/** More would only repeat the same mistake. */
const MOST_ERRORS = 100;

class Errors {
  readonly list: FieldError[] = [];

  add(at: string, code: string): void {
    if (this.list.length < MOST_ERRORS) this.list.push({ at, code });
  }

  throwIfAny(): void {
    const first = this.list[0];
    if (first) throw new Refusal(first.code, 'rule', { at: first.at, errors: this.list.length }, this.list);
  }
}

function indexIds(rows: readonly { readonly id: string }[], kind: 'needs' | 'units', errors: Errors): Map<string, number> {
  const index = new Map<string, number>();
  rows.forEach(({ id }, row) => {
    if (typeof id !== 'string' || id === '') errors.add(`${kind}/${row}/id`, 'MATCHING_ID_MISSING');
    else if (index.has(id)) errors.add(`${kind}/${row}/id`, 'MATCHING_ID_TWICE');
    else index.set(id, row);
  });
  return index;
}

export function isPoints(value: number | undefined): value is number {
  return Number.isInteger(value) && Math.abs(value!) <= LARGEST_POINTS;
}

function isIndex(value: number | undefined, count: number): boolean {
  return Number.isInteger(value) && value! >= 0 && value! < count;
}

function checkColumns(input: MatchInput, errors: Errors): void {
  const { needs, units, edges, penalties } = input;
  if (needs.length > MOST_NEEDS) errors.add('needs', 'MATCHING_TOO_MANY_NEEDS');
  if (units.length > MOST_UNITS) errors.add('units', 'MATCHING_TOO_MANY_UNITS');
  if (penalties.length !== needs.length) errors.add('penalties', 'MATCHING_PENALTIES_INCOMPLETE');
  if (edges.unit.length !== edges.need.length || edges.score.length !== edges.need.length) {
    errors.add('edges', 'MATCHING_EDGES_RAGGED');
  }
  if (!Number.isInteger(input.seed) || input.seed < 0 || input.seed > 0xffffffff) errors.add('seed', 'MATCHING_SEED_INVALID');
  units.forEach(({ capacity }, row) => {
    if (!Number.isSafeInteger(capacity) || capacity < 0) errors.add(`units/${row}/capacity`, 'MATCHING_CAPACITY_INVALID');
  });
}

function checkPoints(input: MatchInput, errors: Errors): void {
  const { needs, units, edges, penalties } = input;
  for (let row = 0; row < needs.length; row++) {
    const penalty = penalties[row];
    if (!isPoints(penalty) || penalty < 0) errors.add(`penalties/${row}`, 'MATCHING_PENALTY_INVALID');
  }
  for (let row = 0; row < edges.need.length; row++) {
    if (!isPoints(edges.score[row])) errors.add(`edges/${row}/score`, 'MATCHING_SCORE_INVALID');
    if (!isIndex(edges.need[row], needs.length)) errors.add(`edges/${row}/need`, 'MATCHING_NEED_UNKNOWN');
    if (!isIndex(edges.unit[row], units.length)) errors.add(`edges/${row}/unit`, 'MATCHING_UNIT_UNKNOWN');
  }
}

/** Rows of the edges, need by need, each need's in the order of the input: need `n` has `row[start[n] … start[n + 1] − 1]`. */
export interface RowsByNeed {
  readonly start: Int32Array;
  readonly row: Int32Array;
}

function groupRows({ needs, edges }: MatchInput): RowsByNeed {
  const count = edges.need.length;
  const start = new Int32Array(needs.length + 1);
  for (let row = 0; row < count; row++) start[edges.need[row]! + 1]!++;
  for (let need = 0; need < needs.length; need++) start[need + 1]! += start[need]!;
  const fill = start.slice();
  const rows = new Int32Array(count);
  for (let row = 0; row < count; row++) rows[fill[edges.need[row]!]!++] = row;
  return { start, row: rows };
}

function checkTwice({ units, edges }: MatchInput, { start, row }: RowsByNeed, errors: Errors): void {
  const seenBy = new Int32Array(units.length).fill(-1);
  for (let need = 0; need < start.length - 1; need++) {
    for (let at = start[need]!; at < start[need + 1]!; at++) {
      const unit = edges.unit[row[at]!]!;
      if (seenBy[unit] === need) errors.add(`edges/${row[at]!}`, 'MATCHING_EDGE_TWICE');
      seenBy[unit] = need;
    }
  }
}

/** Constraints by index: what the solver works with. */
export interface Constraints {
  /** Unit index per need index; absent = free. */
  readonly pinned: ReadonlyMap<number, number>;
  /** `need × unitCount + unit` names a pair; exact below 2⁵³. */
  readonly forbidden: ReadonlySet<number>;
  readonly rows: RowsByNeed;
}

function isCandidate({ edges }: MatchInput, { start, row }: RowsByNeed, need: number, unit: number): boolean {
  for (let at = start[need]!; at < start[need + 1]!; at++) {
    if (edges.unit[row[at]!] === unit) return true;
  }
  return false;
}

function resolvePairs(input: MatchInput, rows: RowsByNeed, errors: Errors): Constraints {
  const needIndex = indexIds(input.needs, 'needs', errors);
  const unitIndex = indexIds(input.units, 'units', errors);
  const resolve = (kind: 'pinned' | 'forbidden'): { row: number; need: number; unit: number }[] =>
    (input[kind] ?? []).flatMap((pair, row) => {
      const need = needIndex.get(pair.need);
      const unit = unitIndex.get(pair.unit);
      if (need === undefined) errors.add(`${kind}/${row}/need`, 'MATCHING_NEED_UNKNOWN');
      if (unit === undefined) errors.add(`${kind}/${row}/unit`, 'MATCHING_UNIT_UNKNOWN');
      return need === undefined || unit === undefined ? [] : [{ row, need, unit }];
    });
  const forbidden = new Set(resolve('forbidden').map(({ need, unit }) => need * input.units.length + unit));
  const pinned = new Map<number, number>();
  const used = new Map<number, number>();
  for (const { row, need, unit } of resolve('pinned')) {
    const key = need * input.units.length + unit;
    if (pinned.has(need)) errors.add(`pinned/${row}/need`, 'MATCHING_NEED_PINNED_TWICE');
    if (forbidden.has(key)) errors.add(`pinned/${row}`, 'MATCHING_PIN_FORBIDDEN');
    else if (!isCandidate(input, rows, need, unit)) errors.add(`pinned/${row}`, 'MATCHING_PIN_NOT_CANDIDATE');
    pinned.set(need, unit);
    used.set(unit, (used.get(unit) ?? 0) + 1);
    if (used.get(unit)! > input.units[unit]!.capacity) errors.add(`pinned/${row}/unit`, 'MATCHING_PINS_EXCEED_CAPACITY');
  }
  return { pinned, forbidden, rows };
}

/**
 * Refuses what has no right answer. The refusal carries the first row's code; its `errors` name each row
 * (`edges/17/score`), a hundred at most.
 */
export function checkInput(input: MatchInput): Constraints {
  const errors = new Errors();
  checkColumns(input, errors);
  errors.throwIfAny();
  checkPoints(input, errors);
  errors.throwIfAny();
  const rows = groupRows(input);
  checkTwice(input, rows, errors);
  const constraints = resolvePairs(input, rows, errors);
  errors.throwIfAny();
  return constraints;
}
