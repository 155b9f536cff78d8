import { fuzzBudget } from './fuzz-budget.ts';
import { NEED_FUZZES } from './fuzz-needs.ts';
import { fuzzReviewers } from './fuzz-reviewers.ts';
import { numbers } from './instances.ts';

/** By kind; each takes a seed and throws on the first difference. */
export const FUZZES = {
  ...NEED_FUZZES,
  budget: (seed: number): void => fuzzBudget(numbers(seed)),
  reviewers: fuzzReviewers,
};
