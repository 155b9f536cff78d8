import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { calendarFrom, provisionally, resolveDeadline, type Calendar, type YearNotice } from '../../../src/calendar/model.ts';
import { builtInNotices } from '../../../src/calendar/notices/built-in.ts';
import { restore } from '../../../src/cases/model.ts';
import { addDays, addHours, localDate, shanghaiInstant } from '../../../src/kernel/time.ts';
import { projectMachine } from '../../../src/projects/model.ts';
import { countedOn, openDates } from '../../../src/projects/recounting/model.ts';
import { CALENDAR, opening, Played, QUARTERS, report, way } from '../support/played.ts';

const [Q1, Q2] = QUARTERS as [(typeof QUARTERS)[number], (typeof QUARTERS)[number]];
const REVISED = 2;
const { claim, agree, start, requestAcceptance, accept } = way;

/** In the last weeks of a year whose successor has no notice yet. */
const DECEMBER = shanghaiInstant(localDate('2026-12-21'), 9);

/** The next year's notice: some rest days from that day on, and a Saturday on which people work. */
function noticeFrom(firstDay: number, length: number, makeup: number): YearNotice {
  const first = addDays(localDate('2027-01-01'), firstDay);
  const work = addDays(localDate('2027-01-02'), 7 * makeup);
  const rest = [first, addDays(first, length - 1)] as const;
  const inside = work >= rest[0] && work <= rest[1];
  return { year: 2027, papers: ['示例通知'], holidays: [{ name: '示例', paper: 0, rest, work: inside ? [] : [work] }] };
}

const revisedBy = (notice: YearNotice): Calendar => provisionally(calendarFrom([...builtInNotices, notice], REVISED));

const ways: Readonly<Record<string, (project: Played) => Played>> = {
  offered: (project) => project,
  claimed: (project) => project.pass(claim),
  reviewed: (project) => project.pass(claim, agree, start, report(Q1), report(Q2)),
  acceptance: (project) => project.pass(claim, agree, start, requestAcceptance),
  rectifying: (project) => project.pass(claim, agree, start, requestAcceptance, { type: 'requireRectification' }, report(Q1)),
  accepted: (project) => project.pass(claim, agree, start, requestAcceptance, accept),
};

function played(path: string): Played {
  const project = new Played();
  project.calendar = provisionally(CALENDAR);
  project.now = DECEMBER;
  return ways[path]!(project.pass(opening({ firstOffer: 'u1' })));
}

const datesOf = ({ state }: Played): Record<string, string | undefined> => ({
  ...(state.due && { due: state.due }),
  ...Object.fromEntries(Object.entries(state.reports).map(([quarter, { reviewBy }]) => [`review:${quarter}`, reviewBy])),
});

describe('a project whose calendar is revised', () => {
  it('has every open date counted again from where it began, and none moved into the past', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...Object.keys(ways)),
        fc.integer({ min: 0, max: 24 * 40 }),
        fc.record({ first: fc.integer({ min: 0, max: 20 }), length: fc.integer({ min: 1, max: 9 }), makeup: fc.integer({ min: 0, max: 4 }) }),
        (path, hours, { first, length, makeup }) => {
          const project = played(path);
          project.moveTo(addHours(DECEMBER, hours));
          const known = datesOf(project);
          const open = openDates(project.state);
          const { late } = project.state;
          project.calendar = revisedBy(noticeFrom(first, length, makeup));
          const told = project.ask({ type: 'recount', calendarVersion: REVISED });
          if (Object.keys(open).length === 0) {
            expect(['PROJECT_CALENDAR_KNOWN', 'PROJECT_STATE']).toContain(told);
            return;
          }
          expect(told).toBe('calendarRecounted');
          const counted = Object.entries(open).map(([name, { spec }]) => {
            const { at } = resolveDeadline(spec, project.calendar);
            return [name, at > project.now ? at : known[name]];
          });
          expect(datesOf(project)).toEqual({ ...known, ...Object.fromEntries(counted) });
          expect(project.state.late).toEqual(late);
          expect(project.wake).toBe(Object.keys(open).map((name) => datesOf(project)[name]!).sort()[0]);
          expect(countedOn(project.state)).toBe(REVISED);
          expect(project.ask({ type: 'recount', calendarVersion: REVISED })).toBe('PROJECT_CALENDAR_KNOWN');
          expect(restore(projectMachine, project.events)).toEqual(project.memory);
        },
      ),
      { numRuns: 150 },
    );
  });

  it('has more time when its days become rest days, and less when it is worked on a Saturday', () => {
    const rested = played('acceptance');
    const worked = played('acceptance');
    rested.calendar = revisedBy(noticeFrom(0, 3, 4));
    worked.calendar = revisedBy(noticeFrom(20, 1, 0));
    for (const project of [rested, worked]) project.pass({ type: 'recount', calendarVersion: REVISED });
    const before = played('acceptance').state.due!;
    expect(rested.state.due! > before).toBe(true);
    expect(worked.state.due! < before).toBe(true);
  });

  it('is not concerned when nothing is dated, or all that is dated was marked late', () => {
    const idle = played('claimed').pass(agree);
    expect(countedOn(idle.state)).toBeUndefined();
    const late = played('accepted').moveTo(shanghaiInstant(localDate('2027-06-01')));
    expect(late.state.late).toEqual(['evaluation']);
    expect(countedOn(late.state)).toBeUndefined();
  });
});
