import { randomUUID } from 'node:crypto';
import { Module, type INestApplicationContext } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { BusinessClock } from '../../src/calendar/clock.ts';
import type { CaseInput } from '../../src/cases/messages.ts';
import { CasesModule } from '../../src/cases/module.ts';
import { fen } from '../../src/kernel/money.ts';
import { tenantScope, type ActorId, type OrgPath, type TenantId } from '../../src/kernel/scope.ts';
import { localDate, shanghaiInstant, type Instant } from '../../src/kernel/time.ts';
import { CryptoModule } from '../../src/platform/crypto/module.ts';
import { createLog } from '../../src/platform/logging.ts';
import { ChangeBell } from '../../src/platform/database/bell.ts';
import { Channels } from '../../src/platform/database/channels.ts';
import { PlatformModule } from '../../src/platform/module.ts';
import type { ProjectCommand } from '../../src/projects/lifecycle/model.ts';
import { projectCaseId } from '../../src/projects/messages.ts';
import { ProjectStore } from '../../src/projects/store.ts';
import { createTestDatabase, type TestDatabase } from '../support/database.ts';
import { startTestEngine, type TestEngine } from '../support/engine.ts';
import { pinnedDefault } from '../support/policies.ts';

export const START = shanghaiInstant(localDate('2026-03-02'), 9);
export const COMMUNITY_PATH = '/mengyang/xincheng/' as OrgPath;

@Module({})
class RootModule {}

/** The cases area as API and worker wire it, beside a real worker. */
export interface CaseBench {
  readonly db: TestDatabase;
  readonly engine: TestEngine;
  readonly app: INestApplicationContext;
  readonly projects: ProjectStore;
  stop(): Promise<void>;
}

export async function startCaseBench(): Promise<CaseBench> {
  const db = await createTestDatabase();
  const engine = await startTestEngine(db);
  const log = createLog('silent');
  const channels = new Channels(db.url, async () => undefined);
  const platform = PlatformModule.with({ config: engine.config, log, database: db.database, gateway: engine.gateway, texts: {}, channels, bell: new ChangeBell(channels) });
  const root = { module: RootModule, imports: [platform, CryptoModule, CasesModule] };
  const app = await NestFactory.createApplicationContext(root, { logger: false, abortOnError: false });
  return {
    db,
    engine,
    app,
    projects: new ProjectStore(),
    stop: async () => {
      await engine.stop();
      await app.close();
      await channels.close();
      await db.drop();
    },
  };
}

/** Stores a project's row and says what opens its case: on the open list, with fourteen days to be claimed. */
export async function draftProject(bench: CaseBench, tenant: TenantId, at: Instant = START): Promise<CaseInput<ProjectCommand>> {
  const id = randomUUID();
  const communityId = randomUUID();
  const proposalId = randomUUID();
  const facts = { communityId, proposalId, orgPath: COMMUNITY_PATH, budgetFen: fen(100) };
  await bench.db.database.within(tenantScope(tenant), (tx) =>
    bench.projects.draft(tx, [{ ...facts, id, title: '助浴上门', category: 'care', words: [] }], 'MX', at),
  );
  const open: ProjectCommand = {
    ...facts,
    id: `open-${id}`,
    type: 'open',
    actor: 'account-1' as ActorId,
    at,
    needs: [randomUUID()],
    consentNeeded: false,
    policy: pinnedDefault('microProject'),
    points: pinnedDefault('points'),
  };
  return { tenant, caseId: projectCaseId(id), open, clock: { mode: 'virtual', now: at } };
}

export async function declareVirtual(bench: CaseBench, tenant: TenantId, at: Instant = START): Promise<void> {
  const clock = bench.app.get(BusinessClock, { strict: false });
  await bench.db.database.within(tenantScope(tenant), (tx) => clock.declareVirtual(tx, at));
}
