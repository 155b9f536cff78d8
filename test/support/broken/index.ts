import { sleep } from '@temporalio/workflow';
import { microProject as unchanged } from '../../../workflows/micro-project.ts';

export * from '../../../workflows/index.ts';

/** As a careless change would be: one more timer before everything else. Replaying what was recorded must fail. */
export async function microProject(input: Parameters<typeof unchanged>[0]): Promise<void> {
  await sleep(1000);
  await unchanged(input);
}
