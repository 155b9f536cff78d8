import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startTestApi, type TestApi } from '../support/api.ts';
import { createTestDatabase, type TestDatabase } from '../support/database.ts';
import { createTestTenant, member, type TestTenant } from '../support/people.ts';

let db: TestDatabase;
let api: TestApi;
let town: TestTenant;

beforeAll(async () => {
  db = await createTestDatabase();
  api = await startTestApi({ database: db });
  town = await createTestTenant(api, [
    member('auditor', ['auditor']),
    member('manager', ['manager']),
    member('security', ['securityAdministrator']),
  ]);
}, 60_000);

afterAll(async () => {
  await api?.stop();
  await db?.drop();
});

describe('the audit over HTTP', () => {
  it('is read by auditors, page by page, newest first, each record once', async () => {
    const auditor = await town.as('auditor');
    const seen: { id: string; at: string; record: Record<string, unknown> }[] = [];
    let cursor: string | null = null;
    do {
      const query: string = cursor === null ? '' : `&cursor=${encodeURIComponent(cursor)}`;
      const page = await auditor.get(`/api/v1/audit-events?limit=4${query}`);
      expect(page.status).toBe(200);
      seen.push(...page.body.items);
      cursor = page.body.next;
    } while (cursor !== null);
    expect(new Set(seen.map(({ id }) => id)).size).toBe(seen.length);
    const times = seen.map(({ at }) => at);
    expect(times).toEqual([...times].sort().reverse());
    const actions = seen.map(({ record }) => record['action']);
    expect(actions.filter((action) => action === 'accounts.roleGranted')).toHaveLength(3);
    expect(actions).toContain('accounts.tenantCreated');
    const one = await auditor.get('/api/v1/audit-events?action=accounts.tenantCreated');
    expect(one.body.items).toHaveLength(1);
  });

  it('is read by nobody else and never about other tenants', async () => {
    expect((await (await town.as('manager')).get('/api/v1/audit-events')).status).toBe(403);
    const other = await createTestTenant(api, [member('auditor', ['auditor'])]);
    const events = (await (await other.as('auditor')).get('/api/v1/audit-events?limit=100')).body.items;
    expect(new Set(events.map(({ record }: { record: { tenant: string } }) => record.tenant))).toEqual(new Set([other.tenant]));
  });

  it('knows who was shown a full name, and who sent a command from where', async () => {
    const security = await town.as('security');
    const made = await security.post('/api/v1/people', { name: '示例孙', orgPath: '/' });
    await security.get(`/api/v1/people/${made.body.id}`);
    const auditor = await town.as('auditor');
    await auditor.get(`/api/v1/people/${made.body.id}`);
    const about = await auditor.get(`/api/v1/audit-events?subject=person:${made.body.id}`);
    const [read, registered, ...rest] = about.body.items.map(({ record }: { record: unknown }) => record);
    expect(rest).toEqual([]);
    const { personId, accountId } = town.people.get('security')!;
    const actor = { id: personId, person: personId, account: accountId };
    expect(read).toMatchObject({ action: 'accounts.peopleRead', actor, network: '127.0.0.1' });
    expect(registered).toMatchObject({ action: 'accounts.personRegistered', actor, outcome: 'done', network: '127.0.0.1' });
  });
});
