import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { blank, remember, restore, type CountedDeadline, type Memory, type Recorded } from '../../../src/cases/model.ts';
import {
  awardMachine,
  countedOn,
  legal,
  type AwardCommand,
  type AwardEvent,
  type AwardProposal,
  type AwardState,
} from '../../../src/evaluation/award/model.ts';
import { fen } from '../../../src/kernel/money.ts';
import { Refusal } from '../../../src/kernel/refusal.ts';
import type { ActorId, OrgPath } from '../../../src/kernel/scope.ts';
import { addHours, shanghaiDate, type Instant } from '../../../src/kernel/time.ts';
import type { AwardPolicy } from '../../../src/policy/model.ts';

const START = '2026-03-02T01:00:00.000000Z' as Instant;
const NOTICE_DAYS = 7;
const ANSWER_DAYS = 5;

const opening: Extract<AwardCommand, { type: 'open' }> = {
  id: 'open',
  type: 'open',
  actor: 'manager' as ActorId,
  at: START,
  awardId: 'a1',
  projectId: 'p1',
  communityId: 'c1',
  orgPath: '/office/c1/' as OrgPath,
  recipientId: 'c1',
  amountFen: fen(80_000),
  digest: 'digest',
  preparerId: 'preparer',
  contentId: 'why',
  policy: {
    kind: 'award',
    version: 1,
    hash: 'h',
    values: { gradeFrom: 'good', spendPercentMax: 50, capFen: 1_000_000, noticeWorkdays: NOTICE_DAYS, objectionWorkdays: ANSWER_DAYS, approvals: 2 },
  },
};

/** What carries nothing. */
type Said = Exclude<AwardCommand['type'], 'open' | 'approve' | 'recount' | 'markLate'>;

/** A calendar on which every day is a workday. */
function recorded(memory: Memory<AwardState>, command: AwardCommand, proposal: AwardProposal, at: Instant, calendarVersion = 1, more = 0): AwardEvent {
  const { deadlines, ...facts } = proposal;
  const due: Record<string, CountedDeadline> = {};
  for (const [name, spec] of Object.entries(deadlines ?? {})) {
    const end = addHours(spec.from as Instant, (spec.n + more) * 24);
    due[name] = { at: end, on: shanghaiDate(end), calendarVersion, provisional: false, spec };
  }
  const event = { ...facts, version: memory.version + 1, commandId: command.id, actor: command.actor, at, due };
  return event as Recorded<AwardProposal>;
}

class Case {
  memory: Memory<AwardState> = blank();
  readonly events: AwardEvent[] = [];
  now = START;
  calendarVersion = 1;
  /** Added to a day by a revision. */
  daysMore = 0;

  constructor(changed: Partial<AwardPolicy> = {}) {
    this.ask({ ...opening, policy: { ...opening.policy, values: { ...opening.policy.values, ...changed } } });
  }

  get state(): AwardState {
    return this.memory.state!;
  }

  ask(command: AwardCommand): void {
    const event = recorded(this.memory, command, awardMachine.decide(this.memory.state, command, this.now), this.now, this.calendarVersion, this.daysMore);
    this.memory = remember(awardMachine, this.memory, event);
    this.events.push(event);
  }

  approve(personId: string, digest = 'digest'): void {
    this.ask({ ...this.#asked(), type: 'approve', personId, accountId: `account-${personId}`, digest });
  }

  say(type: Said): void {
    this.ask({ ...this.#asked(), type });
  }

  object(unitId?: string): void {
    this.ask({ ...this.#asked(), type: 'object', ...(unitId !== undefined && { unitId }) });
  }

  recount(calendarVersion: number): void {
    this.calendarVersion = calendarVersion;
    this.ask({ ...this.#asked(), type: 'recount', calendarVersion });
  }

  /** Moves time on and commits what is due. */
  wait(hours: number): void {
    this.now = addHours(this.now, hours);
    for (let due = awardMachine.dueCommand(this.state, this.now); due; due = awardMachine.dueCommand(this.state, this.now)) {
      this.ask(due);
    }
  }

  #asked(): Pick<AwardCommand, 'id' | 'actor' | 'at'> {
    return { id: `c${this.memory.version}`, actor: 'somebody' as ActorId, at: this.now };
  }
}

describe('a result-based award', () => {
  it('is granted after two approvals and the whole public notice, and the project hears of it', () => {
    const award = new Case();
    expect(awardMachine.waits(award.state)).toMatchObject([{ name: 'approval', owner: { role: 'leader' } }]);
    award.approve('ann');
    expect(award.state.status).toBe('proposed');
    award.approve('bo');
    expect(award.state.status).toBe('noticed');
    award.wait(NOTICE_DAYS * 24 - 1);
    expect(award.state.status).toBe('noticed');
    award.wait(1);
    expect(award.state.status).toBe('granted');
    expect(awardMachine.closed(award.state)).toBe(true);
    expect(awardMachine.tells?.(award.events.at(-1)!, award.state)).toMatchObject([
      { kind: 'microProject', caseId: 'project/p1', command: { id: 'award/a1:4', type: 'reward', awardFen: 80_000 } },
    ]);
  });

  it.each(['refuse', 'withdraw'] as const)('ends without money by %s, and the project closes without an award', (type) => {
    const award = new Case();
    award.say(type);
    expect(awardMachine.closed(award.state)).toBe(true);
    expect(awardMachine.tells?.(award.events.at(-1)!, award.state)).toMatchObject([{ command: { type: 'closeWithoutAward' } }]);
  });

  it('ends its notice by a revised calendar, once, and never in the past', () => {
    const award = new Case();
    award.approve('ann');
    expect(() => award.recount(2)).toThrow('AWARD_STATE');
    award.calendarVersion = 1;
    award.approve('bo');
    expect([countedOn(award.state), award.state.due]).toEqual([1, addHours(START, NOTICE_DAYS * 24)]);
    expect(() => award.recount(1)).toThrow('AWARD_CALENDAR_KNOWN');
    award.daysMore = 2;
    award.recount(2);
    expect([countedOn(award.state), award.state.due]).toEqual([2, addHours(START, (NOTICE_DAYS + 2) * 24)]);
    award.wait(NOTICE_DAYS * 24 + 1);
    award.daysMore = 0;
    award.recount(3);
    expect([award.state.status, award.state.due]).toEqual(['noticed', addHours(START, (NOTICE_DAYS + 2) * 24)]);
    award.wait(47);
    expect([award.state.status, countedOn(award.state)]).toEqual(['granted', undefined]);
    expect(restore(awardMachine, award.events)).toEqual(award.memory);
  });

  it('stands still while an objection is open, and is noticed anew when it is dismissed', () => {
    const award = new Case();
    award.approve('ann');
    award.approve('bo');
    award.wait(24);
    award.say('object');
    award.wait(1000);
    expect(award.state.status).toBe('objected');
    award.say('dismissObjection');
    award.wait(NOTICE_DAYS * 24 - 1);
    expect(award.state.status).toBe('noticed');
    award.wait(1);
    expect(award.state.status).toBe('granted');
  });

  it('is owed an answer to an objection within the days of the policy, by the revised calendar; the leader hears once that it is late', () => {
    const award = new Case();
    award.approve('ann');
    award.approve('bo');
    award.object('unit-1');
    expect([award.state.objectorId, award.state.due, countedOn(award.state)]).toEqual(['unit-1', addHours(START, ANSWER_DAYS * 24), 1]);
    expect(awardMachine.waits(award.state)).toEqual([
      { name: 'objection', owner: { role: 'manager' }, due: award.state.due, wakeAt: award.state.due, otherwise: 'evaluation.award.wait.objection' },
    ]);
    expect(() => award.object()).toThrow('AWARD_OBJECTED');
    award.daysMore = 1;
    award.recount(2);
    award.wait((ANSWER_DAYS + 1) * 24 - 1);
    expect(award.state.late).toBeUndefined();
    award.wait(1000);
    expect(award.events.filter(({ type }) => type === 'markedLate')).toHaveLength(1);
    expect(awardMachine.waits(award.state)).toMatchObject([{ name: 'objection', otherwise: 'evaluation.award.wait.objectionLate' }]);
    award.say('dismissObjection');
    expect([award.state.status, award.state.objectorId, award.state.late]).toEqual(['noticed', undefined, undefined]);
    expect(restore(awardMachine, award.events)).toEqual(award.memory);
  });

  it('says to who objects too late that the notice is over', () => {
    const award = new Case();
    award.approve('ann');
    expect(() => award.object()).toThrow('AWARD_STATE');
    award.approve('bo');
    award.wait(NOTICE_DAYS * 24);
    expect(() => award.object()).toThrow('AWARD_NOTICE_OVER');
  });

  it('keeps an objection of the first months, which had no date, until it is answered', () => {
    const award = new Case();
    award.approve('ann');
    award.approve('bo');
    const old = { type: 'objected', schema: 1, contentId: null, version: 4, commandId: 'old', actor: 'somebody' as ActorId, at: START, due: {} } as AwardEvent;
    award.memory = remember(awardMachine, award.memory, old);
    award.wait(1000);
    expect([award.state.status, awardMachine.waits(award.state)]).toEqual([
      'objected',
      [{ name: 'objection', owner: { role: 'manager' }, otherwise: 'evaluation.award.wait.objection' }],
    ]);
  });

  it('is refused by an objection that is upheld', () => {
    const award = new Case();
    award.approve('ann');
    award.approve('bo');
    award.say('object');
    award.say('upholdObjection');
    expect(award.state.status).toBe('refused');
  });

  it.each([
    ['APPROVALS_PREPARER', 'preparer', 'digest'],
    ['APPROVALS_TWICE', 'ann', 'digest'],
    ['APPROVALS_DIGEST_CHANGED', 'bo', 'other'],
  ])('refuses an approval with %s', (code, person, digest) => {
    const award = new Case();
    award.approve('ann');
    expect(() => award.approve(person, digest)).toThrow(code);
    expect(award.state.approvers).toHaveLength(1);
  });
});

type Step = { readonly hours: number } | { readonly person: string; readonly digest: string } | { readonly type: Said };

const steps: fc.Arbitrary<Step> = fc.oneof(
  { weight: 3, arbitrary: fc.record({ person: fc.constantFrom('preparer', 'ann', 'bo', 'cai'), digest: fc.constantFrom('digest', 'digest', 'other') }) },
  { weight: 2, arbitrary: fc.record({ hours: fc.integer({ min: 1, max: 200 }) }) },
  { weight: 2, arbitrary: fc.record({ type: fc.constantFrom('refuse', 'withdraw', 'object', 'dismissObjection', 'upholdObjection', 'grant') }) },
);

function run(plan: readonly Step[], award: Case): void {
  for (const step of plan) {
    try {
      if ('hours' in step) award.wait(step.hours);
      else if ('person' in step) award.approve(step.person, step.digest);
      // Nobody may ask for `grant`: the API has no such command.
      else if (step.type !== 'grant') award.say(step.type);
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
    }
  }
}

describe('the pinned policy', () => {
  it('says how many persons must approve', () => {
    const award = new Case({ approvals: 3 });
    award.approve('ann');
    award.approve('bo');
    expect(award.state.status).toBe('proposed');
    award.approve('cai');
    expect(award.state.status).toBe('noticed');
  });

  it('says how long the notice is', () => {
    const award = new Case({ noticeWorkdays: 3 });
    award.approve('ann');
    award.approve('bo');
    award.wait(3 * 24);
    expect(award.state.status).toBe('granted');
  });
});

describe('whatever is asked, in whatever order', () => {
  it('nothing is granted without two other persons and an undisturbed notice', () => {
    fc.assert(
      fc.property(fc.array(steps, { maxLength: 25 }), (plan) => {
        const award = new Case();
        run(plan, award);
        const grants = award.events.filter((event) => event.type === 'granted');
        expect(grants.length).toBeLessThanOrEqual(1);
        if (grants.length === 0) return;
        const persons = new Set(award.events.flatMap((event) => (event.type === 'approved' ? [event.personId] : [])));
        expect(persons.size).toBeGreaterThanOrEqual(2);
        expect(persons.has('preparer')).toBe(false);
        const [before, grant] = award.events.slice(-2);
        expect(grant!.at >= before!.due.due!.at).toBe(true);
      }),
      { numRuns: 500 },
    );
  });

  it('a case rebuilt from its journal is the case', () => {
    fc.assert(
      fc.property(fc.array(steps, { maxLength: 25 }), (plan) => {
        const award = new Case();
        run(plan, award);
        expect(restore(awardMachine, JSON.parse(JSON.stringify(award.events)) as AwardEvent[])).toEqual(award.memory);
      }),
    );
  });

  it('what is not legal in a status is refused and changes nothing', () => {
    fc.assert(
      fc.property(fc.array(steps, { maxLength: 15 }), fc.constantFrom('refuse', 'withdraw', 'object', 'dismissObjection', 'upholdObjection'), (plan, type) => {
        const award = new Case();
        run(plan, award);
        const before = award.memory;
        if (legal[type].includes(before.state!.status)) return;
        expect(() => award.say(type)).toThrow(/AWARD_(STATE|OBJECTED|NOTICE_OVER)/);
        expect(award.memory).toBe(before);
      }),
    );
  });
});
