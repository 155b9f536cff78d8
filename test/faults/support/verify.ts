import { expect } from '@jest/globals';
import { setTimeout as delay } from 'node:timers/promises';
import pg from 'pg';
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
import type { World } from './world.ts';

/** Far longer than the sweeper waits and works. */
const TAKEN_IN_WITHIN_MS = 120_000;

/** Journal, running case and read model tell the same story, and the money moved once. */
export async function verify({ world, tenant }: Town, lives: readonly Life[]): Promise<void> {
  world.nextCrashPoint = () => undefined;
  world.run('worker');
  const api = await inside(world);
  try {
    await untilTakenIn(world);
    for (const life of lives) await verifyLife(api.api.app, tenant, life);
  } finally {
    await api.stop();
  }
}

/** A run that lost its worker or its server behind the journal's back is woken by the sweeper. */
async function untilTakenIn({ adminUrl }: World): Promise<void> {
  const admin = new pg.Client({ connectionString: adminUrl });
  await admin.connect();
  try {
    for (let left = 1, until = performance.now() + TAKEN_IN_WITHIN_MS; left > 0; await delay(200)) {
      const { rows } = await admin.query<{ left: number }>('SELECT count(*)::int AS left FROM case_command WHERE taken_in_at IS NULL');
      left = rows[0]?.left ?? 0;
      if (left > 0 && performance.now() > until) throw new Error(`${left} commands were never taken in by their cases`);
    }
  } finally {
    await admin.end();
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
