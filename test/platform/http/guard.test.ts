import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createTestDatabase, type TestDatabase } from '../../support/database.ts';
import { HttpClient } from '../../support/http.ts';
import { attempts, ORIGIN, startProbe, type Probe } from './probe.ts';

let db: TestDatabase;
let probe: Probe;
const PROBES = '/api/v1/probes';
const ATTEMPT = '0b5d7f3e-8a41-4f06-b2c9-7d1e5a60c9f4';
const NOTE = { title: 'a note' };

beforeAll(async () => {
  db = await createTestDatabase();
  probe = await startProbe(db.database);
});
afterAll(async () => {
  await probe?.stop();
  await db?.drop();
});

describe('who may pass', () => {
  it('closes a route that declares nothing, to everyone', async () => {
    for (const client of [new HttpClient(probe.url), probe.browser('ann'), probe.program('ann')]) {
      const answer = await client.get(`${PROBES}/unlisted`);
      expect(answer).toMatchObject({ status: 403, body: { code: 'FORBIDDEN' } });
    }
  });

  it('asks strangers to sign in and tells the signed-in apart by permission', async () => {
    expect(await new HttpClient(probe.url).get(PROBES)).toMatchObject({ status: 401, body: { code: 'NOT_SIGNED_IN' } });
    expect(await probe.browser('nobody').get(PROBES)).toMatchObject({ status: 401 });
    expect(await probe.browser('ben').get(PROBES)).toMatchObject({ status: 200 });
    expect(await probe.browser('ben').post(PROBES, NOTE)).toMatchObject({ status: 403, body: { code: 'FORBIDDEN' } });
    expect(await probe.browser('ben').get(`${PROBES}/mine`)).toMatchObject({ status: 200, body: { actor: 'actor-ben' } });
  });

  it('has commands witnessed that their sender may not give, not mere reading', async () => {
    attempts.length = 0;
    await probe.browser('ben').post(PROBES, NOTE, { 'x-request-id': ATTEMPT });
    await probe.browser('ben').get(`${PROBES}/unlisted`);
    await probe.browser('ann').post(PROBES, NOTE);
    expect(attempts).toMatchObject([
      { caller: { actor: 'actor-ben' }, route: 'POST /api/v1/probes', permission: 'probe.write', requestId: ATTEMPT, network: '127.0.0.1' },
    ]);
  });

  it('guards encoded, doubled and HEAD spellings of a path like the path itself', async () => {
    const stranger = new HttpClient(probe.url);
    for (const path of ['/api/v1/%70robes', '/api/v1/probes/mine?x=1', '/api/v1/probes/%6dine']) {
      expect((await stranger.get(path)).status).toBe(401);
    }
    for (const path of ['/api/v1//probes', '/api/v1/probes/', '/API/V1/PROBES', '/api/v1/probes%2Fmine']) {
      expect([401, 404]).toContain((await stranger.get(path)).status);
    }
    expect((await stranger.send('HEAD', PROBES)).status).toBe(401);
  });

  it('lets a token count before a cookie, so that a bad token is not covered by a good session', async () => {
    const both = probe.browser('ann').with({ authorization: 'Bearer nobody' });
    expect((await both.get(PROBES)).status).toBe(401);
    expect((await probe.browser('ann').with({ authorization: 'Basic YTpi' }).get(PROBES)).status).toBe(401);
  });
});

describe('forged commands', () => {
  const forgeries: [string, Record<string, string | undefined>][] = [
    ['no origin', { origin: undefined }],
    ['a foreign origin', { origin: 'https://evil.example' }],
    ['another port of this host', { origin: 'http://127.0.0.1:3001' }],
    ['the origin "null"', { origin: 'null' }],
  ];

  it.each(forgeries)('are refused: %s', async (_, headers) => {
    for (const path of [PROBES, `${PROBES}/sign-in`]) {
      const answer = await probe.browser('ann').post(path, NOTE, headers);
      expect(answer).toMatchObject({ status: 403, body: { code: 'ORIGIN_REFUSED' } });
    }
  });

  it.each(['application/x-www-form-urlencoded', 'text/plain', 'text/plain; application/json', 'application/jsonp'])(
    'cannot be sent by a form of another page: %s',
    async (type) => {
      const form = probe.browser('ann').with({ 'x-cobuild': undefined, 'content-type': type });
      expect((await form.post(PROBES, JSON.stringify(NOTE))).status).toBe(415);
      expect((await form.post(PROBES, '')).status).not.toBe(201);
    },
  );

  it('need a mark that no form can send when they carry no JSON', async () => {
    const path = `${PROBES}/00000000-0000-4000-8000-000000000001`;
    const unmarked = await probe.browser('ann').with({ 'x-cobuild': undefined }).delete(path);
    expect(unmarked).toMatchObject({ status: 403, body: { code: 'ORIGIN_REFUSED' } });
    expect((await probe.browser('ann').delete(path)).status).toBe(200);
    const file = new FormData();
    file.set('file', new Blob(['x']), 'a.csv');
    expect((await probe.browser('ann').with({ 'x-cobuild': undefined }).post(`${PROBES}/files`, file)).status).toBe(403);
  });

  it('leaves own pages and tokens through', async () => {
    expect((await probe.browser('ann').with({ 'x-cobuild': undefined }).post(PROBES, NOTE)).status).toBe(201);
    expect((await probe.program('ann').post(PROBES, NOTE)).status).toBe(201);
    const signIn = new HttpClient(probe.url, { origin: ORIGIN });
    expect((await signIn.post(`${PROBES}/sign-in`, { name: 'ann' }, { 'idempotency-key': undefined })).status).toBe(201);
  });
});

describe('limits', () => {
  it('are those of the design unless lifted, and say how long to wait', async () => {
    const limited = await startProbe(db.database, { RATE_LIMITS: 'default' });
    try {
      const client = new HttpClient(limited.url, { origin: ORIGIN });
      const signIns: number[] = [];
      for (let n = 0; n < 11; n += 1) signIns.push((await client.post(`${PROBES}/sign-in`, { name: 'ann' })).status);
      expect(signIns).toEqual([...Array<number>(10).fill(201), 429]);
      const refused = await client.post(`${PROBES}/sign-in`, { name: 'ann' });
      expect(refused.body.code).toBe('TOO_MANY_REQUESTS');
      expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0);
      const commands: number[] = [];
      for (let n = 0; n < 61; n += 1) commands.push((await limited.program('ann').post(PROBES, {})).status);
      expect(commands).toEqual([...Array<number>(60).fill(400), 429]);
      expect((await limited.program('eve').post(PROBES, {})).status).toBe(400);
    } finally {
      await limited.stop();
    }
  });

  it('count the address a listed proxy forwards, and nobody else\'s word for it', async () => {
    const tries = async (env: Readonly<Record<string, string>>): Promise<number[]> => {
      const limited = await startProbe(db.database, { RATE_LIMITS: 'default', ...env });
      const client = new HttpClient(limited.url, { origin: ORIGIN });
      const statuses: number[] = [];
      for (let n = 0; n < 12; n += 1) {
        const from = { 'x-forwarded-for': `203.0.113.${n}` };
        statuses.push((await client.post(`${PROBES}/sign-in`, { name: 'ann' }, from)).status);
      }
      await limited.stop();
      return statuses;
    };
    expect(await tries({ TRUST_PROXY: '127.0.0.1' })).toEqual(Array<number>(12).fill(201));
    expect(await tries({ TRUST_PROXY: '198.51.100.1' })).toEqual([...Array<number>(10).fill(201), 429, 429]);
  });
});
