import { ApplicationFailure, proxyActivities, workflowInfo } from '@temporalio/workflow';
import { instantFromMs, type Instant } from '../src/kernel/time.ts';
import type { QuarterActivities } from '../activities/quarters.ts';

const { openDueQuarters } = proxyActivities<QuarterActivities>({
  startToCloseTimeout: '5m',
  retry: { initialInterval: '1s', maximumInterval: '1m' },
});

/** One day's look at the calendar. It carries no input: its date is the one the Schedule meant, however late it runs. */
export async function quarterTick(): Promise<void> {
  await openDueQuarters({ at: scheduledAt() });
}

function scheduledAt(): Instant {
  const meant = workflowInfo().searchAttributes['TemporalScheduledStartTime']?.[0];
  if (meant instanceof Date) return instantFromMs(meant.getTime());
  throw ApplicationFailure.nonRetryable('the tick is started by its Schedule', 'TICK_UNSCHEDULED');
}
