import type { DeadlineSpec } from '../../calendar/model.ts';
import type { Instant } from '../../kernel/time.ts';
import type { CountedDeadline } from '../model.ts';

/** How a date was counted: enough to count it again on a revised calendar. */
export interface DueBasis {
  readonly spec: DeadlineSpec;
  readonly calendarVersion: number;
}

/** The one date of a state. Events of the first months say no basis. */
export interface Dated {
  readonly due?: Instant;
  readonly dueBasis?: DueBasis;
}

export function datedBy(deadline: CountedDeadline | undefined): Dated {
  if (!deadline) return {};
  const { at, spec, calendarVersion } = deadline;
  return { due: at, ...(spec && { dueBasis: { spec, calendarVersion } }) };
}

/** After a revised calendar; no date is moved into the past: nobody becomes late by a notice. */
export function redated({ due }: Dated, deadline: CountedDeadline | undefined, now: Instant): Dated {
  const again = datedBy(deadline);
  return due !== undefined && (again.due === undefined || again.due <= now) ? { ...again, due } : again;
}
