import { quarterOf } from '../../calendar/model.ts';
import { addDays, isoWeekday, shanghaiDate, shanghaiInstant, type Instant, type LocalDate } from '../../kernel/time.ts';

/** A number and the address of the list whose rows are as many. */
export interface Door {
  readonly count: number;
  readonly door: string;
}

/** Statuses at which a project has come at least so far. */
const REACHED = {
  claimed: ['claimed', 'agreed', 'implementing', 'acceptance', 'rectifying', 'suspended', 'accepted', 'evaluated', 'rewarded', 'closed'],
  accepted: ['accepted', 'evaluated', 'rewarded', 'closed'],
  evaluated: ['evaluated', 'rewarded', 'closed'],
  closed: ['closed'],
} as const;

export type LoopStep = keyof typeof REACHED;

export const LOOP_STEPS = Object.keys(REACHED) as readonly LoopStep[];

/** How far the projects have come: each step holds those of the steps behind it. */
export function projectsLoop(byStatus: readonly { readonly status: string; readonly count: number }[]): Record<LoopStep, Door> {
  const of = (step: LoopStep): Door => {
    const statuses: readonly string[] = REACHED[step];
    const count = byStatus.filter(({ status }) => statuses.includes(status)).reduce((sum, it) => sum + it.count, 0);
    return { count, door: `/api/v1/projects?status=${statuses.join(',')}` };
  };
  return { claimed: of('claimed'), accepted: of('accepted'), evaluated: of('evaluated'), closed: of('closed') };
}

/** States of needs, as above; what was merged into another, withdrawn or left out is not counted. */
const NEEDS_REACHED = {
  raised: ['raised', 'asked', 'triaged', 'listed', 'answered', 'closed'],
  listed: ['listed', 'answered', 'closed'],
} as const;

export function needsLoop(byState: readonly { readonly state: string; readonly count: number }[]): Record<keyof typeof NEEDS_REACHED, Door> {
  const of = (states: readonly string[]): Door => ({
    count: byState.filter(({ state }) => states.includes(state)).reduce((sum, it) => sum + it.count, 0),
    door: `/api/v1/needs?state=${states.join(',')}`,
  });
  return { raised: of(NEEDS_REACHED.raised), listed: of(NEEDS_REACHED.listed) };
}

export interface Span {
  readonly dueFrom: Instant;
  readonly dueBefore: Instant;
}

/** What a day's end, or earlier on it, is due: midnight belongs to the day that it ends. */
export function dueOn(first: LocalDate, last: LocalDate): Span {
  return { dueFrom: justAfter(shanghaiInstant(first)), dueBefore: justAfter(shanghaiInstant(addDays(last, 1))) };
}

/** One microsecond later, so that the midnight before is left out and the one at the end is in. */
function justAfter(instant: Instant): Instant {
  return instant.replace(/\.\d{6}Z$/, '.000001Z') as Instant;
}

/** From today to Sunday. */
export function restOfWeek(now: Instant): Span {
  const today = shanghaiDate(now);
  return dueOn(today, addDays(today, 7 - isoWeekday(today)));
}

export function monthOf(now: Instant): LocalDate[] {
  const today = shanghaiDate(now);
  const first = `${today.slice(0, 7)}-01` as LocalDate;
  return Array.from({ length: 31 }, (_, index) => addDays(first, index)).filter((day) => day.startsWith(today.slice(0, 7)));
}

export function quarterNow(now: Instant): ReturnType<typeof quarterOf> {
  return quarterOf(shanghaiDate(now));
}
