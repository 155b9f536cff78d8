import { refuse } from '../kernel/refusal.ts';
import type { EvaluationPolicy } from '../policy/model.ts';
import type { Grade } from '../projects/lifecycle/model.ts';
import { dividedHalfUp, satisfactionOf, type Ratings, type Satisfaction } from './rating/model.ts';

export const MARKED = ['completion', 'quality', 'finance', 'sustainability'] as const;

/** What an evaluator marks, each in whole percent of the criterion's points; satisfaction comes from ratings. */
export type Marks = Readonly<Record<(typeof MARKED)[number], number>>;

export type Criterion = (typeof MARKED)[number] | 'satisfaction';

export interface Part {
  readonly criterion: Criterion;
  /** Points that the policy gives the criterion. */
  readonly weight: number;
  /** Points it counts here, in hundredths: more than its own where satisfaction is not shown. */
  readonly countsHundredths: number;
  /** Percent reached, in hundredths; null = not shown. */
  readonly reachedHundredths: number | null;
}

export interface Evaluation {
  readonly parts: readonly Part[];
  readonly satisfaction: Satisfaction;
  /** Too few raters: the weight of satisfaction was spread over the other criteria. */
  readonly spread: boolean;
  /** A failed criterion with a veto fails the whole, whatever the score. */
  readonly vetoedBy: Criterion | null;
  /** Of 100 points, in hundredths. */
  readonly scoreHundredths: number;
  readonly grade: Grade;
}

function weightsOf(policy: EvaluationPolicy): Readonly<Record<Criterion, number>> {
  return {
    completion: policy.completionWeight,
    quality: policy.qualityWeight,
    satisfaction: policy.satisfactionWeight,
    finance: policy.financeWeight,
    sustainability: policy.sustainabilityWeight,
  };
}

/** Refuses `EVALUATION_MARK_INVALID`, and `EVALUATION_UNRATED` where nothing but satisfaction has a weight. */
export function evaluate(marks: Marks, ratings: Ratings, policy: EvaluationPolicy): Evaluation {
  for (const criterion of MARKED) {
    const mark = marks[criterion];
    if (!Number.isInteger(mark) || mark < 0 || mark > 100) refuse('EVALUATION_MARK_INVALID', 'invalid', { criterion });
  }
  const weights = weightsOf(policy);
  const satisfaction = satisfactionOf(ratings, policy.ratersMin);
  const spread = satisfaction.percentHundredths === null;
  const counted: readonly Criterion[] = spread ? MARKED : [...MARKED, 'satisfaction'];
  const whole = counted.reduce((sum, criterion) => sum + weights[criterion], 0);
  if (whole === 0) refuse('EVALUATION_UNRATED', 'rule', { raters: ratings.raters, needed: policy.ratersMin });

  // Points are weight × percent; the mean of the stars stays a fraction until the end.
  const marked = MARKED.reduce((sum, criterion) => sum + weights[criterion] * marks[criterion], 0);
  const scoreHundredths = spread
    ? dividedHalfUp(marked * 100, whole)
    : dividedHalfUp((marked * ratings.raters + weights.satisfaction * 20 * ratings.stars) * 100, whole * ratings.raters);

  const vetoedBy = policy.financeVeto && marks.finance < policy.financeVetoBelowPercent ? 'finance' : null;
  return {
    parts: ([...MARKED, 'satisfaction'] as const).map((criterion) => ({
      criterion,
      weight: weights[criterion],
      countsHundredths: counted.includes(criterion) ? dividedHalfUp(weights[criterion] * 10_000, whole) : 0,
      reachedHundredths: criterion === 'satisfaction' ? satisfaction.percentHundredths : marks[criterion] * 100,
    })),
    satisfaction,
    spread,
    vetoedBy,
    scoreHundredths,
    grade: vetoedBy ? 'fail' : gradeOf(scoreHundredths, policy),
  };
}

export function gradeOf(scoreHundredths: number, policy: EvaluationPolicy): Grade {
  if (scoreHundredths >= policy.excellentFrom * 100) return 'excellent';
  if (scoreHundredths >= policy.goodFrom * 100) return 'good';
  return scoreHundredths >= policy.passFrom * 100 ? 'pass' : 'fail';
}
