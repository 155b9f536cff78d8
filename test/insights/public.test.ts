import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import pg from 'pg';
import { tenantScope } from '../../src/kernel/scope.ts';
import { parseInstant } from '../../src/kernel/time.ts';
import { PolicyService } from '../../src/policy/service.ts';
import { startTestApi, type TestApi } from '../support/api.ts';
import { createTestDatabase, type TestDatabase } from '../support/database.ts';
import type { HttpClient } from '../support/http.ts';
import { dayOf, plant, worlds, type Planted, type World } from './world.ts';

let db: TestDatabase;
let admin: pg.Client;
let api: TestApi;
let anyone: HttpClient;
let world: World;
let planted: Planted;

beforeAll(async () => {
  db = await createTestDatabase();
  admin = new pg.Client({ connectionString: db.adminUrl });
  await admin.connect();
  api = await startTestApi({ database: db });
  anyone = api.page();
  [world] = fc.sample(worlds, { numRuns: 1, seed: 20261128 }) as [World];
  planted = await plant(world, db, admin);
  const policies = api.api.app.get(PolicyService, { strict: false });
  await db.database.within(tenantScope(planted.tenant), (tx) => policies.installDefaults(tx, parseInstant('2025-01-01T00:00:00Z')));
  // The meetings of the first two communities have heard 2025Q3; the third has not published.
  for (const [index, communityId] of planted.communities.slice(0, 2).entries()) {
    await admin.query(
      `INSERT INTO quarter_cycle (tenant_id, community_id, quarter, org_path, version, status, policy_version, meeting_on, meeting_fixed,
         meeting_late, calendar_version, provisional, reports_due, opened_at, moved_at, published_at)
       VALUES ($1, $2, '2025Q4', $3, 5, 'published', 1, '2025-10-20', true, false, 1, false, now(), now(), now(), $4)`,
      [planted.tenant, communityId, `/street/c${index}/`, `2025-10-2${index + 3}T01:00:00Z`],
    );
  }
});
afterAll(async () => {
  await api?.stop();
  await admin?.end();
  await db?.drop();
});

const path = (rest: string): string => `/api/v1/public/${rest}${rest.includes('?') ? '&' : '?'}tenant=${planted.tenant}`;
const shown = () => world.projects.filter(({ status }) => status !== 'cancelled');

describe('the public pages', () => {
  it('name the districts and their communities', async () => {
    const districts = await anyone.get('/api/v1/public/districts');
    expect(districts.body.items).toContainEqual({ id: planted.tenant, name: '示例', isSample: false });
    const communities = await anyone.get(path('communities'));
    const there = world.communities.flatMap(({ left }, index) => (left === null ? [`社区${index}`] : []));
    expect(communities.body.items.map(({ name }: { name: string }) => name)).toEqual(there);
  });

  it('list every project but the cancelled, page by page, and by stage', async () => {
    const numbers: string[] = [];
    for (let cursor = ''; ; ) {
      const { status, body } = await anyone.get(path(`projects?limit=2${cursor}`));
      expect(status).toBe(200);
      numbers.push(...body.items.map(({ number }: { number: string }) => number));
      if (!body.next) break;
      cursor = `&cursor=${encodeURIComponent(body.next)}`;
    }
    const expected = world.projects.flatMap(({ status }, index) => (status === 'cancelled' ? [] : [`MX-${index}`])).reverse();
    expect(numbers).toEqual(expected);
    const done = await anyone.get(path('projects?stage=done&limit=100'));
    expect(done.body.items).toHaveLength(shown().filter(({ status }) => status === 'rewarded' || status === 'closed').length);
    expect((await anyone.get(path('projects?stage=nonsense'))).status).toBe(400);
  });

  it('count of a project what its accepted reports and verified funds say, and hide few ratings', async () => {
    for (const item of (await anyone.get(path('projects?limit=100'))).body.items) {
      const index = Number(item.number.slice(3));
      const accepted = world.projects[index]!.reports.filter(({ status }) => status === 'accepted');
      const money = world.verified.filter((line) => line.project === index && line.book === 'money' && !line.corrected);
      const answered = new Set(accepted.flatMap(({ needs }) => needs).filter((need) => world.needs[need]!.length > 0));
      const { body } = await anyone.get(path(`projects/${item.id}`));
      expect(body).toMatchObject({
        served: accepted.reduce((sum, { served }) => sum + served, 0),
        fundedFen: money.reduce((sum, { amount }) => sum + amount, 0),
        solved: answered.size,
        satisfaction: { percentHundredths: null },
      });
      expect(body.reports).toHaveLength(accepted.length);
    }
    expect(await anyone.get(path('projects/00000000-0000-8000-8000-000000000000'))).toMatchObject({
      status: 404,
      body: { code: 'PUBLIC_PROJECT_UNKNOWN' },
    });
  });

  it('show what may be objected to, soonest over first, and then what no longer may', async () => {
    const [recipient] = (await admin.query<{ id: string }>('SELECT id FROM accounts_org_unit WHERE tenant_id = $1 LIMIT 1', [planted.tenant])).rows;
    const { rows: projects } = await admin.query<{ id: string; community_id: string; org_path: string }>(
      "SELECT id, community_id, org_path FROM project WHERE tenant_id = $1 AND status <> 'cancelled' ORDER BY ordinal LIMIT 3",
      [planted.tenant],
    );
    const awards = [
      { status: 'granted', due: null, movedAt: '2025-11-13T16:00:00Z' },
      { status: 'objected', due: null, movedAt: '2025-12-02T01:00:00Z' },
      { status: 'noticed', due: '2025-12-12T16:00:00Z', movedAt: '2025-12-01T01:00:00Z' },
    ];
    for (const [index, { status, due, movedAt }] of awards.entries()) {
      const { id, community_id, org_path } = projects[index]!;
      await admin.query(
        `INSERT INTO evaluation_award (tenant_id, id, project_id, community_id, org_path, recipient_id, amount_fen, digest, needed, given, status, version, due, proposed_at, moved_at)
         VALUES ($1, gen_random_uuid(), $2, $3, $4, $5, 100000, 'd', 1, 1, $6, 2, $7, $8, $8)`,
        [planted.tenant, id, community_id, org_path, recipient!.id, status, due, movedAt],
      );
    }
    expect((await anyone.get(path('notices'))).body.items).toMatchObject([
      { state: 'open', until: '2025-12-12T16:00:00.000000Z' },
      { state: 'paused', until: null },
      { state: 'over', until: '2025-11-13T16:00:00.000000Z' },
    ]);
  });

  it('show the results of those communities alone that have published', async () => {
    expect((await anyone.get(path('results'))).body).toEqual({
      items: [{ quarter: '2025Q3', communities: 2, lastPublishedAt: '2025-10-24T01:00:00.000000Z' }],
    });
    const { body } = await anyone.get(path('results/2025Q3'));
    const quarterEnd = dayOf(92);
    const led = world.projects.filter(
      ({ community, lead, status, led: on }) => community < 2 && lead !== null && status !== 'cancelled' && dayOf(on) < quarterEnd,
    );
    expect(body.microProjects).toBe(led.length);
    expect(body.byCommunity.map(({ code }: { code: string }) => code)).not.toContain('c2');
    expect(await anyone.get(path('results/2025Q4'))).toMatchObject({ status: 404, body: { code: 'PUBLIC_RESULTS_UNKNOWN' } });
  });

  it('tell nothing of one district under the name of another', async () => {
    const [{ id }] = (await anyone.get(path('projects'))).body.items;
    const other = await anyone.get(`/api/v1/public/projects/${id}?tenant=elsewhere`);
    expect(other.status).toBe(404);
    expect((await anyone.get('/api/v1/public/projects?tenant=elsewhere')).body.items).toEqual([]);
    expect((await anyone.get('/api/v1/public/projects?tenant=No')).body.code).toBe('TENANT_INVALID');
  });
});
