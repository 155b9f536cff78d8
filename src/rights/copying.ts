import { addDays, shanghaiDate, shanghaiInstant, type Instant } from '../kernel/time.ts';
import type { RightsPolicy } from '../policy/model.ts';

/** Until when the follow-up code opens the copy: to the end of the last day. */
export function copyUntilOf(carriedOutAt: Instant, { copyDays }: Pick<RightsPolicy, 'copyDays'>): Instant {
  return shanghaiInstant(addDays(shanghaiDate(carriedOutAt), copyDays), 24);
}
