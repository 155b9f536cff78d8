import { ScheduleAlreadyRunning, ScheduleOverlapPolicy, type Client, type ScheduleOptions } from '@temporalio/client';

export interface DailyRun {
  /** One Schedule for each id; its workflows are named after it. */
  readonly id: string;
  readonly workflowType: string;
  readonly taskQueue: string;
  /** In Asia/Shanghai. */
  readonly hour: number;
}

/** Days a stopped worker catches up on: the default overlap policy would silently drop them (temporal.md). */
const CATCH_UP = '30 days';

/** Creates the Schedule, or brings an earlier one up to date; every worker does so at its start. */
export async function ensureDailyRun(client: Client, run: DailyRun): Promise<void> {
  const options = optionsOf(run);
  try {
    await client.schedule.create(options);
  } catch (error) {
    if (!(error instanceof ScheduleAlreadyRunning)) throw error;
    await client.schedule.getHandle(run.id).update((found) => ({ ...options, state: found.state }));
  }
}

function optionsOf({ id, workflowType, taskQueue, hour }: DailyRun): ScheduleOptions {
  return {
    scheduleId: id,
    spec: { calendars: [{ hour, minute: 0, second: 0 }], timezone: 'Asia/Shanghai' },
    policies: { overlap: ScheduleOverlapPolicy.BUFFER_ONE, catchupWindow: CATCH_UP },
    action: { type: 'startWorkflow', workflowType, workflowId: id, taskQueue, args: [] },
  };
}
