import { Context, log } from '@temporalio/activity';
import { ApplicationFailure } from '@temporalio/common';
import type { PublishAnswer, PublishRequest } from '../src/cases/messages.ts';
import { Refusal } from '../src/kernel/refusal.ts';
import { tenantScope, type TenantId } from '../src/kernel/scope.ts';
import type { NextUnitRequest, SolvedPlan, SolveRequest } from '../src/matching/messages.ts';
import type { RunProposal } from '../src/matching/model.ts';
import { SolverFailure } from '../src/matching/running/service.ts';
import type { MatchingService, PlannedProposal } from '../src/matching/service.ts';
import type { Database } from '../src/platform/database/database.ts';
import type { CommitmentService } from '../src/projects/commitments/service.ts';

export interface MatchingActivities {
  publishMatchingRun(request: PublishRequest): Promise<PublishAnswer>;
  /**
   * Solving may take minutes: a normal activity that says how far it is, and stops when it is cancelled. Repeats answer
   * what is stored. A refusal is an answer; so is a solver that broke down for the third time.
   */
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

/** A machine that ran out of memory once may have been busy; a question that does so each time is too large for it. */
const SOLVER_ATTEMPTS = 3;

const BEAT_MS = 500;

export function matchingActivities({ db, matching, commitments }: MatchingServices): MatchingActivities {
  return {
    publishMatchingRun: (request) => matching.publish(request as PublishRequest<RunProposal>, commitments.at(request.at)),
    solvePlan: async (request) => {
      const { info, cancellationSignal: signal } = Context.current();
      const beat = new Heartbeat(matching, request);
      try {
        return await matching.solve(request, commitments.at(request.at), { signal, onProgress: (progress) => beat.note(progress) });
      } catch (error) {
        if (error instanceof SolverFailure) {
          log.error('solver broke down', { code: error.code, stack: error.cause instanceof Error ? error.cause.stack : undefined });
          if (info.attempt < SOLVER_ATTEMPTS) throw ApplicationFailure.retryable(error.code, error.code);
        }
        if (error instanceof Refusal) return { refused: error.code };
        throw error;
      } finally {
        await beat.stop();
      }
    },
    confirmedPlan: ({ tenant, runId }) =>
      refusing(() => db.within(tenantScope(tenant), (tx) => matching.confirmedPlan(tx, runId))),
    nextUnit: (request) => refusing(() => matching.nextUnit(request, commitments.at(request.at))),
  };
}

type SolvingProgress = Parameters<MatchingService['noteProgress']>[1];

/** Tells the engine that the work lives, which is also how it hears of its cancellation, and people how far it is. */
class Heartbeat {
  readonly #context = Context.current();
  readonly #matching: MatchingService;
  readonly #request: SolveRequest;
  readonly #timer: NodeJS.Timeout;
  #progress: SolvingProgress = { phase: 'gathering', done: 0, total: 0 };
  #noted: SolvingProgress | undefined;
  #noting: Promise<void> | undefined;

  constructor(matching: MatchingService, request: SolveRequest) {
    this.#matching = matching;
    this.#request = request;
    this.#timer = setInterval(() => this.#beat(), BEAT_MS);
  }

  note(progress: SolvingProgress): void {
    this.#progress = progress;
  }

  async stop(): Promise<void> {
    clearInterval(this.#timer);
    await this.#noting;
  }

  #beat(): void {
    const progress = this.#progress;
    this.#context.heartbeat(progress);
    if (this.#noting || this.#noted === progress) return;
    this.#noted = progress;
    this.#noting = this.#matching
      .noteProgress(this.#request, progress)
      .catch(() => log.warn('progress not noted', { code: 'PROGRESS_LOST' }))
      .finally(() => (this.#noting = undefined));
  }
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
