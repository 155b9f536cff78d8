import { Module, type INestApplicationContext } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import type { Client } from '@temporalio/client';
import { areas } from './areas.ts';
import type { Config } from './platform/config.ts';
import { CryptoModule } from './platform/crypto/module.ts';
import { ChangeBell } from './platform/database/bell.ts';
import { Channels } from './platform/database/channels.ts';
import { Database } from './platform/database/database.ts';
import { createSource } from './platform/database/source.ts';
import { NestLog, type Log } from './platform/logging.ts';
import { PlatformModule } from './platform/module.ts';
import { connectClient } from './platform/temporal/connect.ts';
import { CaseGateway } from './platform/temporal/gateway.ts';
import { entities } from './schema.ts';
import { texts } from './texts.ts';

@Module({})
class PartsModule {}

export interface PartsOptions {
  readonly applicationName: string;
  /** Ends a hanging transaction, in ms. */
  readonly transactionTimeoutMs: number;
  /** How long one statement may be without an answer, in ms; a little longer than a transaction lasts unless told. */
  readonly silenceMs?: number;
  /** How long the gateway waits for a case's answer, in ms. */
  readonly answerWithinMs: number;
}

/** A process that starts on a busy machine does not hear for seconds what the database has long said. */
const STARTING_MS = 5000;

/** What every process opens in the same way; nothing is connected yet. */
export function wire(config: Config, log: Log, options: PartsOptions) {
  const { applicationName, transactionTimeoutMs, answerWithinMs, silenceMs = transactionTimeoutMs + STARTING_MS } = options;
  const { url, poolSize } = config.database;
  const source = createSource({ url, poolSize, applicationName, transactionTimeoutMs, silenceMs, entities });
  const channels = new Channels(url, (channel, text) => source.query('SELECT pg_notify($1, $2)', [channel, text]));
  const bell = new ChangeBell(channels);
  const database = new Database(source, (tenant) => bell.ring(tenant));
  const client = connectClient(config);
  const { taskQueue, workflowTaskTimeoutMs } = config.temporal;
  const gateway = new CaseGateway(client, { taskQueue, workflowTaskTimeoutMs, answerWithinMs });
  const imports = [PlatformModule.with({ config, log, database, gateway, texts, channels, bell }), CryptoModule, ...areas];
  const close = async (): Promise<void> => {
    bell.close();
    await channels.close();
    await database.close();
  };
  return { source, client, imports, close };
}

/** All areas without HTTP: what the worker and the demo's driver are built on. */
export interface Parts {
  readonly app: INestApplicationContext;
  readonly client: Client;
  close(): Promise<void>;
}

export async function openParts(config: Config, log: Log, options: PartsOptions): Promise<Parts> {
  const { source, client, imports, close } = wire(config, log, options);
  await source.initialize();
  const root = { module: PartsModule, imports };
  const app = await NestFactory.createApplicationContext(root, { logger: new NestLog(log), abortOnError: false });
  return {
    app,
    client,
    close: async () => {
      await app.close();
      await client.connection.close();
      await close();
    },
  };
}
