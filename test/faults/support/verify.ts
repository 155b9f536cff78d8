import { expect } from '@jest/globals';
import { SNAPSHOT_QUERY, workflowIdOf, type CaseSnapshot } from '../../../src/cases/messages.ts';
import { restore } from '../../../src/cases/model.ts';
import { CaseService } from '../../../src/cases/service.ts';
import { tenantScope } from '../../../src/kernel/scope.ts';
import { LedgerService } from '../../../src/ledger/service.ts';
import { Database } from '../../../src/platform/database/database.ts';
import { CaseGateway } from '../../../src/platform/temporal/gateway.ts';
import { fundingLines } from '../../../src/projects/funding/model.ts';
import type { ProjectEvent } from '../../../src/projects/lifecycle/model.ts';
import { projectCaseId } from '../../../src/projects/messages.ts';
import { projectMachine } from '../../../src/projects/model.ts';
import { ProjectService } from '../../../src/projects/service.ts';
import type { TestApi } from '../../support/api.ts';
import { PLEDGE_FEN, type Life } from './life.ts';
import { inside, type Town } from './town.ts';

/** Journal, running case and read model tell the same story, and the money moved once. */
export async function verify({ world, tenant }: Town, lives: readonly Life[]): Promise<void> {
  world.nextCrashPoint = () => undefined;
  world.run('worker');
  const api = await inside(world);
  try {
    for (const life of lives) await verifyLife(api.api.app, tenant, life);
  } finally {
    await api.stop();
  }
}

async function verifyLife(app: TestApi['api']['app'], tenant: Town['tenant'], { projectId, leadId, journal: told }: Life): Promise<void> {
  const caseId = projectCaseId(projectId);
  const journal = (await app.get(CaseService, { strict: false }).journal(tenant, caseId)) as unknown as ProjectEvent[];
  const restored = restore(projectMachine, journal);
  const running = await untilAnswered(() => app.get(CaseGateway).query<CaseSnapshot>(workflowIdOf(tenant, caseId), SNAPSHOT_QUERY));
  const { row, balances } = await app.get(Database).within(tenantScope(tenant), async (tx) => ({
    row: await app.get(ProjectService, { strict: false }).get(tx, projectId),
    balances: await app.get(LedgerService, { strict: false }).balancesOf(tx, [projectId]),
  }));
  expect(journal.map(({ type }) => type)).toEqual(told);
  expect(running.memory).toEqual(JSON.parse(JSON.stringify(restored)));
  expect(running.parked).toBeNull();
  expect(row).toMatchObject({ version: journal.length, status: 'accepted', leadUnit: leadId });
  expect(fundingLines(balances)).toEqual([
    { funderId: leadId, book: 'money', pledged: PLEDGE_FEN, delivered: PLEDGE_FEN, verified: PLEDGE_FEN },
  ]);
}

/** The last killed worker may still hold the case for the length of its lease. */
async function untilAnswered<Result>(ask: () => Promise<Result>): Promise<Result> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await ask();
    } catch (error) {
      if (attempt === 10) throw error;
    }
  }
}
