import { describe, expect, it } from '@jest/globals';
import type { WaitOwner } from '../../src/cases/model.ts';
import { fen } from '../../src/kernel/money.ts';
import { addHours, localDate, shanghaiInstant } from '../../src/kernel/time.ts';
import { FINAL, legal, type LaterCommandType, type ProjectState, type Status, type TakenOverStatus } from '../../src/projects/lifecycle/model.ts';
import { projectMachine } from '../../src/projects/model.ts';
import { texts } from '../../src/projects/texts.ts';
import { COMMUNITY, NEEDS, opening, Played, QUARTERS, report, way, type Asked } from './support/played.ts';

const [Q1] = QUARTERS as [(typeof QUARTERS)[0]];
const atDay = (date: string) => shanghaiInstant(localDate(date));

const { claim, agree, start, requestAcceptance, accept, evaluate } = way;
const implementing = (): Played => Played.opened().pass(claim, agree, start);

/** The shortest way into every status. */
const into: Readonly<Record<Status, () => Played>> = {
  consent: () => Played.opened({ consentNeeded: true }),
  seeking: () => Played.opened({ firstOffer: 'u1' }).pass({ type: 'declineOffer', unitId: 'u1' }),
  offered: () => Played.opened({ firstOffer: 'u1' }),
  listed: () => Played.opened(),
  claimed: () => Played.opened().pass(claim),
  agreed: () => Played.opened().pass(claim, agree),
  implementing,
  acceptance: () => implementing().pass(requestAcceptance),
  rectifying: () => implementing().pass(requestAcceptance, { type: 'requireRectification' }),
  accepted: () => implementing().pass(requestAcceptance, accept),
  evaluated: () => implementing().pass(requestAcceptance, accept, evaluate),
  rewarded: () => implementing().pass(requestAcceptance, accept, evaluate, { type: 'reward', awardFen: fen(100) }),
  suspended: () => implementing().pass({ type: 'suspend' }),
  cancelled: () => implementing().pass({ type: 'cancel' }),
  closed: () => implementing().pass(requestAcceptance, accept, evaluate, { type: 'closeWithoutAward' }, { type: 'close' }),
};

/** Nobody is waited for in a final status; `seeking` waits for the engine alone. */
const expectedWait: Readonly<Partial<Record<Status, readonly [name: string, owner: (state: ProjectState) => WaitOwner]>>> = {
  consent: ['consent', () => ({ role: 'communityWorker', orgUnitId: COMMUNITY })],
  seeking: ['seeking', () => ({ role: 'system' })],
  offered: ['offer', ({ offeredTo }) => ({ role: 'unit', orgUnitId: offeredTo! })],
  listed: ['claim', () => ({ role: 'manager' })],
  claimed: ['agreement', ({ leadUnit }) => ({ role: 'unit', orgUnitId: leadUnit! })],
  agreed: ['start', ({ leadUnit }) => ({ role: 'unit', orgUnitId: leadUnit! })],
  implementing: ['implementation', ({ leadUnit }) => ({ role: 'unit', orgUnitId: leadUnit! })],
  acceptance: ['acceptance', () => ({ role: 'communityWorker', orgUnitId: COMMUNITY })],
  rectifying: ['rectification', ({ leadUnit }) => ({ role: 'unit', orgUnitId: leadUnit! })],
  accepted: ['evaluation', () => ({ role: 'manager' })],
  evaluated: ['award', () => ({ role: 'manager' })],
  rewarded: ['closing', () => ({ role: 'system' })],
  suspended: ['resumption', () => ({ role: 'manager' })],
};

/** One command of each type that nothing but the status can refuse. */
const asked: Readonly<Record<LaterCommandType, (project: Played) => Asked>> = {
  undoTakeOver: () => ({ type: 'undoTakeOver' }),
  recordConsent: () => ({ type: 'recordConsent' }),
  offer: () => ({ type: 'offer', unitId: 'u9' }),
  list: () => ({ type: 'list' }),
  claim: () => ({ type: 'claim', unitId: 'u1' }),
  declineOffer: () => ({ type: 'declineOffer', unitId: 'u1' }),
  assignUnclaimed: (project) => {
    // Only after the window; time moves before the question is asked.
    if (project.state.status === 'listed') project.moveTo(project.wake!);
    return { type: 'assignUnclaimed', unitId: 'u9' };
  },
  withdraw: () => ({ type: 'withdraw', unitId: 'u1' }),
  agree: () => ({ type: 'agree', implementerId: 'u1' }),
  start: () => ({ type: 'start' }),
  submitReport: () => report(Q1),
  returnReport: (project) => reviewed(project, { type: 'returnReport', quarter: Q1 }),
  acceptReport: (project) => reviewed(project, { type: 'acceptReport', quarter: Q1 }),
  waiveReport: () => ({ type: 'waiveReport', quarter: Q1 }),
  requestAcceptance: () => ({ type: 'requestAcceptance' }),
  accept: () => ({ type: 'accept' }),
  requireRectification: () => ({ type: 'requireRectification' }),
  submitRectification: () => ({ type: 'submitRectification' }),
  evaluate: () => evaluate,
  reward: () => ({ type: 'reward', awardFen: fen(100) }),
  closeWithoutAward: () => ({ type: 'closeWithoutAward' }),
  suspend: () => ({ type: 'suspend' }),
  resume: () => ({ type: 'resume' }),
  cancel: () => ({ type: 'cancel' }),
  expireOffer: () => ({ type: 'expireOffer' }),
  lapseClaim: () => ({ type: 'lapseClaim' }),
  markLate: () => ({ type: 'markLate', wait: 'something' }),
  recount: (project) => reviewed(project, { type: 'recount', calendarVersion: 2 }),
  close: () => ({ type: 'close' }),
};

function reviewed(project: Played, then: Asked): Asked {
  if (legal.submitReport.includes(project.state.status)) project.pass(report(Q1));
  return then;
}

const statuses = Object.keys(into) as Status[];
const commands = Object.keys(legal) as (keyof typeof legal)[];
const pairs = commands.flatMap((type) => statuses.map((status) => ({ type, status, isLegal: legal[type].includes(status) })));

describe('the table of what may be asked when', () => {
  it.each(statuses)('a project can be %s, and then waits for exactly whom it should', (status) => {
    const project = into[status]();
    expect(project.state.status).toBe(status);
    const expected = expectedWait[status];
    expect(projectMachine.waits(project.state).map(({ name, owner }) => ({ name, owner }))).toEqual(
      expected ? [{ name: expected[0], owner: expected[1](project.state) }] : [],
    );
    for (const { otherwise } of projectMachine.waits(project.state)) expect(Object.keys(texts)).toContain(otherwise);
    expect(projectMachine.closed(project.state)).toBe(FINAL.includes(status));
  });

  it.each(pairs.filter(({ isLegal }) => isLegal))('$type is taken while $status', ({ type, status }) => {
    const project = type === 'undoTakeOver' ? Played.takenOver({ status: status as TakenOverStatus }) : into[status]();
    project.pass(asked[type](project));
  });

  it.each(pairs.filter(({ isLegal }) => !isLegal))('$type is refused while $status', ({ type, status }) => {
    const project = into[status]();
    const command = asked[type](project);
    const before = project.memory;
    expect(project.ask(command)).toBe('PROJECT_STATE');
    expect(project.memory).toBe(before);
  });

  it('is opened once, and nothing is asked of what is not there', () => {
    expect(Played.opened().ask(opening())).toBe('PROJECT_OPEN_ALREADY');
    expect(new Played().ask(claim)).toBe('PROJECT_UNKNOWN');
  });
});

describe('what the rules refuse', () => {
  it.each<[string, Played, Asked]>([
    ['PROJECT_NEEDS_MISSING', new Played(), opening({ needs: [] })],
    ['PROJECT_BUDGET_CAP', new Played(), opening({ budgetFen: fen(10_000_001) })],
    ['PROJECT_BUDGET_CAP', new Played(), opening({ budgetFen: -1 as never })],
    ['PROJECT_UNIT_PASSED', into.seeking(), { type: 'offer', unitId: 'u1' }],
    ['PROJECT_OFFERED_TO_OTHER', into.offered(), { type: 'claim', unitId: 'u2' }],
    ['PROJECT_OFFERED_TO_OTHER', into.offered(), { type: 'declineOffer', unitId: 'u2' }],
    ['PROJECT_CLAIM_WINDOW_OPEN', into.listed(), { type: 'assignUnclaimed', unitId: 'u2' }],
    ['PROJECT_NOT_LEAD', into.claimed(), { type: 'withdraw', unitId: 'u2' }],
    ['REPORT_NEED_FOREIGN', implementing(), report(Q1, ['n1', 'other'])],
    ['REPORT_NEED_TWICE', implementing(), report(Q1, ['n1', 'n1'])],
    ['REPORT_NUMBER_NEGATIVE', implementing(), { ...report(Q1), served: -1 } as Asked],
    ['REPORT_NUMBER_NEGATIVE', implementing(), { ...report(Q1), spentFen: -1 } as unknown as Asked],
    ['REPORT_EXISTS', implementing().pass(report(Q1)), report(Q1)],
    ['REPORT_EXISTS', implementing().pass({ type: 'waiveReport', quarter: Q1 }), { type: 'waiveReport', quarter: Q1 }],
    ['REPORT_NOT_SUBMITTED', implementing(), { type: 'acceptReport', quarter: Q1 }],
    ['REPORT_NOT_SUBMITTED', implementing(), { type: 'returnReport', quarter: Q1 }],
    ['PROJECT_REPORTS_OPEN', implementing().pass(report(Q1)), requestAcceptance],
    ['PROJECT_REPORTS_OPEN', into.acceptance().pass(report(Q1)), accept],
    ['PROJECT_RECTIFIED_ONCE', into.rectifying().pass({ type: 'submitRectification' }), { type: 'requireRectification' }],
  ])('%s', (code, project, command) => {
    expect(project.ask(command)).toBe(code);
  });
});

describe('a micro-project by itself', () => {
  it('passes from unit to unit as offers and claims lapse, on workdays, and never to the same unit twice', () => {
    const project = into.offered();
    // Ten workdays after 26 January, of which two weekends are none.
    project.moveTo(addHours(atDay('2026-02-10'), -1));
    expect(project.state.status).toBe('offered');
    project.moveTo(atDay('2026-02-10'));
    expect(project.state).toMatchObject({ status: 'seeking', passedBy: ['u1'] });
    project.pass({ type: 'offer', unitId: 'u2' }, { type: 'claim', unitId: 'u2' });
    const dueAt = project.wake!;
    // Across the Spring Festival ten workdays are more than two weeks.
    expect(dueAt > addHours(project.now, 15 * 24)).toBe(true);
    project.moveTo(dueAt);
    expect(project.state).toMatchObject({ status: 'seeking', passedBy: ['u1', 'u2'] });
    expect(project.state.leadUnit).toBeUndefined();
  });

  it('marks late what nobody did, once, and goes on waiting', () => {
    const project = into.acceptance().moveTo(atDay('2026-12-01'));
    expect(project.taken.filter((type) => type === 'markLate')).toHaveLength(1);
    expect(project.state).toMatchObject({ status: 'acceptance', late: ['acceptance'] });
    expect(projectMachine.waits(project.state)).toMatchObject([{ name: 'acceptance', due: project.state.due }]);
    expect(project.wake).toBeUndefined();
  });

  it('closes when nothing is to be paid', () => {
    const project = into.accepted().pass({ ...evaluate, awardExpected: false });
    expect(project.state.status).toBe('rewarded');
    expect(project.moveTo(project.now).state.status).toBe('closed');
  });

  it('gives every step its whole time again after a suspension', () => {
    for (const status of ['claimed', 'acceptance', 'rectifying'] as const) {
      const project = into[status]();
      const due = project.state.due!;
      project.pass({ type: 'suspend' }).moveTo(addHours(due, 24 * 30));
      expect(project.state.status).toBe('suspended');
      project.pass({ type: 'resume' });
      expect(project.state.status).toBe(status);
      expect(project.state.due! > addHours(project.now, 24 * 10)).toBe(true);
    }
  });
});

describe('an agreement that work begins with it', () => {
  it('is started by the engine at once, for each lead anew', () => {
    const project = Played.opened().pass(claim, { ...agree, startsAtOnce: true });
    project.moveTo(project.now);
    expect(project.state.status).toBe('implementing');
    const again = { type: 'offer', unitId: 'u2' } as const;
    project.pass({ type: 'withdraw', unitId: 'u1' }, again, { type: 'claim', unitId: 'u2' }, { ...agree, startsAtOnce: true });
    project.moveTo(project.now);
    expect(project.state.status).toBe('implementing');
    const starts = project.events.filter(({ type }) => type === 'started');
    expect(new Set(starts.map(({ commandId }) => commandId)).size).toBe(2);
  });

  it('is otherwise started by the unit, whenever that is', () => {
    const project = Played.opened().pass(claim, agree).moveTo(atDay('2026-12-01'));
    expect(project.state.status).toBe('agreed');
    project.pass(start);
  });
});

describe('reports under review', () => {
  const underReview = (): Played => implementing().pass(report(Q1));
  const review = `review:${Q1}`;

  it('are marked late when the community does not answer, and no longer once it has', () => {
    const project = underReview().moveTo(atDay('2026-04-01'));
    expect(project.state.late).toEqual([review]);
    project.pass({ type: 'returnReport', quarter: Q1 });
    expect(project.state.late).toEqual([]);
    project.pass(report(Q1));
    expect(project.wake).toBeDefined();
    project.moveTo(atDay('2026-05-01'));
    expect(project.taken.filter((type) => type === 'markLate')).toHaveLength(2);
  });

  it('stand still while a project is suspended, and have their whole time again afterwards', () => {
    const project = underReview().pass({ type: 'suspend' });
    project.moveTo(atDay('2026-06-01'));
    expect(project.state.status).toBe('suspended');
    project.pass({ type: 'resume' });
    expect(project.wake).toBe(atDay('2026-06-09'));
  });

  it('wait for the next lead when theirs has left, and have their whole time again when it starts', () => {
    const project = underReview().pass({ type: 'withdraw', unitId: 'u1' }, { type: 'offer', unitId: 'u2' });
    project.moveTo(project.state.due!);
    project.pass({ type: 'offer', unitId: 'u3' }, { type: 'claim', unitId: 'u3' }, agree);
    project.moveTo(atDay('2026-06-01'));
    expect(projectMachine.waits(project.state).map(({ name }) => name)).toEqual(['start']);
    project.pass(start);
    expect(projectMachine.waits(project.state)).toMatchObject([{ name: 'implementation' }, { name: review }]);
    expect(project.wake).toBe(atDay('2026-06-09'));
    project.pass({ type: 'acceptReport', quarter: Q1 });
  });

  it('keep nobody waiting when the project is over', () => {
    const project = underReview().pass({ type: 'cancel' });
    expect(projectMachine.waits(project.state)).toEqual([]);
    expect(NEEDS).toContain(project.state.reports[Q1]?.needs[0]);
  });
});
