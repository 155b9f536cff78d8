import { readFileSync } from 'node:fs';
import { randomUUID } from 'node:crypto';
import { Client } from '@temporalio/client';
import type { Config } from '../../src/platform/config.ts';
import { connectClient } from '../../src/platform/temporal/connect.ts';
import { CaseGateway } from '../../src/platform/temporal/gateway.ts';
import { createLog } from '../../src/platform/logging.ts';
import { installRuntime } from '../../src/platform/temporal/runtime.ts';
import { createWork } from '../../src/work.ts';
import type { NamedKey } from '../../src/platform/keys.ts';
import type { TestApiOptions } from './api.ts';
import type { TestDatabase } from './database.ts';
import { testConfig } from './config.ts';
import { HISTORY_KEYS, isRecording } from './history-keys.ts';
import { temporalAddress, workflowBundle } from './temporal.ts';

export interface TestEngine {
  readonly config: Config;
  readonly client: Client;
  readonly gateway: CaseGateway;
  stop(): Promise<void>;
}

export interface EngineOptions {
  /** Instead of the run's own server. */
  readonly temporalAddress?: string;
  readonly env?: Readonly<Record<string, string>>;
}

/** A real worker on the run's Temporal server, with a task queue of its own. To be stopped in `afterAll`. */
export async function startTestEngine(database: TestDatabase, options: EngineOptions = {}): Promise<TestEngine> {
  const config = testConfig({
    DATABASE_URL: database.url,
    TEMPORAL_ADDRESS: options.temporalAddress ?? (await temporalAddress()),
    TEMPORAL_TASK_QUEUE: `test-${randomUUID()}`,
    WORKFLOW_TASK_TIMEOUT_MS: '3000',
    ...(isRecording && { PAYLOAD_KEYS: HISTORY_KEYS }),
    LOG_LEVEL: process.env['TEST_LOG'] ?? 'silent',
    ...options.env,
  });
  installRuntime(createLog(config.log.level));
  const code = readFileSync(await workflowBundle(), 'utf8');
  const work = await createWork(config, { code });
  const running = work.run();
  const client = connectClient(config);
  const { taskQueue, workflowTaskTimeoutMs } = config.temporal;
  return {
    config,
    client,
    gateway: new CaseGateway(client, { taskQueue, workflowTaskTimeoutMs, answerWithinMs: 15_000 }),
    stop: async () => {
      work.stop();
      await running;
      await client.connection.close();
    },
  };
}

/** For `startTestApi`: an API in front of this engine, as one installation has them. */
export function inFrontOf({ config }: TestEngine): Omit<TestApiOptions, 'database'> {
  const keys = (named: readonly NamedKey[]): string =>
    named.map(({ id, secret }) => `${id}:${Buffer.from(secret).toString('base64')}`).join(';');
  return {
    temporalAddress: config.temporal.address,
    taskQueue: config.temporal.taskQueue,
    env: { PAYLOAD_KEYS: keys(config.keys.payload), SUBJECT_KEYS: keys(config.keys.subject), WORKFLOW_TASK_TIMEOUT_MS: '3000' },
  };
}
