import { addWorkdays, nextQuarter, quarterStart, type Calendar } from '../calendar/model.ts';
import { shanghaiInstant } from '../kernel/time.ts';
import type { Act, YearDeed } from './acts.ts';
import type { YearFiles } from './files.ts';
import { projectDeeds, type YearDates } from './project-script.ts';

export interface ScriptSettings {
  readonly calendar: Calendar;
  /** Workdays after which an unanswered offer lapses, from the tenant's policy. */
  readonly offerDays: number;
  /** Changes which unit answers on which day. */
  readonly seed: number;
}

/** Every project accounts for four quarters. */
const QUARTERS = 4;
/** Awards go to social organisations that carry out a project (never to units); so many are given. */
const AWARDS = 3;

/**
 * Who does what and when over one year, in order of time: the files say what happened, this says on which day the
 * answers fall. Pure: the same files and settings give the same acts. Rules: examples/mengyang/README.md.
 */
export function scriptOf(files: YearFiles, settings: ScriptSettings): readonly Act[] {
  const year = datesOf(files, settings);
  const awarded = files.projects.filter(({ implementer }) => implementer !== undefined).slice(0, AWARDS);
  const acts: Act[] = preparation(settings.calendar, year);
  for (const [index, line] of files.projects.entries()) {
    const deeds = projectDeeds(files, line, { year, answer: index + settings.seed, awarded: awarded.includes(line) });
    for (const { on, hour, ...deed } of deeds) acts.push({ ...deed, project: line.number, at: shanghaiInstant(on, hour) });
  }
  for (const confirmation of files.confirmations) {
    acts.push({ type: 'confirmNeed', confirmation, at: shanghaiInstant(confirmation.on, 11) });
  }
  return acts.sort((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : 0));
}

function datesOf(files: YearFiles, { calendar, offerDays }: ScriptSettings): YearDates {
  const first = files.reports.map(({ quarter }) => quarter).sort()[0];
  if (!first) throw new RangeError('a year without reports has no quarters');
  const quarters = [first];
  while (quarters.length < QUARTERS) quarters.push(nextQuarter(quarters.at(-1)!));
  return { calendar, offerDays, quarters, planOn: addWorkdays(quarterStart(first), -7, calendar) };
}

/** Survey, lists and plan fall into the month before the first quarter. */
function preparation(calendar: Calendar, { planOn }: YearDates): Act[] {
  const act = (workdays: number, hour: number, type: Exclude<YearDeed['type'], 'confirmNeed'>): Act => ({
    type,
    at: shanghaiInstant(addWorkdays(planOn, -workdays, calendar), hour),
  });
  return [
    act(16, 9, 'openSurvey'),
    act(9, 9, 'registerOffers'),
    act(7, 9, 'collectNeeds'),
    act(5, 9, 'triageNeeds'),
    act(4, 9, 'listNeeds'),
    act(3, 9, 'bundleProjects'),
    act(1, 9, 'match'),
    act(0, 10, 'confirmPlan'),
  ];
}
