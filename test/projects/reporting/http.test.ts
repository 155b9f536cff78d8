import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { quarter } from '../../../src/calendar/model.ts';
import { addHours, localDate, shanghaiInstant } from '../../../src/kernel/time.ts';
import { LedgerService } from '../../../src/ledger/service.ts';
import { ProjectService } from '../../../src/projects/service.ts';
import type { Claimant } from '../../support/claimants.ts';
import { START, Street, type Project } from '../support/street.ts';

const QUARTER = quarter('2026Q4');
const because = { reason: '示例' };
const report = (unit: Claimant, needsAnswered: readonly string[] = []) => ({
  unitId: unit.id,
  done: '示例：上门助浴 12 次',
  needsAnswered,
  served: 12,
  spentFen: 30_000,
});

let street: Street;
let units: readonly Claimant[];
let next = 0;

beforeAll(async () => {
  street = await Street.open(8);
  ({ units } = street);
}, 120_000);

afterAll(async () => {
  await street?.close();
});

const unit = (): Claimant => units[(next += 1) - 1]!;
const act = (verb: string, of = QUARTER) => `reports/${of}/${verb}`;

async function begun(lead: Claimant): Promise<Project> {
  const project = await street.project(lead);
  await project.begin(lead);
  return project;
}

/** As the community's quarter does it; the whole of the due day has passed when `due` comes. */
async function ask(due = shanghaiInstant(localDate('2027-01-08'))): Promise<void> {
  const asked = { communityId: street.communityId, quarter: QUARTER, due, at: START };
  await street.within((tx) => street.get(ProjectService).askForReports(tx, asked));
}

async function owedBy({ client }: Claimant): Promise<unknown> {
  return (await client.get('/api/v1/reports-due')).body.items;
}

async function pointsOf({ id }: Claimant): Promise<number> {
  const balances = await street.within((tx) => street.get(LedgerService).balancesOf(tx, [id]));
  return balances.filter(({ kind }) => kind === 'ratingEarned').reduce((sum, { posted }) => sum + posted, 0);
}

describe('a quarterly report', () => {
  it('is written when it is asked for, by the lead, returned and written again, and accepted for good', async () => {
    const [lead, other] = [unit(), unit()];
    const project = await begun(lead);
    await project.refused(lead, act('submit'), report(lead), '409 REPORT_NOT_ASKED');
    await project.refused(street.manager, act('waive'), because, '409 REPORT_NOT_ASKED');
    await ask();
    await project.refused(lead, act('submit', quarter('2026Q3')), report(lead), '409 REPORT_NOT_ASKED');
    await project.refused(other, act('submit'), report(other), '403 PROJECT_NOT_LEAD');
    await project.refused(other, act('submit'), report(lead), '403 PROJECT_UNIT_FOREIGN');
    await project.refused(lead, act('submit'), report(lead, [other.id]), '422 REPORT_NEED_FOREIGN');
    await project.refused(street.worker, act('accept'), {}, '409 REPORT_NOT_SUBMITTED');

    const needsOf = async (): Promise<{ id: string; answeredIn: string | null }[]> => (await lead.client.get(`${project.path}/needs`)).body.items;
    const before = await needsOf();
    const [need] = before;
    expect(before).toMatchObject([{ number: expect.stringMatching(/^XQ-/), answeredIn: null }]);
    const owed = { projectId: project.id, unitId: lead.id, quarter: QUARTER, late: false, reminded: 0 };
    expect(await owedBy(lead)).toMatchObject([{ ...owed, state: 'missing', title: expect.any(String) }]);
    expect(await owedBy(other)).toEqual([]);

    await project.done(lead, act('submit'), report(lead));
    expect(await owedBy(lead)).toEqual([]);
    await project.refused(lead, act('submit'), report(lead), '409 REPORT_EXISTS');
    await project.refused(lead, 'request-acceptance', { unitId: lead.id, summary: '示例' }, '409 PROJECT_REPORTS_OPEN');
    await project.refused(street.stranger, act('accept'), {}, '403 PROJECT_ELSEWHERE');
    await project.done(street.worker, act('return'), because);
    expect(await owedBy(lead)).toMatchObject([{ ...owed, state: 'returned' }]);
    await project.done(lead, act('submit'), { ...report(lead, [need!.id]), served: 15 });
    await project.done(street.worker, act('accept'));
    expect(await needsOf()).toMatchObject([{ id: need!.id, answeredIn: QUARTER }]);
    await project.refused(street.worker, act('return'), because, '409 REPORT_NOT_SUBMITTED');
    await project.refused(street.manager, act('waive'), because, '409 REPORT_EXISTS');

    expect(await project.seen('/reports')).toMatchObject([{ quarter: QUARTER, status: 'accepted', unitId: lead.id, served: 15, late: false }]);
    expect(await pointsOf(lead)).toBe(3);
    expect((await project.history()).slice(4)).toEqual(['reportSubmitted', 'reportReturned', 'reportSubmitted', 'reportAccepted']);
  });

  it('is waived by the office, and then owed by nobody', async () => {
    const lead = unit();
    const project = await begun(lead);
    await ask();
    expect(await project.ask(street.worker, act('waive'), because)).toMatchObject({ status: 403 });
    await project.done(street.manager, act('waive'), because);
    await project.refused(lead, act('submit'), report(lead), '409 REPORT_EXISTS');
    expect(await project.seen('/reports')).toMatchObject([{ status: 'waived', served: 0, submittedAt: null }]);
    expect(await pointsOf(lead)).toBe(0);
  });

  it('earns its points for whoever wrote it, also when another unit leads by then', async () => {
    const [author, successor] = [unit(), unit()];
    const project = await begun(author);
    await ask();
    await project.done(author, act('submit'), report(author));
    await project.done(author, 'withdraw', { unitId: author.id, reason: '示例' });
    await project.until({ status: 'listed' });
    await project.refused(street.worker, act('accept'), {}, '409 PROJECT_STATE');
    await project.begin(successor);
    await project.done(street.worker, act('accept'));
    expect([await pointsOf(author), await pointsOf(successor)]).toEqual([3, 0]);
  });

  it('that comes too late earns less, and its review is late as well when nobody answers', async () => {
    const lead = unit();
    const project = await begun(lead);
    await ask(addHours(START, -1));
    await project.done(lead, act('submit'), report(lead));
    await project.moveTo(shanghaiInstant(localDate('2026-12-09')));
    expect(await project.seen()).toMatchObject({ status: 'implementing', late: true });
    await project.done(street.worker, act('accept'));
    expect(await project.seen()).toMatchObject({ late: false });
    expect(await project.seen('/reports')).toMatchObject([{ status: 'accepted', late: true }]);
    expect(await pointsOf(lead)).toBe(2);
  });
});
