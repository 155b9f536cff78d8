import { afterAll, beforeAll, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import { BusinessClock } from '../../src/calendar/clock.ts';
import { tenantScope } from '../../src/kernel/scope.ts';
import { localDate } from '../../src/kernel/time.ts';
import type { Tx } from '../../src/platform/database/database.ts';
import { PolicyService } from '../../src/policy/service.ts';
import { AT } from '../needs/support.ts';
import { area, openOffer, readyProposal } from '../matching/support/office.ts';
import { startTestApi, type TestApi } from '../support/api.ts';
import { createTestDatabase, type TestDatabase } from '../support/database.ts';
import { startTestEngine, type TestEngine } from '../support/engine.ts';
import type { Answer, HttpClient } from '../support/http.ts';
import { Staff } from '../support/staff.ts';

jest.setTimeout(60_000);

const RUNS = '/api/v1/matching-runs';

let db: TestDatabase;
let engine: TestEngine;
let api: TestApi;
let staff: Staff;
let manager: HttpClient;
let leader: HttpClient;
let elsewhere: HttpClient;
let unit: HttpClient;
let ids: ReadonlyMap<string, string>;

const within = <Result>(work: (tx: Tx) => Promise<Result>): Promise<Result> => db.database.within(tenantScope(staff.tenant), work);
const idOf = (code: string): string => ids.get(code)!;

beforeAll(async () => {
  db = await createTestDatabase();
  engine = await startTestEngine(db);
  const { temporal, keys } = engine.config;
  const payload = keys.payload.map(({ id, secret }) => `${id}:${secret.toString('base64')}`).join(';');
  api = await startTestApi({ database: db, temporalAddress: temporal.address, taskQueue: temporal.taskQueue, env: { PAYLOAD_KEYS: payload } });
}, 90_000);

afterAll(async () => {
  await api?.stop();
  await engine?.stop();
  await db?.drop();
});

beforeEach(async () => {
  staff = await Staff.of(api);
  const { app } = api.api;
  await within(async (tx) => {
    await app.get(BusinessClock, { strict: false }).declareVirtual(tx, AT);
    await app.get(PolicyService, { strict: false }).installDefaults(tx, AT);
    await area.units.registerUnits(
      tx,
      [
        { code: 'mengyang', name: '蒙阳街道办事处', kind: 'subdistrictOffice' },
        { code: 'xincheng', name: '新城社区', kind: 'community' },
        { code: 'dongjie', name: '东街社区（示例）', kind: 'community' },
        { code: 'gj01', name: '区某局（示例）', kind: 'coBuildingUnit', communities: ['xincheng'] },
      ],
      { commandId: randomUUID(), at: AT, joinedOn: localDate('2025-01-01') },
    );
    ids = new Map((await area.units.all(tx)).map((it) => [it.code, it.id]));
  });
  manager = (await staff.member('manager', '/mengyang/')).client;
  leader = (await staff.member('leader', '/mengyang/')).client;
  elsewhere = (await staff.member('manager', '/mengyang/dongjie/')).client;
  unit = (await staff.member('unit', '/units/gj01/')).client;
});

async function once(id: string, status: string, revision = 1): Promise<Answer> {
  for (;;) {
    const answer = await manager.get(`${RUNS}/${id}`);
    if (answer.body.status === status && answer.body.revision === revision) return answer;
    await delay(50);
  }
}

describe('a matching run over HTTP', () => {
  it('goes from the lists to projects, with every answer open to question', async () => {
    const proposalId = await within((tx) => readyProposal(tx, idOf('xincheng')));
    const left = await within((tx) => readyProposal(tx, idOf('xincheng')));
    await within((tx) => openOffer(tx, { unitId: idOf('gj01') }));
    const opened = await manager.post(RUNS, {});
    expect(opened).toMatchObject({ status: 201, body: { status: expect.stringMatching(/frozen|solved/), revision: 1 } });
    const { id } = opened.body;
    const solved = await once(id, 'solved');
    expect(solved.body).toMatchObject({ matched: 1, unmatched: 1, price: 0 });
    expect(solved.headers.get('etag')).toBe('"2"');

    const decisions = await manager.get(`${RUNS}/${id}/decisions?limit=1`);
    expect(decisions.body.items).toHaveLength(1);
    const rest = await manager.get(`${RUNS}/${id}/decisions?limit=1&cursor=${decisions.body.next}`);
    const outcomes = [...decisions.body.items, ...rest.body.items].map((row: { proposalId: string; decision: { outcome: string } }) => [row.proposalId, row.decision.outcome]);
    expect(Object.fromEntries(outcomes)).toEqual({ [proposalId]: expect.any(String), [left]: expect.any(String) });
    expect(rest.body.next).toBeNull();
    const plan = await manager.get(`${RUNS}/${id}/plan`);
    expect(plan.body).toMatchObject({ format: 'cobuild.plan/1', inputHash: solved.body.inputHash, plan: { certificate: { gap: 0 } } });

    const stale = await manager.post(`${RUNS}/${id}/confirm`, { planHash: 'another' });
    expect(stale).toMatchObject({ status: 409, body: { code: 'MATCHING_PLAN_CHANGED' } });
    const confirmed = await manager.post(`${RUNS}/${id}/confirm`, { planHash: solved.body.planHash });
    expect(confirmed.status).toBe(200);
    expect((await once(id, 'carriedOut')).body.projects).toBe(2);
    expect((await manager.get('/api/v1/projects')).body.items).toHaveLength(2);
    const history = await manager.get(`/api/v1/proposals/${proposalId}/decisions`);
    expect(history.body.items).toMatchObject([{ runId: id, decision: { subject: proposalId } }]);
    expect((await manager.post(RUNS, {})).body.code).toBe('MATCHING_NOTHING_READY');
  });

  it('lets a leader change the plan, shows the price first, and keeps the reason', async () => {
    const proposalId = await within((tx) => readyProposal(tx, idOf('xincheng')));
    await within((tx) => openOffer(tx, { unitId: idOf('gj01') }));
    const { id } = (await manager.post(RUNS, {})).body;
    await once(id, 'solved');
    const choices = [{ proposalId, offerId: null }];
    const preview = await leader.post(`${RUNS}/${id}/preview`, { choices });
    expect(preview.body.price).toBeGreaterThan(0);
    expect(preview.body.moves).toMatchObject([{ proposalId, to: null }]);
    const reason = '该单位本季度另有任务，经党工委会议研究';
    expect((await manager.post(`${RUNS}/${id}/change`, { choices, reason })).status).toBe(403);
    expect((await leader.post(`${RUNS}/${id}/change`, { choices: [{ proposalId: randomUUID(), offerId: null }], reason })).body.code).toBe('MATCHING_NEED_UNKNOWN');
    expect((await leader.post(`${RUNS}/${id}/change`, { choices, reason })).status).toBe(200);
    expect((await once(id, 'solved', 2)).body).toMatchObject({ price: preview.body.price, matched: 0, choices });
    expect((await manager.get(`${RUNS}/${id}/reasons`)).body).toMatchObject([{ kind: 'change', reason }]);
    await within((tx) => readyProposal(tx, idOf('xincheng')));
    expect((await manager.get(`${RUNS}/${id}/difference`)).body.difference).toMatchObject({ from: 1, to: 2, added: [], moved: [{ proposalId, to: null }] });
    expect((await leader.post(`${RUNS}/${id}/replan`, {})).status).toBe(403);
    expect((await manager.post(`${RUNS}/${id}/replan`, {})).body).toMatchObject({ status: expect.stringMatching(/frozen|solved/), revision: 3, choices });
    expect((await once(id, 'solved', 3)).body).toMatchObject({ factsRevision: 3, matched: 1, unmatched: 1, rule: 'optimal', progress: null });
    expect((await manager.get(`${RUNS}/${id}/difference`)).body.difference).toMatchObject({ from: 2, to: 3, added: [expect.any(String)], moved: [], dropped: [] });
    const sized = await leader.post(`${RUNS}/${id}/sized`, { measure: 'hours' });
    expect(sized.body).toMatchObject({ certificate: { gap: 0 }, finished: true, placed: [{ unit: expect.any(String) }, { unit: expect.any(String) }] });
    const cancelled = await manager.post(`${RUNS}/${id}/cancel`, { reason: '重新摸底' });
    expect(cancelled.body.status).toBe('cancelled');
    expect((await manager.post(`${RUNS}/${id}/cancel`, { reason: '再次' })).status).toBe(409);
    // What was sent with the refused one explains nothing.
    const written: { reason: string }[] = (await manager.get(`${RUNS}/${id}/reasons`)).body;
    expect(written.map((one) => one.reason).sort()).toEqual([reason, '重新摸底'].sort());
  });

  it('is decided only where it belongs, and read only from there', async () => {
    await within((tx) => readyProposal(tx, idOf('xincheng')));
    const { id } = (await manager.post(RUNS, {})).body;
    const { planHash } = (await once(id, 'solved')).body;
    expect((await elsewhere.get(`${RUNS}/${id}`)).status).toBe(200);
    expect((await elsewhere.post(`${RUNS}/${id}/confirm`, { planHash })).body).toMatchObject({ code: 'FORBIDDEN', status: 403 });
    expect((await unit.get(`${RUNS}/${id}`)).body.code).toBe('MATCHING_RUN_UNKNOWN');
    expect((await manager.get(`${RUNS}/${randomUUID()}/decisions`)).body.code).toBe('MATCHING_RUN_UNKNOWN');
    const list = await manager.get(`${RUNS}?status=solved&limit=5`);
    expect(list.body.items.map((run: { id: string }) => run.id)).toEqual([id]);
  });
});

describe('what people declare before a run', () => {
  it('keeps a unit out with a reason and a day, until somebody ends it', async () => {
    const body = { unitId: idOf('gj01'), reasonCode: 'BLACKLIST', note: '上年度项目未验收', fromOn: '2026-01-01' };
    const made = await manager.post('/api/v1/matching-exclusions', body);
    expect(made).toMatchObject({ status: 201, body: { proposalId: null, untilOn: null, version: 1 } });
    expect((await manager.post('/api/v1/matching-exclusions', { ...body, unitId: idOf('xincheng') })).body.code).toBe('UNIT_UNKNOWN');
    expect((await manager.post('/api/v1/matching-exclusions', { ...body, note: '联系人 13800138000' })).body.code).toBe('PUBLIC_TEXT_PERSONAL');
    const end = `/api/v1/matching-exclusions/${made.body.id}/end`;
    expect((await manager.post(end, undefined)).status).toBe(428);
    expect((await manager.post(end, undefined, { 'if-match': '"1"' })).body.untilOn).toBe('2026-01-05');
    expect((await manager.post(end, undefined, { 'if-match': '"1"' })).status).toBe(412);
    expect((await manager.get(`/api/v1/matching-exclusions?unitId=${idOf('gj01')}`)).body.items).toHaveLength(1);
  });

  it('lets a unit say what it would like to lead, for itself alone', async () => {
    const proposalId = await within((tx) => readyProposal(tx, idOf('xincheng')));
    const path = `/api/v1/units/${idOf('gj01')}/preferences/${proposalId}`;
    expect((await unit.put(path)).body).toEqual({ unitId: idOf('gj01'), proposalId, declared: true });
    const stranger = (await staff.member('unit', '/units/gj99/')).client;
    expect((await stranger.put(path)).body.code).toBe('UNIT_UNKNOWN');
    expect((await unit.put(`/api/v1/units/${idOf('gj01')}/preferences/${randomUUID()}`)).body.code).toBe('PROPOSAL_UNKNOWN');
    expect((await unit.delete(path)).body.declared).toBe(false);
  });
});
