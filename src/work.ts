import { Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import type { WorkflowBundleOption } from '@temporalio/worker';
import { createActivities } from '../activities/index.ts';
import { areas } from './areas.ts';
import { CaseSweeper } from './cases/jobs.ts';
import { SweepingService } from './cases/sweeping/service.ts';
import type { Config } from './platform/config.ts';
import { CryptoModule } from './platform/crypto/module.ts';
import { Database } from './platform/database/database.ts';
import { createSource } from './platform/database/source.ts';
import { createLog, NestLog, type Log } from './platform/logging.ts';
import { PlatformModule } from './platform/module.ts';
import { connectClient } from './platform/temporal/connect.ts';
import { CaseGateway } from './platform/temporal/gateway.ts';
import { createWorker } from './platform/temporal/worker.ts';
import { entities } from './schema.ts';

@Module({})
class WorkModule {}

/** For commands and facts that one case sends to another. */
const ANSWER_WITHIN_MS = 4500;

export interface Work {
  /** Ends after `stop`; rejects when the worker failed, and then the process must end non-zero. */
  run(): Promise<void>;
  stop(): void;
}

/** The worker process: the same areas as the API, without HTTP, behind Temporal's task queue. */
export async function createWork(config: Config, bundle: WorkflowBundleOption, log: Log = createLog(config.log.level)): Promise<Work> {
  const { taskQueue, workflowTaskTimeoutMs, publishTimeoutMs } = config.temporal;
  const source = createSource({
    url: config.database.url,
    poolSize: config.database.poolSize,
    applicationName: 'cobuild-worker',
    transactionTimeoutMs: publishTimeoutMs,
    entities,
  });
  await source.initialize();
  const database = new Database(source);
  const client = connectClient(config);
  const gateway = new CaseGateway(client, { taskQueue, workflowTaskTimeoutMs, answerWithinMs: ANSWER_WITHIN_MS });
  const platform = PlatformModule.with({ config, log, database, gateway });
  const root = { module: WorkModule, imports: [platform, CryptoModule, ...areas] };
  const app = await NestFactory.createApplicationContext(root, { logger: new NestLog(log), abortOnError: false });
  const activities = createActivities({ get: (type) => app.get(type, { strict: false }) });
  const worker = await createWorker({ config, activities, bundle });
  const sweeper = new CaseSweeper(app.get(SweepingService, { strict: false }), gateway, log);
  return {
    run: async () => {
      const sweeping = sweeper.start();
      try {
        await worker.run();
      } finally {
        await sweeping.stop();
        await worker.close();
        await client.connection.close();
        await app.close();
        await database.close();
      }
    },
    stop: () => worker.shutdown(),
  };
}
