import { allHandlersFinished, condition, defineUpdate, proxyLocalActivities, setHandler } from '@temporalio/workflow';
import type { BareActivities } from './bare-worker.ts';

const { insertRow } = proxyLocalActivities<BareActivities>({ startToCloseTimeout: '10s' });
const step = defineUpdate<number, [string]>('step');

/** The least that a durable transition can be: one Update, one local activity, one row. */
export async function bareCase(transitions: number): Promise<void> {
  let done = 0;
  setHandler(step, async (id) => {
    await insertRow(id);
    done += 1;
    return done;
  });
  await condition(() => done >= transitions && allHandlersFinished());
}
