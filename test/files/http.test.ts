import { createHash, randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import sharp from 'sharp';
import { OrphanRemover } from '../../src/files/jobs.ts';
import { FileService } from '../../src/files/service.ts';
import { tenantScope, type OrgPath } from '../../src/kernel/scope.ts';
import { addHours, instantFromMs } from '../../src/kernel/time.ts';
import { canonicalJson, type CanonicalValue } from '../../src/platform/crypto/canonical.ts';
import { Database } from '../../src/platform/database/database.ts';
import { hashOf } from '../../src/platform/ids.ts';
import { createLog } from '../../src/platform/logging.ts';
import { Street } from '../projects/support/street.ts';
import type { Answer, HeaderMap, HttpClient } from '../support/http.ts';

let street: Street;
let photo: Buffer;

beforeAll(async () => {
  street = await Street.open(2);
  photo = await sharp({ create: { width: 640, height: 480, channels: 3, background: '#2a6f97' } }).png().toBuffer();
}, 120_000);
afterAll(() => street?.close());

const PDF = Buffer.from('%PDF-1.4\n示例\n%%EOF\n');

function send(client: HttpClient, bytes: Buffer, headers: HeaderMap = {}, path = '/api/v1/files', fields: Record<string, string> = {}): Promise<Answer> {
  const form = new FormData();
  for (const [name, value] of Object.entries(fields)) form.set(name, value);
  form.set('file', new Blob([new Uint8Array(bytes)]), '../../现场.svg.jpg');
  return client.send('POST', path, form, headers);
}

const kept = async (client: HttpClient, bytes = photo): Promise<string> => {
  const { status, body } = await send(client, bytes);
  expect({ status, code: body.code }).toEqual({ status: 201, code: undefined });
  return body.id as string;
};

describe('a file that was sent', () => {
  it('is one file however often it is sent with one key, and its sender’s alone until it is used', async () => {
    const [unit] = street.units;
    const key = { 'idempotency-key': randomUUID() };
    const first = await send(unit!.client, photo, key);
    expect(first).toMatchObject({ status: 201, body: { mediaType: 'image/jpeg', width: 640, height: 480 } });
    expect((await send(unit!.client, photo, key)).body).toEqual(first.body);
    expect((await send(unit!.client, PDF, key)).body.code).toBe('IDEMPOTENCY_KEY_REUSED');
    const all = await street.within((tx) => tx.query('SELECT id FROM file WHERE tenant_id = $1', [tx.scope.tenant]));
    expect(all).toEqual([{ id: first.body.id }]);

    const own = await unit!.client.bytes(`/api/v1/files/${first.body.id}`);
    expect(own.status).toBe(200);
    expect(createHash('sha256').update(own.bytes).digest('hex')).toBe(first.body.hash);
    expect(Object.fromEntries(own.headers)).toMatchObject({
      'content-type': 'image/jpeg',
      'content-disposition': expect.stringMatching(/^attachment; filename="[0-9a-f-]{36}\.jpg"/),
      'content-security-policy': expect.stringContaining("sandbox; default-src 'none'"),
      'x-content-type-options': 'nosniff',
    });
    expect((await street.manager.client.get(`/api/v1/files/${first.body.id}`)).status).toBe(404);
  });

  it('is refused when it is no picture, whatever its name says', async () => {
    const svg = Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>');
    expect(await send(street.worker.client, svg)).toMatchObject({ status: 422, body: { code: 'FILE_KIND' } });
    expect(await send(street.worker.client, photo.subarray(0, 60))).toMatchObject({ status: 422, body: { code: 'IMAGE_UNREADABLE' } });
  });

  it('lies sealed in the database', async () => {
    const id = await kept(street.worker.client, Buffer.concat([PDF, Buffer.alloc(1_200_000, 0x20), Buffer.from('%%EOF')]));
    const parts = await street.within((tx) =>
      tx.query<{ sealed: Buffer }>('SELECT sealed FROM file_part WHERE tenant_id = $1 AND file_id = $2 ORDER BY ordinal', [tx.scope.tenant, id]),
    );
    expect(parts).toHaveLength(3);
    // Long enough that chance does not write it.
    expect(Buffer.concat(parts.map(({ sealed }) => sealed)).includes(' '.repeat(16))).toBe(false);
  });
});

describe('a command with files', () => {
  it('keeps their hashes under its own, and shows them with the project', async () => {
    const [, unit] = street.units;
    const project = await street.project(unit);
    await project.done(unit!, 'claim', { unitId: unit!.id });
    const scan = await kept(unit!.client, PDF);
    await project.done(unit!, 'agree', { unitId: unit!.id, implementerId: unit!.id, signedOn: '2026-12-01', files: [scan] });
    await project.done(unit!, 'start', { unitId: unit!.id });
    const photos = [await kept(unit!.client), await kept(unit!.client)];
    const summary = { unitId: unit!.id, summary: '示例' };
    await project.refused(unit!, 'request-acceptance', { ...summary, files: [...photos, photos[0]] }, '422 FILE_REPEATED');
    await project.refused(unit!, 'request-acceptance', { ...summary, files: [await kept(street.worker.client)] }, '404 FILE_UNKNOWN');
    await project.refused(unit!, 'request-acceptance', { ...summary, files: Array.from({ length: 10 }, () => randomUUID()) }, '422 FILES_MANY');
    await project.done(unit!, 'request-acceptance', { ...summary, files: photos });

    const listed = (await project.seen('/files')) as { items: { id: string; hash: string }[] };
    expect(listed.items.map(({ id }) => id)).toEqual([scan, ...photos]);
    const completion = ((await project.seen('/contents')) as { kind: string; body: CanonicalValue; hash: string }[]).find(({ kind }) => kind === 'completion')!;
    expect(completion.body).toEqual({ summary: '示例', files: listed.items.slice(1).map(({ id, hash }) => ({ id, hash })) });
    expect(completion.hash).toBe(hashOf(canonicalJson(completion.body)));

    const read = (id: string) => street.manager.client.bytes(`${project.path}/files/${id}`);
    expect((await read(photos[0]!)).status).toBe(200);
    expect((await read(scan)).headers.get('content-type')).toBe('application/pdf');
    const readings = await street.within((tx) =>
      tx.query<{ subject: string }>("SELECT subject FROM audit_event WHERE tenant_id = $1 AND action = 'files.read'", [tx.scope.tenant]),
    );
    expect(readings.map(({ subject }) => subject)).toEqual([`file:${scan}`]);

    const other = await street.project();
    expect((await street.manager.client.get(`${other.path}/files/${scan}`)).status).toBe(404);
    const asked = await other.ask(unit!, 'claim', { unitId: unit!.id });
    expect(asked.status).toBe(200);
    const taken = { unitId: unit!.id, implementerId: unit!.id, signedOn: '2026-12-01', files: [scan] };
    await other.refused(unit!, 'agree', taken, '409 FILE_ELSEWHERE');
  });
});

describe('a need with photographs', () => {
  it('shows them to the staff of its community and to nobody else, not even by SQL', async () => {
    const id = await kept(street.worker.client);
    const need = { communityId: street.communityId, category: 'elderly', publicText: '楼道扶手松动（示例）', files: [id] };
    const raised = await street.worker.client.post('/api/v1/needs', need);
    expect(raised.status).toBe(201);
    const path = `/api/v1/needs/${raised.body.id}/files`;
    expect((await street.worker.client.get(path)).body.items).toMatchObject([{ id }]);
    expect((await street.worker.client.bytes(`${path}/${id}`)).status).toBe(200);
    expect((await street.stranger.client.get(path)).body.code).toBe('NEED_UNKNOWN');
    const elsewhere = { ...tenantScope(street.staff.tenant), orgPath: '/elsewhere/' as OrgPath };
    const seen = await street.db.database.within(elsewhere, (tx) => tx.query('SELECT id FROM file WHERE tenant_id = $1 AND id = $2', [tx.scope.tenant, id]));
    const parts = await street.db.database.within(elsewhere, (tx) => tx.query('SELECT ordinal FROM file_part WHERE tenant_id = $1 AND file_id = $2', [tx.scope.tenant, id]));
    expect([seen, parts]).toEqual([[], []]);
  });

  it('can be raised without an account: photographs come first, with the form’s ticket', async () => {
    const page = street.api.page();
    const form = (await page.get(`/api/v1/public/needs/form?tenant=${street.staff.tenant}`)).body;
    const upload = () => send(page, photo, {}, '/api/v1/public/files', { ticket: form.ticket });
    const sent = await upload();
    expect(sent.status).toBe(201);
    expect((await send(page, photo, {}, '/api/v1/public/files', { ticket: `${form.ticket}x` })).body.code).toBe('TICKET_INVALID');
    expect((await upload()).status).toBe(201);
    expect((await upload()).status).toBe(201);
    expect((await upload()).body.code).toBe('FILES_MANY');
    const body = { communityId: street.communityId, words: '路灯不亮（示例）', consent: { agreed: true, noticeVersion: form.notice.version }, files: [sent.body.id] };
    const stolen = (await page.get(`/api/v1/public/needs/form?tenant=${street.staff.tenant}`)).body;
    expect((await page.post('/api/v1/public/needs', { ...body, ticket: stolen.ticket })).body.code).toBe('FILE_UNKNOWN');
    const taken = await page.post('/api/v1/public/needs', { ...body, ticket: form.ticket });
    expect(taken.status).toBe(201);
    const record = await street.within((tx) => tx.query('SELECT record_kind, household FROM file WHERE tenant_id = $1 AND id = $2', [tx.scope.tenant, sent.body.id]));
    expect(record).toEqual([{ record_kind: 'need', household: true }]);

    const withdrawn = await page.post('/api/v1/public/follow-up/withdraw-consent', { code: taken.body.followUpCode });
    expect(withdrawn.body.state).toBe('withdrawn');
    const left = await street.within((tx) =>
      tx.query('SELECT id FROM file WHERE tenant_id = $1 AND id = $2 UNION ALL SELECT file_id FROM file_part WHERE tenant_id = $1 AND file_id = $2', [tx.scope.tenant, sent.body.id]),
    );
    expect(left).toEqual([]);
  });
});

describe('what nobody used', () => {
  it('is removed with its key after the days of the policy, and nothing else is', async () => {
    const left = await kept(street.worker.client);
    const remover = new OrphanRemover(street.get(Database), street.get(FileService), createLog('silent'));
    const count = async () => (await street.within((tx) => tx.query<{ n: number }>('SELECT count(*)::integer AS n FROM file WHERE tenant_id = $1', [tx.scope.tenant])))[0]!.n;
    const now = instantFromMs(Date.now());
    expect(await remover.remove(addHours(now, 47))).toBe(0);
    const before = await count();
    const removed = await remover.remove(addHours(now, 49));
    expect(removed).toBeGreaterThan(0);
    expect(await count()).toBe(before - removed);
    const attached = await street.within((tx) => tx.query('SELECT id FROM file WHERE tenant_id = $1 AND record_id IS NULL', [tx.scope.tenant]));
    expect(attached).toEqual([]);
    expect((await street.worker.client.get(`/api/v1/files/${left}`)).status).toBe(404);
    const key = await street.within((tx) => tx.query('SELECT wrapped FROM subject_key WHERE tenant_id = $1 AND subject_id = $2', [tx.scope.tenant, left]));
    expect(key).toEqual([{ wrapped: null }]);
  });
});
