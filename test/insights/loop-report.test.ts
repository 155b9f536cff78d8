import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import pg from 'pg';
import type { Quarter } from '../../src/calendar/model.ts';
import type { LoopReport } from '../../src/insights/model.ts';
import { InsightsService } from '../../src/insights/service.ts';
import { InsightsStore } from '../../src/insights/store.ts';
import { tenantScope } from '../../src/kernel/scope.ts';
import { startTestApi } from '../support/api.ts';
import { createTestDatabase, type TestDatabase } from '../support/database.ts';
import { at, createTestTenant, member } from '../support/people.ts';
import { dayOf, plant, QUARTERS, worlds, type World, type WorldReport } from './world.ts';

let db: TestDatabase;
let admin: pg.Client;
const insights = new InsightsService(new InsightsStore());

beforeAll(async () => {
  db = await createTestDatabase();
  admin = new pg.Client({ connectionString: db.adminUrl });
  await admin.connect();
}, 60_000);

afterAll(async () => {
  await admin.end();
  await db.drop();
});

interface Span {
  readonly from: number;
  readonly until: number;
}

/** First day of each quarter and of the one after the last, as days since the first. */
const STARTS = ['2025-07-01', '2025-10-01', '2026-01-01', '2026-04-01', '2026-07-01'];

const spans: fc.Arbitrary<Span> = fc
  .tuple(fc.nat(QUARTERS.length - 1), fc.nat(QUARTERS.length - 1))
  .map(([a, b]) => ({ from: Math.min(a, b), until: Math.max(a, b) }));

const sum = <Item>(items: readonly Item[], value: (item: Item) => number): number =>
  items.reduce((total, item) => total + value(item), 0);

/** The same figures from the world itself, for one community, one unit, or all. */
function expected(world: World, { from, until }: Span, only: { community?: number; unit?: number } = {}) {
  const first = STARTS[from]!;
  const end = STARTS[until + 1]!;
  const isIn = (on: number): boolean => dayOf(on) >= first && dayOf(on) < end;
  const here = (community: number, unit: number | null): boolean =>
    (only.community === undefined || only.community === community) && (only.unit === undefined || only.unit === unit);
  const reports = world.projects.flatMap((project, index) =>
    project.reports.map((report) => ({ ...report, community: project.community, project: index })),
  );
  const mine = (report: WorldReport & { community: number }): boolean =>
    report.quarter >= from && report.quarter <= until && here(report.community, report.unit);
  const accepted = reports.filter(({ status }) => status === 'accepted');
  const solved = world.needs.filter((confirmations, need) => {
    const answers = accepted.filter(({ needs }) => needs.includes(need));
    const [firstAnswer] = answers.sort((a, b) => a.quarter - b.quarter || a.project - b.project);
    return confirmations.length > 0 && firstAnswer !== undefined && mine(firstAnswer);
  });
  const verified = world.verified.filter(
    ({ project, unit, on, corrected }) => isIn(on) && !corrected && here(world.projects[project]!.community, unit),
  );
  const funds = (book: string): number => sum(verified.filter((line) => line.book === book), ({ amount }) => amount);
  return {
    microProjects: world.projects.filter(({ community, lead, status, led, ended }) => {
      const endedBefore = status === 'closed' && dayOf(led + ended) < first;
      return lead !== null && status !== 'cancelled' && dayOf(led) < end && !endedBefore && here(community, lead);
    }).length,
    takenOver: 0,
    fundsFen: funds('money'),
    inKindFen: funds('inKind'),
    problemsSolved: solved.length,
    reportsAccepted: accepted.filter(mine).length,
    reportsLate: reports.filter((report) => report.late && mine(report)).length,
    peopleServed: sum(accepted.filter(mine), ({ served }) => served),
    ...(only.unit === undefined && {
      awardsFen: sum(
        world.projects.filter(({ award, rewarded, community }) => award !== null && isIn(rewarded) && here(community, null)),
        ({ award }) => award ?? 0,
      ),
    }),
  };
}

const quarterAt = (index: number): Quarter => QUARTERS[index] as unknown as Quarter;

function figuresOf(line: object, like: object): Record<string, unknown> {
  return Object.fromEntries(Object.keys(like).map((name) => [name, (line as Record<string, unknown>)[name]]));
}

describe('the loop report', () => {
  it('says of any year what its rows say, in total, by community and by unit', async () => {
    await fc.assert(
      fc.asyncProperty(worlds, spans, async (world, span) => {
        const planted = await plant(world, db, admin);
        const period = { from: quarterAt(span.from), until: quarterAt(span.until) };
        const report = await db.database.within(tenantScope(planted.tenant), (tx) => insights.loopReport(tx, period));
        const all = expected(world, span);
        expect(figuresOf(report, all)).toEqual(all);
        for (const [index, id] of planted.communities.entries()) {
          const own = expected(world, span, { community: index });
          const line = report.byCommunity.find((it) => it.id === id);
          expect(line ? figuresOf(line, own) : sum(Object.values(own), (it) => it ?? 0)).toEqual(line ? own : 0);
        }
        for (const [index, id] of planted.units.entries()) {
          const own = expected(world, span, { unit: index });
          const line = report.byUnit.find((it) => it.id === id);
          expect(line ? figuresOf(line, own) : sum(Object.values(own), (it) => it ?? 0)).toEqual(line ? own : 0);
        }
        expectMembers(report, world, span);
      }),
      { numRuns: 25 },
    );
  }, 120_000);

  function expectMembers(report: LoopReport, world: World, { from, until }: Span): void {
    const [first, end] = [STARTS[from]!, STARTS[until + 1]!];
    const members = world.units.filter(
      ({ kind }, index) =>
        kind === 'coBuildingUnit' &&
        world.memberships.some(
          ({ unit, joined, left }) => unit === index && dayOf(joined) < end && (left === null || dayOf(joined + left) > first),
        ),
    );
    const communities = world.communities.filter(({ left }) => left === null || dayOf(left) > first);
    expect({ units: report.units, communities: report.communities }).toEqual({
      units: members.length,
      communities: communities.length,
    });
  }

  it('has totals that are the sums of both breakdowns, and tells nothing of another tenant', async () => {
    await fc.assert(
      fc.asyncProperty(worlds, async (world) => {
        const { tenant } = await plant(world, db, admin);
        const report = await db.database.within(tenantScope(tenant), (tx) =>
          insights.loopReport(tx, { from: quarterAt(0), until: quarterAt(3) }),
        );
        for (const name of ['microProjects', 'fundsFen', 'inKindFen', 'problemsSolved', 'reportsAccepted', 'peopleServed'] as const) {
          expect(sum(report.byCommunity, (line) => line[name])).toBe(report[name]);
          expect(sum(report.byUnit, (line) => line[name])).toBe(report[name]);
        }
        expect(sum(report.byCommunity, (line) => line.awardsFen)).toBe(report.awardsFen);
      }),
      { numRuns: 5 },
    );
  }, 60_000);

  it('goes out over HTTP, and as a table that no spreadsheet program runs', async () => {
    const [world] = fc.sample(worlds, { numRuns: 1, seed: 20261020 });
    const api = await startTestApi({ database: db });
    const people = await createTestTenant(api, [member('reader', ['unit'], at('/units/u1/')), member('stranger', ['securityAdministrator'])]);
    const { communities } = await plant(world!, db, admin, people.tenant);
    await admin.query("UPDATE accounts_org_unit SET name = '=HYPERLINK(1)', left_on = NULL WHERE id = $1", [communities[0]]);
    const [reader, stranger] = [await people.as('reader'), await people.as('stranger')];
    try {
      const path = '/api/v1/insights/loop-report';
      const { status, body } = await reader.get(`${path}?from=2025Q3&until=2026Q2`);
      expect({ status, total: body.fundsFen }).toEqual({ status: 200, total: expected(world!, { from: 0, until: 3 }).fundsFen });
      const csv = await reader.get(`${path}/export?from=2025Q3&until=2026Q2&by=community`, { 'accept-language': 'zh-CN' });
      expect(csv.headers.get('content-type')).toMatch(/^text\/csv/);
      expect(csv.body).toContain('"\'=HYPERLINK(1)"');
      expect(csv.body).toContain('合计');
      expect(csv.body.split('\r\n').length).toBe(body.byCommunity.length + 3);
      expect(await reader.get(`${path}?from=2026Q2&until=2025Q3`)).toMatchObject({
        status: 400,
        body: { code: 'INSIGHTS_PERIOD_REVERSED' },
      });
      expect(await reader.get(`${path}?from=2026Q5&until=2025Q3`)).toMatchObject({ status: 400 });
      expect((await stranger.get(`${path}?from=2025Q3&until=2026Q2`)).status).toBe(403);
    } finally {
      await api.stop();
    }
  });
});
