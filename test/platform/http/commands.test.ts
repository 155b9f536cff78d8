import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createTestDatabase, type TestDatabase } from '../../support/database.ts';
import type { Answer, HttpClient } from '../../support/http.ts';
import { startProbe, type Probe } from './probe.ts';

let db: TestDatabase;
let probe: Probe;
let ann: HttpClient;
const PROBES = '/api/v1/probes';
const ID = '00000000-0000-4000-8000-000000000001';

beforeAll(async () => {
  db = await createTestDatabase();
  probe = await startProbe(db.database);
  ann = probe.program('ann');
});
afterAll(async () => {
  await probe?.stop();
  await db?.drop();
});

const create = (client: HttpClient, key: string | undefined, title = 'a note'): Promise<Answer> =>
  client.post(PROBES, { title }, { 'idempotency-key': key });

describe('idempotency keys', () => {
  it('are asked of every mutation, in a usable shape', async () => {
    expect(await create(ann, undefined)).toMatchObject({ status: 400, body: { code: 'IDEMPOTENCY_KEY_MISSING' } });
    expect(await create(ann, 'short')).toMatchObject({ status: 400, body: { code: 'IDEMPOTENCY_KEY_INVALID' } });
    expect(await create(ann, 'x'.repeat(201))).toMatchObject({ status: 400, body: { code: 'IDEMPOTENCY_KEY_INVALID' } });
    const removal = await ann.delete(`${PROBES}/${ID}`, { 'idempotency-key': undefined });
    expect(removal.body.code).toBe('IDEMPOTENCY_KEY_MISSING');
  });

  it('repeat the answer, not the work, whatever the order of the fields', async () => {
    const key = randomUUID();
    const first = await ann.post(PROBES, '{"title":"a note","amount":1}', { 'idempotency-key': key });
    const again = await ann.post(PROBES, '{"amount":1, "title":"a note"}', { 'idempotency-key': key });
    expect(again).toMatchObject({ status: 201, body: first.body });
    expect((await create(ann, randomUUID())).body.id).not.toBe(first.body.id);
  });

  it('refuse another body under the same key', async () => {
    const key = randomUUID();
    await create(ann, key);
    expect(await create(ann, key, 'other')).toMatchObject({ status: 422, body: { code: 'IDEMPOTENCY_KEY_REUSED' } });
  });

  it('belong to one sender: nobody sees the answer of another, not even of another tenant', async () => {
    const key = randomUUID();
    const answers = [await create(ann, key), await create(probe.program('eve'), key)];
    expect(answers.map((answer) => answer.status)).toEqual([201, 201]);
    expect(answers[0]?.body.id).not.toBe(answers[1]?.body.id);
  });

  it('do the work once when ten requests come at the same time', async () => {
    const key = randomUUID();
    const answers = await Promise.all(Array.from({ length: 10 }, () => create(ann, key)));
    expect(new Set(answers.map((answer) => answer.body.id)).size).toBe(1);
    expect(answers.map((answer) => answer.status)).toEqual(Array<number>(10).fill(201));
  });

  it('are free again after a refusal', async () => {
    const key = randomUUID();
    expect(await create(ann, key, 'refuse')).toMatchObject({ status: 422, body: { code: 'PROBE_REFUSED' } });
    expect((await create(ann, key, 'accepted')).status).toBe(201);
  });
});

describe('versions', () => {
  it('leave as strong ETags and come back in If-Match', async () => {
    const read = await ann.get(`${PROBES}/${ID}`);
    expect(read.headers.get('etag')).toBe('"4"');
    const edit = (ifMatch?: string): Promise<Answer> => ann.put(`${PROBES}/${ID}`, {}, { 'if-match': ifMatch });
    expect((await edit('"4"')).status).toBe(200);
    expect(await edit('"3"')).toMatchObject({ status: 412, body: { code: 'PROBE_STALE' } });
    expect(await edit()).toMatchObject({ status: 428, body: { code: 'PRECONDITION_MISSING' } });
    for (const unusable of ['W/"4"', '*', '4', '"4", "5"', '""']) {
      expect(await edit(unusable)).toMatchObject({ status: 400, body: { code: 'PRECONDITION_INVALID' } });
    }
  });
});

describe('pages', () => {
  it('follow each other without gap or repeat, also among equal values', async () => {
    const seen: string[] = [];
    let cursor: string | null = null;
    do {
      const page: Answer = await ann.get(`${PROBES}?limit=2${cursor ? `&cursor=${cursor}` : ''}`);
      seen.push(...page.body.items.map((item: { id: string }) => item.id));
      cursor = page.body.next;
    } while (cursor);
    expect(seen).toEqual(['p0', 'p1', 'p2', 'p3', 'p4', 'p5', 'p6']);
  });

  it('cannot be asked for with an invented or altered cursor', async () => {
    const { body } = await ann.get(`${PROBES}?limit=2`);
    const [payload, signature] = String(body.next).split('.');
    const forged = Buffer.from('[99,"p0"]').toString('base64url');
    for (const cursor of ['x', `${forged}.${signature}`, `${payload}.`, `${payload}.${signature?.slice(1)}`, `${forged}.${forged}`]) {
      expect(await ann.get(`${PROBES}?cursor=${cursor}`)).toMatchObject({ status: 400, body: { code: 'CURSOR_INVALID' } });
    }
  });
});

describe('files', () => {
  const form = (fields: Record<string, string>, bytes?: number): FormData => {
    const data = new FormData();
    for (const [name, value] of Object.entries(fields)) data.append(name, value);
    if (bytes !== undefined) data.append('file', new Blob([new Uint8Array(bytes)]), '需求.csv');
    return data;
  };
  const send = (data: unknown, key = randomUUID()): Promise<Answer> =>
    ann.post(`${PROBES}/files`, data, { 'idempotency-key': key });

  it('arrive whole up to the limit and not at all beyond it', async () => {
    expect(await send(form({ kind: 'needs' }, 1000))).toMatchObject({ status: 201, body: { fileName: '需求.csv', bytes: 1000 } });
    expect(await send(form({}, 10 * 1024 * 1024 + 1))).toMatchObject({ status: 413, body: { code: 'REQUEST_TOO_LARGE' } });
  });

  it('are checked like any body', async () => {
    expect((await send(form({ kind: 'needs' }))).body.errors).toMatchObject([{ at: '/file' }]);
    expect((await send(form({ extra: '1' }, 1))).body.errors).toMatchObject([{ at: '/extra', code: 'FIELD_UNKNOWN' }]);
    expect((await send(form({ file: 'text' }))).body.code).toBe('REQUEST_INVALID');
    const twice = form({}, 1);
    twice.append('kind', 'a');
    twice.append('kind', 'b');
    expect((await send(twice)).body.errors).toMatchObject([{ at: '/kind', code: 'FIELD_REPEATED' }]);
    expect((await send({ file: 1 })).status).toBe(415);
    expect((await ann.post(PROBES, form({}, 1))).status).toBe(415);
    const cut = { 'content-type': 'multipart/form-data; boundary=x' };
    expect((await ann.post(`${PROBES}/files`, '--x\r\ncontent-disposition: form-data; name="file"', cut)).status).toBe(400);
  });
});
