import { numbers } from '../../test/matching/support/instances.ts';
import type { MatchInput } from '../../src/matching/solver/input.ts';

export interface Size {
  readonly needs: number;
  readonly units: number;
  /** Candidate pairs of each need. */
  readonly each: number;
}

/** Scores 0 … 1000 at random, places for about nine needs in ten, so that units are contested. */
export function question({ needs, units, each }: Size, seed: number): MatchInput {
  const draw = numbers(seed);
  const edges = { need: new Int32Array(needs * each), unit: new Int32Array(needs * each), score: new Int32Array(needs * each) };
  let row = 0;
  for (let need = 0; need < needs; need++) {
    const chosen = new Set<number>();
    while (chosen.size < each) chosen.add(draw(0, units - 1));
    for (const unit of chosen) {
      edges.need[row] = need;
      edges.unit[row] = unit;
      edges.score[row++] = draw(0, 1000);
    }
  }
  const capacity = Math.max(1, Math.round((0.9 * needs) / units));
  return {
    needs: Array.from({ length: needs }, (_, at) => ({ id: `n${at}` })),
    units: Array.from({ length: units }, (_, at) => ({ id: `u${at}`, capacity })),
    edges,
    rule: 'optimal',
    penalties: new Int32Array(needs).fill(100),
    seed,
  };
}
