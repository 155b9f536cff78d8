import { randomUUID } from 'node:crypto';
import type { Client, WorkflowHandle } from '@temporalio/client';
import { BARE_QUEUE } from './queues.ts';

/** A running bare workflow that has nothing to do yet, ended after so many transitions. */
export async function startBare(client: Client, transitions: number, taskQueue = BARE_QUEUE): Promise<WorkflowHandle> {
  return client.workflow.start('bareCase', {
    taskQueue,
    workflowId: `bare/${randomUUID()}`,
    args: [transitions],
  });
}

export async function stepBare(handle: WorkflowHandle): Promise<void> {
  const id = randomUUID();
  await handle.executeUpdate('step', { updateId: id, args: [id] });
}
