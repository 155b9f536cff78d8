import { installedEnvironment } from './local.ts';
import { AuditService } from './audit/service.ts';
import { BusinessClock, WallClock } from './calendar/clock.ts';
import { tenantScope } from './kernel/scope.ts';
import { openParts } from './parts.ts';
import { loadConfig, type Config } from './platform/config.ts';
import { Database } from './platform/database/database.ts';
import { AUTHENTICATOR, type Authenticator } from './platform/http/caller.ts';
import { SessionCookie } from './platform/http/cookie.ts';
import { createLog, type Log } from './platform/logging.ts';
import { SealingCodec } from './platform/temporal/codec.ts';
import { createCodecServer } from './platform/temporal/codec-server.ts';

export interface RunningCodec {
  readonly url: string;
  stop(): Promise<void>;
}

/** A process of its own, off unless `CODEC_ORIGINS` names the address of Temporal's page. */
export async function startCodec(config: Config, log: Log): Promise<RunningCodec> {
  const { codec } = config;
  if (!codec) throw new Error('CODEC_ORIGINS is not set: payloads stay sealed (operate.md)');
  const parts = await openParts(config, log, { applicationName: 'cobuild-codec', transactionTimeoutMs: 10_000, answerWithinMs: 10_000 });
  const get = <It>(type: abstract new (...args: never[]) => It): It => parts.app.get(type, { strict: false });
  const [db, audit, clock, wall] = [get(Database), get(AuditService), get(BusinessClock), get(WallClock)];
  const server = createCodecServer({
    codec: new SealingCodec(config.keys.payload),
    authenticator: parts.app.get<Authenticator>(AUTHENTICATOR, { strict: false }),
    cookie: get(SessionCookie),
    origins: codec.origins,
    now: () => wall.now(),
    record: ({ tenant, actor, accountId, personId }, owners, count) =>
      db.within(tenantScope(tenant, actor), async (tx) => {
        const subject = owners.length === 1 ? `workflow:${owners[0]}` : 'workflows';
        await audit.record(tx, { at: await clock.now(tx), accountId, personId, action: 'system.payloadsDecoded', subject, outcome: 'done', changes: { count, workflows: owners.length } });
      }),
  });
  const url = await server.listen({ host: config.http.host, port: codec.port });
  return {
    url,
    stop: async () => {
      await server.close();
      await parts.close();
    },
  };
}

async function main(): Promise<void> {
  const config = loadConfig(installedEnvironment());
  const log = createLog(config.log.level);
  const codec = await startCodec(config, log);
  log.info({ port: Number(new URL(codec.url).port) }, 'the codec server listens');
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => void codec.stop());
}

if (process.argv[1]?.endsWith('codec.js')) {
  main().catch((error: unknown) => {
    process.stderr.write(`${error instanceof Error ? error.message : 'the codec server could not start'}\n`);
    process.exitCode = 1;
  });
}
