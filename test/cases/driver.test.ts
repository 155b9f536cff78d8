import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import { BusinessClock } from '../../src/calendar/clock.ts';
import { CaseDriver } from '../../src/cases/driver/service.ts';
import { COMMAND_UPDATE, workflowIdOf } from '../../src/cases/messages.ts';
import { ParkedStore } from '../../src/cases/parked/store.ts';
import { CaseService } from '../../src/cases/service.ts';
import { tenantId, tenantScope, type ActorId, type TenantId } from '../../src/kernel/scope.ts';
import { addHours, localDate, shanghaiInstant, type Instant } from '../../src/kernel/time.ts';
import type { Tx } from '../../src/platform/database/database.ts';
import { PROJECT_WORKFLOW, projectIdOf } from '../../src/projects/messages.ts';
import { declareVirtual, draftProject, startCaseBench, START, type CaseBench } from './engine.ts';

let bench: CaseBench;
let driver: CaseDriver;
let cases: CaseService;

beforeAll(async () => {
  bench = await startCaseBench();
  driver = bench.app.get(CaseDriver);
  cases = bench.app.get(CaseService);
}, 60_000);

afterAll(() => bench.stop());

async function virtualTenant(name: string): Promise<TenantId> {
  const tenant = tenantId(name);
  await declareVirtual(bench, tenant);
  return tenant;
}

async function openAt(tenant: TenantId, at: Instant): Promise<string> {
  const input = await draftProject(bench, tenant, at);
  const { caseId, open } = input;
  const start = { type: PROJECT_WORKFLOW, workflowId: workflowIdOf(tenant, caseId), input };
  await bench.engine.gateway.open(start, COMMAND_UPDATE, open.id, open);
  return caseId;
}

const within = <Result>(tenant: TenantId, work: (tx: Tx) => Promise<Result>): Promise<Result> =>
  bench.db.database.within(tenantScope(tenant), work);
const now = (tenant: TenantId): Promise<Instant> =>
  within(tenant, (tx) => bench.app.get(BusinessClock, { strict: false }).now(tx));
const project = (tenant: TenantId, caseId: string) => within(tenant, (tx) => bench.projects.byId(tx, projectIdOf(caseId)));
const lateAt = async (tenant: TenantId, caseId: string): Promise<Instant | undefined> =>
  (await cases.journal(tenant, caseId)).find(({ type }) => type === 'waitLate')?.at;

describe('a driver', () => {
  it('brings every case to the instant, each step at its own time', async () => {
    const tenant = await virtualTenant('drive');
    const opened = [START, addHours(START, 24), addHours(START, 48)];
    const ids: string[] = [];
    for (const at of opened) ids.push(await openAt(tenant, at));
    const first = await driver.nextWake(tenant);
    expect(first).toBe((await project(tenant, ids[0]!))?.due);

    const end = shanghaiInstant(localDate('2026-03-18'), 12);
    await driver.advanceTo(tenant, end);

    const rows = await Promise.all(ids.map((id) => project(tenant, id)));
    expect(rows.map((row) => row?.late)).toEqual(rows.map((row) => row!.due! <= end));
    expect(rows.map((row) => row?.late)).toContain(false);
    for (const [index, row] of rows.entries()) if (row?.late) expect(await lateAt(tenant, ids[index]!)).toBe(row.due);
    expect(await now(tenant)).toBe(end);
    const next = await driver.nextWake(tenant);
    expect(next).toBe(rows.map((row) => row!.due!).filter((due) => due > end).sort()[0]);
  });

  it('moves nothing when it comes to the same instant again', async () => {
    const tenant = await virtualTenant('again');
    const id = await openAt(tenant, START);
    const end = shanghaiInstant(localDate('2026-04-01'));
    await driver.advanceTo(tenant, end);
    const before = await project(tenant, id);
    await driver.advanceTo(tenant, end);
    expect(await project(tenant, id)).toEqual(before);
    expect(before).toMatchObject({ late: true, version: 2 });
    await expect(driver.advanceTo(tenant, START)).rejects.toMatchObject({ code: 'CLOCK_BACKWARDS' });
  });

  it('leaves a parked case where it is and lists it', async () => {
    const tenant = await virtualTenant('parked');
    const id = await openAt(tenant, START);
    await cases.park(tenant, id, 'JOURNAL_BEHIND', START);
    expect(await driver.nextWake(tenant)).toBeNull();
    await driver.advanceTo(tenant, shanghaiInstant(localDate('2026-04-01')));
    expect((await project(tenant, id))?.version).toBe(1);
    expect(await within(tenant, (tx) => new ParkedStore().page(tx, { after: undefined, limit: 9 }))).toMatchObject([{ caseId: id, code: 'JOURNAL_BEHIND' }]);
  });

  it('does not touch another tenant’s cases, nor live time', async () => {
    const [mine, other] = [await virtualTenant('mine'), await virtualTenant('other')];
    const theirs = await openAt(other, START);
    await driver.advanceTo(mine, shanghaiInstant(localDate('2026-04-01')));
    expect((await project(other, theirs))?.version).toBe(1);
    expect(await now(other)).toBe(START);
    await expect(driver.advanceTo(tenantId('live'), START)).rejects.toMatchObject({ code: 'CLOCK_LIVE' });
  });

  it('counts the facts that are still on their way', async () => {
    const tenant = await virtualTenant('facts');
    const id = await openAt(tenant, START);
    const fact = { id: 'fact-1', type: 'claim', actor: 'account-1' as ActorId, at: START, unitId: randomUUID() };
    await within(tenant, (tx) =>
      tx.query(
        `INSERT INTO case_message (tenant_id, source_case, source_version, target_case, target_kind, command_id, command_bytes)
         VALUES ($1, 'quarter/x/2026Q1', 1, $2, 'microProject', $3, convert_to($4, 'UTF8'))`,
        [tenant, id, fact.id, JSON.stringify(fact)],
      ),
    );
    expect(await within(tenant, (tx) => cases.openMessages(tx))).toBe(1);
    const moved = driver.advanceTo(tenant, addHours(START, 1));
    await bench.engine.gateway.signal(workflowIdOf(tenant, id), 'fact', fact);
    await moved;
    expect(await project(tenant, id)).toMatchObject({ status: 'claimed', version: 2 });
  });

  it('does not move time while a case is at work', async () => {
    const tenant = await virtualTenant('work');
    const id = await openAt(tenant, START);
    await within(tenant, (tx) =>
      tx.query(
        `INSERT INTO open_wait (tenant_id, case_id, name, kind, org_path, owner_role, otherwise, since)
         VALUES ($1, $2, 'solving', 'microProject', '/', 'system', 'matching.wait.solving', $3)`,
        [tenant, id, START],
      ),
    );
    let hasMoved = false;
    const moved = driver.advanceTo(tenant, addHours(START, 1)).then(() => (hasMoved = true));
    for (let look = 0; look < 10; look += 1) expect(await now(tenant)).toBe(START);
    expect(hasMoved).toBe(false);
    await within(tenant, (tx) => tx.query("DELETE FROM open_wait WHERE tenant_id = $1 AND name = 'solving'", [tenant]));
    await moved;
    expect(await now(tenant)).toBe(addHours(START, 1));
  });
});
