import { ApplicationFailure } from '@temporalio/common';
import type { PublishAnswer, PublishRequest } from '../src/cases/messages.ts';
import { Refusal } from '../src/kernel/refusal.ts';
import { tenantScope, type TenantId } from '../src/kernel/scope.ts';
import type { NextUnitRequest, SolvedPlan, SolveRequest } from '../src/matching/messages.ts';
import type { RunProposal } from '../src/matching/model.ts';
import type { MatchingService, PlannedProposal } from '../src/matching/service.ts';
import type { Database } from '../src/platform/database/database.ts';
import type { CommitmentService } from '../src/projects/commitments/service.ts';

export interface MatchingActivities {
  publishMatchingRun(request: PublishRequest): Promise<PublishAnswer>;
  /** Solving may take seconds: a normal activity. Repeats answer what is stored. */
  solvePlan(request: SolveRequest): Promise<SolvedPlan | { readonly refused: string }>;
  confirmedPlan(request: { tenant: TenantId; runId: string }): Promise<readonly PlannedProposal[]>;
  /** The best unit left for one project while all others stay as they are; null = none fits. */
  nextUnit(request: NextUnitRequest): Promise<string | null>;
}

export interface MatchingServices {
  readonly db: Database;
  readonly matching: MatchingService;
  readonly commitments: CommitmentService;
}

export function matchingActivities({ db, matching, commitments }: MatchingServices): MatchingActivities {
  return {
    publishMatchingRun: (request) => matching.publish(request as PublishRequest<RunProposal>),
    solvePlan: async (request) => {
      try {
        return await matching.solve(request, await commitments.records(request.tenant, request.at));
      } catch (error) {
        if (error instanceof Refusal) return { refused: error.code };
        throw error;
      }
    },
    confirmedPlan: ({ tenant, runId }) =>
      refusing(() => db.within(tenantScope(tenant), (tx) => matching.confirmedPlan(tx, runId))),
    nextUnit: (request) =>
      refusing(async () => matching.nextUnit(request, await commitments.records(request.tenant, request.at))),
  };
}

/** A refusal is an answer, not a breakdown: it is not tried again. */
async function refusing<Result>(work: () => Promise<Result>): Promise<Result> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    throw ApplicationFailure.nonRetryable(error.code, error.code, { kind: error.kind, params: error.params });
  }
}
