import { randomUUID } from 'node:crypto';
import type { Stage } from '../../src/demo/people.ts';
import { tenantId } from '../../src/kernel/scope.ts';
import { freePort } from '../../src/platform/local/ports.ts';
import { startTestApi } from './api.ts';
import { createTestDatabase, type TestDatabase } from './database.ts';
import { startTestEngine, type EngineOptions, type TestEngine } from './engine.ts';

export interface TestStage {
  readonly stage: Stage;
  readonly db: TestDatabase;
  readonly engine: TestEngine;
  stop(): Promise<void>;
}

/** Database, engine and API in one process, with one set of keys: where a year can be played. */
export async function startTestStage(options: EngineOptions = {}): Promise<TestStage> {
  const db = await createTestDatabase();
  const engine = await startTestEngine(db, options);
  const { keys, temporal } = engine.config;
  const port = await freePort();
  const base = `http://127.0.0.1:${port}`;
  const api = await startTestApi({
    database: db,
    temporalAddress: temporal.address,
    taskQueue: temporal.taskQueue,
    env: {
      PORT: String(port),
      ORIGINS: base,
      WORKFLOW_TASK_TIMEOUT_MS: '3000',
      PAYLOAD_KEYS: keys.payload.map(({ id, secret }) => `${id}:${secret.toString('base64')}`).join(';'),
    },
  });
  return {
    // Ids follow from the tenant's, and all files of a run share one Temporal.
    stage: { app: api.api.app, tenant: tenantId(`sample-${randomUUID().slice(0, 8)}`), base, password: randomUUID() },
    db,
    engine,
    stop: async () => {
      await api.stop();
      await engine.stop();
      await db.drop();
    },
  };
}
