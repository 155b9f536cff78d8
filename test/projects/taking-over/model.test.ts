import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { quarter } from '../../../src/calendar/model.ts';
import { fen } from '../../../src/kernel/money.ts';
import type { OrgPath } from '../../../src/kernel/scope.ts';
import { localDate, shanghaiInstant } from '../../../src/kernel/time.ts';
import { partsOf, reversalOf } from '../../../src/ledger/model.ts';
import type { CoFunder, ProjectCommand, TakeOverFacts } from '../../../src/projects/lifecycle/model.ts';
import { projectMachine } from '../../../src/projects/model.ts';
import { openingPostings } from '../../../src/projects/taking-over/model.ts';
import { NEEDS, Played, START, report, takingOver, way } from '../support/played.ts';

function refusalOf(work: () => unknown): unknown {
  try {
    return work();
  } catch (error) {
    return error;
  }
}

const q = quarter('2025Q4');
const funds = (pledged: number, delivered: number, verified: number, on: string | null = null): TakeOverFacts['funds'] => ({
  pledgedFen: fen(pledged),
  deliveredFen: fen(delivered),
  verifiedFen: fen(verified),
  on: on === null ? null : localDate(on),
});

const share = (unitId: string, pledged: number, delivered: number, verified: number): CoFunder => ({
  unitId,
  pledgedFen: fen(pledged),
  deliveredFen: fen(delivered),
  verifiedFen: fen(verified),
});

describe('a project that comes from an old ledger', () => {
  it('stands where the ledger has it, with its full time from now on', () => {
    const project = Played.takenOver({ status: 'acceptance', reports: [{ quarter: q, needs: ['n2'], served: 80, spentFen: fen(240_000) }] });
    expect(project.state).toMatchObject({ status: 'acceptance', leadUnit: 'u1', implementerId: 'u2', reports: { [q]: { status: 'accepted', needs: ['n2'], served: 80 } } });
    const fresh = Played.opened().pass(way.claim, way.agree, way.start, way.requestAcceptance);
    expect(project.wake).toBe(fresh.wake);
    expect(Played.takenOver({ status: 'claimed' }).state.implementerId).toBeUndefined();
  });

  it.each(['claimed', 'agreed', 'implementing', 'acceptance', 'rectifying'] as const)('goes on from %s to its award', (status) => {
    const project = Played.takenOver({ status });
    if (status === 'claimed') project.pass(way.agree);
    if (status === 'claimed' || status === 'agreed') project.pass(way.start);
    if (status === 'rectifying') project.pass({ type: 'submitRectification' });
    else if (status !== 'acceptance') project.pass(report(quarter('2026Q1')), { type: 'acceptReport', quarter: quarter('2026Q1') }, way.requestAcceptance);
    project.pass(way.accept, way.evaluate, { type: 'reward', awardFen: fen(100) });
    expect(project.state.status).toBe('rewarded');
  });

  it('has used its one rectification if it is being rectified, and its accepted reports are not written again', () => {
    const project = Played.takenOver({ status: 'rectifying', reports: [{ quarter: q, needs: [], served: 0, spentFen: fen(0) }] });
    expect(project.ask(report(q))).toBe('REPORT_EXISTS');
    expect(project.pass({ type: 'submitRectification' }).ask({ type: 'requireRectification' })).toBe('PROJECT_RECTIFIED_ONCE');
  });

  it.each<[string, Partial<TakeOverFacts>, string]>([
    ['more delivered than pledged', { funds: funds(100, 200, 0) }, 'deliveredFen FUNDS_REVERSED'],
    ['more verified than delivered', { funds: funds(300, 200, 201) }, 'verifiedFen FUNDS_REVERSED'],
    ['more pledged than the budget', { funds: funds(500_001, 0, 0) }, 'pledgedFen FUNDS_ABOVE_BUDGET'],
    ['no budget', { budgetFen: fen(0), funds: funds(0, 0, 0) }, 'budgetFen BUDGET_MISSING'],
    ['more pledged by all than the budget', { funds: funds(400_000, 0, 0), coFunders: [share('k1', 100_001, 0, 0)] }, 'coFunders FUNDS_ABOVE_BUDGET'],
    ['more brought by a co-funder than pledged', { coFunders: [share('k1', 1, 2, 0)] }, 'coFunders FUNDS_REVERSED'],
    ['the lead as its own co-funder', { leadUnit: 'k1', coFunders: [share('k1', 1, 1, 1)] }, 'coFunders FUNDER_TWICE'],
    ['a claim in the future', { claimedOn: localDate('2026-01-27') }, 'claimedOn DATE_IN_FUTURE'],
    ['funds of the future', { funds: funds(1, 1, 1, '2026-01-27') }, 'fundsOn DATE_IN_FUTURE'],
    ['an agreement before the claim', { agreedOn: localDate('2025-06-30') }, 'agreedOn STEPS_REVERSED'],
    ['a start of what is only claimed', { status: 'claimed', startedOn: localDate('2025-08-01') }, 'startedOn DATE_BEYOND_STATE'],
    ['a report on a quarter that runs', { reports: [{ quarter: quarter('2026Q1'), needs: [], served: 0, spentFen: fen(0) }] }, 'reports REPORT_QUARTER_OPEN'],
    ['a report of what has not begun', { status: 'agreed', reports: [{ quarter: q, needs: [], served: 0, spentFen: fen(0) }] }, 'reports REPORT_TOO_EARLY'],
  ])('is refused with %s', (_, facts, told) => {
    const [field, code] = told.split(' ');
    const command = { id: 'c', actor: 'account-1', at: START, ...takingOver(facts) } as ProjectCommand;
    const refusal = refusalOf(() => projectMachine.decide(undefined, command, START));
    expect(refusal).toMatchObject({ code: 'PROJECT_TAKE_OVER_UNSOUND', params: { field, fault: code } });
  });

  it('is taken back until somebody does something; what time does by itself is nobody’s doing', () => {
    const late = Played.takenOver({ status: 'acceptance' });
    late.moveTo(late.wake!);
    expect(late.pass({ type: 'undoTakeOver' }).state.status).toBe('cancelled');
    const used = Played.takenOver().pass(report(quarter('2026Q1')));
    expect(used.ask({ type: 'undoTakeOver' })).toBe('PROJECT_TAKE_OVER_USED');
    expect(Played.opened().pass(way.claim).ask({ type: 'undoTakeOver' })).toBe('PROJECT_TAKE_OVER_USED');
  });

  it('needs something to answer, and is there once', () => {
    expect(new Played().ask(takingOver({ needs: [] }))).toBe('PROJECT_NEEDS_MISSING');
    expect(Played.takenOver({ needs: NEEDS }).ask(takingOver())).toBe('PROJECT_OPEN_ALREADY');
  });
});

describe('opening entries', () => {
  const amounts = fc.tuple(fc.nat(1e9), fc.nat(1e9), fc.nat(1e9)).map((parts) => [...parts].sort((a, b) => b - a) as [number, number, number]);

  it('leave what the file says on each account and nothing after they are taken back', () => {
    fc.assert(
      fc.property(fc.array(amounts, { maxLength: 20 }), (rows) => {
        const at = shanghaiInstant(localDate('2026-01-05'));
        // Each row is a project of its lead alone, and all of them the shares of co-funders in one more.
        const shares = rows.map(([pledgedFen, deliveredFen, verifiedFen], index) => share(`k${index}`, pledgedFen, deliveredFen, verifiedFen));
        const entry = { orgPath: '/a/' as OrgPath, leadUnit: 'u1', at };
        const postings = rows.flatMap((row, index) => openingPostings({ ...entry, projectId: `p${index}`, funds: funds(...row), coFunders: [], commandId: `c${index}` }));
        const shared = openingPostings({ ...entry, projectId: 'shared', funds: funds(0, 0, 0), coFunders: shares, commandId: 'shared' });
        expect(new Set(shared.map(({ ordinal }) => ordinal)).size).toBe(shared.length);
        expect(shared.map(({ amount }) => amount)).toEqual(postings.map(({ amount }) => amount));
        const back = postings.map((posting) => reversalOf(posting, { commandId: `${posting.commandId}b`, ordinal: posting.ordinal, at }));
        const posted = (of: typeof postings, kind: string): number =>
          of.reduce((sum, { debit, credit, amount }) => sum + (partsOf(credit).kind === kind ? amount : 0) - (partsOf(debit).kind === kind ? amount : 0), 0);
        const total = (pick: (row: (typeof rows)[number]) => number): number => rows.reduce((sum, row) => sum + pick(row), 0);
        expect(posted(postings, 'verified')).toBe(total(([, , verified]) => verified));
        expect(posted(postings, 'delivered') + posted(postings, 'verified')).toBe(total(([, delivered]) => delivered));
        expect(posted(postings, 'funder') + total(([pledged]) => pledged)).toBe(0);
        expect(postings.reduce((sum, { plan }) => sum + (plan?.amount ?? 0), 0)).toBe(total(([pledged]) => pledged));
        for (const kind of ['pledged', 'delivered', 'verified', 'funder']) expect(posted([...postings, ...back], kind)).toBe(0);
      }),
    );
  });

  it('count in the quarter that the file names', () => {
    const entry = { projectId: 'p1', orgPath: '/a/' as OrgPath, leadUnit: 'u1', coFunders: [], commandId: 'c', at: shanghaiInstant(localDate('2026-01-05')) };
    const days = (on: string | null): string[] => openingPostings({ ...entry, funds: funds(3, 2, 1, on) }).map(({ at }) => at);
    expect(new Set(days('2025-09-30'))).toEqual(new Set([shanghaiInstant(localDate('2025-09-30'))]));
    expect(new Set(days(null))).toEqual(new Set([entry.at]));
  });
});

