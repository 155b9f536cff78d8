import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import { writeCsv } from '../../src/platform/tables/write.ts';
import { startTestApi, type TestApi } from '../support/api.ts';
import { createTestDatabase, type TestDatabase } from '../support/database.ts';
import type { Answer, HttpClient } from '../support/http.ts';
import { foundStreetOffice } from '../support/street-office.ts';

let db: TestDatabase;
let api: TestApi;
let worker: HttpClient;
let neighbour: HttpClient;
let unit: HttpClient;

beforeAll(async () => {
  db = await createTestDatabase();
  api = await startTestApi({ database: db });
  const { staff } = await foundStreetOffice(api);
  worker = (await staff.member('communityWorker', '/mengyang/xincheng/')).client;
  neighbour = (await staff.member('communityWorker', '/mengyang/dongjie/')).client;
  unit = (await staff.member('unit', '/units/gj01/')).client;
}, 60_000);
afterAll(async () => {
  await api?.stop();
  await db?.drop();
});

const versioned = (answer: Answer): Record<string, string> => ({ 'if-match': answer.headers.get('etag') ?? '' });
const form = (bytes: Uint8Array): FormData => {
  const data = new FormData();
  data.set('file', new Blob([new Uint8Array(bytes)]), '需求.csv');
  return data;
};

describe('an import', () => {
  const rows = (bad: boolean): string[][] => [
    ['N1', '新城社区', '路灯不亮', '住'],
    ['N2', bad ? '无此社区' : '新城社区', '路面积水', '行'],
  ];
  const file = (bad: boolean): FormData => form(writeCsv({ headings: ['需求编号', '社区', '需求内容', '类别'], rows: rows(bad) }));

  it('previews, refuses, takes the good rows, and is repeated by its key and by its rows', async () => {
    const preview = await worker.post('/api/v1/imports/needs?preview=true', file(true));
    expect([preview.status, preview.body.taken, preview.body.bad, preview.body.errors]).toEqual([200, 1, 1, [{ at: '3:2', code: 'COMMUNITY_UNKNOWN', detail: '没有这个社区，或不在您的管理范围内。' }]]);
    const refused = await worker.post('/api/v1/imports/needs', file(true));
    expect([refused.status, refused.body.code, refused.body.params]).toEqual([422, 'IMPORT_HAS_BAD_ROWS', { bad: 1, rows: 2 }]);
    expect(refused.body.errors).toEqual([expect.objectContaining({ at: '3:2', code: 'COMMUNITY_UNKNOWN' })]);
    expect((await worker.get('/api/v1/needs?sourceNumber=N1')).body.items).toEqual([]);

    const key = { 'idempotency-key': randomUUID() };
    const taken = await worker.post('/api/v1/imports/needs?takeGood=true', file(true), key);
    expect([taken.status, taken.body.taken, taken.body.bad]).toEqual([200, 1, 1]);
    expect((await worker.post('/api/v1/imports/needs?takeGood=true', file(true), key)).body).toEqual(taken.body);
    expect((await worker.post('/api/v1/imports/needs', file(false))).body).toMatchObject({ taken: 1, unchanged: 1, bad: 0 });
    expect((await worker.get('/api/v1/needs?sourceNumber=N1')).body.items).toHaveLength(1);
  });

  it('shows its wrong rows for correction, is listed, and is undone as a whole', async () => {
    const headings = ['需求编号', '社区', '需求内容', '类别'];
    const upload = (...lines: string[][]): FormData => form(writeCsv({ headings, rows: lines }));
    const lines = [['H1', '新城社区', '树枝挡灯', '环境'], ['H2', '无此社区', '井盖松动', '行']];
    const file = await worker.post('/api/v1/imports/needs/wrong-rows', upload(...lines));
    expect([file.status, file.headers.get('content-type'), file.headers.get('content-disposition')]).toEqual([
      200,
      expect.stringContaining('spreadsheetml'),
      'attachment; filename="needs-to-correct.xlsx"',
    ]);
    const none = await worker.post('/api/v1/imports/needs/wrong-rows', upload(lines[0]!));
    expect([none.status, none.body.code]).toEqual([422, 'IMPORT_NO_BAD_ROWS']);

    const taken = await worker.post('/api/v1/imports/needs?takeGood=true', upload(...lines));
    const path = `/api/v1/imports/needs/${taken.body.importId}/undo`;
    expect((await neighbour.post(path, { reason: '别的社区' })).status).toBe(404);
    expect((await unit.post(path, { reason: '共建单位' })).status).toBe(403);
    const undone = await worker.post(path, { reason: '传错了文件' });
    expect([undone.status, undone.body.taken, undone.body.reason]).toEqual([200, 1, '传错了文件']);
    const listed = await worker.get('/api/v1/imports/needs?limit=1');
    expect([listed.body.items[0].id, listed.body.items[0].undoneAt !== null]).toEqual([taken.body.importId, true]);
    expect((await worker.get('/api/v1/needs?sourceNumber=H1')).body.items).toEqual([]);
  });

  it('of a source with headings of its own is taken by the mapping that a person confirmed', async () => {
    const bytes = writeCsv({ headings: ['工单号', '点位', '反映情况', '分类'], rows: [['W-1', '新城社区', '路灯不亮', '市政照明']] });
    const preview = await worker.post('/api/v1/imports/needs?preview=true', form(bytes));
    expect([preview.status, preview.body.preview.needsMapping, preview.body.preview.columns.length]).toEqual([200, true, 4]);
    const field = (name: string, heading: string, values: object = {}): object => ({ field: name, headings: [heading], values });
    const mapping = {
      kind: 'needs',
      source: '12345 热线',
      fingerprint: preview.body.preview.suggestion.fingerprint,
      fields: [field('sourceNumber', '工单号'), field('community', '点位'), field('publicText', '反映情况'), field('category', '分类', { 市政照明: 'safety' })],
    };
    const incomplete = await worker.post('/api/v1/import-mappings', { ...mapping, fields: mapping.fields.slice(1) });
    expect(incomplete.status).toBe(201);
    const path = `/api/v1/import-mappings/needs/${incomplete.body.id}`;
    const { kind: _kind, fingerprint: _fingerprint, ...content } = mapping;
    expect((await worker.put(path, content)).status).toBe(428);
    const confirmed = await worker.put(path, content, versioned(incomplete));
    expect([confirmed.status, confirmed.headers.get('etag'), confirmed.body.confirmedBy]).toEqual([200, '"2"', expect.any(String)]);
    expect((await worker.put(path, content, versioned(incomplete))).body.code).toBe('MAPPING_STALE');
    expect((await worker.get('/api/v1/import-mappings?kind=needs')).body.items).toHaveLength(1);
    expect((await neighbour.get(path)).status).toBe(404);
    expect((await worker.post('/api/v1/imports/needs', form(bytes))).body).toMatchObject({ taken: 1, bad: 0 });
    expect((await worker.get('/api/v1/needs?sourceNumber=W-1')).body.items[0]).toMatchObject({ category: 'safety', publicText: '路灯不亮' });
    expect((await neighbour.post('/api/v1/imports/needs', form(bytes))).body.code).toBe('TABLE_HEADINGS_MISSING');
  });

  it('refuses what is no table, no file, and nobody who may not', async () => {
    expect((await worker.post('/api/v1/imports/needs', form(Uint8Array.of(0x50, 0x4b, 3, 4)))).body.code).toMatch(/^TABLE_/);
    expect((await worker.post('/api/v1/imports/offers', file(false))).status).toBe(403);
    expect((await unit.post('/api/v1/imports/needs', file(false))).status).toBe(403);
    expect((await worker.post('/api/v1/imports/needs', new FormData())).body.code).toBe('REQUEST_INVALID');
    const notImport = await worker.post('/api/v1/imports/needs', form(new TextEncoder().encode('社区,别的\n新城社区,x\n')));
    expect([notImport.status, notImport.body.code]).toEqual([400, 'TABLE_HEADINGS_MISSING']);
  });
});
