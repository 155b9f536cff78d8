import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { UnitService } from '../../../src/accounts/units/service.ts';
import { quarter } from '../../../src/calendar/model.ts';
import { workflowIdOf } from '../../../src/cases/messages.ts';
import { InsightsService } from '../../../src/insights/service.ts';
import { localDate, shanghaiInstant } from '../../../src/kernel/time.ts';
import { LedgerService } from '../../../src/ledger/service.ts';
import { fundingLines } from '../../../src/projects/funding/model.ts';
import { projectCaseId } from '../../../src/projects/messages.ts';
import { ProjectService } from '../../../src/projects/service.ts';
import type { Claimant } from '../../support/claimants.ts';
import { isRecording } from '../../support/history-keys.ts';
import { record } from '../../support/histories.ts';
import type { Answer } from '../../support/http.ts';
import { expectRestored } from '../../support/restored.ts';
import { Project, START, Street } from '../support/street.ts';

const QUARTER = quarter('2026Q4');
const HEADINGS = ['项目编号', '项目名称', '社区', '类别', '预算（万元）', '认领单位', '状态', '认领日期', '开工日期', '已验季报', '需求已解决', '承诺资金（元）', '到位资金（元）', '核实资金（元）', '共同出资', '资金日期'];

let street: Street;
let units: readonly Claimant[];
let count = 0;

beforeAll(async () => {
  street = await Street.open(6);
  ({ units } = street);
}, 120_000);

afterAll(async () => {
  await street?.close();
});

type Row = Readonly<Partial<Record<(typeof HEADINGS)[number], string>>>;

const number = (): string => `TZ-${(count += 1)}`;

function row(changes: Row = {}): Row {
  return { 项目编号: number(), 项目名称: '示例：楼道扶手', 社区: '示例社区', 类别: '住', '预算（万元）': '2', 认领单位: 'u1', 状态: '实施中', ...changes };
}

function form(...rows: readonly Row[]): FormData {
  // As it stands: what the product writes never begins a cell with a formula.
  const lines = [HEADINGS, ...rows.map((cells) => HEADINGS.map((heading) => cells[heading] ?? ''))];
  const data = new FormData();
  data.set('file', new Blob([lines.map((cells) => cells.join(',')).join('\n')]), '台账（示例）.csv');
  return data;
}

const send = (file: FormData, query = '', key: string = randomUUID()): Promise<Answer> =>
  street.manager.client.post(`/api/v1/imports/projects${query}`, file, { 'idempotency-key': key });

async function taken(...rows: readonly Row[]): Promise<{ importId: string; projects: Project[] }> {
  const { status, body } = await send(form(...rows));
  expect({ status, code: body.code, errors: body.errors }).toEqual({ status: 200, code: undefined, errors: [] });
  const numbers = rows.map((cells) => cells['项目编号']);
  const ids = await street.within((tx) =>
    tx.query<{ id: string; proposalId: string; number: string }>(
      'SELECT id, proposal_id AS "proposalId", source_number AS number FROM project WHERE source_number = ANY($1) AND status <> $2',
      [numbers, 'cancelled'],
    ),
  );
  const projects = numbers.map((wanted) => {
    const found = ids.find((one) => one.number === wanted)!;
    return new Project(street, found.id, found.proposalId);
  });
  return { importId: body.importId as string, projects };
}

const undo = (importId: string, key: string = randomUUID()): Promise<Answer> =>
  street.manager.client.post(`/api/v1/imports/projects/${importId}/undo`, { reason: '示例：传错了文件' }, { 'idempotency-key': key });

const fundsOf = (id: string) => street.within(async (tx) => fundingLines(await street.get(LedgerService).balancesOf(tx, [id])));

const everything = () =>
  street.within(async (tx) => {
    const tables = ['project', 'needs_need', 'needs_proposal', 'ledger_transfer', 'case_command', 'needs_import'];
    const counts = await Promise.all(tables.map((table) => tx.query<{ n: number }>(`SELECT count(*)::integer AS n FROM ${table}`)));
    return counts.map(([one]) => one!.n);
  });

async function report(from: string, until: string) {
  const found = await street.within((tx) => street.get(InsightsService).loopReport(tx, { from: quarter(from), until: quarter(until) }));
  const { microProjects, takenOver, fundsFen, reportsAccepted, peopleServed } = found;
  return { microProjects, takenOver, fundsFen, reportsAccepted, peopleServed };
}

describe('a ledger of projects', () => {
  it('opens each project where it stands, with what was paid, reported and solved, and once', async () => {
    const before = await report('2026Q3', '2026Q3');
    const rows = [
      row({ 认领日期: '2026.7.1', 已验季报: '2026年第三季度：服务80人次，支出2400元', 需求已解决: '是', '承诺资金（元）': '20000', '到位资金（元）': '15000', '核实资金（元）': '12000.5', 资金日期: '2026-09-30' }),
      row({ 状态: '已签约', 认领单位: '示例单位u2', '核实资金（元）': '300', 共同出资: '示例单位u3：承诺50元、到位20元；u4：10元' }),
    ];
    const key = randomUUID();
    const first = await send(form(...rows), '', key);
    expect([first.status, first.body]).toMatchObject([200, { taken: 2, bad: 0, unchanged: 0 }]);
    expect((await send(form(...rows), '', key)).body).toEqual(first.body);
    expect((await send(form(...rows))).body).toMatchObject({ taken: 0, unchanged: 2, bad: 0 });

    const { items } = (await street.manager.client.get('/api/v1/projects')).body;
    const [one, two] = (items as Record<string, unknown>[]).slice(-2);
    expect(one).toMatchObject({ status: 'implementing', sourceNumber: rows[0]!['项目编号'], leadUnit: units[0]!.id, implementerId: units[0]!.id, version: 1 });
    expect(two).toMatchObject({ status: 'agreed', sourceNumber: rows[1]!['项目编号'], leadUnit: units[1]!.id });
    expect(await fundsOf(one!.id as string)).toMatchObject([{ funderId: units[0]!.id, pledged: 2_000_000, delivered: 1_500_000, verified: 1_200_050 }]);
    const shares = new Map((await fundsOf(two!.id as string)).map((line) => [line.funderId, line]));
    expect(shares.size).toBe(3);
    expect(shares.get(units[1]!.id)).toMatchObject({ pledged: 30_000, delivered: 30_000, verified: 30_000 });
    expect(shares.get(units[2]!.id)).toMatchObject({ pledged: 5_000, delivered: 2_000, verified: 0 });
    expect(shares.get(units[3]!.id)).toMatchObject({ pledged: 1_000, delivered: 1_000, verified: 0 });
    const after = await report('2026Q3', '2026Q3');
    expect({ ...after, microProjects: after.microProjects - before.microProjects }).toMatchObject({ microProjects: 1, takenOver: before.takenOver + 1, fundsFen: 1_200_050, reportsAccepted: 1, peopleServed: 80 });
    expect((await report('2026Q4', '2026Q4')).fundsFen).toBe(30_000);
    const stage = (await street.manager.client.get(`/api/v1/projects/${String(one!.id)}/stage`)).body;
    expect(JSON.stringify(stage)).toContain('由原台账接入');
    const audited = await street.within((tx) => tx.query<{ action: string; subject: string }>("SELECT action, subject FROM audit_event WHERE action = 'microProject.takenOver' ORDER BY subject"));
    expect(audited.map(({ subject }) => subject)).toEqual([one!.id, two!.id].map((id) => projectCaseId(id as string)).sort());
  });

  it('goes on: it is asked for its report, reports, is accepted, evaluated and closed', async () => {
    const { projects: [project] } = await taken(row({ 认领单位: 'u3', 认领日期: '2026-10-08', '承诺资金（元）': '5000' }));
    const lead = units[2]!;
    await street.within((tx) => street.get(ProjectService).askForReports(tx, { communityId: street.communityId, quarter: QUARTER, due: shanghaiInstant(localDate('2027-01-08')), at: START }));
    await project!.done(lead, `reports/${QUARTER}/submit`, { unitId: lead.id, done: '示例', needsAnswered: [], served: 5, spentFen: 100 });
    await project!.done(street.worker, `reports/${QUARTER}/accept`, {});
    await project!.done(lead, 'request-acceptance', { unitId: lead.id, summary: '示例' });
    await project!.done(street.worker, 'accept', { finding: '合格' });
    const marks = { completion: 90, quality: 80, finance: 100, sustainability: 60, proposeAward: false };
    await project!.done(street.manager, 'evaluate', marks);
    await project!.until({ status: 'closed' });
    expect(await project!.history()).toEqual(['takenOver', 'reportSubmitted', 'reportAccepted', 'acceptanceRequested', 'accepted', 'evaluated', 'closed']);
    expect(await expectRestored({ app: street.api.api.app, tenant: street.staff.tenant })).toBeGreaterThan(2);
    if (isRecording) await record(street.engine.client, 'micro-project-taken-over', workflowIdOf(street.staff.tenant, projectCaseId(project!.id)));
  });

  it.each<[string, Row, string]>([
    ['an unknown unit', { 认领单位: '无此单位' }, 'LEAD_UNKNOWN'],
    ['an unknown community', { 社区: '别处社区' }, 'COMMUNITY_UNKNOWN'],
    ['a state that is none', { 状态: '差不多了' }, 'CELL_NOT_IN_LIST'],
    ['more verified than delivered', { '承诺资金（元）': '100', '到位资金（元）': '50', '核实资金（元）': '60' }, 'FUNDS_REVERSED'],
    ['a co-funder that is not registered', { 共同出资: '无此单位：10元' }, 'FUNDER_UNKNOWN'],
    ['a co-funder without an amount', { 共同出资: '示例单位u3' }, 'CELL_CO_FUNDERS_INVALID'],
    ['the lead as co-funder', { 共同出资: 'u1：10元' }, 'FUNDER_TWICE'],
    ['more delivered than pledged', { '承诺资金（元）': '100', '到位资金（元）': '101' }, 'FUNDS_REVERSED'],
    ['more pledged than the budget', { '承诺资金（元）': '20000.01' }, 'FUNDS_ABOVE_BUDGET'],
    ['a date in the future', { 认领日期: '2027-01-01' }, 'DATE_IN_FUTURE'],
    ['a start before the claim', { 认领日期: '2026-09-01', 开工日期: '2026-08-01' }, 'STEPS_REVERSED'],
    ['a start of what is not agreed', { 状态: '认领', 开工日期: '2026-08-01' }, 'DATE_BEYOND_STATE'],
    ['a report on a running quarter', { 已验季报: '2026Q4：5人次' }, 'REPORT_QUARTER_OPEN'],
    ['a report that is none', { 已验季报: '都交了' }, 'CELL_REPORTS_INVALID'],
    ['a solved need without a report', { 需求已解决: '是' }, 'ANSWERED_WITHOUT_REPORT'],
    ['no budget', { '预算（万元）': '' }, 'BUDGET_MISSING'],
    ['a formula', { '预算（万元）': '=1+1' }, 'CELL_FORMULA'],
    ['a telephone number in a public text', { 项目名称: '找示例 13800001234' }, 'PUBLIC_TEXT_PERSONAL'],
  ])('with %s is refused with its place, and nothing is written', async (_, changes, code) => {
    const before = await everything();
    const { status, body } = await send(form(row(), row(changes)));
    expect([status, body.code, body.errors]).toEqual([422, 'IMPORT_HAS_BAD_ROWS', [expect.objectContaining({ at: expect.stringMatching(/^3:/), code })]]);
    expect(await everything()).toEqual(before);
    const preview = await send(form(row(), row(changes)), '?preview=true');
    expect(preview.body).toMatchObject({ taken: 1, bad: 1, errors: [{ code }] });
  });

  it('with one number twice is refused, and so is one that came before with other content', async () => {
    const twice = row();
    const { body } = await send(form(twice, twice));
    expect(body.errors).toMatchObject([{ at: '3:1', code: 'ROW_NUMBER_TWICE' }]);
    await taken(twice);
    const changed = await send(form({ ...twice, 状态: '待验收' }));
    expect(changed.body.errors).toMatchObject([{ at: '2:1', code: 'ROW_IMPORTED_DIFFERENTLY' }]);
  });

  it('gives a proposal that is here already its project, once', async () => {
    const [proposalId] = await street.proposals(1);
    const proposal = (await street.manager.client.get(`/api/v1/proposals/${proposalId}`)).body as { number: string; budgetFen: number; title: string };
    const named = (): FormData => {
      const data = new FormData();
      const lines = ['项目编号,社区,认领单位,状态,方案编号', `${number()},示例社区,u4,认领,${proposal.number}`];
      data.set('file', new Blob([lines.join('\n')]), '台账（示例）.csv');
      return data;
    };
    const first = await send(named());
    expect([first.status, first.body]).toMatchObject([200, { taken: 1 }]);
    const again = await send(named());
    expect(again.body.errors).toMatchObject([{ code: 'PROPOSAL_NOT_READY' }]);
    expect((await undo(first.body.importId as string)).status).toBe(200);
    expect((await street.manager.client.get(`/api/v1/proposals/${proposalId}`)).body).toMatchObject({ state: 'ready' });
  });
});

describe('an import of projects', () => {
  it('is taken back as a whole: money, reports, need and proposal go, and the file may come again', async () => {
    const before = { all: await report('2026Q1', '2026Q4'), rows: await everything() };
    const rows = [row({ 认领日期: '2026-04-01', 已验季报: '2026Q2：9人次；2026Q3：1人次', 需求已解决: '是', '核实资金（元）': '100', 资金日期: '2026-05-01' }), row({ 状态: '待验收', 共同出资: 'u2：核实10元' })];
    const { importId, projects } = await taken(...rows);
    expect((await report('2026Q1', '2026Q4')).peopleServed - before.all.peopleServed).toBe(10);
    const key = randomUUID();
    const undone = await undo(importId, key);
    expect([undone.status, undone.body]).toMatchObject([200, { reason: '示例：传错了文件', taken: 2 }]);
    expect((await undo(importId, key)).body).toEqual(undone.body);
    expect(await report('2026Q1', '2026Q4')).toEqual(before.all);
    for (const project of projects) {
      expect(await project.seen()).toMatchObject({ status: 'cancelled' });
      expect(await project.history()).toEqual(['takenOver', 'takeOverUndone']);
      expect((await fundsOf(project.id)).every(({ pledged }) => pledged === 0)).toBe(true);
    }
    const [, needs, proposals] = await everything();
    expect([needs, proposals]).toEqual([before.rows[1], before.rows[2]]);
    const again = await undo(importId);
    expect([again.status, again.body.code]).toEqual([409, 'IMPORT_UNDONE']);
    expect((await send(form(...rows))).body).toMatchObject({ taken: 2, unchanged: 0 });
    expect(await expectRestored({ app: street.api.api.app, tenant: street.staff.tenant })).toBeGreaterThan(2);
  });

  it('is not taken back once somebody has done something to one of its projects', async () => {
    const { importId, projects } = await taken(row(), row({ 认领单位: 'u5' }), row({ 认领单位: 'u6', 状态: '签约' }));
    const [, paid, started] = projects;
    expect((await paid!.ask(units[4]!, 'pledge', { unitId: units[4]!.id, book: 'money', amount: 100 })).status).toBe(200);
    await started!.done(units[5]!, 'start', { unitId: units[5]!.id });
    const refused = await undo(importId);
    expect([refused.status, refused.body.code]).toEqual([409, 'IMPORT_IN_USE']);
    expect((refused.body.errors as { at: string }[]).map(({ at }) => at)).toEqual(['3:1', '4:1']);
    expect(await projects[0]!.seen()).toMatchObject({ status: 'implementing' });
  });

  it('is for whoever confirms projects there, listed, and unknown elsewhere', async () => {
    expect(await street.worker.client.post('/api/v1/imports/projects', form(row()))).toMatchObject({ status: 403 });
    const listed = (await street.manager.client.get('/api/v1/imports/projects')).body.items as { kind: string }[];
    expect(listed.length).toBeGreaterThan(2);
    expect(new Set(listed.map(({ kind }) => kind))).toEqual(new Set(['projects']));
    expect(await undo(randomUUID())).toMatchObject({ status: 404 });
  });
});

describe('the example', () => {
  it('is taken over whole, its sums with it, among the organisations of the sample', async () => {
    const unit = (code: string, name: string) => ({ code, name, kind: 'coBuildingUnit' as const, communities: ['xincheng'] });
    await street.within(async (tx) => {
      const communities = [
        ['xincheng', '新城社区'],
        ['dongjie', '东街社区（示例）'],
        ['xihe', '西河社区（示例）'],
        ['nanyuan', '南苑社区（示例）'],
      ].map(([code, name]) => ({ code: code!, name: name!, kind: 'community' as const }));
      const rows = [...communities, unit('gj02', '区民政局'), unit('gj04', '区教育局（示例）'), unit('gj05', '区卫生健康局（示例）'), unit('gj06', '区司法局（示例）')];
      const { errors } = await street.get(UnitService).registerUnits(tx, rows, { commandId: randomUUID(), at: START, joinedOn: localDate('2025-01-01') });
      expect(errors).toEqual([]);
    });
    const data = new FormData();
    data.set('file', new Blob([new Uint8Array(readFileSync('examples/ledger/projects.csv'))]), 'projects.csv');
    const before = await report('2026Q1', '2026Q1');
    const { status, body } = await send(data);
    expect([status, body.errors, body.taken, body.unknownHeadings]).toEqual([200, [], 4, []]);
    expect(body.asides).toMatchObject([{ is: 'total' }]);
    const after = await report('2026Q1', '2026Q1');
    expect(after.fundsFen - before.fundsFen).toBe(5_660_000);
    expect(after.peopleServed - before.peopleServed).toBe(260);
    const { items } = (await street.manager.client.get('/api/v1/projects?limit=100')).body as { items: { sourceNumber: string | null; status: string }[] };
    const found = items.flatMap(({ sourceNumber, status: at }) => (sourceNumber?.startsWith('TZ-2026') ? [at] : []));
    expect(found.sort()).toEqual(['acceptance', 'agreed', 'claimed', 'implementing']);
  });
});
