import { afterAll, beforeAll, expect, it } from '@jest/globals';
import pg from 'pg';
import { startTestApi, type TestApi } from '../../support/api.ts';
import { createTestDatabase, type TestDatabase } from '../../support/database.ts';
import { createTestTenant, member, type TestTenant } from '../../support/people.ts';

const PATH = '/api/v1/me/sessions';
let db: TestDatabase;
let api: TestApi;
let town: TestTenant;

beforeAll(async () => {
  db = await createTestDatabase();
  api = await startTestApi({ database: db });
  town = await createTestTenant(api, [member('anna', ['auditor']), member('ben', ['manager'])]);
}, 60_000);

afterAll(async () => {
  await api?.stop();
  await db?.drop();
});

it('Somebody sees where they are signed in, ends one, and all others, and nobody else’s', async () => {
  const [desk, phone, tablet, ben] = [await town.as('anna'), await town.as('anna'), await town.as('anna'), await town.as('ben')];
  const items = (await desk.get(PATH)).body.items as { id: string; isCurrent: boolean }[];
  expect(items.map(({ isCurrent }) => isCurrent).sort()).toEqual([false, false, true]);
  const phoneId = ((await phone.get(PATH)).body.items as typeof items).find(({ isCurrent }) => isCurrent)!.id;

  expect(await ben.post(`${PATH}/${phoneId}/end`)).toMatchObject({ status: 404, body: { code: 'SESSION_UNKNOWN' } });
  expect((await phone.get('/api/v1/me')).status).toBe(200);
  expect((await desk.post(`${PATH}/${phoneId}/end`)).body).toEqual({ ended: 1 });
  expect((await phone.get('/api/v1/me')).status).toBe(401);
  expect((await desk.post(`${PATH}/${phoneId}/end`)).body.code).toBe('SESSION_UNKNOWN');

  expect((await desk.post(`${PATH}/end-others`)).body).toEqual({ ended: 1 });
  expect([(await tablet.get('/api/v1/me')).status, (await desk.get('/api/v1/me')).status, (await ben.get('/api/v1/me')).status]).toEqual([401, 200, 200]);
  const noted = (await desk.get('/api/v1/audit-events?action=accounts.sessionsEnded')).body.items as { record: { changes: { ended: number } } }[];
  expect(noted.map(({ record }) => record.changes.ended)).toEqual([1, 1]);
});

it('Sessions that have ended by themselves are not shown', async () => {
  const [first, second] = [await town.as('ben'), await town.as('ben')];
  expect((await second.get(PATH)).body.items.length).toBeGreaterThanOrEqual(2);
  const owner = new pg.Client({ connectionString: db.adminUrl });
  await owner.connect();
  const { id } = ((await first.get(PATH)).body.items as { id: string; isCurrent: boolean }[]).find(({ isCurrent }) => isCurrent)!;
  await owner.query("UPDATE accounts_session SET seen_at = now() - interval '16 minutes' WHERE id = $1", [id]);
  await owner.end();
  expect(((await second.get(PATH)).body.items as { id: string }[]).map((it) => it.id)).not.toContain(id);
});
