import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { tenantScope } from '../../../src/kernel/scope.ts';
import { startTestApi, type TestApi } from '../../support/api.ts';
import { createTestDatabase, type TestDatabase } from '../../support/database.ts';
import type { HttpClient } from '../../support/http.ts';
import { at, createTestTenant, member, type TestTenant } from '../../support/people.ts';

const PLACE = at('/mengyang/xincheng/');
let db: TestDatabase;
let api: TestApi;
let town: TestTenant;
let security: HttpClient;

beforeAll(async () => {
  db = await createTestDatabase();
  api = await startTestApi({ database: db });
  town = await createTestTenant(api, [
    member('security', ['securityAdministrator']),
    member('worker', ['communityWorker'], PLACE),
    member('next', ['resident'], PLACE),
    member('far', ['communityWorker'], at('/mengyang/laocheng/')),
    member('auditor', ['auditAdministrator']),
  ]);
  security = await town.as('security');
  await db.database.within(tenantScope(town.tenant), async (tx) => {
    for (const path of [PLACE, PLACE, '/mengyang/laocheng/']) {
      await tx.query(
        `INSERT INTO open_wait (tenant_id, case_id, name, kind, org_path, owner_role, otherwise, since)
         VALUES ($1, $2, 'review', 'microProject', $3, 'communityWorker', 'projects.wait.markLate', now())`,
        [town.tenant, `project/${randomUUID()}`, path],
      );
    }
  });
}, 60_000);

afterAll(async () => {
  await api?.stop();
  await db?.drop();
});

const leave = (login: string): string => `/api/v1/people/${town.people.get(login)!.personId}/leave`;
const personOf = (login: string): string => town.people.get(login)!.personId;

describe('leaving', () => {
  it('is refused while waits would have no owner, and changes nothing', async () => {
    const worker = await town.as('worker');
    const refused = await security.post(leave('worker'), {});
    expect(refused).toMatchObject({ status: 409, body: { code: 'HAND_OVER_NEEDED', params: { waits: 2 } } });
    const unfit = await security.post(leave('worker'), { successorId: personOf('auditor') });
    expect(unfit.body.code).toBe('GRANT_EXCLUSIVE');
    expect((await worker.get('/api/v1/me')).body.grants).toHaveLength(1);
  });

  it('moves every wait in one step and closes what the person had', async () => {
    const [worker, next] = [await town.as('worker'), await town.as('next')];
    const waits = async (client: HttpClient): Promise<number> => (await client.get('/api/v1/waits')).body.items?.length ?? 0;
    const before = await waits(worker);
    expect(before).toBe(2);
    const left = await security.post(leave('worker'), { successorId: personOf('next') });
    expect(left).toMatchObject({ status: 200, body: { waits: 2 } });
    expect((await worker.get('/api/v1/me')).status).toBe(401);
    expect(await waits(next)).toBe(2);
    expect((await next.get('/api/v1/me')).body.grants).toContainEqual(expect.objectContaining({ role: 'communityWorker', orgPath: PLACE }));
    expect((await security.post(leave('worker'), {})).body).toEqual({ waits: 0 });
  });

  it('needs nobody where others hold the role as well, and is never one\'s own decision', async () => {
    await town.enrol(member('above', ['communityWorker'], at('/mengyang/')));
    expect((await security.post(leave('far'), {})).body).toEqual({ waits: 1 });
    expect((await security.post(leave('security'), {})).body.code).toBe('GRANT_SELF');
    const elsewhere = await createTestTenant(api, [member('stranger', ['manager'])]);
    expect((await security.post(`/api/v1/people/${elsewhere.people.get('stranger')!.personId}/leave`, {})).status).toBe(404);
  });
});
