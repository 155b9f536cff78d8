import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import fc from 'fast-check';
import pg from 'pg';
import { AuditService } from '../../src/audit/service.ts';
import { AuditStore } from '../../src/audit/store.ts';
import { BusinessClock, WallClock } from '../../src/calendar/clock.ts';
import { CalendarStore } from '../../src/calendar/store.ts';
import { tenantId, tenantScope, type TenantId } from '../../src/kernel/scope.ts';
import { addHours, localDate, shanghaiInstant, type Instant } from '../../src/kernel/time.ts';
import { startTestApi, type TestApi } from '../support/api.ts';
import { createTestDatabase, type TestDatabase } from '../support/database.ts';
import { exported } from '../support/exports.ts';
import type { Answer, HttpClient } from '../support/http.ts';
import { Staff } from '../support/staff.ts';

const NOW = shanghaiInstant(localDate('2026-03-02'), 9);
const EAST = '/street/east/';
const WEST = '/street/west/';

interface PlantedWait {
  readonly caseId: string;
  readonly name: string;
  readonly path: string;
  readonly role: string;
  readonly unit: string | null;
  readonly due: Instant | null;
  readonly kind: string;
}

let db: TestDatabase;
let api: TestApi;
let admin: pg.Client;
let manager: HttpClient;
let east: HttpClient;
let liaison: HttpClient;
const own = randomUUID();
const foreign = randomUUID();
let waits: PlantedWait[];
let tenant: TenantId;

beforeAll(async () => {
  db = await createTestDatabase();
  api = await startTestApi({ database: db });
  admin = new pg.Client({ connectionString: db.adminUrl });
  await admin.connect();
  const staff = await Staff.of(api);
  tenant = staff.tenant;
  const clock = new BusinessClock(new CalendarStore(), new AuditService(new AuditStore()), new WallClock());
  await db.database.within(tenantScope(staff.tenant), (tx) => clock.declareVirtual(tx, NOW));
  for (const [id, code] of [[own, 'u1'], [foreign, 'u2']]) {
    await admin.query(
      "INSERT INTO accounts_org_unit (tenant_id, id, kind, code, name, org_path) VALUES ($1, $2, 'coBuildingUnit', $3, '示例单位', $4)",
      [staff.tenant, id, code, `/units/${code}/`],
    );
  }
  waits = planted();
  for (const tenant of [staff.tenant, tenantId('elsewhere')]) for (const wait of waits) await plant(tenant, wait);
  manager = (await staff.member('manager')).client;
  east = (await staff.member('communityWorker', EAST)).client;
  liaison = (await staff.member('unit', '/units/u1/')).client;
}, 60_000);

afterAll(async () => {
  await admin.end();
  await api.stop();
  await db.drop();
});

function idOf(number: number): string {
  return `00000000-0000-4000-8000-${String(number).padStart(12, '0')}`;
}

function planted(): PlantedWait[] {
  const wait = fc.record({
    caseId: fc.integer({ min: 1, max: 30 }).map(idOf),
    name: fc.constantFrom('offer', 'agreement', 'review:2026Q1'),
    path: fc.constantFrom(EAST, WEST),
    role: fc.constantFrom('unit', 'communityWorker', 'manager'),
    unit: fc.constantFrom(null, own, foreign),
    due: fc.option(fc.integer({ min: -3, max: 3 }).map((days) => addHours(NOW, days * 24))),
    kind: fc.constantFrom('microProject', 'quarterCycle'),
  });
  const [sample] = fc.sample(
    fc.uniqueArray(wait, { selector: ({ caseId, name }) => `${caseId} ${name}`, minLength: 45, maxLength: 60, size: 'max' }),
    { numRuns: 1, seed: 20260302 },
  );
  return sample!.map((it) => ({ ...it, caseId: it.kind === 'microProject' ? `project/${it.caseId}` : `quarter/${it.caseId}/2026Q1` }));
}

async function plant(tenant: string, { caseId, name, path, role, unit, due, kind }: PlantedWait): Promise<void> {
  await admin.query(
    `INSERT INTO open_wait (tenant_id, case_id, name, kind, org_path, owner_role, owner_org_unit, due, wake_at, otherwise, since)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $8, 'projects.wait.markLate', $9)`,
    [tenant, caseId, name, kind, path, role, unit, due, NOW],
  );
}

const keyOf = ({ caseId, name }: { caseId: string; name: string }): string => `${caseId} ${name}`;

function inOrder(some: readonly PlantedWait[]): string[] {
  const sortKey = (wait: PlantedWait): string => `${wait.due ?? '9999'} `;
  return [...some]
    .sort((a, b) => (sortKey(a) + keyOf(a) < sortKey(b) + keyOf(b) ? -1 : 1))
    .map(keyOf);
}

async function readAll(client: HttpClient, filter = '', limit = 7): Promise<{ keys: string[]; late: boolean[] }> {
  const keys: string[] = [];
  const late: boolean[] = [];
  for (let cursor: string | null = ''; cursor !== null; ) {
    const { status, body } = await client.get(`/api/v1/waits?limit=${limit}${filter}${cursor && `&cursor=${cursor}`}`);
    expect({ status, code: body.code, errors: body.errors }).toEqual({ status: 200 });
    for (const item of body.items) {
      keys.push(keyOf(item));
      late.push(item.isLate);
    }
    cursor = body.next;
  }
  return { keys, late };
}

/** The sample has the same cases on each run. */
const ONE = planted()[0]!.caseId;

describe('the list of waits', () => {
  it('is read page by page, soonest due first, undated last, each once', async () => {
    expect((await readAll(manager)).keys).toEqual(inOrder(waits));
    expect((await readAll(manager, '', 100)).keys).toEqual(inOrder(waits));
  });

  it.each([
    ['&role=manager', (wait: PlantedWait) => wait.role === 'manager'],
    ['&kind=quarterCycle', (wait: PlantedWait) => wait.kind === 'quarterCycle'],
    [`&orgUnitId=${own}`, (wait: PlantedWait) => wait.unit === own],
    [`&path=${WEST}`, (wait: PlantedWait) => wait.path === WEST],
    ['&late=true', (wait: PlantedWait) => wait.due !== null && wait.due < NOW],
    ['&late=false', (wait: PlantedWait) => wait.due === null || wait.due >= NOW],
    ['&turn=mine', (wait: PlantedWait) => wait.role === 'manager'],
    ['&turn=other&late=true', (wait: PlantedWait) => wait.role !== 'manager' && wait.due !== null && wait.due < NOW],
    [`&dueFrom=${NOW}&dueBefore=${addHours(NOW, 48)}`, (wait: PlantedWait) => wait.due !== null && wait.due >= NOW && wait.due < addHours(NOW, 48)],
    [`&reminded=false&caseId=${encodeURIComponent(ONE)}`, (wait: PlantedWait) => wait.caseId === ONE],
    ['&late=true&role=unit&kind=microProject', (wait: PlantedWait) =>
      wait.due !== null && wait.due < NOW && wait.role === 'unit' && wait.kind === 'microProject'],
  ])('is filtered by %s', async (filter, matches) => {
    const expected = inOrder(waits.filter(matches));
    expect(expected.length).toBeGreaterThan(0);
    expect((await readAll(manager, filter)).keys).toEqual(expected);
  });

  it('says which are late at the business instant', async () => {
    const { keys, late } = await readAll(manager);
    const dues = new Map(waits.map((wait) => [keyOf(wait), wait.due]));
    expect(late).toEqual(keys.map((key) => (dues.get(key) ?? NOW) < NOW));
  });

  it('shows a community its own subtree, and a unit what it owns wherever the case is', async () => {
    expect((await readAll(east)).keys).toEqual(inOrder(waits.filter(({ path }) => path === EAST)));
    expect((await readAll(liaison)).keys).toEqual(inOrder(waits.filter(({ unit }) => unit === own)));
    expect((await readAll(liaison, `&orgUnitId=${foreign}`)).keys).toEqual([]);
  });

  it('shows a case that cannot have a name without one', async () => {
    const lost = { name: 'review', path: EAST, role: 'manager', unit: null, due: null };
    const misnamed: PlantedWait[] = [
      { ...lost, caseId: 'project/nobody', kind: 'microProject' },
      { ...lost, caseId: 'quarter//2026Q1', kind: 'quarterCycle' },
    ];
    for (const wait of misnamed) await plant(tenant, wait);
    for (const { caseId } of misnamed) {
      const { status, body } = await manager.get(`/api/v1/waits?caseId=${encodeURIComponent(caseId)}`);
      expect({ status, items: body.items }).toMatchObject({ status: 200, items: [{ caseId, title: null }] });
    }
    await admin.query('DELETE FROM open_wait WHERE case_id = ANY($1)', [misnamed.map(({ caseId }) => caseId)]);
  });

  it('refuses the cursor of another filter', async () => {
    const { body } = await manager.get('/api/v1/waits?limit=1');
    expect(await manager.get(`/api/v1/waits?limit=1&late=true&cursor=${body.next}`)).toMatchObject({
      status: 400,
      body: { code: 'CURSOR_INVALID' },
    });
    expect((await manager.get('/api/v1/waits?path=../etc')).status).toBe(400);
  });

  it('is summed up by owner', async () => {
    for (const [client, mine] of [
      [manager, waits],
      [east, waits.filter(({ path }) => path === EAST)],
      [liaison, waits.filter(({ unit }) => unit === own)],
    ] as const) {
      const owners = new Map<string, { count: number; overdue: number }>();
      for (const { role, unit, due } of mine) {
        const owner = owners.get(`${role} ${unit}`) ?? { count: 0, overdue: 0 };
        owners.set(`${role} ${unit}`, {
          count: owner.count + 1,
          overdue: owner.overdue + (due !== null && due < NOW ? 1 : 0),
        });
      }
      const { status, body } = await client.get('/api/v1/waits/summary');
      expect(status).toBe(200);
      type Item = { ownerRole: string; ownerOrgUnit: string | null; count: number; overdue: number; oldest: string };
      const items = body.items as Item[];
      expect(new Map(items.map((it) => [`${it.ownerRole} ${it.ownerOrgUnit}`, { count: it.count, overdue: it.overdue }]))).toEqual(owners);
      expect(items.every(({ oldest }) => oldest === NOW)).toBe(true);
    }
  });
});

describe('a reminder by hand', () => {
  const remind = (client: HttpClient, some: readonly { caseId: string; name: string }[]): Promise<Answer> =>
    client.post('/api/v1/waits/remind', { waits: some.map(({ caseId, name }) => ({ caseId, name })) });

  it('goes once a workday to who is awaited, and tells of each what became of it', async () => {
    const theirs = waits.find(({ role, unit }) => role === 'unit' && unit === own)!;
    const mine = waits.find(({ role }) => role === 'manager')!;
    const asked = [theirs, mine, { caseId: `project/${idOf(99)}`, name: 'offer' }, theirs];
    const { status, body } = await remind(manager, asked);
    expect([status, body.items.map(({ code }: { code: string | null }) => code)]).toEqual([200, [null, 'WAIT_OWN', 'WAIT_UNKNOWN', 'WAIT_REMINDED_TODAY']]);
    expect(body.items[3].detail).toBe('今天已经提醒过，下一个工作日可再提醒。');
    const inbox = (await liaison.get('/api/v1/inbox')).body.items;
    expect(inbox).toMatchObject([{ caseId: theirs.caseId, text: expect.stringContaining('催办') }]);
    const listed = (await manager.get('/api/v1/waits?reminded=true')).body.items;
    expect(listed).toMatchObject([{ caseId: theirs.caseId, name: theirs.name, reminders: 1, remindedOn: '2026-03-02', isMine: false }]);
  });

  it('is for waits that the sender sees, and not for units', async () => {
    const west = waits.find(({ path, role }) => path === WEST && role === 'unit')!;
    expect((await remind(east, [west])).body.items[0].code).toBe('WAIT_UNKNOWN');
    expect((await remind(liaison, [west])).status).toBe(403);
  });
});

describe('the file of waits', () => {
  it('holds the rows of the filter, in the reader’s language', async () => {
    const { lines } = await exported(manager, 'waits', { filter: { late: 'true' } });
    expect(lines[0]).toBe('等谁,等什么,哪件,截止,剩余工作日（负数为逾期）,从何时起,若不办,人工提醒次数,导出编号');
    expect(lines).toHaveLength(1 + waits.filter(({ due }) => due !== null && due < NOW).length);
  });
});
