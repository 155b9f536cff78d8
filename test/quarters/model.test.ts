import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { calendarFrom, quarter, resolveDeadline } from '../../src/calendar/model.ts';
import { builtInNotices } from '../../src/calendar/notices/built-in.ts';
import { blank, remember, restore, wakeAt, type Memory } from '../../src/cases/model.ts';
import { Refusal } from '../../src/kernel/refusal.ts';
import { SYSTEM_ACTOR, type ActorId, type OrgPath } from '../../src/kernel/scope.ts';
import { addDays, addHours, localDate, shanghaiDate, shanghaiInstant, type Instant } from '../../src/kernel/time.ts';
import {
  isCounted,
  quarterMachine,
  type QuarterCommand,
  type QuarterEvent,
  type QuarterProposal,
  type QuarterState,
} from '../../src/quarters/model.ts';
import { minutesDue, scheduleOf } from '../../src/quarters/schedule/model.ts';
import { pinnedDefault } from '../support/policies.ts';

const calendar = calendarFrom(builtInNotices, 1);
const revised = { ...calendar, version: 2 };
const policy = pinnedDefault('quarter');
const person = 'account-1' as ActorId;
const start = shanghaiInstant(localDate('2026-06-01'), 8);
const planned = localDate('2026-07-14');

/** A cycle as the engine runs it, without engine: what is due comes first, and each id counts once. */
class Cycle {
  memory: Memory<QuarterState> = blank();
  readonly events: QuarterEvent[] = [];
  now = start;
  /** What the publishing service counts. */
  unsettled = 3;

  get state(): QuarterState {
    return this.memory.state!;
  }

  send(command: QuarterCommand): string {
    if (this.memory.answered[command.id] !== undefined) return 'answered';
    try {
      const { deadlines = {}, ...facts } = quarterMachine.decide(this.memory.state, command, this.now) as QuarterProposal;
      const due = Object.fromEntries(Object.entries(deadlines).map(([name, spec]) => [name, resolveDeadline(spec, calendar)]));
      const version = this.memory.version + 1;
      const counted = isCounted(facts.type) && { unsettled: this.unsettled };
      const event = { ...facts, ...counted, version, commandId: command.id, actor: command.actor, at: this.now, due } as QuarterEvent;
      this.events.push(JSON.parse(JSON.stringify(event)) as QuarterEvent);
      this.memory = remember(quarterMachine, this.memory, event);
      return event.type;
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      return error.code;
    }
  }

  /** Takes every step up to the instant; fails the test where a wake-up has no command or a command no effect. */
  moveTo(instant: Instant): void {
    for (let steps = 0; ; steps += 1) {
      const wake = this.memory.state && wakeAt(quarterMachine, this.state);
      if (wake === undefined || wake > instant) break;
      if (steps > 50) throw new Error('the same step is taken for ever');
      this.now = wake > this.now ? wake : this.now;
      const due = quarterMachine.dueCommand(this.state, this.now);
      if (!due) throw new Error('woken for nothing');
      const taken = this.send(due);
      if (!this.events.some(({ type }) => type === taken)) throw new Error(`due ${due.type} was ${taken}`);
    }
    if (instant > this.now) this.now = instant;
  }
}

let number = 0;

function ask(type: string, facts: object = {}, actor: ActorId = person): QuarterCommand {
  return { id: `c${(number += 1)}`, type, actor, at: start, ...facts } as unknown as QuarterCommand;
}

function opened(): Cycle {
  const cycle = new Cycle();
  const schedule = scheduleOf(planned, policy.values, calendar);
  cycle.send(ask('open', { communityId: 'k1', orgPath: '/a/' as OrgPath, quarter: quarter('2026Q3'), policy, schedule }));
  return cycle;
}

const asked = (cycle: Cycle): string => cycle.send(ask('recordAsked', { asked: 3 }, SYSTEM_ACTOR));
const move = (cycle: Cycle, to: string): string =>
  cycle.send(ask('moveMeeting', { schedule: scheduleOf(localDate(to), policy.values, calendar) }));
const record = (cycle: Cycle): string =>
  cycle.send(ask('recordMeeting', { resolutions: 2, minutesBy: minutesDue(shanghaiDate(cycle.now), policy.values, calendar) }));
const typesOf = (cycle: Cycle): string[] => cycle.events.map(({ type }) => type);

describe('a quarter', () => {
  it('goes by itself from asking to escalation, waits for its meeting, and closes with the published report', () => {
    const cycle = opened();
    asked(cycle);
    cycle.moveTo(shanghaiInstant(planned, 17));
    expect(record(cycle)).toBe('meetingRecorded');
    cycle.moveTo(shanghaiInstant(localDate('2026-08-30')));
    expect(typesOf(cycle)).toEqual([
      'opened',
      'reportsAsked',
      'reportsReminded', // 23 June: 14 days before 7 July
      'topicsReminded', // 29 June
      'reportsReminded', // 30 June
      'reportsReminded', // 7 July
      'reportsMarkedLate', // 8 July
      'noticeGiven', // 9 July: three workdays before 14 July
      'meetingRecorded',
      'reportPublished', // three workdays later, by itself
      'reportsEscalated', // 21 July
    ]);
    expect(cycle.events.at(-2)).toMatchObject({ automatic: true, at: shanghaiInstant(localDate('2026-07-18')) });
    expect(quarterMachine.closed(cycle.state)).toBe(true);
  });

  it('wakes for nobody once the quarter is over and every report is accepted or waived', () => {
    const cycle = opened();
    asked(cycle);
    cycle.unsettled = 0;
    cycle.moveTo(shanghaiInstant(localDate('2026-07-01')));
    expect(cycle.state.agenda.map(({ name }) => name)).toContain('escalateReports'); // a project may still get under way
    cycle.moveTo(shanghaiInstant(localDate('2026-07-08')));
    expect(quarterMachine.waits(cycle.state).map(({ name }) => name)).toEqual(['notice', 'meeting']);
    expect(move(cycle, '2026-07-28')).toBe('meetingMoved');
    cycle.moveTo(shanghaiInstant(localDate('2026-07-28'), 17));
    record(cycle);
    cycle.send(ask('publishReport'));
    expect(typesOf(cycle).filter((type) => type === 'reportsReminded')).toHaveLength(3);
    expect(typesOf(cycle)).not.toContain('reportsMarkedLate');
    expect(typesOf(cycle)).not.toContain('reportsEscalated');
    expect(cycle.state.status).toBe('closed');
  });

  it('still tells the supervisor of a report that was handed in and returned', () => {
    const cycle = opened();
    asked(cycle);
    cycle.unsettled = 1;
    cycle.moveTo(shanghaiInstant(planned, 17));
    record(cycle);
    cycle.send(ask('publishReport'));
    expect(cycle.state.status).toBe('published');
    cycle.moveTo(shanghaiInstant(localDate('2026-08-30')));
    expect(typesOf(cycle).at(-1)).toBe('reportsEscalated');
  });

  it('counts on where an event of the first schema says nothing', () => {
    const cycle = opened();
    asked(cycle);
    cycle.moveTo(shanghaiInstant(localDate('2026-07-07'), 8));
    const [due] = cycle.state.agenda;
    const { unsettled: _, ...earlier } = cycle.events.find(({ type }) => type === 'reportsReminded') as Extract<QuarterEvent, { type: 'reportsReminded' }>;
    const after = quarterMachine.apply(cycle.state, { ...earlier, schema: 1, step: due!.at, at: due!.at, version: cycle.memory.version + 1 });
    expect(after.agenda.map(({ name }) => name)).toContain('escalateReports');
  });

  it('stays open while nobody has recorded its meeting, and says so once', () => {
    const cycle = opened();
    asked(cycle);
    cycle.moveTo(shanghaiInstant(localDate('2026-12-01')));
    expect(typesOf(cycle).filter((type) => type === 'meetingMarkedLate')).toHaveLength(1);
    expect(quarterMachine.waits(cycle.state)).toEqual([
      {
        name: 'meeting',
        owner: { role: 'communityWorker', orgUnitId: 'k1' },
        due: shanghaiInstant(localDate('2026-07-15')),
        otherwise: 'quarters.wait.meeting',
      },
    ]);
    expect(record(cycle)).toBe('meetingRecorded');
    expect(cycle.send(ask('publishReport'))).toBe('reportPublished');
    expect(cycle.state.status).toBe('closed');
  });

  it('gives notice again of a later day, moves the reports with it, and keeps what was already late', () => {
    const early = opened();
    asked(early);
    expect(move(early, '2026-07-21')).toBe('meetingMoved');
    expect(early.state.schedule.reportsDue).toBe(shanghaiInstant(localDate('2026-07-15')));

    const late = opened();
    asked(late);
    late.moveTo(shanghaiInstant(localDate('2026-07-10')));
    expect(move(late, '2026-07-28')).toBe('meetingMoved');
    expect(late.state.schedule.reportsDue).toBe(shanghaiInstant(localDate('2026-07-08')));
    late.moveTo(shanghaiInstant(localDate('2026-07-28')));
    expect(typesOf(late).filter((type) => type === 'noticeGiven')).toHaveLength(2);
    expect(typesOf(late).filter((type) => type === 'reportsMarkedLate')).toHaveLength(1);
  });

  it('refuses a meeting outside the quarter, in the past, on the same day, or recorded beforehand', () => {
    const cycle = opened();
    expect(move(cycle, '2026-07-21')).toBe('QUARTER_STATE');
    asked(cycle);
    cycle.moveTo(shanghaiInstant(localDate('2026-07-02')));
    expect(move(cycle, '2026-10-12')).toBe('QUARTER_MEETING_OUTSIDE');
    expect(move(cycle, '2026-07-01')).toBe('QUARTER_MEETING_PAST');
    expect(move(cycle, '2026-07-14')).toBe('QUARTER_MEETING_SAME');
    expect(record(cycle)).toBe('QUARTER_MEETING_AHEAD');
    expect(cycle.send(ask('publishReport'))).toBe('QUARTER_STATE');
    expect(cycle.send(ask('remindTopics', { step: start }))).toBe('QUARTER_STEP_UNKNOWN');
  });

  it('is recounted on a revised calendar, once', () => {
    const cycle = opened();
    asked(cycle);
    const recount = () => cycle.send(ask('recount', { schedule: scheduleOf(localDate('2026-07-15'), policy.values, revised) }));
    expect(recount()).toBe('calendarRecounted');
    expect(cycle.state.schedule).toMatchObject({ meetingOn: '2026-07-15', calendarVersion: 2 });
    expect(recount()).toBe('QUARTER_CALENDAR_KNOWN');
  });
});

type Deed = { readonly type: 'wait'; readonly hours: number } | { readonly type: string; readonly day: number };

const deeds: fc.Arbitrary<Deed[]> = fc.array(
  fc.oneof(
    fc.record({ type: fc.constant('wait' as const), hours: fc.integer({ min: 1, max: 500 }) }),
    fc.record({
      type: fc.constantFrom('asked', 'asked', 'asked', 'move', 'recount', 'record', 'record', 'record', 'publish', 'publish', 'open', 'escalateReports', 'settle'),
      day: fc.integer({ min: 0, max: 130 }),
    }),
  ),
  { minLength: 15, maxLength: 40, size: 'max' },
);

function perform(cycle: Cycle, deed: Deed): void {
  if ('hours' in deed) return cycle.moveTo(addHours(cycle.now, deed.hours));
  const known = cycle.state.schedule;
  // A day that people were told stays, even when it is past.
  const kept = deed.type === 'recount' && deed.day % 2 === 0;
  const meetingOn = kept ? known.meetingOn : addDays(localDate('2026-06-15'), deed.day);
  const schedule = scheduleOf(meetingOn, policy.values, { ...calendar, version: known.calendarVersion + 1 });
  switch (deed.type) {
    case 'asked':
      asked(cycle);
      break;
    case 'move':
      cycle.send(ask('moveMeeting', { schedule }));
      break;
    case 'recount':
      cycle.send(ask('recount', { schedule }));
      break;
    case 'record':
      record(cycle);
      break;
    case 'publish':
      cycle.send(ask('publishReport'));
      break;
    case 'settle':
      cycle.unsettled = Math.max(0, cycle.unsettled - 1);
      break;
    case 'open':
      cycle.send(ask('open', { communityId: 'k2', orgPath: '/b/' as OrgPath, quarter: quarter('2026Q3'), policy, schedule }));
      break;
    default:
      cycle.send(ask(deed.type, { step: schedule.escalateAt }));
  }
  cycle.moveTo(cycle.now);
}

describe('whatever people do and when', () => {
  it('a quarter only refuses, always waits for somebody, never runs backwards, and is what its journal says', () => {
    fc.assert(
      fc.property(deeds, (list) => {
        const cycle = opened();
        for (const deed of list) {
          const closed = quarterMachine.closed(cycle.state);
          const version = cycle.memory.version;
          perform(cycle, deed);
          if (closed) expect(cycle.memory.version).toBe(version);
          const waits = quarterMachine.waits(cycle.state);
          expect(waits.length > 0).toBe(!quarterMachine.closed(cycle.state));
          const nameless = waits.filter(({ owner, otherwise }) => owner.role === '' || !otherwise.startsWith('quarters.wait.'));
          expect(nameless).toEqual([]);
          const next = wakeAt(quarterMachine, cycle.state);
          if (cycle.state.status !== 'asking') expect(next).toBe(cycle.state.agenda[0]?.at);
          if (next !== undefined) expect(next > cycle.now).toBe(true);
        }
        expect(cycle.events.map(({ version }) => version)).toEqual(cycle.events.map((_, index) => index + 1));
        expect(restore(quarterMachine, cycle.events)).toEqual(JSON.parse(JSON.stringify(cycle.memory)));
      }),
      { numRuns: 100 },
    );
  });

  it('marks a meeting late again when its date comes back to a day on which it was marked before', () => {
    const cycle = opened();
    asked(cycle);
    cycle.moveTo(shanghaiInstant(localDate('2026-07-15')));
    move(cycle, '2026-08-13');
    cycle.send(ask('recount', { schedule: scheduleOf(planned, policy.values, revised) }));
    cycle.moveTo(shanghaiInstant(localDate('2026-08-01')));
    expect(typesOf(cycle).filter((type) => type === 'meetingMarkedLate')).toHaveLength(2);
  });

  it('reports are marked late and escalated once at most, and in that order', () => {
    fc.assert(
      fc.property(deeds, (list) => {
        const cycle = opened();
        asked(cycle);
        for (const deed of list) perform(cycle, deed);
        cycle.moveTo(shanghaiInstant(localDate('2027-03-01')));
        const order = typesOf(cycle).filter((type) => type === 'reportsMarkedLate' || type === 'reportsEscalated');
        expect(['reportsMarkedLate', 'reportsEscalated'].slice(0, order.length)).toEqual(order);
        if (cycle.unsettled > 0) expect(order).toHaveLength(2);
      }),
      { numRuns: 100 },
    );
  });
});
