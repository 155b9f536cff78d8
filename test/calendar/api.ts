import { Module, type DynamicModule, type Type } from '@nestjs/common';
import { AuditModule } from '../../src/audit/module.ts';
import { orgPath, tenantId, type ActorId } from '../../src/kernel/scope.ts';
import type { Texts } from '../../src/kernel/texts.ts';
import type { Database } from '../../src/platform/database/database.ts';
import { createHttpApp } from '../../src/platform/http/app.ts';
import { AUTHENTICATOR, type Authenticator, type Caller } from '../../src/platform/http/caller.ts';
import { texts as httpTexts } from '../../src/platform/http/texts.ts';
import { createLog } from '../../src/platform/logging.ts';
import { ChangeBell } from '../../src/platform/database/bell.ts';
import { Channels } from '../../src/platform/database/channels.ts';
import { PlatformModule } from '../../src/platform/module.ts';
import { connectClient } from '../../src/platform/temporal/connect.ts';
import { CaseGateway } from '../../src/platform/temporal/gateway.ts';
import { testConfig } from '../support/config.ts';
import { HttpClient } from '../support/http.ts';

/** Token → who it speaks for; stands where sessions and tokens will be. */
export type Known = Readonly<Record<string, Caller>>;

export function callerWith(tenant: string, permissions: readonly string[], place = '/'): Caller {
  return {
    tenant: tenantId(tenant),
    accountId: '0198c000-0000-8000-8000-000000000001',
    personId: '0198c000-0000-8000-8000-000000000002',
    actor: 'person-2' as ActorId,
    via: 'token',
    secondFactor: false,
    withheld: [],
    grants: [{ role: 'manager', orgPath: orgPath(place), permissions }],
  };
}

@Module({})
class RootModule {}

@Module({})
class KnownCallersModule {}

export interface AreaApi {
  as(name: string): HttpClient;
  stop(): Promise<void>;
}

/** One area over HTTP with the real guard, pipes and problem documents. */
export async function startArea(database: Database, area: Type, texts: Texts, known: Known): Promise<AreaApi> {
  const config = testConfig();
  const log = createLog('silent');
  const client = connectClient(config);
  const gateway = new CaseGateway(client, { taskQueue: 'none', workflowTaskTimeoutMs: 1000, answerWithinMs: 1000 });
  const authenticator: Authenticator = { authenticate: async ({ bearer }) => known[bearer ?? ''] };
  const callers: DynamicModule = {
    module: KnownCallersModule,
    providers: [{ provide: AUTHENTICATOR, useValue: authenticator }],
    exports: [AUTHENTICATOR],
  };
  const channels = new Channels('', async () => undefined);
  const platform = PlatformModule.with({ config, log, database, gateway, texts, channels, bell: new ChangeBell(channels) });
  const root: DynamicModule = { module: RootModule, imports: [platform, callers, AuditModule, area] };
  const app = await createHttpApp(root, { config, log, texts: { ...httpTexts, ...texts } });
  await app.listen(0, '127.0.0.1');
  const url = await app.getUrl();
  return {
    as: (name) => new HttpClient(url, { authorization: `Bearer ${name}`, 'x-cobuild': undefined }),
    stop: async () => {
      await app.close();
      await client.connection.close();
    },
  };
}
