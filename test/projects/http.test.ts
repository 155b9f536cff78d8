import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { setTimeout as delay } from 'node:timers/promises';
import { BusinessClock } from '../../src/calendar/clock.ts';
import { projectCaseId } from '../../src/projects/messages.ts';
import { ProposalService } from '../../src/needs/proposal/service.ts';
import { UnitService } from '../../src/accounts/units/service.ts';
import { orgPath, tenantScope } from '../../src/kernel/scope.ts';
import { localDate, shanghaiInstant } from '../../src/kernel/time.ts';
import type { Claimant } from '../support/claimants.ts';
import type { StaffMember } from '../support/staff.ts';
import { Street, type Project } from './support/street.ts';

const because = (unit: Claimant) => ({ unitId: unit.id, reason: '示例' });
const atDay = (date: string) => shanghaiInstant(localDate(date));

let street: Street;
let units: readonly Claimant[];
/** Units hold three projects at most, so tests take turns. */
let next = 0;

beforeAll(async () => {
  street = await Street.open(21);
  ({ units } = street);
}, 120_000);

afterAll(async () => {
  await street?.close();
});

const unit = (): Claimant => units[(next += 1) - 1]!;

describe('a claim', () => {
  it('is for the unit that the project is offered to, and for nobody else', async () => {
    const [asked, other] = [unit(), unit()];
    const project = await street.project(asked);
    await project.refused(other, 'claim', { unitId: other.id }, '409 PROJECT_OFFERED_TO_OTHER');
    await project.refused(other, 'decline', because(other), '409 PROJECT_OFFERED_TO_OTHER');
    await project.refused(other, 'claim', { unitId: asked.id }, '403 PROJECT_UNIT_FOREIGN');
    expect(await project.done(asked, 'claim', { unitId: asked.id })).toMatchObject({ status: 'claimed', leadUnit: asked.id, offeredTo: null });
    await project.refused(other, 'agree', { unitId: other.id, implementerId: other.id, signedOn: '2026-12-01' }, '403 PROJECT_NOT_LEAD');
    await project.refused(asked, 'claim', { unitId: asked.id }, '409 PROJECT_STATE');
  });

  it('is refused beyond what one unit may hold, also when it comes twice at once', async () => {
    const greedy = unit();
    const projects = [await street.project(), await street.project(), await street.project(), await street.project()];
    await projects[0]!.done(greedy, 'claim', { unitId: greedy.id });
    await projects[1]!.done(greedy, 'claim', { unitId: greedy.id });
    const rivals = await Promise.all(projects.slice(2).map((project) => project.ask(greedy, 'claim', { unitId: greedy.id })));
    const told = rivals.map(({ status, body }) => `${status} ${String(body.code ?? body.status)}`).sort();
    expect(told).toEqual(['200 claimed', '422 PROJECT_CLAIM_LIMIT']);
    const refused = rivals.find(({ status }) => status === 422);
    expect(refused?.body).toMatchObject({ params: { held: 3, limit: 3 } });
  });

  it('nobody made is made by the meeting, but not before the window ends', async () => {
    const project = await street.project();
    const chosen = unit();
    const assignment = { unitId: chosen.id, meetingReference: '2026 年第 4 季度会议（示例）' };
    await project.refused(street.manager, 'assign', assignment, '409 PROJECT_CLAIM_WINDOW_OPEN');
    await project.moveTo(atDay('2026-12-15'));
    await project.refused(street.manager, 'assign', assignment, '409 PROJECT_CLAIM_WINDOW_OPEN');
    await project.moveTo(atDay('2026-12-16'));
    expect(await project.seen()).toMatchObject({ status: 'listed', late: true });
    expect(await project.done(street.manager, 'assign', assignment)).toMatchObject({ status: 'claimed', leadUnit: chosen.id });
    expect(await project.history()).toEqual(['opened', 'waitLate', 'assigned']);
    expect((await project.seen('/contents')).at(-1)).toMatchObject({ kind: 'assignment', body: assignment });
  });

  it('that leaves goes to the runner-up by itself, and after it to the open list', async () => {
    const [lead, runnerUp] = [unit(), unit()];
    const project = await street.project(lead);
    await project.lead(lead);
    await street.offerOf(runnerUp);
    await project.refused(runnerUp, 'withdraw', because(runnerUp), '403 PROJECT_NOT_LEAD');
    await project.done(lead, 'withdraw', because(lead));
    await project.until({ status: 'offered', offeredTo: runnerUp.id, leadUnit: null });
    await project.done(runnerUp, 'decline', because(runnerUp));
    await project.until({ status: 'listed', offeredTo: null });
    expect(await project.history()).toEqual(['opened', 'claimed', 'agreed', 'withdrawn', 'offered', 'offerDeclined', 'listed']);
  });
});

describe('a monthly note', () => {
  it('is the lead unit’s while it works, of a month that has begun; the earlier one stays, and nobody waits for it', async () => {
    const [lead, other] = [unit(), unit()];
    const project = await street.project(lead);
    const note = { unitId: lead.id, month: '2026-12', text: '示例：走访12户，扶手已量尺寸' };
    await project.refused(lead, 'notes', note, '403 PROJECT_NOT_LEAD');
    await project.begin(lead);
    const before = await project.history();
    expect(await project.done(lead, 'notes', note)).toMatchObject({ projectId: project.id, month: '2026-12', text: note.text });
    await project.done(lead, 'notes', { ...note, text: '示例：走访13户' });
    await project.refused(lead, 'notes', { ...note, month: '2027-01' }, '422 PROJECT_NOTE_MONTH');
    await project.refused(lead, 'notes', { ...note, month: '2026-11' }, '422 PROJECT_NOTE_MONTH');
    await project.refused(other, 'notes', note, '403 PROJECT_UNIT_FOREIGN');
    await project.refused(other, 'notes', { ...note, unitId: other.id }, '403 PROJECT_NOT_LEAD');
    expect((await lead.client.post(`${project.path}/notes`, { ...note, month: '2026-13' })).status).toBe(400);
    const written = (await project.seen('/contents')) as { kind: string; body: { text?: string } }[];
    expect(written.flatMap(({ kind, body }) => (kind === 'progressNote' ? [body.text] : [])).sort()).toEqual([note.text, '示例：走访13户']);
    expect(await project.history()).toEqual(before);
    expect((await street.manager.client.get(`/api/v1/waits?caseId=project/${project.id}`)).body.items).toHaveLength(1);
  });
});

describe('the office', () => {
  it('decides only at its own place, and units not at all', async () => {
    const lead = unit();
    const project = await street.project(lead);
    await project.begin(lead);
    await project.done(lead, 'request-acceptance', { unitId: lead.id, summary: '示例' });
    await project.refused(street.stranger, 'accept', { finding: '示例' }, '403 PROJECT_ELSEWHERE');
    expect(await project.ask(lead, 'accept', { finding: '示例' })).toMatchObject({ status: 403 });
    expect(await project.ask(lead, 'cancel', { reason: '示例' })).toMatchObject({ status: 403 });

    await project.done(street.worker, 'require-rectification', { reason: '缺少签到表' });
    await project.done(lead, 'submit-rectification', { unitId: lead.id, summary: '已补齐' });
    await project.refused(street.worker, 'require-rectification', { reason: '还不够' }, '422 PROJECT_RECTIFIED_ONCE');
    expect(await project.done(street.worker, 'accept', { finding: '合格' })).toMatchObject({ status: 'accepted' });
    await project.refused(street.manager, 'close-without-award', { reason: '示例' }, '409 PROJECT_STATE');
  });

  it('waits for the residents’ consent where it is needed', async () => {
    const [proposalId] = await street.proposals(1);
    await street.within((tx) => tx.query('UPDATE needs_proposal SET shared_property = true WHERE tenant_id = $1 AND id = $2', [tx.scope.tenant, proposalId]));
    const asked = unit();
    const project = await street.project(asked, proposalId);
    expect(await project.seen()).toMatchObject({ status: 'consent', offeredTo: null });
    await project.refused(asked, 'claim', { unitId: asked.id }, '409 PROJECT_STATE');
    const consent = { householdsAsked: 20, householdsAgreed: 18, areaAsked: 1700, areaAgreed: 1500, reference: '公示栏（示例）' };
    await project.refused(street.worker, 'consent', { ...consent, householdsAgreed: 21 }, '422 PROJECT_CONSENT_IMPOSSIBLE');
    await project.refused(street.worker, 'consent', { ...consent, areaAgreed: 1100 }, '422 PROJECT_CONSENT_TURNOUT');
    await project.refused(street.stranger, 'consent', consent, '403 PROJECT_ELSEWHERE');
    expect(await project.done(street.worker, 'consent', consent)).toMatchObject({ status: 'offered', offeredTo: asked.id });
  });

  it('stops the clock of a project and starts it anew', async () => {
    const lead = unit();
    const project = await street.project(lead);
    const { due } = await project.done(lead, 'claim', { unitId: lead.id });
    await project.done(street.manager, 'suspend', { reason: '春节（示例）' });
    expect(await project.seen()).toMatchObject({ status: 'suspended', due: null });
    await project.refused(lead, 'agree', { unitId: lead.id, implementerId: lead.id, signedOn: '2026-12-01' }, '409 PROJECT_STATE');
    await project.moveTo(atDay('2026-12-22'));
    const resumed = await project.done(street.manager, 'resume');
    expect(resumed.status).toBe('claimed');
    expect(resumed.due > due).toBe(true);
    await project.moveTo(resumed.due);
    await project.until({ leadUnit: null });
    expect((await project.history()).slice(0, 5)).toEqual(['opened', 'claimed', 'suspended', 'resumed', 'claimLapsed']);
  });

  it('gives a cancelled project’s proposal back, which can become a project again', async () => {
    const project = await street.project();
    const stateOf = () => street.within((tx) => street.get(ProposalService).get(tx, project.proposalId));
    const again = { proposalId: project.proposalId };
    expect(await street.manager.client.post('/api/v1/projects', again)).toMatchObject({ status: 409 });
    await project.done(street.manager, 'cancel', { reason: '示例' });
    expect(await project.seen()).toMatchObject({ status: 'cancelled', due: null });
    const late = unit();
    await project.refused(late, 'claim', { unitId: late.id }, '409 CASE_CLOSED');
    await project.refused(street.manager, 'cancel', { reason: '示例：再次取消' }, '409 CASE_CLOSED');
    // What was written with the refused one is no part of the file.
    expect(await project.seen('/contents')).toMatchObject([{ kind: 'cancellation', body: { reason: '示例' } }]);
    expect((await stateOf()).state).toBe('ready');
    const second = await street.project(undefined, project.proposalId);
    expect(second.id).not.toBe(project.id);
    expect(await second.seen()).toMatchObject({ status: 'listed', proposalId: project.proposalId });
  });
});

describe('the list of projects', () => {
  it.each(['number', 'due'])('shows every project once, page by page, by %s', async (sort) => {
    const walked: { id: string; number: string; status: string; due: string | null; movedAt: string }[] = [];
    let cursor: string | null = '';
    while (cursor !== null) {
      const more: string = cursor && `&cursor=${encodeURIComponent(cursor)}`;
      const { status, body } = await street.manager.client.get(`/api/v1/projects?sort=${sort}&limit=3${more}`);
      expect(status).toBe(200);
      walked.push(...body.items);
      cursor = body.next ?? null;
    }
    const known = await street.within((tx) =>
      tx.query<{ id: string }>('SELECT id FROM project WHERE tenant_id = $1', [tx.scope.tenant]),
    );
    expect(known.length).toBeGreaterThan(3);
    expect(walked.map(({ id }) => id).sort()).toEqual(known.map(({ id }) => id).sort());
    if (sort === 'number') {
      const numbers = walked.map(({ number }) => number);
      expect(numbers).toEqual([...numbers].sort());
      return;
    }
    // What is due soonest first; what is over at the end, the latest first.
    const over = walked.filter(({ status }) => status === 'cancelled' || status === 'closed');
    const dated = walked.filter((row) => row.due !== null && !over.includes(row));
    expect(dated.length).toBeGreaterThan(1);
    expect(over.length).toBeGreaterThan(0);
    const ids = (rows: typeof walked): string[] => rows.map(({ id }) => id);
    expect(ids(walked.slice(0, dated.length))).toEqual(ids([...dated].sort((a, b) => a.due!.localeCompare(b.due!) || a.id.localeCompare(b.id))));
    expect(ids(walked.slice(-over.length))).toEqual(ids([...over].sort((a, b) => b.movedAt.localeCompare(a.movedAt) || a.id.localeCompare(b.id))));
  });

  it('shows one project with its version as ETag', async () => {
    const project = await street.project();
    const etag = async () => (await street.manager.client.get(project.path)).headers.get('etag');
    expect(await etag()).toBe('"1"');
    await project.done(street.manager, 'cancel', { reason: '示例' });
    expect(await etag()).toBe('"2"');
  });
});

describe('a revised calendar', () => {
  it('moves the dates that nobody was held to yet, once, and says so in the journal', async () => {
    await street.within((tx) => street.get(BusinessClock).moveTo(tx, shanghaiInstant(localDate('2026-12-21'), 9)));
    const project = await street.project();
    // Ten workdays, New Year's Day being one of them as long as nobody has said otherwise.
    expect(await project.seen()).toMatchObject({ due: atDay('2027-01-05'), version: 1 });
    const holidays = [{ name: '元旦', rest: { first: '2027-01-01', last: '2027-01-03' } }];
    const year = { year: 2027, papers: ['https://example.com/2027'], holidays, reason: '示例' };
    expect(await street.manager.client.post('/api/v1/calendar/years', year)).toMatchObject({ status: 201, body: { year: 2027 } });
    const look = async (): Promise<number> => (await street.manager.client.post('/api/v1/quarters/open-due', {})).body.recounted;
    expect(await look()).toBeGreaterThan(0);
    await project.until({ version: 2, due: atDay('2027-01-06') });
    expect(await project.history()).toEqual(['opened', 'calendarRecounted']);
    const waits = await street.within((tx) =>
      tx.query('SELECT due, wake_at AS "wakeAt" FROM open_wait WHERE tenant_id = $1 AND case_id = $2', [tx.scope.tenant, projectCaseId(project.id)]),
    );
    expect(waits).toEqual([{ due: atDay('2027-01-06'), wakeAt: atDay('2027-01-06') }]);
    while ((await look()) > 0) await delay(50);
    expect(await project.history()).toEqual(['opened', 'calendarRecounted']);
    await project.moveTo(atDay('2027-01-05'));
    expect(await project.seen()).toMatchObject({ status: 'listed', late: false });
    await project.moveTo(atDay('2027-01-06'));
    expect(await project.seen()).toMatchObject({ status: 'listed', late: true });
  });
});

describe('what was written in a project', () => {
  const ROUTES = ['contents', 'files', 'evaluation', 'documents/claim-letter', 'documents/case-file'];
  const answersTo = (project: Project, { client }: StaffMember): Promise<string[]> =>
    Promise.all(
      ROUTES.map(async (route) => {
        const { status, headers, body } = await client.get(`${project.path}/${route}`);
        return `${status} ${headers.get('content-type')?.includes('problem') ? body.code : ''}`.trim();
      }),
    );
  const all = (answer: string): string[] => ROUTES.map(() => answer);

  it('is read at its place and by the bodies that take part, the project itself by everybody', async () => {
    const [lead, friend, other] = [unit(), unit(), unit()];
    const project = await street.project(lead);
    await project.lead(lead);
    await project.done(friend, 'pledge', { unitId: friend.id, book: 'money', amount: 100 });
    for (const reader of [street.manager, street.worker, lead, friend]) {
      expect(await answersTo(project, reader)).toEqual(all('200'));
      expect((await reader.client.get(`${project.path}/actions`)).body.mayReadFile).toBe(true);
    }
    for (const reader of [street.stranger, other]) {
      expect(await answersTo(project, reader)).toEqual(all('403 PROJECT_FILE_ELSEWHERE'));
      expect((await reader.client.get(`${project.path}/actions`)).body.mayReadFile).toBe(false);
      expect((await reader.client.get(project.path)).status).toBe(200);
    }
  });

  it('is kept from everybody else by its rows alone', async () => {
    const [lead, other] = [unit(), unit()];
    const project = await street.project(lead);
    await project.lead(lead);
    const rowsAt = (place: string): Promise<unknown[]> =>
      street.db.database.within({ ...tenantScope(street.staff.tenant), orgPath: orgPath(place) }, (tx) =>
        tx.query('SELECT kind FROM project_content WHERE project_id = $1', [project.id]),
      );
    const places = await street.within((tx) => street.get(UnitService).byIds(tx, [lead.id, other.id, street.communityId]));
    const seen = await Promise.all([lead.id, street.communityId, other.id].map((id) => rowsAt(places.get(id)!.orgPath)));
    expect(seen).toEqual([[{ kind: 'agreement' }], [{ kind: 'agreement' }], []]);
    expect(await rowsAt('/elsewhere/')).toEqual([]);
  });
});

describe('a title that tells of a neighbour', () => {
  const shown = async (id: string): Promise<string> => (await street.api.page().get(`/api/v1/public/projects/${id}?tenant=${street.staff.tenant}`)).body.title;
  const report = (id: string) => street.api.page().post(`/api/v1/public/projects/${id}/report-exposure`, { tenant: street.staff.tenant });
  const undecided = async (by: StaffMember): Promise<{ id: string; projectId: string; state: string }[]> => (await by.client.get('/api/v1/exposures')).body.items;

  it('is hidden from everyone as soon as somebody says so, until its own place has looked', async () => {
    const project = await street.project();
    const title = await shown(project.id);
    expect(title).not.toBe('');
    expect(await report(project.id)).toMatchObject({ status: 200, body: { reported: true } });
    expect((await report(project.id)).status).toBe(200);
    expect(await shown(project.id)).toBe('');
    expect(await project.seen()).toMatchObject({ title });

    const [found, ...more] = await undecided(street.worker);
    expect([found, more]).toMatchObject([{ projectId: project.id, state: 'open' }, []]);
    expect(await undecided(street.stranger)).toEqual([]);
    const path = `/api/v1/exposures/${found!.id}/decide`;
    expect(await street.stranger.client.post(path, { verdict: 'keep' })).toMatchObject({ status: 404, body: { code: 'EXPOSURE_UNKNOWN' } });
    expect((await street.manager.client.get('/api/v1/inbox')).body.items.map(({ key }: { key: string }) => key)).toContain('projects.told.exposure');
    expect((await street.worker.client.post(path, { verdict: 'keep' })).status).toBe(200);
    expect(await shown(project.id)).toBe(title);
    expect(await street.worker.client.post(path, { verdict: 'hide' })).toMatchObject({ status: 409, body: { code: 'EXPOSURE_DECIDED' } });
  });

  it('is not taken down again by who only repeats it, and stays hidden once a person says so', async () => {
    const project = await street.project();
    await report(project.id);
    await street.worker.client.post(`/api/v1/exposures/${(await undecided(street.worker))[0]!.id}/decide`, { verdict: 'keep' });
    await report(project.id);
    expect(await shown(project.id)).not.toBe('');
    const [noted] = await undecided(street.worker);
    expect(noted).toMatchObject({ projectId: project.id, state: 'noted' });
    expect((await street.worker.client.post(`/api/v1/exposures/${noted!.id}/decide`, { verdict: 'hide' })).status).toBe(200);
    expect(await shown(project.id)).toBe('');
    await report(project.id);
    expect(await undecided(street.worker)).toEqual([]);
  });
});
