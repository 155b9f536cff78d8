import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { dueCommandId, remember, blank, restore, wakeAt, type Memory, type Recorded } from '../../src/cases/model.ts';
import { Refusal } from '../../src/kernel/refusal.ts';
import type { ActorId, OrgPath } from '../../src/kernel/scope.ts';
import { addHours, localDate, shanghaiInstant, type Instant } from '../../src/kernel/time.ts';
import type { SolvedPlan } from '../../src/matching/messages.ts';
import { countedOn, RUN_MOVES, runMachine, type RunCommand, type RunProposal, type RunState } from '../../src/matching/model.ts';
import { pinnedDefault } from '../support/policies.ts';

const start = shanghaiInstant(localDate('2026-03-02'), 9);
const due = shanghaiInstant(localDate('2026-03-10'));
const actor = 'manager' as ActorId;
const policy = pinnedDefault('matching');

type Told = RunCommand extends infer C ? (C extends RunCommand ? Omit<C, 'id' | 'actor' | 'at'> : never) : never;

const plan = (value: number, planHash = `plan of ${value}`): SolvedPlan => ({ inputHash: 'facts', planHash, seed: 7, value, matched: 2, unmatched: 1 });
const open: Told = { type: 'open', orgPath: '/office/' as OrgPath, policy };
const solve = (value: number, revision = 1): Told => ({ type: 'recordPlan', revision, plan: plan(value) });

/** A case without an engine: deadlines fall on one fixed day. */
class Played {
  memory: Memory<RunState> = blank();
  readonly events: Recorded<RunProposal>[] = [];
  /** Where deadlines fall, and on which calendar. */
  falls = { at: due, calendarVersion: 1 };
  #count = 0;

  tell(command: Told, now: Instant = start): this {
    const whole = { ...command, id: `c${(this.#count += 1)}`, actor, at: now } as RunCommand;
    const { deadlines, ...facts } = runMachine.decide(this.memory.state, whole, now);
    const resolved = deadlines ? { due: { ...this.falls, provisional: false, spec: deadlines['due'] } } : {};
    const event = { ...facts, version: this.memory.version + 1, commandId: whole.id, actor, at: now, due: resolved } as Recorded<RunProposal>;
    this.memory = remember(runMachine, this.memory, event);
    this.events.push(event);
    return this;
  }

  get state(): RunState {
    return this.memory.state!;
  }
}

const after = (...commands: Told[]): Played => commands.reduce((run, command) => run.tell(command), new Played());

function refusal(work: () => unknown): string {
  try {
    work();
  } catch (error) {
    if (error instanceof Refusal) return error.code;
    throw error;
  }
  return 'nothing';
}

describe('a matching run', () => {
  it('is solved, confirmed by the plan that was seen, and carried out', () => {
    const run = after(open, solve(500), { type: 'confirm', planHash: 'plan of 500' });
    expect(run.state).toMatchObject({ status: 'confirmed', confirmation: { commandId: 'c3', actor } });
    expect(runMachine.closed(run.state)).toBe(false);
    expect(runMachine.closed(run.tell({ type: 'recordCarriedOut', projects: 3 }).state)).toBe(true);
  });

  it('asks by a revised calendar, once, until it is late, and never in the past', () => {
    const run = after(open);
    expect(refusal(() => run.tell({ type: 'recount', calendarVersion: 2 }))).toBe('MATCHING_RUN_NOT_IN_STATE');
    run.tell(solve(500));
    expect(refusal(() => run.tell({ type: 'recount', calendarVersion: 1 }))).toBe('MATCHING_CALENDAR_KNOWN');
    run.falls = { at: addHours(due, 24), calendarVersion: 2 };
    run.tell({ type: 'recount', calendarVersion: 2 });
    expect([countedOn(run.state), run.state.due]).toEqual([2, addHours(due, 24)]);
    run.falls = { at: due, calendarVersion: 3 };
    run.tell({ type: 'recount', calendarVersion: 3 }, addHours(due, 1));
    expect([countedOn(run.state), run.state.due]).toEqual([3, addHours(due, 24)]);
    run.tell({ type: 'markLate' }, addHours(due, 24));
    expect(countedOn(run.state)).toBeUndefined();
    expect(refusal(() => run.tell({ type: 'recount', calendarVersion: 4 }))).toBe('MATCHING_CALENDAR_KNOWN');
  });

  it('asks for as many workdays as the policy gives, and is marked late once', () => {
    const proposal = runMachine.decide(after(open).state, { ...solve(1), id: 'x', actor, at: start } as RunCommand, start);
    expect(proposal.deadlines).toEqual({ due: { from: start, n: policy.values.confirmWorkdays, unit: 'workday' } });
    const run = after(open, solve(500));
    expect(runMachine.waits(run.state)).toEqual([{ name: 'confirmation', owner: { role: 'manager' }, otherwise: 'matching.wait.markLate', due, wakeAt: due }]);
    expect(runMachine.dueCommand(run.state, addHours(due, -1))).toBeUndefined();
    const late = runMachine.dueCommand(run.state, due);
    expect(late).toMatchObject({ id: dueCommandId('confirmation', due), type: 'markLate' });
    run.tell({ type: 'markLate' }, due);
    expect(wakeAt(runMachine, run.state)).toBeUndefined();
    expect(runMachine.waits(run.state)[0]).toMatchObject({ due });
  });

  it('goes back to the engine when a person changes it, and states what that costs', () => {
    const choices = [{ proposalId: 'p', offerId: null }];
    const run = after(open, solve(500)).tell({ type: 'change', choices, contentId: 'reason' });
    expect(run.state).toMatchObject({ status: 'frozen', revision: 2, choices });
    expect(run.state.plan).toBeUndefined();
    run.tell(solve(420, 2));
    expect(run.state).toMatchObject({ status: 'solved', bestValue: 500, plan: { value: 420, price: 80 } });
    run.tell({ type: 'change', choices: [], contentId: 'better' }).tell(solve(500, 3));
    expect(run.state.plan?.price).toBe(0);
  });

  it('is planned anew on new facts, with the choices that could be kept and a price of their own', () => {
    const [kept, dropped] = [{ proposalId: 'p', offerId: null }, { proposalId: 'q', offerId: 'o' }];
    const run = after(open, solve(500)).tell({ type: 'change', choices: [kept, dropped], contentId: 'reason' }).tell(solve(420, 2));
    run.tell({ type: 'replan' });
    expect(run.state).toMatchObject({ status: 'frozen', revision: 3, factsRevision: 3, choices: [kept, dropped] });
    expect([run.state.plan, run.state.bestValue]).toEqual([undefined, undefined]);
    run.tell({ type: 'recordPlan', revision: 3, plan: { ...plan(600), choices: [kept], bestValue: 650 } });
    expect(run.state).toMatchObject({ status: 'solved', bestValue: 650, plan: { value: 600, price: 50 }, choices: [kept] });
    run.tell({ type: 'change', choices: [], contentId: 'reason' });
    expect(run.state).toMatchObject({ revision: 4, factsRevision: 3 });
  });

  it('is given up while it is solved; the plan that comes too late is refused', () => {
    const run = after(open, { type: 'cancel', contentId: 'reason' });
    expect(run.state.status).toBe('cancelled');
    expect(refusal(() => run.tell(solve(500)))).toBe('MATCHING_RUN_NOT_IN_STATE');
  });

  it('keeps a proposal from several offers, but from each only once', () => {
    const forbid = (offerId: string) => ({ proposalId: 'p', offerId, forbid: true });
    const solved = after(open, solve(500));
    expect(refusal(() => solved.tell({ type: 'change', choices: [forbid('a'), forbid('a')], contentId: 'reason' }))).toBe('MATCHING_CHOICE_TWICE');
    const choices = [forbid('a'), forbid('b'), { proposalId: 'p', offerId: 'c' }];
    expect(solved.tell({ type: 'change', choices, contentId: 'reason' }).state.choices).toEqual(choices);
  });

  it('refuses a plan that is no longer the one that was seen', () => {
    const changed = after(open, solve(500), { type: 'change', choices: [], contentId: 'reason' });
    expect(refusal(() => changed.tell(solve(400, 1)))).toBe('MATCHING_PLAN_CHANGED');
    changed.tell(solve(400, 2));
    expect(refusal(() => changed.tell({ type: 'confirm', planHash: 'plan of 500' }))).toBe('MATCHING_PLAN_CHANGED');
  });

  it('wants a reason for a change and a cancellation, and one choice for a proposal', () => {
    const solved = after(open, solve(500));
    expect(refusal(() => solved.tell({ type: 'cancel' }))).toBe('MATCHING_REASON_MISSING');
    expect(refusal(() => solved.tell({ type: 'change', choices: [] }))).toBe('MATCHING_REASON_MISSING');
    const twice = [{ proposalId: 'p', offerId: 'o' }, { proposalId: 'p', offerId: null }];
    expect(refusal(() => solved.tell({ type: 'change', choices: twice, contentId: 'reason' }))).toBe('MATCHING_CHOICE_TWICE');
    expect(solved.tell({ type: 'cancel', contentId: 'reason' }).state.status).toBe('cancelled');
  });

  it('ends when there is no question to answer', () => {
    const run = after(open, { type: 'abandon', code: 'MATCHING_NOTHING_READY' });
    expect(run.state.status).toBe('cancelled');
    expect(runMachine.waits(run.state)).toEqual([]);
  });

  it('takes in every status what its table allows and nothing else, and is rebuilt from its events', () => {
    const command: fc.Arbitrary<Told> = fc.oneof(
      fc.constant(open),
      fc.record({ type: fc.constant('recordPlan' as const), revision: fc.integer({ min: 1, max: 3 }), plan: fc.integer({ min: -9, max: 9 }).map((value) => plan(value, 'same')) }),
      fc.constant<Told>({ type: 'abandon', code: 'MATCHING_NOTHING_READY' }),
      fc.constant<Told>({ type: 'change', choices: [{ proposalId: 'p', offerId: 'o' }], contentId: 'r' }),
      fc.constant<Told>({ type: 'replan' }),
      fc.constant<Told>({ type: 'confirm', planHash: 'same' }),
      fc.constant<Told>({ type: 'recordCarriedOut', projects: 1 }),
      fc.constant<Told>({ type: 'cancel', contentId: 'r' }),
      fc.constant<Told>({ type: 'markLate' }),
    );
    fc.assert(
      fc.property(fc.array(command, { maxLength: 12 }), (commands) => {
        const run = after(open);
        for (const told of commands) {
          const { status, revision } = run.state;
          const legal = RUN_MOVES[status].includes(told.type) && !(told.type === 'recordPlan' && told.revision !== revision);
          expect(refusal(() => run.tell(told)) === 'nothing').toBe(legal);
        }
        expect(restore(runMachine, run.events)).toEqual(run.memory);
        expect(runMachine.closed(run.state)).toBe(RUN_MOVES[run.state.status].length === 0);
      }),
      { numRuns: 300 },
    );
  });
});
