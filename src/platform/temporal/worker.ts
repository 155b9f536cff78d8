import { NativeConnection, Worker, type WorkflowBundleOption } from '@temporalio/worker';
import type { Config } from '../config.ts';
import { sealedConverter } from './converter.ts';

export interface WorkerOptions {
  readonly config: Config;
  readonly activities: object;
  readonly bundle: WorkflowBundleOption;
}

export interface CaseWorker {
  /** Ends when the worker was shut down; rejects when it failed. */
  run(): Promise<void>;
  shutdown(): void;
  close(): Promise<void>;
}

/** Workflows counted, not bytes: about 50 kB each, so this bounds a worker's memory (temporal.md). */
const CACHED_WORKFLOWS = 2000;

export async function createWorker({ config, activities, bundle }: WorkerOptions): Promise<CaseWorker> {
  const { address, namespace, taskQueue } = config.temporal;
  const connection = await NativeConnection.connect({ address });
  const worker = await Worker.create({
    connection,
    namespace,
    taskQueue,
    workflowBundle: bundle,
    activities,
    dataConverter: sealedConverter(config.keys.payload),
    maxCachedWorkflows: CACHED_WORKFLOWS,
    // A killed worker's cases come back after this and the workflow task timeout (temporal.md).
    stickyQueueScheduleToStartTimeout: '2s',
    shutdownGraceTime: '10s',
    // An activity hears of its cancellation with its heartbeat: within the second that people wait for it.
    maxHeartbeatThrottleInterval: '400ms',
  });
  return {
    run: () => worker.run(),
    shutdown: () => {
      if (worker.getState() === 'RUNNING') worker.shutdown();
    },
    close: () => connection.close(),
  };
}
