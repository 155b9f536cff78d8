import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { UnitService } from '../../../src/accounts/units/service.ts';
import { tenantScope } from '../../../src/kernel/scope.ts';
import { localDate } from '../../../src/kernel/time.ts';
import { writeCsv } from '../../../src/platform/tables/write.ts';
import { startTestApi, type TestApi } from '../../support/api.ts';
import { createTestDatabase, type TestDatabase } from '../../support/database.ts';
import type { Answer, HttpClient } from '../../support/http.ts';
import { at, createTestTenant, member, type TestTenant } from '../../support/people.ts';

let db: TestDatabase;
let api: TestApi;
let town: TestTenant;
let manager: HttpClient;

beforeAll(async () => {
  db = await createTestDatabase();
  api = await startTestApi({ database: db });
  town = await createTestTenant(api, [member('manager', ['manager']), member('unit', ['unit'], at('/units/gj01/'))]);
  manager = await town.as('manager');
}, 60_000);

afterAll(async () => {
  await api?.stop();
  await db?.drop();
});

function upload(client: HttpClient, bytes: Buffer, fields: Readonly<Record<string, string>> = {}): Promise<Answer> {
  const form = new FormData();
  form.set('file', new Blob([new Uint8Array(bytes)]), 'organisations.xlsx');
  for (const [name, value] of Object.entries(fields)) form.set(name, value);
  return client.send('POST', '/api/v1/imports/units', form);
}

const list = readFileSync('examples/mengyang/organisations.xlsx');

describe('the list of organisations of a street office', () => {
  it('is imported as it is, and once only', async () => {
    const first = await upload(manager, list, { joinedOn: '2025-09-01' });
    expect(first.body).toMatchObject({ rows: 44, created: 44, updated: 0, unchanged: 0, rejected: [], unknownHeadings: [] });
    expect(first.body.memberships).toBeGreaterThan(100);
    const again = await upload(manager, list, { joinedOn: '2025-09-02' });
    expect(again.body).toMatchObject({ rows: 44, created: 0, updated: 0, unchanged: 44, memberships: 0 });
    const communities = await manager.get('/api/v1/org-units?kind=community');
    expect(communities.body.items.map((unit: { orgPath: string }) => unit.orgPath)).toEqual([
      '/mengyang/dongjie/',
      '/mengyang/nanyuan/',
      '/mengyang/xihe/',
      '/mengyang/xincheng/',
    ]);
  });

  it('tells on which day who takes part where', async () => {
    const units = api.api.app.get(UnitService, { strict: false });
    await db.database.within(tenantScope(town.tenant), async (tx) => {
      const [xincheng, gj01] = (await units.byCodes(tx, ['xincheng', 'gj01'])).values();
      const [community, unit] = xincheng!.code === 'xincheng' ? [xincheng!, gj01!] : [gj01!, xincheng!];
      expect((await units.membersOf(tx, community.id, localDate('2025-08-31'))).length).toBe(0);
      expect((await units.membersOf(tx, community.id, localDate('2025-09-01'))).length).toBeGreaterThan(25);
      const communities = await units.communitiesOf(tx, unit.id, localDate('2026-01-01'));
      expect(communities.map(({ code }) => code)).toEqual(['nanyuan', 'xincheng']);
      expect((await units.atPath(tx, at('/units/gj01/')))?.id).toBe(unit.id);
    });
  });

  it('with wrong lines changes nothing and says which, unless told to take the right ones', async () => {
    const rows = [
      ['ok1', '好单位', '共建单位', '新城社区'],
      ['bad1', '', '共建单位', ''],
      ['bad2', '坏类别', '神秘组织', ''],
      ['bad3', '无此社区', '共建单位', '火星社区'],
    ];
    const file = writeCsv({ headings: ['编号', '名称', '类别', '结对社区'], rows });
    const refused = await upload(manager, file);
    expect(refused.status).toBe(422);
    expect(refused.body).toMatchObject({ code: 'UNITS_REJECTED', params: { rows: 4, wrong: 2 } });
    expect(refused.body.errors.map(({ at: place, code }: { at: string; code: string }) => `${place} ${code}`)).toEqual([
      '3:2 CELL_EMPTY',
      '4:3 CELL_NOT_IN_LIST',
    ]);
    const taken = await upload(manager, file, { takeValid: 'true' });
    expect(taken.body).toMatchObject({ rows: 4, created: 1, memberships: 1 });
    expect(taken.body.rejected.map(({ at: place, code }: { at: string; code: string }) => `${place} ${code}`)).toEqual([
      '3:2 CELL_EMPTY',
      '4:3 CELL_NOT_IN_LIST',
      '5:4 UNIT_COMMUNITY_UNKNOWN',
    ]);
  });

  it('is not imported by a unit', async () => {
    expect((await upload(await town.as('unit'), list)).status).toBe(403);
  });
});

describe('a unit', () => {
  it('is registered once, renamed against its version, and leaves with its memberships', async () => {
    const communities = await manager.get('/api/v1/org-units?kind=community&limit=1');
    const community = communities.body.items[0];
    const made = await manager.post('/api/v1/org-units', {
      code: 'x-1',
      name: '示例单位',
      kind: 'coBuildingUnit',
      communities: [community.code],
    });
    expect(made.body).toMatchObject({ code: 'x-1', orgPath: '/units/x-1/', leftOn: null, version: 1 });
    expect(made.headers.get('etag')).toBe('"1"');
    const path = `/api/v1/org-units/${made.body.id}`;
    const twice = await manager.post('/api/v1/org-units', { code: 'x-1', name: '示例单位', kind: 'coBuildingUnit' });
    expect(twice.body.code).toBe('UNIT_CODE_TAKEN');

    const unversioned = await manager.send('PATCH', path, { name: '新名称' });
    expect(unversioned.status).toBe(428);
    const renamed = await manager.send('PATCH', path, { name: '新名称' }, { 'if-match': '"1"' });
    expect(renamed.body).toMatchObject({ name: '新名称', version: 2 });
    const stale = await manager.send('PATCH', path, { name: '旧名称' }, { 'if-match': '"1"' });
    expect([stale.status, stale.body.code]).toEqual([412, 'UNIT_STALE']);

    const joined = await manager.post(`${path}/memberships`, { communityId: community.id });
    expect(joined.body.code).toBe('MEMBERSHIP_OPEN');
    const left = await manager.post(`${path}/memberships/end`, { communityId: community.id, leftOn: '2099-01-01' });
    expect(left.body).toEqual({ left: true });
    const none = await manager.post(`${path}/memberships/end`, { communityId: community.id });
    expect([none.status, none.body.code]).toEqual([409, 'MEMBERSHIP_UNKNOWN']);

    const closed = await manager.post(`${path}/close`, { leftOn: '2020-01-01' }, { 'if-match': '"2"' });
    expect(closed.body).toMatchObject({ leftOn: '2020-01-01', version: 3 });
    const after = await manager.get('/api/v1/org-units?kind=coBuildingUnit&limit=100');
    expect(after.body.items.map(({ code }: { code: string }) => code)).not.toContain('x-1');
    const rejoined = await manager.post(`${path}/memberships`, { communityId: community.id });
    expect(rejoined.body.code).toBe('UNIT_CLOSED');
  });

  it('is nothing to another tenant', async () => {
    const other = await createTestTenant(api, [member('manager', ['manager'])]);
    const stranger = await other.as('manager');
    const [unit] = (await manager.get('/api/v1/org-units?limit=1')).body.items;
    const path = `/api/v1/org-units/${unit.id}`;
    expect((await stranger.get('/api/v1/org-units')).body.items).toEqual([]);
    expect((await stranger.get(path)).body.code).toBe('UNIT_UNKNOWN');
    expect((await stranger.send('PATCH', path, { name: 'x' }, { 'if-match': '"1"' })).status).toBe(404);
    expect((await stranger.post(`${path}/close`, { leftOn: '2026-01-01' }, { 'if-match': '"1"' })).status).toBe(404);
  });

  it('in the tree is changed only from its own place or above', async () => {
    await town.enrol(member('neighbour', ['manager'], at('/mengyang/xihe/')));
    const neighbour = await town.as('neighbour');
    const units = (await manager.get('/api/v1/org-units?kind=community')).body.items;
    const byCode = (code: string) => units.find((unit: { code: string }) => unit.code === code);
    const patch = (code: string) =>
      neighbour.send('PATCH', `/api/v1/org-units/${byCode(code).id}`, { note: '示例' }, { 'if-match': `"${byCode(code).version}"` });
    expect((await patch('xihe')).status).toBe(200);
    expect((await patch('dongjie')).status).toBe(404);
    const office = await neighbour.post('/api/v1/org-units', { code: 'other', name: '他街道', kind: 'subdistrictOffice' });
    expect(office.status).toBe(404);
  });

  it('is listed page by page, each once', async () => {
    const codes: string[] = [];
    let cursor: string | null = null;
    do {
      const query: string = cursor === null ? '' : `&cursor=${encodeURIComponent(cursor)}`;
      const page = await manager.get(`/api/v1/org-units?limit=7${query}`);
      codes.push(...page.body.items.map(({ code }: { code: string }) => code));
      cursor = page.body.next;
    } while (cursor !== null);
    expect(codes).toEqual([...new Set(codes)].sort());
    expect(codes.length).toBe(45);
  });
});
