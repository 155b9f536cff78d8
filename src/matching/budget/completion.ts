import { refuse } from '../../kernel/refusal.ts';
import type { Electorate } from './ballots.ts';
import type { Claim, Preference } from './claims.ts';
import { equalShares } from './equal-shares.ts';
import type { Completion } from './model.ts';

/** One yuan, as in the official rounds. */
const INCREMENT_FEN = 100;
/** Groups looked at in all runs together: some seconds. A count, so that every machine refuses alike. */
const MOST_TOUCHED = 200_000_000;
/** Of a run that looks at nothing. */
const RUN_TOUCHES = 2_000;

/**
 * Fen by which every voter's endowment is raised before the run that counts. Refuses `BUDGET_TOO_MANY_STEPS` where
 * steps of this size take too many runs, or leave the numbers that are counted exactly.
 */
export function endowmentRaise(
  claims: readonly Claim[],
  electorate: Electorate,
  budget: number,
  completion: Completion,
  preference: Preference,
  increment = INCREMENT_FEN,
): number {
  if (completion === 'none') return 0;
  const supported = claims.filter(({ votes }) => votes > 0);
  let touched = 0;
  for (let raised = 0; ; raised += increment) {
    const next = raised + increment;
    const total = budget + raised * electorate.voters;
    const run = equalShares(claims, electorate, total, preference);
    // An outcome of the raised endowments may cost too much: the one before counts.
    if (run.spent > budget) return raised - increment;
    if (run.bought.length === supported.length) return raised;
    if (completion === 'add1-exhaustive' && isExhaustive(claims, run.bought, budget - run.spent)) return raised;
    touched += run.touched + RUN_TOUCHES + claims.length;
    if (touched > MOST_TOUCHED || !Number.isSafeInteger(budget + next * electorate.voters)) {
      refuse('BUDGET_TOO_MANY_STEPS', 'rule', { increment });
    }
  }
}

function isExhaustive(claims: readonly Claim[], bought: readonly number[], left: number): boolean {
  const isBought = new Set(bought);
  return !claims.some(({ cost, votes }, at) => votes > 0 && cost <= left && !isBought.has(at));
}
