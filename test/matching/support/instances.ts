import type { MatchInput, Pair } from '../../../src/matching/solver/input.ts';

export interface Shape {
  readonly needs: number;
  readonly units: number;
  /** Of all pairs, 0 … 100. */
  readonly densityPercent: number;
  readonly scores: readonly [least: number, most: number];
  readonly capacities: readonly [least: number, most: number];
  readonly penalties: readonly [least: number, most: number];
}

/** Numerical Recipes' generator: the same instance for the same seed on every machine. */
export function numbers(seed: number): (least: number, most: number) => number {
  let state = seed >>> 0;
  return (least, most) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return least + Math.floor((state / 2 ** 32) * (most - least + 1));
  };
}

export function instance(seed: number, shape: Shape): MatchInput {
  const draw = numbers(seed);
  const need: number[] = [];
  const unit: number[] = [];
  const score: number[] = [];
  for (let n = 0; n < shape.needs; n++) {
    for (let u = 0; u < shape.units; u++) {
      if (draw(0, 99) >= shape.densityPercent) continue;
      need.push(n);
      unit.push(u);
      score.push(draw(...shape.scores));
    }
  }
  return {
    needs: Array.from({ length: shape.needs }, (_, n) => ({ id: `need-${n}` })),
    units: Array.from({ length: shape.units }, (_, u) => ({ id: `unit-${u}`, capacity: draw(...shape.capacities) })),
    edges: { need, unit, score },
    rule: 'optimal',
    penalties: Array.from({ length: shape.needs }, () => draw(...shape.penalties)),
    seed: draw(0, 1000),
  };
}

/** Pins some pairs within the capacities and forbids some others. */
export function withSettledPairs(input: MatchInput, seed: number): MatchInput {
  const draw = numbers(seed ^ 0x5bd1e995);
  const left = input.units.map(({ capacity }) => capacity);
  const taken = new Set<number>();
  const pinned: Pair[] = [];
  const forbidden: Pair[] = [];
  for (let row = 0; row < input.edges.need.length; row++) {
    const need = input.edges.need[row]!;
    const unit = input.edges.unit[row]!;
    const pair = { need: input.needs[need]!.id, unit: input.units[unit]!.id };
    const lot = draw(0, 9);
    if (lot < 2 && left[unit]! > 0 && !taken.has(need)) {
      left[unit]!--;
      taken.add(need);
      pinned.push(pair);
    } else if (lot > 7) {
      forbidden.push(pair);
    }
  }
  return { ...input, pinned, forbidden };
}

const SCORES = [[1, 1], [0, 1], [0, 3], [-4, 9], [0, 100]] as const;
const CAPACITIES = [[0, 1], [1, 1], [0, 3], [4, 9]] as const;
const PENALTIES = [[0, 0], [0, 5], [50, 50]] as const;

/** A handful of rows: ties everywhere (few different scores) as well as spread scores; capacities from none to plenty. */
export function drawShape(draw: (least: number, most: number) => number): Shape {
  const oneOf = <T>(list: readonly T[]): T => list[draw(0, list.length - 1)]!;
  return {
    needs: draw(0, 4),
    units: draw(0, 3),
    densityPercent: oneOf([0, 40, 70, 100, 100]),
    scores: oneOf(SCORES),
    capacities: oneOf(CAPACITIES),
    penalties: oneOf(PENALTIES),
  };
}

/** The same question with its rows in another order. */
export function shuffled(input: MatchInput, seed: number): MatchInput {
  const draw = numbers(seed);
  const permutation = (length: number): number[] => {
    const order = [...Array(length).keys()];
    for (let at = length - 1; at > 0; at--) {
      const other = draw(0, at);
      [order[at], order[other]] = [order[other]!, order[at]!];
    }
    return order;
  };
  const needs = permutation(input.needs.length);
  const units = permutation(input.units.length);
  const edges = permutation(input.edges.need.length);
  return {
    ...input,
    needs: needs.map((row) => input.needs[row]!),
    units: units.map((row) => input.units[row]!),
    penalties: needs.map((row) => input.penalties[row]!),
    edges: {
      need: edges.map((row) => needs.indexOf(input.edges.need[row]!)),
      unit: edges.map((row) => units.indexOf(input.edges.unit[row]!)),
      score: edges.map((row) => input.edges.score[row]!),
    },
    pinned: [...(input.pinned ?? [])].reverse(),
    forbidden: [...(input.forbidden ?? [])].reverse(),
  };
}
