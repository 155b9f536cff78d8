import { WorkflowNotFoundError, type Client, type WorkflowHandle } from '@temporalio/client';
import { defaultPayloadConverter, type Payload } from '@temporalio/common';
import type { Config } from '../config.ts';
import type { NamedKey } from '../keys.ts';
import { SealingCodec } from './codec.ts';
import { connectClient } from './connect.ts';

/** One run as its history tells it; everything opened. */
export interface ToldRun {
  readonly runId: string;
  /** First argument of the workflow. */
  readonly input: unknown;
  /** What its local activities answered, in the order of the history. */
  readonly answers: readonly unknown[];
}

export interface ToldWorkflow {
  readonly running: boolean;
  /** Latest first; older ones only if they were asked for and are still kept. */
  readonly runs: readonly ToldRun[];
}

/** What Temporal keeps of a workflow, read without a worker and without waking anything. */
export class Histories {
  readonly #client: Client;
  readonly #codec: SealingCodec;

  constructor(client: Client, keys: readonly NamedKey[]) {
    this.#client = client;
    this.#codec = new SealingCodec(keys);
  }

  /** With a connection of its own, made when it is first used. */
  static connect(config: Config): Histories {
    return new Histories(connectClient(config), config.keys.payload);
  }

  /** Undefined = Temporal knows no such workflow (any more). */
  async read(workflowId: string, { allRuns = false } = {}): Promise<ToldWorkflow | undefined> {
    try {
      const { runId, status } = await this.#client.workflow.getHandle(workflowId).describe();
      const runs: ToldRun[] = [];
      for (let next: string | undefined = runId; next; ) {
        const { before, ...run }: ToldRun & { before: string | undefined } = await this.#run(workflowId, next);
        runs.push(run);
        next = allRuns ? before : undefined;
      }
      return { running: status.name === 'RUNNING', runs };
    } catch (error) {
      if (error instanceof WorkflowNotFoundError) return undefined;
      throw error;
    }
  }

  /** Ids of all of these types that the namespace keeps, ended ones too; a moment behind what was just started. */
  async *all(types: readonly string[]): AsyncGenerator<string> {
    const query = `WorkflowType IN (${types.map((type) => `'${type}'`).join(', ')})`;
    for await (const { workflowId } of this.#client.workflow.list({ query })) yield workflowId;
  }

  /** Called by Nest. */
  async onModuleDestroy(): Promise<void> {
    await this.#client.connection.close();
  }

  async #run(workflowId: string, runId: string): Promise<ToldRun & { readonly before: string | undefined }> {
    const { events } = await this.#client.workflow.getHandle(workflowId, runId).fetchHistory();
    let input: unknown;
    let before: string | undefined;
    const answers: unknown[] = [];
    for (const event of events ?? []) {
      const started = event.workflowExecutionStartedEventAttributes;
      if (started) {
        input = await this.#open(workflowId, started.input?.payloads?.[0]);
        before = started.continuedExecutionRunId || undefined;
      }
      const marker = event.markerRecordedEventAttributes;
      if (marker?.markerName !== 'core_local_activity') continue;
      answers.push(await this.#open(workflowId, marker.details?.['result']?.payloads?.[0]));
    }
    return { runId, input, answers, before };
  }

  async #open(workflowId: string, payload: Payload | null | undefined): Promise<unknown> {
    if (!payload) return undefined;
    const { namespace } = this.#client.options;
    const [open] = await this.#codec.decode([payload], { type: 'workflow', namespace, workflowId });
    return open && defaultPayloadConverter.fromPayload(open);
  }
}

/** Events of all runs of a workflow that are kept: one that lasts longer than a year has several. */
export async function historyLength(client: Client, workflowId: string): Promise<number> {
  let length = 0;
  for (let runId: string | undefined = ''; runId !== undefined; ) {
    const handle: WorkflowHandle = client.workflow.getHandle(workflowId, runId || undefined);
    const description = await handle.describe();
    length += description.historyLength;
    runId = description.raw.workflowExecutionInfo?.firstRunId === description.runId ? undefined : await runBefore(handle);
  }
  return length;
}

async function runBefore(handle: WorkflowHandle): Promise<string | undefined> {
  const { events } = await handle.fetchHistory();
  return events?.[0]?.workflowExecutionStartedEventAttributes?.continuedExecutionRunId || undefined;
}
