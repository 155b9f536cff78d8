import { request as rawRequest } from 'node:http';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Database } from '../../../src/platform/database/database.ts';
import { createSource } from '../../../src/platform/database/source.ts';
import { createTestDatabase, type TestDatabase } from '../../support/database.ts';
import { HttpClient, type Answer } from '../../support/http.ts';
import { startProbe, type Probe } from './probe.ts';

let db: TestDatabase;
let probe: Probe;
let ann: HttpClient;
const PROBES = '/api/v1/probes';
const SECRET = 'zhang-san-138';

beforeAll(async () => {
  db = await createTestDatabase();
  probe = await startProbe(db.database);
  ann = probe.program('ann');
});
afterAll(async () => {
  await probe?.stop();
  await db?.drop();
});

function expectProblem(answer: Answer, status: number, code: string): void {
  expect(answer).toMatchObject({ status, body: { status, code, type: `urn:cobuild:problem:${code}` } });
  expect(answer.headers.get('content-type')).toBe('application/problem+json; charset=utf-8');
  expect(answer.body.requestId).toBe(answer.headers.get('x-request-id'));
  expect(typeof answer.body.title).toBe('string');
  expect(answer.body).not.toHaveProperty('stack');
}

describe('every error is a problem document', () => {
  it('for addresses that do not exist or cannot be read', async () => {
    expectProblem(await ann.get('/nowhere'), 404, 'ROUTE_UNKNOWN');
    expectProblem(await ann.post('/api/v1/nowhere', {}), 404, 'ROUTE_UNKNOWN');
    expectProblem(await ann.get('/api/v1/%zz'), 400, 'REQUEST_MALFORMED');
    expectProblem(await ann.get(`${PROBES}/${'x'.repeat(3000)}`), 414, 'URL_TOO_LONG');
  });

  it('for bodies that cannot be read', async () => {
    expectProblem(await ann.post(PROBES, '{"title":'), 400, 'REQUEST_MALFORMED');
    expectProblem(await ann.post(PROBES, ''), 400, 'REQUEST_MALFORMED');
    expectProblem(await ann.post(PROBES, '{"__proto__":{"a":1},"title":"ab"}'), 400, 'REQUEST_MALFORMED');
    expectProblem(await ann.post(PROBES, `"${'x'.repeat(1024 * 1024)}"`), 413, 'REQUEST_TOO_LARGE');
    expectProblem(await ann.post(PROBES, '<a/>', { 'content-type': 'application/xml' }), 415, 'MEDIA_TYPE_UNSUPPORTED');
    expectProblem(await ann.post(PROBES, `${'['.repeat(50_000)}${']'.repeat(50_000)}`), 400, 'REQUEST_TOO_DEEP');
    expectProblem(await ann.post(PROBES, '{"title":"a\\u0000b"}'), 400, 'REQUEST_INVALID');
    expectProblem(await ann.post(PROBES, '{"title":"a\\ud800b"}'), 400, 'REQUEST_INVALID');
  });

  it('for headers beyond what a server reads', async () => {
    const text = await new Promise<string>((resolve, reject) => {
      const request = rawRequest(`${probe.url}/`, { headers: { cookie: 'a'.repeat(20_000) } }, (response) => {
        expect(response.statusCode).toBe(431);
        response.setEncoding('utf8').on('data', resolve);
      });
      request.on('error', reject).end();
    });
    expect(JSON.parse(text)).toMatchObject({ status: 431, code: 'HEADER_TOO_LARGE' });
  });

  it('with a pointer, a code and a text for each wrong field, never its value', async () => {
    const answer = await ann.post(PROBES, {
      amount: 1.5,
      parts: [{ name: 'ok' }, { name: SECRET, 'a/b': 1 }],
      extra: true,
    });
    expectProblem(answer, 400, 'REQUEST_INVALID');
    const found = answer.body.errors.map(({ at, code }: { at: string; code: string }) => `${at} ${code}`).sort();
    expect(found).toEqual([
      '/amount FIELD_TYPE',
      '/extra FIELD_UNKNOWN',
      '/parts/1/a~1b FIELD_UNKNOWN',
      '/parts/1/name FIELD_TOO_BIG',
      '/title FIELD_REQUIRED',
    ]);
    expect(JSON.stringify(answer.body)).not.toContain(SECRET);
  });

  it('for queries and path parameters', async () => {
    const query = await ann.get(`${PROBES}?limit=1000&page=2`);
    expectProblem(query, 400, 'REQUEST_INVALID');
    expect(query.body.errors.map((it: { at: string }) => it.at).sort()).toEqual(['?limit', '?page']);
    const path = await ann.get(`${PROBES}/not-a-uuid`);
    expectProblem(path, 400, 'REQUEST_INVALID');
    expect(path.body.errors[0]).toMatchObject({ at: ':id', code: 'FIELD_FORMAT' });
    expectProblem(await ann.get(`${PROBES}/%00`), 400, 'REQUEST_INVALID');
  });

  it.each([
    ['invalid', 400],
    ['unauthenticated', 401],
    ['forbidden', 403],
    ['unknown', 404],
    ['state', 409],
    ['stale', 412],
    ['rule', 422],
    ['precondition', 428],
    ['tooMany', 429],
    ['unavailable', 503],
  ])('for refusals: %s is %i', async (kind, status) => {
    const answer = await ann.get(`${PROBES}/refused/${kind}`);
    expectProblem(answer, status, 'PROBE_REFUSED');
    expect(answer.body.params).toEqual({ limit: 3 });
  });

  it.each([
    ['23505', 409, 'DUPLICATE'],
    ['23503', 409, 'REFERENCE_BROKEN'],
    ['23514', 422, 'CONSTRAINT_BROKEN'],
    ['P0001', 422, 'PROBE_TRIGGER'],
    ['22P02', 400, 'VALUE_UNUSABLE'],
    ['42501', 403, 'FORBIDDEN'],
    ['40001', 503, 'RIVAL_CHANGE'],
    ['57014', 503, 'ENGINE_UNAVAILABLE'],
    ['42P01', 500, 'INTERNAL'],
  ])('for the database: SQLSTATE %s is %i %s', async (state, status, code) => {
    expectProblem(await ann.get(`${PROBES}/sql/${state}`), status, code);
  });

  it('without a stack or a message for what nobody planned, and logs it once', async () => {
    probe.lines.length = 0;
    const answer = await ann.get(`${PROBES}/broken`);
    expectProblem(answer, 500, 'INTERNAL');
    expect(JSON.stringify(answer.body)).not.toContain('internal detail');
    const failures = probe.lines.map((line) => JSON.parse(line)).filter((line) => line.level === 'error');
    expect(failures).toMatchObject([{ requestId: answer.body.requestId, err: { name: 'TypeError' } }]);
  });

  it('while the database is gone: 503, to be tried again', async () => {
    const lost = await createTestDatabase();
    const source = createSource({ url: lost.url, poolSize: 2, applicationName: 'lost' });
    await source.initialize();
    const cut = await startProbe(new Database(source));
    await lost.drop();
    for (let n = 0; n < 3; n += 1) {
      const answer = await cut.program('ann').get(`${PROBES}/sql/23505`);
      expectProblem(answer, 503, 'ENGINE_UNAVAILABLE');
      expect(answer.headers.get('retry-after')).toBe('1');
    }
    const ready = await cut.program('ann').get('/api/health/ready');
    expect(ready).toMatchObject({ status: 503, body: { ready: false, dependencies: { database: 'down', temporal: 'down' } } });
    expect((await cut.program('ann').get('/api/health/live')).status).toBe(200);
    await cut.stop();
    await source.destroy();
  });
});

describe('the reader', () => {
  it('gets Chinese first, English on request', async () => {
    const at = `${PROBES}/nowhere/at/all`;
    expect((await ann.get(at)).body.title).toBe('未找到');
    expect((await ann.get(at, { 'accept-language': 'fr, de;q=0.5' })).body.title).toBe('未找到');
    expect((await ann.get(at, { 'accept-language': 'en-GB,zh;q=0.9' })).body.title).toBe('Not found');
    expect((await ann.get(at, { 'accept-language': 'en;q=0.8, zh-CN' })).headers.get('content-language')).toBe('zh-CN');
  });

  it('may name the request; anything but a plain id is replaced', async () => {
    const traceId = '4bf92f3577b34da6a3ce929d0e0e4736';
    expect((await ann.get(PROBES, { 'x-request-id': traceId })).headers.get('x-request-id')).toBe(traceId);
    expect((await ann.get(PROBES, { 'x-request-id': '13900007788' })).headers.get('x-request-id')).not.toContain('13900007788');
    expect((await ann.get(PROBES, { 'x-request-id': '<script>' })).headers.get('x-request-id')).not.toContain('script');
  });
});

describe('the log', () => {
  it('holds the pattern of the route, never what a person sent', async () => {
    probe.lines.length = 0;
    await probe.browser('ann').post(`${PROBES}?code=${SECRET}`, { title: SECRET }, { 'user-agent': SECRET });
    await ann.get(`${PROBES}/refused/${SECRET}`);
    const text = probe.lines.join('');
    expect(text).toContain('"route":"/api/v1/probes"');
    expect(text).toContain('"actor":"actor-ann"');
    expect(text).not.toContain(SECRET);
    expect(text).not.toContain('cobuild_test=');
  });
});

describe('headers', () => {
  it('fit a plain-http intranet: own sources only, nothing that asks for https', async () => {
    const { headers } = await ann.get(PROBES);
    const policy = headers.get('content-security-policy');
    expect(policy).toContain("default-src 'self'");
    expect(policy).toContain("frame-ancestors 'none'");
    expect(policy).not.toContain('upgrade-insecure-requests');
    expect(headers.get('strict-transport-security')).toBeNull();
    expect(headers.get('cache-control')).toBe('no-store');
    expect(headers.get('x-content-type-options')).toBe('nosniff');
    expect(headers.get('access-control-allow-origin')).toBeNull();
  });

  it('ask for https where the origin is https, and bind the cookie to it', async () => {
    const secure = await startProbe(db.database, { ORIGINS: 'https://cobuild.example' });
    const client = new HttpClient(secure.url, { cookie: '__Host-cobuild=ann' });
    const answer = await client.get(PROBES);
    await secure.stop();
    expect(answer.status).toBe(200);
    expect(answer.headers.get('strict-transport-security')).toContain('max-age=31536000');
    expect(answer.headers.get('content-security-policy')).toContain('upgrade-insecure-requests');
  });
});
