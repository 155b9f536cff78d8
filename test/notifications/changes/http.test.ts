import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import pg from 'pg';
import { tenantScope } from '../../../src/kernel/scope.ts';
import { instantFromMs } from '../../../src/kernel/time.ts';
import { ChangePruner } from '../../../src/notifications/changes/jobs.ts';
import { ChangeFeed } from '../../../src/notifications/changes/service.ts';
import { ChangeStore } from '../../../src/notifications/changes/store.ts';
import { Health } from '../../../src/platform/health.ts';
import { createLog } from '../../../src/platform/logging.ts';
import { startTestApi, type TestApi } from '../../support/api.ts';
import { createTestDatabase, type TestDatabase } from '../../support/database.ts';
import type { HttpClient } from '../../support/http.ts';
import { Staff, type StaffMember } from '../../support/staff.ts';
import { foundStreetOffice } from '../../support/street-office.ts';
import { Page } from './stream.ts';

let db: TestDatabase;
let api: TestApi;
/** Another process before the same database. */
let other: TestApi;
let office: Staff;
let units: ReadonlyMap<string, string>;
let worker: StaffMember;
let manager: StaffMember;

beforeAll(async () => {
  db = await createTestDatabase();
  api = await startTestApi({ database: db });
  other = await startTestApi({ database: db });
  ({ staff: office, units } = await foundStreetOffice(api));
  worker = await office.member('communityWorker', '/mengyang/xincheng/');
  manager = await office.member('manager', '/mengyang/');
}, 60_000);
afterAll(async () => {
  await other?.stop();
  await api?.stop();
  await db?.drop();
});

const raise = async (who: StaffMember, community = 'xincheng'): Promise<string> => {
  const raised = await who.client.post('/api/v1/needs', { communityId: units.get(community), category: 'elderly', publicText: '楼道需要加装扶手' });
  expect(raised.status).toBe(201);
  return `need ${raised.body.id}`;
};
/** The same person at the other process. */
const across = ({ client }: StaffMember): HttpClient => client.at(other.url);

describe('a page that listens', () => {
  it('hears of what another process committed, long before it would look by itself', async () => {
    const page = await Page.open(across(manager));
    const need = await raise(worker);
    await page.until(() => page.items.includes(need));
    expect(page.told.at(-1)).toMatchObject({ isReset: false, items: [{ version: 1 }] });
    page.close();
  });

  it('hears nothing of other districts, communities and bodies', async () => {
    const strangers = await foundStreetOffice(api);
    const [foreign, neighbour, unit, resident] = await Promise.all([
      strangers.staff.member('manager', '/'),
      office.member('communityWorker', '/mengyang/dongjie/'),
      office.member('unit', '/units/gj01/'),
      office.member('resident', '/mengyang/xincheng/'),
    ]);
    const pages = await Promise.all([foreign, neighbour, unit, resident, worker].map(({ client }) => Page.open(client)));
    const need = await raise(worker);
    const near = await raise(manager, 'dongjie');
    await pages[4]!.until(() => pages[4]!.items.includes(need));
    await pages[1]!.until(() => pages[1]!.items.includes(near));
    expect(pages.map(({ items }) => items)).toEqual([[], [near], [], [], [need]]);
    for (const page of pages) page.close();
  });

  it('hears once it comes back what it has missed', async () => {
    const page = await Page.open(worker.client);
    const { cursor } = page;
    page.close();
    await page.ended;
    const need = await raise(worker);
    const again = await Page.open(across(worker), cursor);
    expect(again.items).toContain(need);
    again.close();
  });

  it('is not told, where nobody has listened meanwhile, what was there before it came', async () => {
    // Any transaction, also one of another database, holds back how far all transactions are known to be over.
    const elsewhere = new pg.Client({ connectionString: db.adminUrl });
    await elsewhere.connect();
    await elsewhere.query('BEGIN');
    await elsewhere.query('SELECT pg_current_xact_id()');
    const first = await Page.open(worker.client);
    const heard = await raise(worker);
    await first.until(() => first.items.includes(heard));
    first.close();
    await first.ended;
    await raise(worker);
    const second = await Page.open(worker.client);
    const later = await raise(worker);
    await second.until(() => second.items.includes(later));
    expect(second.items).toEqual([later]);
    second.close();
    await elsewhere.end();
  });

  it('is told to ask for everything where nobody knows its cursor', async () => {
    for (const cursor of ['nonsense', '99999999999.k', '0.1']) {
      const page = await Page.open(worker.client, cursor);
      expect(page.told[0]).toMatchObject({ items: [], isReset: true });
      page.close();
    }
  });

  it('misses nothing of a transaction that was long under way', async () => {
    const page = await Page.open(worker.client);
    const slow = new pg.Client({ connectionString: db.url });
    await slow.connect();
    await slow.query('BEGIN');
    await slow.query("SELECT set_config('app.tenant', $1, true), set_config('app.org_path', '/', true)", [office.tenant]);
    await slow.query("INSERT INTO change_note (tenant_id, kind, id, version, org_path) VALUES ($1, 'need', 'slow', 1, '/mengyang/xincheng/')", [office.tenant]);
    const quick = await raise(worker);
    await page.until(() => page.items.includes(quick));
    expect(page.items).not.toContain('need slow');
    await slow.query('COMMIT');
    await slow.end();
    const later = await raise(worker);
    await page.until(() => page.items.includes(later));
    expect(page.items).toContain('need slow');
    expect(page.items.filter((item) => item === quick)).toHaveLength(1);
    page.close();
  });

  it('ends with its session', async () => {
    const guest = await office.signedIn('communityWorker', '/mengyang/xincheng/');
    const page = await Page.open(guest.client);
    const feed = api.api.app.get(ChangeFeed, { strict: false });
    await feed.recheck();
    const need = await raise(worker);
    await page.until(() => page.items.includes(need));
    expect((await guest.client.post('/api/v1/sign-out', {})).status).toBeLessThan(300);
    await feed.recheck();
    await page.ended;
    expect((await Page.open(guest.client)).status).toBe(401);
  });

  it('is not open to who is not signed in', async () => {
    expect((await Page.open(api.page())).status).toBe(401);
  });

  it('is not kept waiting where it asks for the head alone', async () => {
    const head = await worker.client.send('HEAD', '/api/v1/stream');
    expect([head.status, head.headers.get('content-type')]).toEqual([200, 'text/event-stream; charset=utf-8']);
    expect((await api.page().send('HEAD', '/api/v1/stream')).status).toBe(401);
  });

  it('holds up no process that stops', async () => {
    const third = await startTestApi({ database: db });
    const page = await Page.open(worker.client.at(third.url));
    expect(page.status).toBe(200);
    // The first that stopping does, before it waits for what is still asked.
    third.api.app.get(Health).drain();
    await page.ended;
    await third.stop();
  });
});

describe('who polls', () => {
  it('is told the same', async () => {
    const from = (await worker.client.get('/api/v1/changes')).body;
    expect(from).toMatchObject({ items: [], isReset: false });
    const need = await raise(worker);
    const { body } = await worker.client.get(`/api/v1/changes?since=${from.cursor}`);
    expect(body.items.map(({ kind, id }: { kind: string; id: string }) => `${kind} ${id}`)).toContain(need);
  });
});

describe('the table of changes', () => {
  it('is of one district, and forgets after a day', async () => {
    const store = new ChangeStore();
    const stranger = await foundStreetOffice(api);
    const seen = await db.database.within(tenantScope(stranger.staff.tenant), (tx) => tx.query<{ n: number }>('SELECT count(*) AS n FROM change_note'));
    const own = await db.database.within(tenantScope(office.tenant), (tx) => tx.query<{ n: number }>('SELECT count(*) AS n FROM change_note'));
    expect([seen[0]!.n, own[0]!.n > 0]).toEqual([0, true]);
    const pruner = new ChangePruner(db.database, store, createLog('silent'));
    expect(await pruner.prune(instantFromMs(Date.now() - 3_600_000))).toBe(0);
    expect(await pruner.prune(instantFromMs(Date.now() + 1000))).toBeGreaterThan(0);
  });
});
