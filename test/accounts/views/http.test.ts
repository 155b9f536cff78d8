import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { tenantScope } from '../../../src/kernel/scope.ts';
import { startTestApi, type TestApi } from '../../support/api.ts';
import { createTestDatabase, type TestDatabase } from '../../support/database.ts';
import { createTestTenant, member, type TestTenant } from '../../support/people.ts';

let db: TestDatabase;
let api: TestApi;
let town: TestTenant;

beforeAll(async () => {
  db = await createTestDatabase();
  api = await startTestApi({ database: db });
  town = await createTestTenant(api, [member('anna', ['manager']), member('ben', ['manager']), member('guard', ['securityAdministrator'])]);
}, 60_000);

afterAll(async () => {
  await api?.stop();
  await db?.drop();
});

const WAITS = '/api/v1/me/views/waits';

describe('saved views', () => {
  it('are kept per person and list, replaced under the same name, and removed', async () => {
    const anna = await town.as('anna');
    const first = await anna.send('PUT', WAITS, { name: '逾期', query: { late: 'true' } });
    expect(first).toMatchObject({ status: 200, body: { name: '逾期', query: { late: 'true' } } });
    await anna.send('PUT', WAITS, { name: '本社区', query: { path: '/a/' } });
    const again = await anna.send('PUT', WAITS, { name: '逾期', query: { late: 'true', sort: 'due' } });
    expect(again.body.id).toBe(first.body.id);
    const kept = (await anna.get(WAITS)).body.items;
    expect(kept).toHaveLength(2);
    expect(kept).toContainEqual({ id: first.body.id, name: '逾期', query: { late: 'true', sort: 'due' } });
    expect((await anna.get('/api/v1/me/views/projects')).body.items).toEqual([]);

    const ben = await town.as('ben');
    expect((await ben.get(WAITS)).body.items).toEqual([]);
    expect(await ben.send('DELETE', `${WAITS}/${first.body.id}`)).toMatchObject({ status: 404, body: { code: 'VIEW_UNKNOWN' } });
    expect((await anna.send('DELETE', `${WAITS}/${first.body.id}`)).status).toBe(200);
    expect((await anna.get(WAITS)).body.items.map(({ name }: { name: string }) => name)).toEqual(['本社区']);
  });

  it('end with a person’s access', async () => {
    const ben = await town.as('ben');
    await ben.send('PUT', WAITS, { name: '我的', query: {} });
    const guard = await town.as('guard');
    expect((await guard.post(`/api/v1/people/${town.people.get('ben')?.personId}/leave`, {})).status).toBe(200);
    const left = await db.database.within(tenantScope(town.tenant), (tx) =>
      tx.query('SELECT name FROM accounts_view WHERE person_id = $1', [town.people.get('ben')?.personId]),
    );
    expect(left).toEqual([]);
  });

  it('are refused beyond thirty of a list, and for what is no list', async () => {
    const anna = await town.as('anna');
    for (let index = 1; index <= 30; index++) {
      expect((await anna.send('PUT', '/api/v1/me/views/audit', { name: `第${index}个`, query: {} })).status).toBe(200);
    }
    expect(await anna.send('PUT', '/api/v1/me/views/audit', { name: '第31个', query: {} })).toMatchObject({ status: 422, body: { code: 'VIEWS_FULL' } });
    expect((await anna.send('PUT', '/api/v1/me/views/audit', { name: '第30个', query: { action: 'x' } })).status).toBe(200);
    expect((await anna.get('/api/v1/me/views/..%2F')).status).toBe(400);
  });
});
