import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { Health } from '../../../src/platform/health.ts';
import { createTestDatabase, type TestDatabase } from '../../support/database.ts';
import { HttpClient } from '../../support/http.ts';
import { startProbe, waiting, type Probe } from './probe.ts';

let db: TestDatabase;
let probe: Probe;

beforeAll(async () => {
  db = await createTestDatabase();
  probe = await startProbe(db.database);
});
afterAll(async () => {
  await probe?.stop();
  await db?.drop();
});

it('lets begun requests end, takes no new ones, and says so to whoever sends traffic', async () => {
  const client = new HttpClient(probe.url);
  const health = probe.app.get(Health);
  const slow = client.get('/api/v1/probes/slow');
  while (waiting.length === 0) await delay(5);

  health.drain();
  let idle = false;
  const ended = health.idle(60_000).then(() => (idle = true));
  expect(await client.get('/api/v1/probes')).toMatchObject({ status: 503, body: { code: 'SHUTTING_DOWN' } });
  expect(await client.get('/api/health/ready')).toMatchObject({ status: 503, body: { ready: false, draining: true } });
  expect((await client.get('/api/health/live')).status).toBe(200);
  expect(idle).toBe(false);

  waiting.forEach((let_go) => let_go());
  expect(await slow).toMatchObject({ status: 200, body: 'answered' });
  await ended;
});
