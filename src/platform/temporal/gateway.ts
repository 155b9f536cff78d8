import {
  isGrpcServiceError,
  WithStartWorkflowOperation,
  WorkflowExecutionAlreadyStartedError,
  WorkflowFailedError,
  WorkflowNotFoundError,
  WorkflowUpdateFailedError,
  WorkflowUpdateRPCTimeoutOrCancelledError,
  type Client,
  type WorkflowStartOptions,
} from '@temporalio/client';
import { ApplicationFailure, NamespaceNotFoundError } from '@temporalio/common';
import { Refusal, type RefusalKind, type RefusalParams } from '../../kernel/refusal.ts';
import { Lanes } from './lanes.ts';

export interface GatewayOptions {
  readonly taskQueue: string;
  readonly workflowTaskTimeoutMs: number;
  /** How long a caller waits for an answer before it is told to try again. */
  readonly answerWithinMs: number;
}

export interface CaseStart {
  /** Camel case, never renamed. */
  readonly type: string;
  readonly workflowId: string;
  readonly input: unknown;
}

/** What a case itself said no with. */
export class CaseRefusal extends Refusal {
  /** Of the state that it rests on; undefined = on none, or on the database. */
  readonly version: number | undefined;

  constructor(code: string, { kind = 'state', params = {}, version }: RefusalDetail) {
    super(code, kind, params);
    this.version = version;
  }
}

interface RefusalDetail {
  readonly kind?: RefusalKind;
  readonly params?: RefusalParams;
  readonly version?: number;
}

const RETRY_PAUSE_MS = 200;

/**
 * Sends to cases. Every answer is one of three: the case's own, its `Refusal`, or `ENGINE_UNAVAILABLE`,
 * after which the same id may be sent again without doing anything twice.
 */
export class CaseGateway {
  readonly #client: Client;
  readonly #options: GatewayOptions;
  readonly #lanes = new Lanes();

  constructor(client: Client, options: GatewayOptions) {
    this.#client = client;
    this.#options = options;
  }

  /** Starts the case unless it runs already; does not wait for it. A closed one is left closed. */
  async start(start: CaseStart): Promise<void> {
    await this.#answered(async () => {
      try {
        await this.#client.workflow.start(start.type, this.#startOptions(start));
      } catch (error) {
        if (!(error instanceof Error && error.name === 'WorkflowExecutionAlreadyStartedError')) throw error;
      }
    });
  }

  /** For recovery: also where a run of that id has ended. One that runs is left alone. */
  async startAnew(start: CaseStart): Promise<void> {
    const options = { ...this.#startOptions(start), workflowIdReusePolicy: 'ALLOW_DUPLICATE' as const };
    await this.#answered(() => this.#client.workflow.start(start.type, options));
  }

  /** Starts the case and sends it an Update in one round trip. */
  async open<Answer>(start: CaseStart, update: string, updateId: string, argument: unknown): Promise<Answer> {
    return this.#answered(async () => {
      const startWorkflowOperation = new WithStartWorkflowOperation(start.type, this.#startOptions(start));
      const answer: unknown = await this.#client.workflow.executeUpdateWithStart(update, {
        updateId,
        args: [argument],
        startWorkflowOperation,
      });
      return answer as Answer;
    });
  }

  /**
   * Sends an Update; its id makes a repeat harmless. `precheck` runs when one had to wait for its turn and may refuse
   * from the read model: in a rush most of the losers never reach the case.
   */
  async update<Answer>(
    workflowId: string,
    update: string,
    updateId: string,
    argument: unknown,
    precheck?: () => Promise<void>,
  ): Promise<Answer> {
    return this.#lanes.run(workflowId, async (waited) => {
      if (waited) await precheck?.();
      return this.#answered(async () => {
        const handle = this.#client.workflow.getHandle(workflowId);
        const answer: unknown = await handle.executeUpdate(update, { updateId, args: [argument] });
        return answer as Answer;
      });
    });
  }

  async signal(workflowId: string, signal: string, ...parts: unknown[]): Promise<void> {
    await this.#answered(() => this.#client.workflow.getHandle(workflowId).signal(signal, ...parts));
  }

  async query<Answer>(workflowId: string, query: string): Promise<Answer> {
    return this.#answered(async () => {
      const answer: unknown = await this.#client.workflow.getHandle(workflowId).query(query);
      return answer as Answer;
    });
  }

  /** For readiness checks. */
  async ping(): Promise<void> {
    await this.#client.connection.ensureConnected();
    await this.#client.withDeadline(Date.now() + 2000, () => this.#client.workflowService.getSystemInfo({}));
  }

  async #answered<Result>(call: () => Promise<Result>): Promise<Result> {
    const until = Date.now() + this.#options.answerWithinMs;
    for (;;) {
      try {
        return await this.#client.withDeadline(until, call);
      } catch (error) {
        const refusal = refusalOf(error);
        if (refusal) throw refusal;
        if (!isTransient(error)) throw error;
        if (Date.now() + RETRY_PAUSE_MS >= until) throw new Refusal('ENGINE_UNAVAILABLE', 'unavailable');
        await new Promise((resolve) => setTimeout(resolve, RETRY_PAUSE_MS));
      }
    }
  }

  #startOptions(start: CaseStart): WorkflowStartOptions & {
    workflowIdConflictPolicy: 'USE_EXISTING';
    args: [unknown];
  } {
    return {
      taskQueue: this.#options.taskQueue,
      workflowId: start.workflowId,
      workflowIdConflictPolicy: 'USE_EXISTING',
      workflowIdReusePolicy: 'REJECT_DUPLICATE',
      workflowTaskTimeout: this.#options.workflowTaskTimeoutMs,
      args: [start.input],
    };
  }
}

/** What Temporal answers of an Update that a restart made it forget; nothing was decided. */
const UPDATE_FORGOTTEN = /^update\b.*\bnot found/i;

/** `UnprocessedUpdate` comes from a run that ended or failed over in between: nothing was decided. */
const UNDECIDED = new Set(['UnprocessedUpdate', 'AcceptedUpdateCompletedWorkflow']);

function refusalOf(error: unknown): Refusal | undefined {
  // A closed case is not opened again, so asking it to open ends like asking one that is over.
  if (error instanceof WorkflowNotFoundError && UPDATE_FORGOTTEN.test(error.message)) return undefined;
  const isOver = error instanceof WorkflowNotFoundError || error instanceof WorkflowExecutionAlreadyStartedError;
  if (isOver) return new Refusal('CASE_NOT_RUNNING', 'state');
  const cause =
    error instanceof WorkflowUpdateFailedError || error instanceof WorkflowFailedError ? error.cause : undefined;
  if (!(cause instanceof ApplicationFailure) || !cause.type || UNDECIDED.has(cause.type)) return undefined;
  const [detail = {}] = (cause.details ?? []) as RefusalDetail[];
  return new CaseRefusal(cause.type, detail);
}

function isTransient(error: unknown): boolean {
  return (
    error instanceof WorkflowUpdateRPCTimeoutOrCancelledError ||
    error instanceof WorkflowUpdateFailedError ||
    error instanceof WorkflowNotFoundError ||
    // A server that has just begun does not know its namespaces yet.
    error instanceof NamespaceNotFoundError ||
    isGrpcServiceError(error) ||
    (error instanceof Error && (isGrpcServiceError(error.cause) || error.name === 'ServiceError'))
  );
}
