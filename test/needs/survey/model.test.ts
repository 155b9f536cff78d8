import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { calendarFrom, provisionally, resolveDeadline, type Calendar } from '../../../src/calendar/model.ts';
import { builtInNotices } from '../../../src/calendar/notices/built-in.ts';
import { blank, remember, restore, wakeAt, type Memory } from '../../../src/cases/model.ts';
import { Refusal } from '../../../src/kernel/refusal.ts';
import { SYSTEM_ACTOR, type ActorId, type OrgPath } from '../../../src/kernel/scope.ts';
import { addHours, localDate, shanghaiInstant, type Instant } from '../../../src/kernel/time.ts';
import { legal, type SurveyCommand, type SurveyEvent, type SurveyProposal, type SurveyState } from '../../../src/needs/survey/lifecycle/model.ts';
import { surveyMachine } from '../../../src/needs/survey/model.ts';
import { countedOn } from '../../../src/needs/survey/recounting/model.ts';
import { pinnedDefault } from '../../support/policies.ts';

const calendar = provisionally(calendarFrom(builtInNotices, 1));
const day = (date: string, hour = 0): Instant => shanghaiInstant(localDate(date), hour);
const actor = 'person-1' as ActorId;
const start = day('2026-03-02', 9);
const opensAt = day('2026-03-09');
const closesAt = day('2026-03-24');
const release = { opensAt, closesAt, communityIds: ['c1', 'c2'], contentHash: 'hash' };

/** A survey outside the engine: decides, counts deadlines, applies, and does what is due. */
class Campaign {
  events: SurveyEvent[] = [];
  memory: Memory<SurveyState> = blank();
  now = start;
  calendar: Calendar = calendar;

  get state(): SurveyState {
    return this.memory.state!;
  }

  ask(asked: Omit<SurveyCommand, 'id' | 'actor' | 'at'> & Record<string, unknown>, id = `c${this.events.length}`): void {
    this.#commit({ ...asked, id, actor, at: this.now } as unknown as SurveyCommand);
  }

  advance(to: Instant): void {
    for (let wake = wakeAt(surveyMachine, this.state); wake !== undefined && wake <= to; wake = wakeAt(surveyMachine, this.state)) {
      if (wake > this.now) this.now = wake;
      this.#commit(surveyMachine.dueCommand(this.state, this.now)!);
    }
    if (to > this.now) this.now = to;
  }

  #commit(command: SurveyCommand): void {
    const { deadlines, ...facts } = surveyMachine.decide(this.memory.state, command, this.now) as SurveyProposal;
    const due = Object.fromEntries(Object.entries(deadlines ?? {}).map(([name, spec]) => [name, { ...resolveDeadline(spec, this.calendar), spec }]));
    const event = { ...facts, version: this.memory.version + 1, commandId: command.id, actor: command.actor, at: this.now, due } as unknown as SurveyEvent;
    this.memory = remember(surveyMachine, this.memory, event);
    this.events.push(event);
  }

  static drafted(): Campaign {
    const campaign = new Campaign();
    campaign.ask({ type: 'open', surveyId: 's1', orgPath: '/office/' as OrgPath, policy: pinnedDefault('survey') });
    return campaign;
  }
}

const typesOf = ({ events }: Campaign): string[] => events.map(({ type }) => type);

function codeOf(work: () => void): string {
  try {
    work();
  } catch (error) {
    if (error instanceof Refusal) return error.code;
    throw error;
  }
  return 'taken';
}

describe('a survey', () => {
  it('opens, reminds and closes by itself', () => {
    const survey = Campaign.drafted();
    survey.ask({ type: 'release', ...release });
    expect(surveyMachine.waits(survey.state)).toMatchObject([{ name: 'opening', owner: { role: 'system' }, due: opensAt, wakeAt: opensAt }]);
    survey.advance(opensAt);
    expect(survey.state.status).toBe('collecting');
    // Closing at the midnight that ends Monday 23 March: 7, 3 and 1 days before are Monday, Friday and Sunday → Friday.
    expect(survey.state.remindAt).toEqual([day('2026-03-16', 9), day('2026-03-20', 9)]);
    expect(surveyMachine.waits(survey.state).map(({ owner }) => owner)).toEqual([
      { role: 'system' },
      { role: 'communityWorker', orgUnitId: 'c1' },
      { role: 'communityWorker', orgUnitId: 'c2' },
    ]);
    survey.advance(closesAt);
    expect(survey.state).toMatchObject({ status: 'triage', due: day('2026-04-09'), late: false });
    survey.advance(day('2026-04-09'));
    expect(survey.state.late).toBe(true);
    survey.ask({ type: 'list' });
    survey.advance(day('2027-01-01'));
    expect(survey.state.status).toBe('closed');
    expect(typesOf(survey)).toEqual([
      'drafted',
      'released',
      'collectingBegan',
      'workersReminded',
      'workersReminded',
      'collectingEnded',
      'markedLate',
      'listed',
      'closed',
    ]);
  });

  it('that is released late begins at once', () => {
    const survey = Campaign.drafted();
    survey.now = day('2026-03-12');
    survey.ask({ type: 'release', ...release });
    survey.advance(survey.now);
    expect(survey.state.status).toBe('collecting');
    expect(survey.events.at(-1)?.at).toBe(day('2026-03-12'));
  });

  it('is extended with new reminders, and only to later', () => {
    const survey = Campaign.drafted();
    survey.ask({ type: 'release', ...release });
    survey.advance(day('2026-03-21'));
    expect(codeOf(() => survey.ask({ type: 'extend', closesAt: day('2026-03-23') }))).toBe('SURVEY_EXTENSION_EARLIER');
    expect(codeOf(() => survey.ask({ type: 'extend', closesAt: day('2026-07-01') }))).toBe('SURVEY_WINDOW_LONG');
    survey.ask({ type: 'extend', closesAt: day('2026-04-01') });
    expect(survey.state.remindAt).toEqual([day('2026-03-24', 9), day('2026-03-27', 9), day('2026-03-30', 9)].filter((at) => at > survey.now).sort());
    survey.advance(closesAt);
    expect(survey.state.status).toBe('collecting');
  });

  it('goes back to the desk until it has begun', () => {
    const survey = Campaign.drafted();
    expect(codeOf(() => survey.ask({ type: 'recall' }))).toBe('SURVEY_NOT_RELEASED');
    survey.ask({ type: 'release', ...release });
    expect(codeOf(() => survey.ask({ type: 'release', ...release }))).toBe('SURVEY_RELEASED');
    survey.ask({ type: 'recall' });
    survey.advance(day('2026-12-01'));
    expect(survey.state.status).toBe('draft');
    expect(codeOf(() => survey.ask({ type: 'release', ...release }))).toBe('SURVEY_WINDOW_PAST');
    survey.ask({ type: 'discard' });
    expect(surveyMachine.closed(survey.state)).toBe(true);
  });

  it('is counted again on a revised calendar, and nobody becomes late by it', () => {
    const survey = Campaign.drafted();
    survey.ask({ type: 'release', ...release });
    expect(countedOn(survey.state)).toBe(1);
    expect(codeOf(() => survey.ask({ type: 'recount', calendarVersion: 1 }))).toBe('SURVEY_CALENDAR_KNOWN');
    // A notice makes Friday 20 March a rest day: its reminder goes out on Thursday.
    const rest = { year: 2026, papers: ['示例'], holidays: [{ name: '示例', paper: 0, rest: ['2026-03-20', '2026-03-20'], work: [] }] } as const;
    survey.calendar = provisionally(calendarFrom([rest], 2));
    survey.ask({ type: 'recount', calendarVersion: 2 });
    expect(survey.state.remindAt).toEqual([day('2026-03-16', 9), day('2026-03-19', 9)]);
    survey.advance(closesAt);
    expect([countedOn(survey.state), survey.state.due]).toEqual([2, day('2026-04-08')]);
    survey.calendar = calendar;
    survey.now = day('2026-04-06');
    survey.ask({ type: 'recount', calendarVersion: 3 });
    expect(survey.state.due).toBe(day('2026-04-09'));
    survey.advance(day('2026-04-09'));
    expect([survey.state.late, countedOn(survey.state)]).toEqual([true, null]);
  });

  it.each([
    [{ ...release, closesAt: opensAt }, 'SURVEY_WINDOW_REVERSED'],
    [{ ...release, closesAt: day('2026-08-01') }, 'SURVEY_WINDOW_LONG'],
    [{ ...release, communityIds: [] }, 'SURVEY_AREA_MISSING'],
  ])('is not released with %j', (wrong, code) => {
    expect(codeOf(() => Campaign.drafted().ask({ type: 'release', ...wrong }))).toBe(code);
  });
});

const steps = fc.oneof(
  fc.record({ type: fc.constantFrom('recall', 'discard', 'endCollecting', 'list', 'close', 'markLate', 'beginCollecting', 'recount'), calendarVersion: fc.integer({ min: 0, max: 3 }) }),
  fc.record({ type: fc.constant('release'), from: fc.integer({ min: -200, max: 400 }), hours: fc.integer({ min: -5, max: 3000 }) }),
  fc.record({ type: fc.constant('extend'), hours: fc.integer({ min: -100, max: 3000 }) }),
  fc.record({ type: fc.constant('remindWorkers') }),
  fc.record({ type: fc.constant('advance'), hours: fc.integer({ min: 0, max: 1500 }) }),
) as fc.Arbitrary<{ type: string; from?: number; hours?: number }>;

function take(survey: Campaign, { type, from = 0, hours = 0 }: { type: string; from?: number; hours?: number }): void {
  const { now } = survey;
  if (type === 'advance') return survey.advance(addHours(now, hours));
  const opens = addHours(now, from);
  const facts = { ...release, opensAt: opens, closesAt: addHours(type === 'extend' ? now : opens, hours), step: now };
  survey.ask({ ...facts, type } as never);
}

describe('whatever is asked of it', () => {
  it('moves by its table only, is restored from its events, and never stands still while something is due', () => {
    fc.assert(
      fc.property(fc.array(steps, { maxLength: 25 }), (asked) => {
        const survey = Campaign.drafted();
        for (const step of asked) {
          const before = survey.state;
          const code = codeOf(() => take(survey, step));
          const allowed = step.type === 'advance' || legal[step.type as keyof typeof legal].includes(before.status);
          if (!allowed) expect(code).toBe('SURVEY_STATE');
          if (code !== 'taken') expect(survey.state).toEqual(before);
          const waits = surveyMachine.waits(survey.state);
          expect(waits.length > 0).toBe(!surveyMachine.closed(survey.state));
          expect(new Set(waits.map(({ name }) => name)).size).toBe(waits.length);
          const { status, remindAt, release: window } = survey.state;
          if (status !== 'collecting' && status !== 'draft') expect(remindAt).toEqual([]);
          if (status === 'collecting') expect(remindAt.every((at) => at < window!.closesAt)).toBe(true);
        }
        expect(restore(surveyMachine, survey.events)).toEqual(survey.memory);
        expect(new Set(survey.events.map(({ commandId }) => commandId)).size).toBe(survey.events.length);
      }),
      { numRuns: 150 },
    );
  });

  it('does once what is due, in order of time, however late somebody looks', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 2000 }), fc.integer({ min: 1, max: 40 }), (hours, pace) => {
        const whole = Campaign.drafted();
        const slow = Campaign.drafted();
        const window = { ...release, closesAt: addHours(opensAt, hours) };
        for (const survey of [whole, slow]) survey.ask({ type: 'release', ...window });
        const end = addHours(opensAt, hours + 24 * 60);
        whole.advance(end);
        for (let at = start; at < end; at = addHours(at, pace * 24)) slow.advance(at);
        slow.advance(end);
        expect(slow.events).toEqual(whole.events);
        expect(whole.events.filter(({ actor: by }) => by === SYSTEM_ACTOR).map(({ at }) => at)).toEqual(
          [...whole.events.filter(({ actor: by }) => by === SYSTEM_ACTOR).map(({ at }) => at)].sort(),
        );
      }),
      { numRuns: 60 },
    );
  });
});
