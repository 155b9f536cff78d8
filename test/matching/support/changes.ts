import { deepEqual, equal } from 'node:assert/strict';
import { Refusal } from '../../../src/kernel/refusal.ts';
import { checkPlan } from '../../../src/matching/check.ts';
import type { MatchInput, Plan } from '../../../src/matching/solver/input.ts';
import { LivePlan, type Change, type LiveNeed } from '../../../src/matching/solver/live-plan.ts';

type Draw = (least: number, most: number) => number;

/** A change to a live plan, and the question that somebody would ask who starts anew. */
interface Tried {
  readonly carryOut: (live: LivePlan) => Change;
  readonly after: MatchInput;
}

function without(input: MatchInput, need: string): MatchInput {
  const row = input.needs.findIndex(({ id }) => id === need);
  const edges = [...Array(input.edges.need.length).keys()].filter((at) => input.edges.need[at] !== row);
  return {
    ...input,
    needs: input.needs.toSpliced(row, 1),
    penalties: Array.from(input.penalties).toSpliced(row, 1),
    edges: {
      need: edges.map((at) => input.edges.need[at]! - (input.edges.need[at]! > row ? 1 : 0)),
      unit: edges.map((at) => input.edges.unit[at]!),
      score: edges.map((at) => input.edges.score[at]!),
    },
    pinned: (input.pinned ?? []).filter((pair) => pair.need !== need),
    forbidden: (input.forbidden ?? []).filter((pair) => pair.need !== need),
  };
}

function withNeed(input: MatchInput, { id, penalty, edges }: LiveNeed): MatchInput {
  const columns = input.edges;
  return {
    ...input,
    needs: [...input.needs, { id }],
    penalties: [...Array.from(input.penalties), penalty],
    edges: {
      need: [...Array.from(columns.need), ...edges.map(() => input.needs.length)],
      unit: [...Array.from(columns.unit), ...edges.map(({ unit }) => input.units.findIndex((row) => row.id === unit))],
      score: [...Array.from(columns.score), ...edges.map(({ score }) => score)],
    },
  };
}

/** Any change to any part; some of them are impossible and must be refused. */
export function drawChange(draw: Draw, input: MatchInput, serial: number): Tried {
  const need = input.needs.length === 0 ? 'nobody' : input.needs[draw(0, input.needs.length - 1)]!.id;
  const unit = input.units.length === 0 ? 'nowhere' : input.units[draw(0, input.units.length - 1)]!.id;
  const pair = { need, unit };
  switch (draw(0, 4)) {
    case 0: {
      const edges = input.units.filter(() => draw(0, 2) > 0).map(({ id }) => ({ unit: id, score: draw(0, 9) }));
      const added = { id: `new-${serial}`, penalty: draw(0, 9), edges };
      return { carryOut: (live) => live.addNeed(added), after: withNeed(input, added) };
    }
    case 1:
      return { carryOut: (live) => live.removeNeed(need), after: input.needs.length === 0 ? input : without(input, need) };
    case 2: {
      const capacity = draw(0, 3);
      if (unit === 'nowhere') return { carryOut: (live) => live.changeCapacity(unit, capacity), after: input };
      const units = input.units.map((row) => (row.id === unit ? { ...row, capacity } : row));
      return { carryOut: (live) => live.changeCapacity(unit, capacity), after: { ...input, units } };
    }
    case 3:
      return { carryOut: (live) => live.forbidPair(pair), after: { ...input, forbidden: [...(input.forbidden ?? []), pair] } };
    default:
      return { carryOut: (live) => live.pinPair(pair), after: { ...input, pinned: [...(input.pinned ?? []), pair] } };
  }
}

export function planOfLive(input: MatchInput, live: LivePlan): Plan {
  return { rule: 'optimal', seed: input.seed, placed: live.placed(), prices: live.prices(), certificate: live.certificate() };
}

/** Proves the live plan after a change, its value and its difference; `wanted` is the best value from scratch. */
export function proveChange(before: MatchInput, after: MatchInput, old: Plan, live: LivePlan, change: Change, wanted: number): void {
  const plan = planOfLive(after, live);
  deepEqual(checkPlan(after, plan).filter(({ code }) => code !== 'NOT_FIRST'), []);
  equal(live.certificate().gap, 0);
  equal(live.value, wanted);
  deepEqual(change.value, { before: old.certificate!.primal, after: wanted });
  const was = new Map(old.placed.map(({ need, unit }) => [need, unit]));
  const stayed = new Set(after.needs.map(({ id }) => id));
  const known = new Set(before.needs.map(({ id }) => id));
  const moved = plan.placed
    .filter(({ need, unit }) => stayed.has(need) && (known.has(need) ? was.get(need) : null) !== unit)
    .map(({ need, unit }) => ({ need, from: was.get(need) ?? null, to: unit }));
  const byNeed = (rows: Change['moved']): Change['moved'] => [...rows].sort((a, b) => (a.need < b.need ? -1 : 1));
  deepEqual(byNeed(change.moved), byNeed(moved));
}

/** The change's effect, or undefined if the live plan refuses it. */
export function attempt(live: LivePlan, { carryOut }: Tried): Change | undefined {
  try {
    return carryOut(live);
  } catch (error) {
    if (error instanceof Refusal) return undefined;
    throw error;
  }
}
