import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import pg from 'pg';
import type { Tx } from '../../src/platform/database/database.ts';
import type { PageRequest } from '../../src/platform/http/cursor.ts';
import { NeedStore, type NeedFilter, type NeedSort } from '../../src/needs/need/store.ts';
import { createTestDatabase, type TestDatabase } from '../support/database.ts';
import { AT, createArea, createPlace, type Place } from './support.ts';

const MANY = 20_000;
const PAGE = 20;

let db: TestDatabase;
let place: Place;

beforeAll(async () => {
  db = await createTestDatabase();
  place = await createPlace(db.database, createArea());
  await db.database.within(place.scope, (tx) =>
    tx.query(
      `INSERT INTO needs_need (tenant_id, id, serial, community_id, org_path, channel, category, urgency, people_affected, public_text,
         raiser_kind, raised_by, state, raised_at, ended_at)
       SELECT $1, gen_random_uuid(), g, CASE WHEN g % 2 = 0 THEN $2::uuid ELSE $3::uuid END,
         CASE WHEN g % 2 = 0 THEN '/mengyang/xincheng/' ELSE '/mengyang/dongjie/' END, 'form', 'care', 1 + g % 3, 1, '示例', 'resident', 'a',
         (ARRAY['listed', 'closed', 'closed', 'answered', 'triaged'])[1 + g % 5], $4::timestamptz + g * interval '1 minute',
         CASE WHEN g % 5 IN (1, 2) THEN $4::timestamptz END
         FROM generate_series(1, $5::integer) g`,
      [place.scope.tenant, place.xincheng, place.dongjie, AT, MANY],
    ),
  );
  const admin = new pg.Client({ connectionString: db.adminUrl });
  await admin.connect();
  await admin.query('ANALYZE needs_need');
  await admin.end();
}, 60_000);
afterAll(async () => {
  await db?.drop();
});

interface Plan {
  readonly 'Actual Rows': number;
  readonly 'Actual Loops': number;
  readonly 'Rows Removed by Filter'?: number;
  readonly Plans?: readonly Plan[];
}

/** Rows that the leaves of a plan have looked at. */
function rowsRead(plan: Plan): number {
  if (plan.Plans?.length) return plan.Plans.reduce((sum, part) => sum + rowsRead(part), 0);
  return (plan['Actual Rows'] + (plan['Rows Removed by Filter'] ?? 0)) * plan['Actual Loops'];
}

/** What the store's own statement reads, for the page after `offset` rows of that list. */
async function readFor(filter: NeedFilter, sort: NeedSort, offset: number): Promise<number> {
  return db.database.within(place.scope, async (tx) => {
    const store = new NeedStore();
    const before = offset === 0 ? undefined : (await store.page(tx, filter, sort, { after: undefined, limit: offset })).at(-2);
    const after: PageRequest['after'] = before && { sort: sort === 'urgency' ? ['routine', 'soon', 'urgent'].indexOf(before.urgency) + 1 : before.raisedAt, id: before.id };
    let read = Number.NaN;
    const explaining: Tx = {
      ...tx,
      query: async <Row>(sql: string, parameters: readonly unknown[] = []): Promise<Row[]> => {
        const [answer] = await tx.query<{ 'QUERY PLAN': [{ Plan: Plan }] }>(`EXPLAIN (ANALYZE, FORMAT JSON) ${sql}`, parameters);
        read = rowsRead(answer!['QUERY PLAN'][0].Plan);
        return [];
      },
    };
    await store.page(explaining, filter, sort, { after, limit: PAGE });
    return read;
  });
}

describe('a page of needs', () => {
  const lists: readonly (readonly [string, () => NeedFilter, NeedSort])[] = [
    ['all by time', () => ({}), 'raisedAt'],
    ['all by urgency', () => ({}), 'urgency'],
    ['one state by time', () => ({ state: 'triaged' }), 'raisedAt'],
    ['one state by urgency', () => ({ state: 'closed' }), 'urgency'],
    ['the public list by time', () => ({ published: true }), 'raisedAt'],
    ['the public list by urgency', () => ({ published: true }), 'urgency'],
    ['one community by time', () => ({ communityId: place.xincheng }), 'raisedAt'],
  ];

  it.each(lists)('of %s reads about as many rows as it shows, however deep', async (_, filter, sort) => {
    for (const offset of [0, 100, 3000]) expect(await readFor(filter(), sort, offset)).toBeLessThanOrEqual(3 * (PAGE + 1));
  });
});
