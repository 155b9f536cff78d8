import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import { UnitStore } from '../../src/accounts/units/store.ts';
import { BusinessClock } from '../../src/calendar/clock.ts';
import { CalendarService } from '../../src/calendar/service.ts';
import { quarter, type Quarter } from '../../src/calendar/model.ts';
import { ADVANCE_UPDATE, COMMAND_UPDATE, SNAPSHOT_QUERY, workflowIdOf, type Answer, type CaseSnapshot } from '../../src/cases/messages.ts';
import { restore } from '../../src/cases/model.ts';
import { CaseService } from '../../src/cases/service.ts';
import { fen } from '../../src/kernel/money.ts';
import { tenantScope, type ActorId, type OrgPath } from '../../src/kernel/scope.ts';
import { localDate, shanghaiInstant, type Instant } from '../../src/kernel/time.ts';
import type { Tx } from '../../src/platform/database/database.ts';
import { PolicyService } from '../../src/policy/service.ts';
import type { ProjectCommand } from '../../src/projects/lifecycle/model.ts';
import { projectCaseId, PROJECT_WORKFLOW } from '../../src/projects/messages.ts';
import { ProjectStore } from '../../src/projects/store.ts';
import { quarterCaseId } from '../../src/quarters/messages.ts';
import { quarterMachine, type QuarterEvent } from '../../src/quarters/model.ts';
import { startTestApi, type TestApi } from '../support/api.ts';
import { createTestDatabase, type TestDatabase } from '../support/database.ts';
import { exported } from '../support/exports.ts';
import { startTestEngine, type TestEngine } from '../support/engine.ts';
import type { Answer as HttpAnswer, HttpClient } from '../support/http.ts';
import { pinnedDefault } from '../support/policies.ts';
import { Staff } from '../support/staff.ts';

const begin = shanghaiInstant(localDate('2026-04-01'), 9);
const actor = 'account-1' as ActorId;
const orgPath = '/office/c1/' as OrgPath;
const communityId = randomUUID();
const [ANN, BEN, CAT, DAN] = [randomUUID(), randomUUID(), randomUUID(), randomUUID()] as const;
const q2 = quarter('2026Q2');
const q3 = quarter('2026Q3');
const path = `/api/v1/quarters/${communityId}/${q3}`;
const at = (date: string, hour = 0): Instant => shanghaiInstant(localDate(date), hour);

jest.setTimeout(60_000);

let db: TestDatabase;
let engine: TestEngine;
let api: TestApi;
let staff: Staff;
let manager: HttpClient;
let worker: HttpClient;

const within = <Result>(work: (tx: Tx) => Promise<Result>): Promise<Result> => db.database.within(tenantScope(staff.tenant), work);

beforeAll(async () => {
  db = await createTestDatabase();
  engine = await startTestEngine(db);
  const { temporal, keys } = engine.config;
  const payload = keys.payload.map(({ id, secret }) => `${id}:${secret.toString('base64')}`).join(';');
  const { address: temporalAddress, taskQueue } = temporal;
  api = await startTestApi({ database: db, temporalAddress, taskQueue, env: { PAYLOAD_KEYS: payload } });
  staff = await Staff.of(api);
  const app = api.api.app;
  await within(async (tx) => {
    await app.get(BusinessClock, { strict: false }).declareVirtual(tx, begin);
    await app.get(PolicyService, { strict: false }).installDefaults(tx, begin);
    const units = new UnitStore();
    const body = (id: string, code: string) => ({ id, kind: 'coBuildingUnit' as const, code, name: `示例单位${code}`, orgPath: `/units/${code}/` as OrgPath });
    await units.insert(tx, [
      { id: communityId, kind: 'community', code: 'c1', name: '示例社区', orgPath },
      body(ANN, 'ann'),
      body(BEN, 'ben'),
      body(CAT, 'cat'),
      body(DAN, 'dan'),
    ]);
    await units.join(tx, [ANN, BEN, CAT].map((unitId) => ({ unitId, communityId })), localDate('2026-01-01'));
  });
  manager = (await staff.member('manager')).client;
  worker = (await staff.member('communityWorker', orgPath)).client;
}, 90_000);

afterAll(async () => {
  await api?.stop();
  await engine?.stop();
  await db?.drop();
});

type Deed<C extends ProjectCommand = ProjectCommand> = C extends ProjectCommand ? Omit<C, 'id' | 'actor' | 'at'> : never;

async function act(projectId: string, when: Instant, deed: Deed): Promise<Answer> {
  const command = { ...deed, id: randomUUID(), actor, at: when };
  return engine.gateway.update<Answer>(workflowIdOf(staff.tenant, projectCaseId(projectId)), COMMAND_UPDATE, command.id, command);
}

async function claimed(unitId: string): Promise<string> {
  const id = randomUUID();
  const proposalId = randomUUID();
  const facts = { proposalId, communityId, orgPath, budgetFen: fen(100) };
  await within((tx) => new ProjectStore().draft(tx, [{ id, title: '助浴上门', category: 'care', words: [], ...facts }], 'MX', begin));
  const policy = { policy: pinnedDefault('microProject'), points: pinnedDefault('points') };
  const open: ProjectCommand = { id: `open-${id}`, type: 'open', actor, at: begin, ...facts, ...policy, needs: [randomUUID()], consentNeeded: false };
  const caseId = projectCaseId(id);
  const input = { tenant: staff.tenant, caseId, open, clock: { mode: 'virtual', now: begin } };
  await engine.gateway.open({ type: PROJECT_WORKFLOW, workflowId: workflowIdOf(staff.tenant, caseId), input }, COMMAND_UPDATE, open.id, open);
  await act(id, begin, { type: 'claim', unitId });
  await act(id, begin, { type: 'agree', implementerId: unitId });
  return id;
}

async function started(unitId: string, when = begin): Promise<string> {
  const id = await claimed(unitId);
  await act(id, when, { type: 'start' });
  return id;
}

const report = (projectId: string, when: Instant, on: Quarter = q2): Promise<Answer> =>
  act(projectId, when, { type: 'submitReport', quarter: on, needs: [], served: 10, spentFen: fen(5) });

/** What a driver does: the tenant's clock, then the cases. */
async function moveTo(instant: Instant): Promise<void> {
  await within((tx) => api.api.app.get(BusinessClock, { strict: false }).moveTo(tx, instant));
}

async function advance(instant: Instant): Promise<void> {
  await moveTo(instant);
  await engine.gateway.update<Answer>(workflowIdOf(staff.tenant, quarterCaseId(communityId, q3)), ADVANCE_UPDATE, randomUUID(), instant);
}

/** The opening is answered; asking follows it by itself. */
async function askedFor(one = path): Promise<HttpAnswer['body']> {
  for (;;) {
    const { body } = await worker.get(one);
    if (body.status !== 'asking') return body;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

interface Posted {
  readonly text: string;
  readonly recipient: string;
  readonly times: number;
}

async function told(text: string): Promise<string[]> {
  const rows = await within((tx) =>
    tx.query<Posted>(
      `SELECT recipient, count(*) AS times FROM notifications_message
        WHERE tenant_id = $1 AND text_key = $2 GROUP BY recipient ORDER BY recipient COLLATE "C"`,
      [staff.tenant, `quarters.told.${text}`],
    ),
  );
  return rows.map(({ recipient, times }) => `${recipient} ×${times}`);
}

const units = (...each: readonly [id: string, times: number][]): string[] =>
  each.map(([id, times]) => `role:unit@${id} ×${times}`).sort();

describe('a quarter of one community', () => {
  let late: string;
  let inTime: string;
  let early: string;

  it('is opened once, thirty days ahead, sets its meeting and asks every project under way', async () => {
    early = await started(ANN);
    inTime = await started(BEN);
    late = await started(CAT);
    await moveTo(at('2026-05-29', 8));
    expect((await manager.post('/api/v1/quarters/open-due', {})).body).toEqual({ items: [], recounted: 0 });
    await moveTo(at('2026-06-01', 8));
    const opened = await manager.post('/api/v1/quarters/open-due', {});
    expect(opened.status).toBe(200);
    expect(opened.body.items).toMatchObject([{ communityId, quarter: q3, meetingOn: '2026-07-14', reportsDue: at('2026-07-08') }]);
    expect((await manager.post('/api/v1/quarters/open-due', {})).body.items).toEqual([]);

    const body = await askedFor();
    expect(body).toMatchObject({ status: 'collecting', asked: 3, hears: q2, counts: { asked: 3, missing: 3, submitted: 0 } });
    expect(await told('reportsAsked')).toEqual(units([ANN, 1], [BEN, 1], [CAT, 1]));
  });

  it('takes reports on the quarter asked for, and on no other', async () => {
    await expect(report(early, at('2026-06-20', 10), quarter('2026Q1'))).rejects.toMatchObject({ code: 'REPORT_NOT_ASKED' });
    await report(early, at('2026-06-20', 10));
    expect((await worker.get(path)).body.counts).toMatchObject({ asked: 3, missing: 2, submitted: 1, late: 0 });
  });

  it('has who starts meanwhile report too, and who leaves report no more', async () => {
    const joined = await started(DAN, at('2026-06-21', 9));
    expect((await worker.get(path)).body.counts).toMatchObject({ asked: 4, missing: 3 });
    await act(joined, at('2026-06-22', 9), { type: 'withdraw', unitId: DAN });
    expect((await worker.get(path)).body.counts).toMatchObject({ asked: 3, missing: 2 });
  });

  it('reminds exactly those who are missing, marks late, gives notice', async () => {
    await advance(at('2026-07-03', 8));
    expect(await told('reportsReminded')).toEqual(units([BEN, 2], [CAT, 2]));
    await advance(at('2026-07-07', 22));
    await report(inTime, at('2026-07-07', 23));
    await advance(at('2026-07-14', 8));
    expect(await told('reportsReminded')).toEqual(units([BEN, 3], [CAT, 3]));
    expect(await told('reportsLate')).toEqual(units([CAT, 1]));
    expect(await told('meetingNotice')).toEqual([`role:communityWorker@${communityId} ×1`, ...units([ANN, 1], [BEN, 1], [CAT, 1])]);
    const { body } = await worker.get(path);
    expect(body.reports.map((one: { state: string; late: boolean }) => `${one.state} ${one.late}`).sort()).toEqual([
      'missing true',
      'released false',
      'submitted false',
      'submitted false',
    ]);
    expect(body.reports.find((one: { projectId: string }) => one.projectId === late)).toMatchObject({ reminded: 3 });
  });

  it('counts reports across projects, and lists behind each count as many as it says', async () => {
    const due = `/api/v1/quarter-reports?quarter=${q2}`;
    const { body } = await worker.get(`/api/v1/quarter-reports/summary?quarter=${q2}`);
    expect(body.items).toMatchObject([{ communityId, asked: 3, submitted: 2, missing: 1, late: 1, waived: 0, toAccept: 2, reminded: 6 }]);
    for (const standing of ['asked', 'submitted', 'missing', 'late', 'waived', 'toAccept']) {
      expect((await worker.get(`${due}&standing=${standing}`)).body.items).toHaveLength(body.items[0][standing]);
    }
    const reminded = (await worker.get(`${due}&standing=reminded`)).body.items as { reminded: number }[];
    expect(reminded.reduce((sum, row) => sum + row.reminded, 0)).toBe(6);

    const first = await worker.get(`${due}&limit=3`);
    const rest = await worker.get(`${due}&limit=3&cursor=${first.body.next}`);
    expect(rest.body.next).toBeNull();
    const rows = [...first.body.items, ...rest.body.items] as { unitId: string; projectId: string; state: string }[];
    expect(rows.map(({ unitId }) => unitId)).toEqual([ANN, BEN, CAT, DAN].sort());
    expect(rows.find(({ projectId }) => projectId === late)).toMatchObject({ unitId: CAT, state: 'missing', late: true, addendum: false });
    const note = (month: string) => ({ id: randomUUID(), projectId: late, kind: 'progressNote', body: { month, text: '示例' }, hash: 'h' });
    await within(async (tx) => {
      for (const month of ['2026-06', '2026-04', '2026-04', '2026-07']) await new ProjectStore().addContent(tx, note(month), shanghaiInstant(localDate('2026-07-01')));
    });
    expect((await worker.get(`${due}&unitId=${CAT}`)).body.items).toMatchObject([{ notes: ['2026-04', '2026-06'] }]);
    expect((await worker.get(`${due}&communityId=${randomUUID()}`)).body.items).toEqual([]);

    const { lines } = await exported(worker, 'quarter-reports', { filter: { quarter: q2, standing: 'late' } });
    expect(lines).toHaveLength(2);
    expect(lines[1]).toContain('示例单位cat');
  });

  it('reminds by hand of a report that is still missing, once a workday, each row with its own result', async () => {
    const settled = ((await worker.get(`/api/v1/quarter-reports?quarter=${q2}&standing=submitted`)).body.items as { projectId: string }[])[0]!.projectId;
    const ask = () => worker.post('/api/v1/quarter-reports/remind', { reports: [late, settled, randomUUID()].map((projectId) => ({ projectId, quarter: q2 })) });
    expect((await ask()).body.items.map(({ code }: { code: string }) => code)).toEqual([null, 'REPORT_NOT_OWED', 'REPORT_NOT_OWED']);
    expect((await ask()).body.items[0]).toMatchObject({ code: 'REPORT_REMINDED_TODAY', detail: '本工作日已催过。' });
    const [row] = (await worker.get(`/api/v1/quarter-reports?quarter=${q2}&unitId=${CAT}`)).body.items;
    expect(row).toMatchObject({ projectId: late, reminded: 4 });
  });

  it('hears nobody before its meeting, then publishes by itself and escalates who is still missing', async () => {
    const minutes = { resolutions: 2, unitsPresent: 3, minutes: '示例纪要' };
    const moved = await worker.post(`${path}/move-meeting`, { meetingOn: '2026-07-18', reason: '示例' });
    expect(moved).toMatchObject({ status: 422, body: { code: 'QUARTER_MEETING_DAY' } }); // a Saturday
    expect(await worker.post(`${path}/move-meeting`, { meetingOn: '2026-07-15', reason: '示例' })).toMatchObject({
      status: 200,
      body: { meetingOn: '2026-07-15', reportsDue: at('2026-07-08') },
    });
    expect(await worker.post(`${path}/record-meeting`, minutes)).toMatchObject({ status: 409, body: { code: 'QUARTER_MEETING_AHEAD' } });
    await advance(at('2026-07-15', 17));
    expect(await worker.post(`${path}/record-meeting`, minutes)).toMatchObject({ status: 200, body: { status: 'held', resolutions: 2 } });
    await advance(at('2026-07-25', 8));
    const { body } = await worker.get(path);
    expect(body).toMatchObject({ status: 'closed', publishedAt: at('2026-07-21'), snapshots: [{ kind: 'needs' }, { kind: 'projects' }, { kind: 'reports' }, { kind: 'resources' }] });
    expect(await told('reportsEscalated')).toEqual(units([CAT, 1]));
    expect(await told('reportsMissing')).toEqual(['role:manager ×1']);
    expect(await worker.post(`${path}/record-meeting`, minutes)).toMatchObject({ status: 409 });
    // Minutes that were refused, before the meeting and after its end, are no part of the file.
    expect((await worker.get(path)).body.contents).toMatchObject([
      { kind: 'meetingMove', body: { meetingOn: '2026-07-15', reason: '示例' } },
      { kind: 'minutes', body: minutes },
    ]);
  });

  it('keeps a late report as an addendum, late for good', async () => {
    await report(late, at('2026-07-27', 9));
    const { body } = await worker.get(path);
    expect(body.counts).toEqual({ asked: 3, submitted: 3, missing: 0, late: 1, waived: 0 });
    expect(body.reports.find((one: { projectId: string }) => one.projectId === late)).toMatchObject({ late: true, addendum: true, state: 'submitted' });
    const rows = await within((tx) => new ProjectStore().reports(tx, late));
    expect(rows).toMatchObject([{ quarter: q2, late: true }]);
  });

  it('is what its journal says', async () => {
    const caseId = quarterCaseId(communityId, q3);
    const { memory } = await engine.gateway.query<CaseSnapshot>(workflowIdOf(staff.tenant, caseId), SNAPSHOT_QUERY);
    const events = await api.api.app.get(CaseService, { strict: false }).journal(staff.tenant, caseId);
    expect(restore(quarterMachine, events as unknown as QuarterEvent[])).toEqual(memory);
  });

  it('can be opened by hand ahead of its time, by a manager only where they are', async () => {
    expect(await manager.post('/api/v1/quarters/open-due', { quarter: '2027Q1' })).toMatchObject({ status: 422, body: { code: 'QUARTER_NOT_NEAR' } });
    const opened = await manager.post('/api/v1/quarters/open-due', { quarter: '2026Q4' });
    expect(opened.body.items).toMatchObject([{ quarter: '2026Q4', meetingOn: '2026-10-20' }]);
    const elsewhere = (await staff.member('communityWorker', '/office/c2/')).client;
    const other = `/api/v1/quarters/${communityId}/2026Q4`;
    expect(await elsewhere.post(`${other}/publish-report`, {})).toMatchObject({ status: 404, body: { code: 'QUARTER_UNKNOWN' } });
    const page = await manager.get('/api/v1/quarters?limit=1');
    expect(page.body.items).toMatchObject([{ quarter: '2026Q4' }]);
    expect((await manager.get(`/api/v1/quarters?limit=1&cursor=${page.body.next}`)).body).toMatchObject({ items: [{ quarter: q3 }], next: null });
  });

  it('is counted again when the calendar was revised, once', async () => {
    const q4 = quarter('2026Q4');
    expect(await askedFor(`/api/v1/quarters/${communityId}/${q4}`)).toMatchObject({ meetingOn: '2026-10-20', version: 2 });
    const calendar = api.api.app.get(CalendarService, { strict: false });
    const papers = ['示例通知'];
    const holidays = [{ name: '国庆节', paper: 0, rest: ['2026-10-01', '2026-10-09'] as const, work: [] }];
    await within(async (tx) => {
      const now = await api.api.app.get(BusinessClock, { strict: false }).now(tx);
      await calendar.publishYear(tx, { notice: { year: 2026, papers, holidays }, reason: '示例', at: now });
    });
    // The cycle, and three projects whose reports are under review.
    expect((await manager.post('/api/v1/quarters/open-due', {})).body).toEqual({ items: [], recounted: 4 });
    // Workdays of October are now 12–16, 19–23: the tenth is Friday 23.
    for (;;) {
      const { body } = await worker.get(`/api/v1/quarters/${communityId}/${q4}`);
      if (body.version > 2) {
        expect(body).toMatchObject({ version: 3, meetingOn: '2026-10-23' });
        break;
      }
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
    expect(await told('meetingMoved')).toContain(`role:unit@${ANN} ×2`);
    while ((await manager.post('/api/v1/quarters/open-due', {})).body.recounted > 0) await new Promise((resolve) => setTimeout(resolve, 50));
  });

  it('wakes for nobody once all is accepted, and says when a meeting was not held', async () => {
    const q4 = quarter('2026Q4');
    const cycle = quarterCaseId(communityId, q4);
    const now = at('2026-09-28', 10);
    for (const projectId of [early, inTime, late]) {
      await report(projectId, now, q3);
      await act(projectId, now, { type: 'acceptReport', quarter: q3 });
    }
    await moveTo(at('2026-10-24', 8));
    await engine.gateway.update<Answer>(workflowIdOf(staff.tenant, cycle), ADVANCE_UPDATE, randomUUID(), at('2026-10-24', 8));
    const { body } = await worker.get(`/api/v1/quarters/${communityId}/${q4}`);
    expect(body).toMatchObject({ status: 'collecting', meetingLate: true, counts: { asked: 3, submitted: 3, missing: 0 } });
    expect(await told('meetingLate')).toEqual([`role:communityWorker@${communityId} ×1`, 'role:manager ×1']);
    const events = await api.api.app.get(CaseService, { strict: false }).journal(staff.tenant, cycle);
    const types = events.map(({ type }) => type);
    expect(types).toContain('reportsReminded');
    expect(types).not.toContain('reportsMarkedLate');
    expect(types).not.toContain('reportsEscalated');
  });
});
