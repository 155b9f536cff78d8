import { drawOrder } from '../../../src/matching/solver/lots.ts';
import type { MatchInput } from '../../../src/matching/solver/input.ts';

/** Unit index per need index; −1 = without a unit. */
export type Choice = readonly number[];

export interface Enumerated {
  readonly best: number;
  /** The best plan that comes first in the published order. */
  readonly first: Choice;
  /** All the best plans. */
  readonly equals: readonly Choice[];
  /** The best value when this need goes to this unit (−1 = none); −Infinity where no plan does that. */
  bestWith(need: number, unit: number): number;
}

function options(input: MatchInput, need: number): { unit: number; value: number }[] {
  const { id } = input.needs[need]!;
  const pin = input.pinned?.find((pair) => pair.need === id);
  const rows = [...Array(input.edges.need.length).keys()].filter((row) => input.edges.need[row] === need);
  const units = rows.map((row) => ({ unit: input.edges.unit[row]!, value: input.edges.score[row]! }));
  const nameOf = (unit: number): string => input.units[unit]!.id;
  if (pin) return units.filter(({ unit }) => nameOf(unit) === pin.unit);
  const open = units.filter(({ unit }) => !input.forbidden?.some((pair) => pair.need === id && pair.unit === nameOf(unit)));
  return [...open, { unit: -1, value: -input.penalties[need]! }];
}

/** Every plan there is: for a handful of needs. */
export function enumerate(input: MatchInput): Enumerated {
  const perNeed = input.needs.map((_, need) => options(input, need));
  const left = input.units.map(({ capacity }) => capacity);
  const plans: { choice: number[]; value: number }[] = [];
  const walk = (choice: number[], value: number): void => {
    if (choice.length === perNeed.length) {
      plans.push({ choice, value });
      return;
    }
    for (const option of perNeed[choice.length]!) {
      if (option.unit >= 0 && left[option.unit]! === 0) continue;
      if (option.unit >= 0) left[option.unit]!--;
      walk([...choice, option.unit], value + option.value);
      if (option.unit >= 0) left[option.unit]!++;
    }
  };
  walk([], 0);

  const best = Math.max(...plans.map(({ value }) => value));
  const unitOrder = [...drawOrder(input.seed, input.units.map(({ id }) => id))];
  const rank = (unit: number): number => (unit < 0 ? unitOrder.length : unitOrder.indexOf(unit));
  const needOrder = drawOrder(input.seed, input.needs.map(({ id }) => id));
  const compare = (a: Choice, b: Choice): number => {
    const need = needOrder.find((at) => a[at] !== b[at]);
    return need === undefined ? 0 : rank(a[need]!) - rank(b[need]!);
  };
  const equals = plans.filter(({ value }) => value === best).map(({ choice }) => choice);
  return {
    best,
    first: equals.sort(compare)[0]!,
    equals,
    bestWith: (need, unit) => Math.max(-Infinity, ...plans.filter(({ choice }) => choice[need] === unit).map(({ value }) => value)),
  };
}

/** Stable matching in the plainest way: whoever is without a unit asks the next, until nobody asks any more. */
export function acceptInTurns(input: MatchInput): Choice {
  const rank = (ids: readonly { id: string }[]): number[] => {
    const order = [...drawOrder(input.seed, ids.map(({ id }) => id))];
    return ids.map((_, row) => order.indexOf(row));
  };
  const needRank = rank(input.needs);
  const unitRank = rank(input.units);
  const pinned = new Set((input.pinned ?? []).map(({ need }) => need));
  const lists = input.needs.map((_, need) =>
    options(input, need)
      .filter(({ unit, value }) => unit >= 0 && (pinned.has(input.needs[need]!.id) || value >= -input.penalties[need]!))
      .sort((a, b) => b.value - a.value || unitRank[a.unit]! - unitRank[b.unit]!),
  );
  const points = (need: number, unit: number): number =>
    pinned.has(input.needs[need]!.id) ? Infinity : lists[need]!.find((option) => option.unit === unit)!.value;
  const choice = input.needs.map(() => -1);
  const left = lists.map((list) => list.map(({ unit }) => unit));
  for (let need = 0; need >= 0; need = choice.findIndex((unit, at) => unit < 0 && left[at]!.length > 0)) {
    const unit = left[need]?.shift();
    if (unit === undefined) continue;
    choice[need] = unit;
    const holders = [...choice.keys()].filter((at) => choice[at] === unit);
    if (holders.length <= input.units[unit]!.capacity) continue;
    holders.sort((a, b) => points(b, unit) - points(a, unit) || needRank[a]! - needRank[b]!);
    choice[holders.at(-1)!] = -1;
  }
  return choice;
}
