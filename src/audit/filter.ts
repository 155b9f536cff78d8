import { addDays, localDate, shanghaiInstant } from '../kernel/time.ts';
import type { AuditFilter, AuditOutcome } from './model.ts';

export interface WantedEvents {
  readonly subject?: string | undefined;
  readonly action?: string | undefined;
  readonly person?: string | undefined;
  readonly outcome?: AuditOutcome | undefined;
  /** First and last day in Asia/Shanghai. */
  readonly from?: string | undefined;
  readonly to?: string | undefined;
}

export function filterOf({ from, to, ...filter }: WantedEvents): AuditFilter {
  return {
    ...filter,
    since: from === undefined ? undefined : shanghaiInstant(localDate(from)),
    until: to === undefined ? undefined : shanghaiInstant(addDays(localDate(to), 1)),
  };
}
