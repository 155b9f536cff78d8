import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import pg from 'pg';
import { AT } from '../../needs/support.ts';
import { PolicyService } from '../../../src/policy/service.ts';
import { RetentionService } from '../../../src/retention/service.ts';
import { tenantScope } from '../../../src/kernel/scope.ts';
import { startTestApi, type TestApi } from '../../support/api.ts';
import { createTestDatabase, type TestDatabase } from '../../support/database.ts';
import { createTestTenant, member, type TestTenant } from '../../support/people.ts';

const FORM = '/api/v1/me/drafts/report:6f2b:2026Q3';
const SAID = '示例：上门助浴12次';
let db: TestDatabase;
let api: TestApi;
let town: TestTenant;
let owner: pg.Client;

beforeAll(async () => {
  db = await createTestDatabase();
  api = await startTestApi({ database: db });
  town = await createTestTenant(api, [member('anna', ['manager']), member('ben', ['manager']), member('security', ['securityAdministrator'])]);
  owner = new pg.Client({ connectionString: db.adminUrl });
  await owner.connect();
}, 60_000);

afterAll(async () => {
  await owner?.end();
  await api?.stop();
  await db?.drop();
});

describe('a draft', () => {
  it('is there on another device, for its writer alone, and sealed where it lies', async () => {
    const [phone, desk, ben] = [await town.as('anna'), await town.as('anna'), await town.as('ben')];
    expect((await desk.get(FORM)).body).toEqual({ draft: null });
    expect((await phone.put(FORM, { text: SAID, basedOn: 0 })).body).toMatchObject({ version: 1 });
    expect((await desk.get(FORM)).body.draft).toMatchObject({ version: 1, text: SAID });
    expect((await desk.get('/api/v1/me/drafts')).body.items).toMatchObject([{ form: 'report:6f2b:2026Q3', version: 1 }]);
    expect((await ben.get(FORM)).body.draft).toBeNull();
    expect((await ben.get('/api/v1/me/drafts')).body.items).toEqual([]);
    const { rows } = await owner.query<{ bytes: Buffer }>('SELECT text_sealed AS bytes FROM accounts_draft');
    expect(rows).toHaveLength(1);
    expect(rows[0]!.bytes.includes(Buffer.from(SAID))).toBe(false);
  });

  it('is not overwritten by a device that has not seen what another saved; the same text sent again is saved already', async () => {
    const [phone, desk] = [await town.as('anna'), await town.as('anna')];
    expect((await desk.put(FORM, { text: '示例：在电脑上写的', basedOn: 1 })).body.version).toBe(2);
    expect((await desk.put(FORM, { text: '示例：在电脑上写的', basedOn: 1 })).body.version).toBe(2);
    expect(await phone.put(FORM, { text: '示例：在手机上写的', basedOn: 1 })).toMatchObject({ status: 412, body: { code: 'DRAFT_STALE' } });
    expect(await phone.put(FORM, { text: '示例：在手机上写的', basedOn: 0 })).toMatchObject({ status: 412, body: { code: 'DRAFT_STALE' } });
    expect((await phone.get(FORM)).body.draft.text).toBe('示例：在电脑上写的');
    expect((await phone.put(FORM, { text: '示例：在手机上写的', basedOn: 2 })).body.version).toBe(3);
  });

  it('is gone once its form was sent, once its term is over, and with its writer’s account', async () => {
    const [anna, ben] = [await town.as('anna'), await town.as('ben')];
    expect((await anna.delete(FORM)).body).toEqual({ removed: true });
    expect((await anna.delete(FORM)).status).toBe(200);
    expect((await anna.get(FORM)).body.draft).toBeNull();

    await db.database.within(tenantScope(town.tenant), (tx) => api.api.app.get(PolicyService, { strict: false }).installDefaults(tx, AT));
    for (const form of ['old', 'new']) await anna.put(`/api/v1/me/drafts/${form}`, { text: SAID, basedOn: 0 });
    await owner.query("UPDATE accounts_draft SET saved_at = now() - interval '32 days' WHERE form = 'old'");
    const went = await api.api.app.get(RetentionService, { strict: false }).sweep(tenantScope(town.tenant));
    expect(went.drafts).toBe(1);
    expect((await anna.get('/api/v1/me/drafts')).body.items).toMatchObject([{ form: 'new' }]);

    await ben.put('/api/v1/me/drafts/new', { text: SAID, basedOn: 0 });
    const { personId } = town.people.get('ben')!;
    const left = await (await town.as('security')).post(`/api/v1/people/${personId}/leave`, {});
    expect(left.status).toBe(200);
    const { rows } = await owner.query<{ n: number }>('SELECT count(*)::integer AS n FROM accounts_draft');
    expect(rows[0]!.n).toBe(1);
  });

  it('has a form that can be named, a text, and as many beside it as one person writes', async () => {
    const anna = await town.as('anna');
    expect((await anna.put('/api/v1/me/drafts/..%2Fevil', { text: SAID, basedOn: 0 })).status).toBe(400);
    expect((await anna.put('/api/v1/me/drafts/big', { text: 'x'.repeat(60_001), basedOn: 0 })).status).toBe(400);
    expect((await anna.put('/api/v1/me/drafts/none', { text: SAID, basedOn: 7 })).body.code).toBe('DRAFT_STALE');
    for (let n = 1; n < 100; n++) expect((await anna.put(`/api/v1/me/drafts/many:${n}`, { text: SAID, basedOn: 0 })).status).toBe(200);
    expect((await anna.put('/api/v1/me/drafts/many:100', { text: SAID, basedOn: 0 })).body.code).toBe('DRAFTS_FULL');
  });
});
