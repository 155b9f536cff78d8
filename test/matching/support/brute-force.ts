import { drawOrder } from '../../../src/matching/solver/lots.ts';
import type { MatchInput } from '../../../src/matching/solver/input.ts';

/** Unit index per need index; −1 = without a unit. */
export type Choice = readonly number[];

export interface Enumerated {
  readonly best: number;
  /** The best plan that comes first in the published order. */
  readonly first: Choice;
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
    bestWith: (need, unit) => Math.max(-Infinity, ...plans.filter(({ choice }) => choice[need] === unit).map(({ value }) => value)),
  };
}
