import { z } from 'zod';
import { pageFields, pageOf } from '../platform/http/cursor.ts';
import { REASONS } from './facts.ts';
import { MEASURES } from './running/model.ts';

const reason = z.string().trim().min(1).max(4000);
const instant = z.string().nullable();

const statuses = ['frozen', 'solved', 'confirmed', 'carriedOut', 'cancelled'] as const;

export const RunId = z.strictObject({ id: z.uuid() });
export const RunQuery = z.strictObject({ ...pageFields, status: z.enum(statuses).optional() });
export const DecisionQuery = z.strictObject({
  ...pageFields,
  placed: z
    .enum(['true', 'false'])
    .transform((text) => text === 'true')
    .optional()
    .describe('Whether some unit has it'),
  reason: z
    .enum([...REASONS, 'OUTBID', 'LESS_FITTING', 'DRAWN', 'SETTLED', 'CUT_OFF'])
    .optional()
    .describe('Some offer was not chosen for this reason'),
  unitId: z.uuid().optional(),
  proposalId: z.uuid().optional(),
});
export const Nothing = z.strictObject({}).meta({ id: 'MatchingNothing' });

const choice = z.strictObject({
  proposalId: z.uuid(),
  offerId: z.uuid().nullable().describe('null: nobody, the proposal stays out of the plan'),
  forbid: z.boolean().optional().describe('Anybody but this offer'),
});

/** The whole set that shall hold; an empty one goes back to the best plan. */
const choices = z.array(choice).max(1000);

export const Choices = z.strictObject({ choices }).meta({ id: 'MatchingChoices' });
export const Change = z.strictObject({ choices, reason }).meta({ id: 'MatchingChange' });
export const SizedQuestion = z
  .strictObject({
    measure: z.enum(MEASURES).describe('What offers are given out in, instead of places'),
    secondsLimit: z.number().int().min(1).max(20).default(10),
  })
  .meta({ id: 'MatchingSizedQuestion' });
export const Confirmation = z
  .strictObject({ planHash: z.string().min(1).max(100) })
  .meta({ id: 'MatchingConfirmation', description: 'The plan that the person has seen' });
export const Cancellation = z.strictObject({ reason }).meta({ id: 'MatchingCancellation' });

export const RunView = z
  .object({
    id: z.uuid(),
    version: z.int(),
    status: z.enum(statuses),
    policyVersion: z.int(),
    revision: z.int(),
    factsRevision: z.int().describe('Revision that gathered the facts'),
    rule: z.string().nullable().describe('optimal or stable'),
    choices: z.array(choice),
    inputHash: z.string().nullable(),
    planHash: z.string().nullable(),
    seed: z.int().nullable(),
    value: z.int().nullable().describe('Hundredths of points'),
    price: z.int().nullable().describe('What the choices cost, in hundredths of points'),
    matched: z.int().nullable(),
    unmatched: z.int().nullable(),
    projects: z.int().nullable(),
    due: instant,
    late: z.boolean(),
    openedAt: z.string(),
    openedBy: z.string(),
    changedAt: instant,
    changedBy: z.string().nullable(),
    changeReason: z.uuid().nullable(),
    decidedAt: instant,
    decidedBy: z.string().nullable(),
    endCode: z.string().nullable().describe('Why it was given up without a decision'),
    progress: z
      .object({ phase: z.string(), done: z.int(), total: z.int() })
      .nullable()
      .describe('While it is solved: gathering, candidates, solving, checking, explaining'),
  })
  .meta({ id: 'MatchingRun' });
export const RunPage = pageOf(RunView).meta({ id: 'MatchingRunPage' });

export const ReasonView = z
  .object({ id: z.uuid(), kind: z.enum(['change', 'cancellation']), reason: z.string(), author: z.string(), at: z.string() })
  .meta({ id: 'MatchingReason' });

export const PreviewView = z
  .object({
    value: z.int(),
    price: z.int(),
    moves: z.array(z.object({ proposalId: z.uuid(), from: z.uuid().nullable(), to: z.uuid().nullable() })),
  })
  .meta({ id: 'MatchingPreview', description: 'Points in hundredths; from and to are offers' });

export const DifferenceView = z
  .object({
    from: z.int(),
    to: z.int(),
    value: z.object({ before: z.int(), after: z.int() }),
    added: z.array(z.uuid()),
    removed: z.array(z.uuid()),
    moved: z.array(z.object({ proposalId: z.uuid(), from: z.uuid().nullable(), to: z.uuid().nullable() })),
    dropped: z.array(choice).describe('Choices that could not be kept'),
  })
  .meta({ id: 'MatchingDifference', description: 'Revisions of one run; points in hundredths, from and to are offers' });
export const DifferenceAnswer = z.object({ difference: DifferenceView.nullable() }).meta({ id: 'MatchingDifferenceAnswer' });

export const SizedPlanView = z
  .object({
    seed: z.int(),
    placed: z.array(z.object({ need: z.uuid(), unit: z.uuid().nullable(), value: z.int() })),
    units: z.array(z.object({ unit: z.uuid(), used: z.int(), capacity: z.int() })),
    certificate: z.object({ primal: z.int(), dual: z.int(), gap: z.int() }).describe('No plan can be better by more than the gap'),
    boundBy: z.enum(['prices', 'search']),
    finished: z.boolean().describe('false: the time was up'),
  })
  .meta({ id: 'MatchingSizedPlan', description: 'Proposals and offers; points in hundredths' });

const scored = { target: z.uuid(), unitId: z.uuid(), score: z.int(), scoreParts: z.record(z.string(), z.int()) };

const alternative = z.object({
  target: z.uuid(),
  unitId: z.uuid(),
  eligible: z.boolean(),
  reasonCode: z.string(),
  score: z.int().optional(),
  scoreParts: z.record(z.string(), z.int()).optional(),
  clearingPrice: z.int().optional(),
  margin: z.int().optional(),
  marginAtLeast: z.int().optional(),
  lastIn: z.int().optional(),
});

export const DecisionView = z
  .object({
    proposalId: z.uuid(),
    offerId: z.uuid().nullable(),
    unitId: z.uuid().nullable(),
    runId: z.uuid().nullable(),
    revision: z.int().nullable(),
    projectId: z.uuid().nullable(),
    at: z.string(),
    decision: z.object({
      subject: z.uuid(),
      outcome: z.enum(['matched', 'unmatched', 'settled']),
      ruleId: z.string(),
      ruleVersion: z.int(),
      inputHash: z.string(),
      seed: z.int(),
      best: z.object(scored).optional(),
      alternatives: z.array(alternative),
      omitted: z.record(z.string(), z.int()).optional().describe('Offers that are not listed, counted by reason'),
      runnerUp: z.uuid().optional(),
      counterfactual: z.object({ target: z.uuid(), pointsNeeded: z.int(), onePlaceMore: z.boolean() }).optional(),
      certificate: z.object({ primal: z.int(), dual: z.int(), gap: z.int() }).optional(),
      humanDecision: z
        .object({ by: z.string(), at: z.string(), changed: z.boolean(), reason: z.uuid().optional() })
        .optional(),
    }),
  })
  .meta({ id: 'MatchingDecision' });
const PlannedDecisionView = DecisionView.extend({
  proposal: z.object({ number: z.string(), title: z.string(), category: z.string(), communityId: z.uuid() }).nullable(),
}).meta({ id: 'MatchingPlannedDecision' });
export const DecisionPage = pageOf(PlannedDecisionView).meta({ id: 'MatchingDecisionPage' });

export const FlowsView = z
  .object({ items: z.array(z.object({ category: z.string(), unitId: z.uuid().nullable(), count: z.int() })) })
  .meta({ id: 'MatchingFlows', description: 'Proposals of a category that go to a unit; null: nobody' });
export const DecisionHistory = z.object({ items: z.array(DecisionView) }).meta({ id: 'MatchingDecisionHistory' });

const pair = z.object({ need: z.string(), unit: z.string() });

export const PlanFileView = z
  .object({
    format: z.literal('cobuild.plan/1'),
    inputHash: z.string(),
    question: z.object({
      rule: z.enum(['optimal', 'stable']),
      seed: z.int(),
      scoreParts: z.array(z.string()),
      needs: z.array(z.object({ id: z.string(), penalty: z.int() })),
      units: z.array(z.object({ id: z.string(), capacity: z.int() })),
      edges: z.array(z.array(z.unknown())).describe('[need index, unit index, points of each part]'),
      pinned: z.array(pair),
      excluded: z.array(z.object({ need: z.string().nullable(), unit: z.string(), reason: z.string() })),
    }),
    plan: z.object({
      rule: z.enum(['optimal', 'stable']),
      seed: z.int(),
      placed: z.array(z.object({ need: z.string(), unit: z.string().nullable(), value: z.int() })),
      prices: z.array(z.object({ unit: z.string(), used: z.int(), price: z.int() })),
      certificate: z.object({ primal: z.int(), dual: z.int(), gap: z.int() }).optional(),
    }),
    humanDecisions: z.array(
      z.object({
        need: z.string().nullable(),
        chosen: z.enum(['pin', 'forbid', 'leaveOut', 'confirm']),
        unit: z.string().nullable(),
        by: z.string(),
        at: z.string(),
        changed: z.boolean(),
        reason: z.string().optional(),
      }),
    ),
  })
  .meta({ id: 'MatchingPlanFile', description: 'Input of tools/verify-plan.mjs' });
