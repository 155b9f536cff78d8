import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { randomBytes, randomUUID } from 'node:crypto';
import { parseInstant } from '../../../src/kernel/time.ts';
import { NetworkMarkRemover } from '../../../src/needs/intake/jobs.ts';
import { IntakeStore } from '../../../src/needs/intake/store.ts';
import { createLog } from '../../../src/platform/logging.ts';
import { createTestDatabase, type TestDatabase } from '../../support/database.ts';
import { createArea, createPlace, type Place } from '../support.ts';

let db: TestDatabase;
let place: Place;

beforeAll(async () => {
  db = await createTestDatabase();
  place = await createPlace(db.database, createArea());
}, 60_000);
afterAll(async () => {
  await db?.drop();
});

it('the mark of a network is gone after a month, and the answer stays', async () => {
  const store = new IntakeStore();
  const received = ['2026-03-01T00:00:00Z', '2026-03-31T00:00:00Z'].map((at) => parseInstant(at));
  for (const at of received) {
    await db.database.within(place.scope, (tx) =>
      store.insert(tx, {
        id: randomUUID(),
        orgPath: place.scope.orgPath,
        communityId: place.xincheng,
        surveyId: null,
        channel: 'publicForm',
        state: 'accepted',
        doubts: [],
        category: null,
        onBehalf: false,
        submittedAt: at,
        answers: {},
        subjectId: randomUUID(),
        sealed: randomBytes(16),
        receivedAt: at,
        ticketId: randomUUID(),
        networkIndex: randomBytes(32),
        followUpHash: null,
      }),
    );
  }
  const remover = new NetworkMarkRemover(db.database, store, createLog('silent'));
  const marked = () =>
    db.database.within(place.scope, (tx) => tx.query<{ at: string; marked: boolean }>('SELECT received_at AS at, network_index IS NOT NULL AS marked FROM needs_submission ORDER BY 1'));
  expect(await remover.remove(parseInstant('2026-03-31T12:00:00Z'))).toBe(0);
  const later = parseInstant('2026-04-01T00:00:01Z');
  expect(await remover.remove(later)).toBe(1);
  expect((await marked()).map((row) => row.marked)).toEqual([false, true]);
  expect(await remover.remove(later)).toBe(0);
});
