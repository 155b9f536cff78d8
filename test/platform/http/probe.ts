import { Body, Controller, Delete, Get, Module, Param, Post, Put, Query, type DynamicModule } from '@nestjs/common';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { z } from 'zod';
import { refuse } from '../../../src/kernel/refusal.ts';
import { orgPath, tenantId, type ActorId } from '../../../src/kernel/scope.ts';
import type { Instant } from '../../../src/kernel/time.ts';
import { Database } from '../../../src/platform/database/database.ts';
import { createHttpApp } from '../../../src/platform/http/app.ts';
import { AUTHENTICATOR, scopeFor, type Authenticator, type Caller } from '../../../src/platform/http/caller.ts';
import { Cursors, pageFields } from '../../../src/platform/http/cursor.ts';
import {
  Allow,
  CurrentCaller,
  IfMatch,
  Key,
  Limited,
  Public,
  SignedIn,
  Unkeyed,
  Versioned,
} from '../../../src/platform/http/decorators.ts';
import { once, type RequestKey } from '../../../src/platform/http/idempotency.ts';
import { texts } from '../../../src/platform/http/texts.ts';
import { TakesUpload, uploaded, type Upload } from '../../../src/platform/http/upload.ts';
import { WITNESS, type Forbidden, type Witness } from '../../../src/platform/http/witness.ts';
import { createLog } from '../../../src/platform/logging.ts';
import { ChangeBell } from '../../../src/platform/database/bell.ts';
import { Channels } from '../../../src/platform/database/channels.ts';
import { PlatformModule } from '../../../src/platform/module.ts';
import { connectClient } from '../../../src/platform/temporal/connect.ts';
import { CaseGateway } from '../../../src/platform/temporal/gateway.ts';
import { testConfig } from '../../support/config.ts';
import { HttpClient } from '../../support/http.ts';

const AT = '2026-10-20T16:00:00.000000Z' as Instant;

function caller(name: string, tenant: string, permissions: readonly string[]): Caller {
  return {
    tenant: tenantId(tenant),
    accountId: `account-${name}`,
    personId: `person-${name}`,
    actor: `actor-${name}` as ActorId,
    via: 'session',
    secondFactor: false,
    withheld: [],
    grants: [{ role: 'probe', orgPath: orgPath('/mengyang/'), permissions }],
  };
}

/** The guard's port: sessions and tokens by heart. */
const KNOWN: Readonly<Record<string, Caller>> = {
  ann: caller('ann', 'mengyang', ['probe.write', 'probe.read']),
  ben: caller('ben', 'mengyang', ['probe.read']),
  eve: caller('eve', 'other', ['probe.write', 'probe.read']),
};

const authenticator: Authenticator = {
  authenticate: async ({ cookie, bearer }) => KNOWN[bearer ?? cookie ?? ''],
};

/** What the guard reported, for looking at. */
export const attempts: Forbidden[] = [];

const witness: Witness = { forbidden: async (attempt) => void attempts.push(attempt) };

const Note = z.strictObject({
  title: z.string().min(2).max(20),
  amount: z.number().int().max(1000).optional(),
  parts: z.array(z.strictObject({ name: z.string().max(5) })).optional(),
});

/** Requests to the slow route that have not been let go. */
export const waiting: (() => void)[] = [];

/** Routes that show what the platform does for every route. */
@Controller('api/v1/probes')
class ProbeController {
  readonly #db: Database;
  readonly #cursors: Cursors;

  constructor(db: Database, cursors: Cursors) {
    this.#db = db;
    this.#cursors = cursors;
  }

  @Get()
  @Allow('probe.read')
  list(@Query({ schema: z.strictObject(pageFields) }) query: { cursor?: string; limit: number }): unknown {
    const { after, limit } = this.#cursors.read('probes', query);
    const all = Array.from({ length: 7 }, (_, index) => ({ id: `p${index}`, rank: Math.floor(index / 2) }));
    const later = all.filter((row) => !after || row.rank > Number(after.sort) || (row.rank === after.sort && row.id > after.id));
    return this.#cursors.page('probes', later.slice(0, limit + 1), limit, (row) => ({ sort: row.rank, id: row.id }));
  }

  @Get('unlisted')
  unlisted(): string {
    return 'nobody should see this';
  }

  @Get('mine')
  @SignedIn()
  mine(@CurrentCaller() me: Caller): unknown {
    return { actor: me.actor };
  }

  @Get('slow')
  @Public()
  async slow(): Promise<string> {
    await new Promise<void>((resolve) => waiting.push(resolve));
    return 'answered';
  }

  @Get('broken')
  @Public()
  broken(): never {
    throw new TypeError('internal detail');
  }

  @Get('refused/:kind')
  @Public()
  refused(@Param('kind') kind: string): never {
    return refuse('PROBE_REFUSED', kind as 'state', { limit: 3 });
  }

  @Get('sql/:state')
  @Public()
  async sql(@Param('state', { schema: z.string().length(5) }) state: string): Promise<unknown> {
    const scope = { tenant: tenantId('mengyang'), orgPath: orgPath('/'), actor: 'probe' as ActorId };
    return this.#db.within(scope, (tx) => tx.query(`DO $$ BEGIN RAISE EXCEPTION 'PROBE_TRIGGER' USING ERRCODE = '${state}'; END $$`));
  }

  @Get(':id')
  @Versioned()
  @Allow('probe.read')
  one(@Param('id', { schema: z.uuid() }) id: string): unknown {
    return { id, version: 4 };
  }

  @Post()
  @Allow('probe.write')
  async create(
    @CurrentCaller() me: Caller,
    @Key() key: RequestKey,
    @Body({ schema: Note }) note: z.infer<typeof Note>,
  ): Promise<unknown> {
    return once(this.#db, scopeFor(me, 'probe.write'), key, AT, async (tx) => {
      if (note.title === 'refuse') refuse('PROBE_REFUSED', 'rule');
      const [row] = await tx.query<{ id: string }>('SELECT gen_random_uuid() AS id');
      return { id: row?.id, title: note.title };
    });
  }

  @Put(':id')
  @Allow('probe.write')
  edit(@Param('id', { schema: z.uuid() }) id: string, @IfMatch() version: number): unknown {
    return version === 4 ? { id } : refuse('PROBE_STALE', 'stale');
  }

  @Delete(':id')
  @Allow('probe.write')
  remove(@Param('id', { schema: z.uuid() }) id: string): unknown {
    return { id };
  }

  @Post('files')
  @Allow('probe.write')
  @TakesUpload()
  file(@Body({ schema: z.strictObject({ file: uploaded, kind: z.string().optional() }) }) form: { file: Upload }): unknown {
    return { fileName: form.file.fileName, bytes: form.file.bytes.length };
  }

  @Post('sign-in')
  @Public()
  @Unkeyed()
  @Limited('signIn')
  signIn(@Body({ schema: z.strictObject({ name: z.string() }) }) body: { name: string }): unknown {
    return body;
  }
}

@Module({
  controllers: [ProbeController],
  providers: [
    { provide: AUTHENTICATOR, useValue: authenticator },
    { provide: WITNESS, useValue: witness },
  ],
  exports: [AUTHENTICATOR, WITNESS],
})
class ProbeModule {}

@Module({})
class RootModule {}

export interface Probe {
  readonly app: NestFastifyApplication;
  readonly url: string;
  /** Log lines, as written. */
  readonly lines: string[];
  /** A browser with a session of that name, on a page of the configured origin. */
  browser(name: string): HttpClient;
  /** A program with a token of that name. */
  program(name: string): HttpClient;
  stop(): Promise<void>;
}

export const ORIGIN = 'http://127.0.0.1:3000';

export async function startProbe(database: Database, env: Readonly<Record<string, string>> = {}): Promise<Probe> {
  const config = testConfig(env);
  const lines: string[] = [];
  const log = createLog('trace', { write: (line) => void lines.push(line) });
  const client = connectClient(config);
  const gateway = new CaseGateway(client, { taskQueue: 'none', workflowTaskTimeoutMs: 1000, answerWithinMs: 1000 });
  const channels = new Channels('', async () => undefined);
  const platform = PlatformModule.with({ config, log, database, gateway, texts, channels, bell: new ChangeBell(channels) });
  const root: DynamicModule = { module: RootModule, imports: [platform, ProbeModule] };
  const app = await createHttpApp(root, { config, log, texts });
  await app.listen(0, '127.0.0.1');
  const url = await app.getUrl();
  return {
    app,
    url,
    lines,
    browser: (name) => new HttpClient(url, { origin: ORIGIN, cookie: `cobuild_test=${name}` }),
    program: (name) => new HttpClient(url, { authorization: `Bearer ${name}`, 'x-cobuild': undefined }),
    stop: async () => {
      await app.close();
      await client.connection.close();
    },
  };
}
