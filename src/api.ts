import { Module } from '@nestjs/common';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { OpenAPIObject } from '@nestjs/swagger';
import type { FastifyInstance } from 'fastify';
import { SearchWords } from './needs/search/service.ts';
import { InboxModule } from './notifications/module.ts';
import { wire } from './parts.ts';
import type { Config } from './platform/config.ts';
import { Health } from './platform/health.ts';
import { createHttpApp } from './platform/http/app.ts';
import type { Gate } from './platform/http/gate.ts';
import { describeApi, serveDocs } from './platform/http/openapi.ts';
import { isPageBuilt, servePage } from './platform/http/page.ts';
import { RecoveryMode } from './recovery/mode/service.ts';
import { createLog, type Log } from './platform/logging.ts';
import { texts } from './texts.ts';

@Module({})
class ApiModule {}

/** A caller is told to try again before it would give up by itself. */
const ANSWER_WITHIN_MS = 4500;

/** A database that says nothing is as good as gone; work that takes longer says so beforehand (`Tx.mayTake`). */
const SILENCE_MS = 4000;

/** A request that hangs in the database gives its connection back; imports are the longest. */
const TRANSACTION_TIMEOUT_MS = 30_000;

/** How long requests already begun may go on after the process was told to stop. */
const DRAIN_MS = 5000;

export interface Api {
  readonly app: NestFastifyApplication;
  /** Made when first asked for: it takes most of a second, and most processes are never asked. */
  readonly document: OpenAPIObject;
  /** Connects, then listens; resolves to the address, e.g. `http://127.0.0.1:3000`. */
  listen(): Promise<string>;
  /** Not ready, then no new requests, then closed. May be called twice. */
  stop(): Promise<void>;
}

/** The API process: platform and areas, wired. Opens no connection before `listen`. `page`: folder of the built page, if there is one. */
export async function createApi(config: Config, log: Log = createLog(config.log.level), page?: string): Promise<Api> {
  const { source, client, imports, close } = wire(config, log, {
    applicationName: 'cobuild-api',
    transactionTimeoutMs: TRANSACTION_TIMEOUT_MS,
    silenceMs: SILENCE_MS,
    answerWithinMs: ANSWER_WITHIN_MS,
  });
  const root = { module: ApiModule, imports: [InboxModule, ...imports] };
  const gate = (nest: NestFastifyApplication): Gate => nest.get(RecoveryMode, { strict: false });
  const app = await createHttpApp(root, { config, log, texts, gate });
  const describe = once(() => describeApi(app));
  serveDocs(app, describe);
  const fastify: FastifyInstance = app.getHttpAdapter().getInstance();
  if (page !== undefined && isPageBuilt(page)) await servePage(fastify, page);

  const stop = async (): Promise<void> => {
    const health = app.get(Health);
    health.drain();
    await health.idle(DRAIN_MS);
    await app.close();
    await client.connection.close();
    await close();
  };
  return {
    app,
    get document() {
      return describe();
    },
    listen: async () => {
      await source.initialize();
      app.get(SearchWords, { strict: false }).load();
      await app.listen(config.http.port, config.http.host);
      return app.getUrl();
    },
    stop: once(stop),
  };
}

function once<Result extends object>(work: () => Result): () => Result {
  let result: Result | undefined;
  return () => (result ??= work());
}
