import { describe, expect, it } from '@jest/globals';
import { Refusal } from '../../src/kernel/refusal.ts';
import type { MatchInput } from '../../src/matching/solver/input.ts';
import { LivePlan } from '../../src/matching/solver/live-plan.ts';
import { matchNeeds } from '../../src/matching/solver/match-needs.ts';

const good: MatchInput = {
  needs: [{ id: 'a' }, { id: 'b' }],
  units: [{ id: 'u', capacity: 1 }, { id: 'v', capacity: 1 }],
  edges: { need: [0, 1], unit: [0, 0], score: [3, 4] },
  rule: 'optimal',
  penalties: [10, 10],
  seed: 1,
};

function refusal(input: MatchInput): Refusal {
  try {
    matchNeeds(input);
  } catch (error) {
    if (error instanceof Refusal) return error;
    throw error;
  }
  throw new Error('nothing was refused');
}

const pair = (need: string, unit: string): { need: string; unit: string } => ({ need, unit });

describe('an impossible question is refused with the row that is wrong', () => {
  it.each<[string, string, Partial<MatchInput>]>([
    ['MATCHING_ID_TWICE', 'needs/1/id', { needs: [{ id: 'a' }, { id: 'a' }] }],
    ['MATCHING_ID_TWICE', 'units/1/id', { units: [{ id: 'u', capacity: 1 }, { id: 'u', capacity: 1 }] }],
    ['MATCHING_ID_MISSING', 'needs/0/id', { needs: [{ id: '' }, { id: 'b' }] }],
    ['MATCHING_CAPACITY_INVALID', 'units/1/capacity', { units: [{ id: 'u', capacity: 1 }, { id: 'v', capacity: -1 }] }],
    ['MATCHING_CAPACITY_INVALID', 'units/0/capacity', { units: [{ id: 'u', capacity: 1.5 }, { id: 'v', capacity: 1 }] }],
    ['MATCHING_CAPACITY_INVALID', 'units/0/capacity', { units: [{ id: 'u', capacity: Number.NaN }, { id: 'v', capacity: 1 }] }],
    ['MATCHING_SCORE_INVALID', 'edges/1/score', { edges: { ...good.edges, score: [3, Number.NaN] } }],
    ['MATCHING_SCORE_INVALID', 'edges/0/score', { edges: { ...good.edges, score: [Infinity, 4] } }],
    ['MATCHING_SCORE_INVALID', 'edges/0/score', { edges: { ...good.edges, score: [2.5, 4] } }],
    ['MATCHING_SCORE_INVALID', 'edges/0/score', { edges: { ...good.edges, score: [1e15, 4] } }],
    ['MATCHING_EDGES_RAGGED', 'edges', { edges: { ...good.edges, score: [3] } }],
    ['MATCHING_NEED_UNKNOWN', 'edges/1/need', { edges: { ...good.edges, need: [0, 2] } }],
    ['MATCHING_UNIT_UNKNOWN', 'edges/0/unit', { edges: { ...good.edges, unit: [-1, 0] } }],
    ['MATCHING_EDGE_TWICE', 'edges/1', { edges: { ...good.edges, need: [0, 0] } }],
    ['MATCHING_PENALTY_INVALID', 'penalties/1', { penalties: [10, -1] }],
    ['MATCHING_PENALTY_INVALID', 'penalties/0', { penalties: [Infinity, 1] }],
    ['MATCHING_PENALTIES_INCOMPLETE', 'penalties', { penalties: [10] }],
    ['MATCHING_TOO_MANY_UNITS', 'units', { units: Array.from({ length: 1_000_001 }, () => ({ id: 'u', capacity: 1 })) }],
    ['MATCHING_TOO_MANY_NEEDS', 'needs', { needs: Array.from({ length: 1_000_001 }, () => ({ id: 'a' })), penalties: new Int32Array(1_000_001) }],
    ['MATCHING_SEED_INVALID', 'seed', { seed: -1 }],
    ['MATCHING_NEED_UNKNOWN', 'pinned/0/need', { pinned: [pair('nobody', 'u')] }],
    ['MATCHING_UNIT_UNKNOWN', 'forbidden/0/unit', { forbidden: [pair('a', 'nowhere')] }],
    ['MATCHING_PIN_FORBIDDEN', 'pinned/0', { pinned: [pair('a', 'u')], forbidden: [pair('a', 'u')] }],
    ['MATCHING_PIN_NOT_CANDIDATE', 'pinned/0', { pinned: [pair('a', 'v')] }],
    ['MATCHING_PINS_EXCEED_CAPACITY', 'pinned/1/unit', { pinned: [pair('a', 'u'), pair('b', 'u')] }],
    ['MATCHING_NEED_PINNED_TWICE', 'pinned/1/need', { pinned: [pair('a', 'u'), pair('a', 'u')], units: [{ id: 'u', capacity: 5 }, { id: 'v', capacity: 1 }] }],
  ])('%s at %s', (code, at, change) => {
    const refused = refusal({ ...good, ...change });
    expect(refused.code).toBe(code);
    expect(refused.errors[0]).toEqual({ at, code });
  });

  it('names every wrong row, a hundred at most', () => {
    const need = Array.from({ length: 300 }, (_, row) => row % 2);
    const refused = refusal({ ...good, edges: { need, unit: need, score: need.map(() => Number.NaN) } });
    expect(refused.errors).toHaveLength(100);
    expect(refused.errors[99]).toEqual({ at: 'edges/99/score', code: 'MATCHING_SCORE_INVALID' });
  });

  it('refuses changes to a live plan that name the wrong row, and leaves the plan as it was', () => {
    const live = new LivePlan({ ...good, pinned: [pair('a', 'u')] });
    const before = live.placed();
    const tries: [string, string, () => unknown][] = [
      ['MATCHING_ID_TWICE', 'need', () => live.addNeed({ id: 'b', penalty: 1, edges: [] })],
      ['MATCHING_ID_TWICE', 'need', () => live.addNeed({ id: 'a', penalty: 1, edges: [] })],
      ['MATCHING_PENALTY_INVALID', 'penalty', () => live.addNeed({ id: 'c', penalty: Number.NaN, edges: [] })],
      ['MATCHING_SCORE_INVALID', 'edges/0/score', () => live.addNeed({ id: 'c', penalty: 1, edges: [{ unit: 'u', score: Infinity }] })],
      ['MATCHING_UNIT_UNKNOWN', 'edges/0/unit', () => live.addNeed({ id: 'c', penalty: 1, edges: [{ unit: 'w', score: 1 }] })],
      ['MATCHING_EDGE_TWICE', 'edges/1', () => live.addNeed({ id: 'c', penalty: 1, edges: [{ unit: 'u', score: 1 }, { unit: 'u', score: 2 }] })],
      ['MATCHING_NEED_UNKNOWN', 'need', () => live.removeNeed('c')],
      ['MATCHING_UNIT_UNKNOWN', 'unit', () => live.changeCapacity('w', 1)],
      ['MATCHING_CAPACITY_INVALID', 'capacity', () => live.changeCapacity('u', -1)],
      ['MATCHING_PINS_EXCEED_CAPACITY', 'capacity', () => live.changeCapacity('u', 0)],
      ['MATCHING_PIN_FORBIDDEN', 'need', () => live.forbidPair(pair('a', 'u'))],
      ['MATCHING_PIN_NOT_CANDIDATE', 'unit', () => live.pinPair(pair('b', 'v'))],
      ['MATCHING_PINS_EXCEED_CAPACITY', 'unit', () => live.pinPair(pair('b', 'u'))],
      ['MATCHING_NEED_PINNED_TWICE', 'need', () => live.pinPair(pair('a', 'u'))],
    ];
    for (const [code, at, work] of tries) expect(work).toThrow(expect.objectContaining({ code, params: { at } }));
    expect(live.placed()).toEqual(before);
  });

  it('answers the question that merely has nothing to give', () => {
    expect(matchNeeds({ ...good, needs: [], edges: { need: [], unit: [], score: [] }, penalties: [] }).certificate).toEqual({ primal: 0, dual: 0, gap: 0 });
    expect(matchNeeds({ ...good, units: [], edges: { need: [], unit: [], score: [] } }).placed.every(({ unit }) => unit === null)).toBe(true);
  });
});
