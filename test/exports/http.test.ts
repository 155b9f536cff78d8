import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { unzipSync } from 'fflate';
import pg from 'pg';
import { ListRegistry } from '../../src/platform/http/listed.ts';
import { readTable } from '../../src/platform/tables/read.ts';
import { startTestApi, type TestApi } from '../support/api.ts';
import { createTestDatabase, type TestDatabase } from '../support/database.ts';
import { exported } from '../support/exports.ts';
import type { Answer, HttpClient } from '../support/http.ts';
import { at, createTestTenant, member, type TestTenant } from '../support/people.ts';
import { furnishStreetOffice } from '../support/street-office.ts';

const PATH = '/api/v1/exports';
const PEOPLE = { list: 'people', format: 'csv', reason: '示例：核对名册' };

let db: TestDatabase;
let api: TestApi;
let town: TestTenant;

beforeAll(async () => {
  db = await createTestDatabase();
  api = await startTestApi({ database: db, env: { EXPORT_ALONE_ROWS: '12', EXPORT_MOST_ROWS: '150' } });
}, 60_000);

/** Seven people: twice is more than one may take out alone. */
beforeAll(newTown);

async function newTown(): Promise<void> {
  town = await createTestTenant(api, [
    member('manager', ['manager']),
    member('leader', ['leader']),
    member('security', ['securityAdministrator']),
    member('auditor', ['auditor']),
    member('resident', ['resident']),
    member('worker', ['communityWorker'], at('/mengyang/xincheng/')),
    member('unit', ['unit']),
  ]);
}

afterAll(async () => {
  await api?.stop();
  await db?.drop();
});

const ask = (client: HttpClient, body: object): Promise<Answer> => client.post(PATH, body);

describe('every list as a file', () => {
  it('has its rows, readable in both languages, with nothing that a spreadsheet runs, and the number behind each', async () => {
    const units = await furnishStreetOffice(api, town.tenant);
    const manager = await town.as('manager');
    await manager.post('/api/v1/needs', { communityId: units.get('xincheng'), category: 'elderly', publicText: '=HYPERLINK("http://x","示例：扶手")' });
    const names = api.api.app.get(ListRegistry, { strict: false }).names;
    expect(names.length).toBeGreaterThanOrEqual(15);
    for (const list of names) {
      const filter: Record<string, string> = list === 'quarter-reports' ? { quarter: '2026Q1' } : {};
      const query = new URLSearchParams({ limit: '100', ...filter }).toString();
      for (const [language, reader] of [['zh', 'manager'], ['en', 'auditor']] as const) {
        const client = await town.as(list === 'audit-events' ? 'auditor' : reader);
        const listed = await client.get(`/api/v1/${list}?${query}`);
        const file = await exported(client, list, { filter, language });
        expect([list, file.status]).toEqual([list, 200]);
        expect(file.lines.length - 1).toBeGreaterThanOrEqual(listed.body.items.length);
        expect(file.lines.slice(1).filter((line) => !line.endsWith(file.number))).toEqual([]);
        // No key of a text that is missing.
        expect([list, file.lines[0]!.match(/\w+\.\w+\.\w+/g)]).toEqual([list, null]);
        expect(decodeURIComponent(file.headers.get('content-disposition') ?? '')).toContain(file.number);
      }
    }
    const { lines } = await exported(manager, 'needs');
    expect(lines).toHaveLength(2);
    expect(lines[1]).toContain(`"'=HYPERLINK(""http://x"",""示例：扶手"")"`);
    expect(lines[1]).toMatch(/新城社区.*一老.*一般/);
    expect((await exported(manager, 'needs', { filter: { category: 'children' } })).lines).toHaveLength(1);
    expect((await exported(manager, 'org-units')).lines.slice(1).map((line) => line.split(',')[1])).toContain('新城社区');
  }, 60_000);

  it('bears who, when and its number in the workbook’s first line and on every printed page', async () => {
    const manager = await town.as('manager');
    const { bytes, number } = await exported(manager, 'org-units', { format: 'xlsx' });
    const { rows } = await readTable(bytes);
    const first = rows[0]?.cells.get(1)?.text ?? '';
    expect(first).toContain(`编号 ${number}`);
    expect(first).toMatch(/示例manager 于 \d{4}-\d\d-\d\d \d\d:\d\d 导出/);
    expect([...(rows[1]?.cells.values() ?? [])].map(({ text }) => text)).toEqual(['编号', '名称', '类别', '位置', '联络岗位', '备注', '退出日期']);
    expect(rows).toHaveLength(2 + 4);
    const sheet = Buffer.from(unzipSync(bytes)['xl/worksheets/sheet1.xml']!).toString('utf8');
    expect(sheet).toContain(`<oddHeader>&amp;C组织单位　编号 ${number}</oddHeader>`);
    expect(sheet).toMatch(/<oddFooter>&amp;C示例manager　[^<]*导出　编号 DC-/);
    const { bytes: cells } = await exported(manager, 'needs', { format: 'xlsx' });
    const need = (await readTable(cells)).rows[2]?.cells.get(4);
    expect(need?.text).toBe('=HYPERLINK("http://x","示例：扶手")');
    expect(Buffer.from(unzipSync(cells)['xl/worksheets/sheet1.xml']!).toString('utf8')).not.toContain('<f>');
  });

  it('is refused without the list’s right, for a filter that it does not know, and above the most rows', async () => {
    expect((await ask(await town.as('resident'), { list: 'needs', format: 'csv', reason: '示例' })).status).toBe(403);
    expect((await ask(await town.as('unit'), { list: 'audit-events', format: 'csv' })).status).toBe(403);
    const manager = await town.as('manager');
    expect((await ask(manager, { list: 'secrets', format: 'csv' })).body.code).toBe('EXPORT_LIST_UNKNOWN');
    expect(await ask(manager, { list: 'projects', format: 'csv', filter: { color: 'red' } })).toMatchObject({ status: 400, body: { code: 'EXPORT_FILTER_INVALID' } });
    expect((await ask(manager, { list: 'projects', format: 'csv', filter: { limit: '5' } })).status).toBe(400);
    const many = await createTestTenant(api, [member('auditor', ['auditor']), ...Array.from({ length: 80 }, (_, at) => member(`clerk${at}`, ['resident']))]);
    expect(await ask(await many.as('auditor'), { list: 'audit-events', format: 'csv' })).toMatchObject({ status: 422, body: { code: 'EXPORT_TOO_LONG', params: { most: 150 } } });
  });

  it('is masked as the list is', async () => {
    expect((await exported(await town.as('security'), 'people')).lines.join()).toContain('示例manager');
    const masked = (await exported(await town.as('leader'), 'people')).lines.join();
    expect(masked).toContain('示＊＊');
    expect(masked).not.toContain('示例manager');
  });
});

describe('personal data', () => {
  beforeAll(newTown);

  it('is taken out with a reason, by one person alone up to the limit of a day', async () => {
    const leader = await town.as('leader');
    expect((await ask(leader, { list: 'people', format: 'csv' })).body.code).toBe('EXPORT_REASON_NEEDED');
    const first = await ask(leader, PEOPLE);
    expect(first.body).toMatchObject({ state: 'ready', rows: 7, personal: true, listName: '人员' });
    const second = await ask(leader, PEOPLE);
    expect(second.body).toMatchObject({ state: 'waiting', rows: 7 });
    expect((await leader.get(`${PATH}/${second.body.id}/file`)).body.code).toBe('EXPORT_NOT_RELEASED');
    expect((await (await town.as('auditor')).get(`${PATH}/${first.body.id}/file`)).status).toBe(404);
  });

  it('needs another person above it, who names what was asked for; then it can be fetched, and all is on record', async () => {
    const [leader, manager, security] = [await town.as('leader'), await town.as('manager'), await town.as('security')];
    const [waiting] = (await manager.get(`${PATH}?which=toRelease`)).body.items;
    expect(waiting).toMatchObject({ requestedBy: '示例leader', reason: PEOPLE.reason, rows: 7, state: 'waiting' });
    expect((await leader.get(`${PATH}?which=toRelease`)).body.items).toEqual([]);
    const release = (client: HttpClient, digest: string): Promise<Answer> => client.post(`${PATH}/${waiting.id}/release`, { digest });
    expect((await release(leader, waiting.digest)).body.code).toBe('APPROVALS_PREPARER');
    expect((await release(manager, 'another')).body.code).toBe('APPROVALS_DIGEST_CHANGED');
    expect((await release(await town.as('resident'), waiting.digest)).status).toBe(403);
    expect((await release(await town.as('worker'), waiting.digest)).status).toBe(404);
    expect((await release(manager, waiting.digest)).body.state).toBe('ready');
    expect((await release(security, waiting.digest)).body.code).toBe('EXPORT_NOT_WAITING');
    expect((await leader.get('/api/v1/inbox')).body.items.map(({ key }: { key: string }) => key)).toEqual(
      expect.arrayContaining(['exports.told.released', 'exports.told.waiting']),
    );
    const file = await leader.bytes(`${PATH}/${waiting.id}/file`);
    expect([file.status, file.bytes.toString('utf8').trimEnd().split('\r\n').length]).toEqual([200, 8]);
    const auditor = await town.as('auditor');
    const acts = (await auditor.get(`/api/v1/audit-events?subject=export:${waiting.id}`)).body.items.map(({ record }: { record: { action: string } }) => record.action);
    expect(acts).toEqual(['exports.fetched', 'exports.released', 'exports.requested']);
  });

  it('holds no row more than was asked for, and is gone when its time is over', async () => {
    const manager = await town.as('manager');
    const { body } = await ask(manager, PEOPLE);
    await town.enrol(member('late', ['resident']));
    expect((await manager.bytes(`${PATH}/${body.id}/file`)).bytes.toString('utf8').trimEnd().split('\r\n')).toHaveLength(8);
    const owner = new pg.Client({ connectionString: db.adminUrl });
    await owner.connect();
    await owner.query("UPDATE exports_export SET expires_at = now() - interval '1 second' WHERE id = $1", [body.id]);
    await owner.end();
    expect((await manager.get(`${PATH}/${body.id}/file`)).body.code).toBe('EXPORT_EXPIRED');
    expect((await manager.get(`${PATH}/${body.id}`)).body.state).toBe('expired');
  });

  it('can be refused with a reason, which its owner reads', async () => {
    const [manager, leader] = [await town.as('manager'), await town.as('leader')];
    const { body } = await ask(manager, PEOPLE);
    expect(body.state).toBe('waiting');
    expect((await manager.post(`${PATH}/${body.id}/refuse`, { reason: '示例：自己的' })).body.code).toBe('APPROVALS_PREPARER');
    expect((await leader.post(`${PATH}/${body.id}/refuse`, { reason: '示例：范围过大' })).body).toMatchObject({ state: 'refused', refusal: '示例：范围过大' });
    expect((await manager.get(`${PATH}?limit=1`)).body.items[0]).toMatchObject({ id: body.id, refusal: '示例：范围过大' });
    expect((await leader.post(`${PATH}/${body.id}/release`, { digest: body.digest })).body.code).toBe('EXPORT_NOT_WAITING');
  });

  it('of one place is not released from beside it', async () => {
    const units = await furnishStreetOffice(api, town.tenant);
    const worker = await town.as('worker');
    const manager = await town.as('manager');
    for (const text of Array.from({ length: 13 }, (_, at) => `示例需求${at}`)) {
      expect((await manager.post('/api/v1/needs', { communityId: units.get('xincheng'), category: 'other', publicText: text })).status).toBe(201);
    }
    const { body } = await ask(worker, { list: 'needs', format: 'csv', reason: '示例：入户核对' });
    expect(body).toMatchObject({ state: 'waiting', rows: 13 });
    await town.enrol(member('beside', ['communityWorker'], at('/mengyang/dongjie/')));
    const beside = await town.as('beside');
    expect((await beside.get(`${PATH}?which=toRelease`)).body.items).toEqual([]);
    expect((await beside.post(`${PATH}/${body.id}/release`, { digest: body.digest })).status).toBe(404);
    expect((await beside.get(`${PATH}/${body.id}`)).status).toBe(404);
  });
});
