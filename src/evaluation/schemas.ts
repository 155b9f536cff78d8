import { z } from 'zod';
import { MARKED } from './model.ts';
import { HANDLINGS } from './rating/clusters/model.ts';

export const ProjectParam = z.strictObject({ id: z.uuid() });

const mark = z.int().min(0).max(100);
const GradeName = z.enum(['excellent', 'good', 'pass', 'fail']);
const CriterionName = z.enum([...MARKED, 'satisfaction']);

/** Marks in whole percent of each criterion's points; satisfaction comes from the ratings. */
export const EvaluationBody = z
  .strictObject({
    completion: mark,
    quality: mark,
    finance: mark,
    sustainability: mark,
    remark: z.string().trim().max(2000).optional(),
    /** Whether an award is to be proposed, where the grade allows one. */
    proposeAward: z.boolean(),
    /** Needed where the evaluation shows clusters of ratings: whether these count. */
    doubtfulRatings: z.enum(HANDLINGS).optional(),
  })
  .meta({ id: 'ProjectEvaluationMarks' });

const Satisfaction = z.object({ raters: z.int(), percentHundredths: z.int().nullable() });

export const EvaluationResult = z
  .object({
    scoreHundredths: z.int(),
    grade: GradeName,
    vetoedBy: CriterionName.nullable(),
    /** Fewer raters than the policy asks for: satisfaction is not shown and its weight is spread over the rest. */
    spread: z.boolean(),
    satisfaction: Satisfaction,
    parts: z.array(
      z.object({
        criterion: CriterionName,
        weight: z.int(),
        countsHundredths: z.int(),
        reachedHundredths: z.int().nullable(),
      }),
    ),
    doubtfulRatings: z.enum(HANDLINGS).nullable(),
    policyVersion: z.int(),
    policyHash: z.string(),
    remark: z.string(),
  })
  .meta({ id: 'ProjectEvaluationResult' });

export const EvaluationView = z
  .object({
    projectId: z.uuid(),
    grade: GradeName.nullable(),
    /** How residents rate it now. */
    satisfaction: Satisfaction,
    codesIssued: z.int(),
    ratersNeeded: z.int(),
    /** Many ratings of one network, or at almost the same time; null for who does not evaluate. */
    doubts: z
      .object({
        raters: z.int(),
        clusters: z.array(z.object({ kind: z.enum(['network', 'minute']), raters: z.int(), from: z.string(), until: z.string() })),
      })
      .nullable(),
    /** Null until it is evaluated. */
    result: EvaluationResult.nullable(),
  })
  .meta({ id: 'ProjectEvaluation' });
