import type { RightsActivities } from '../activities/rights.ts';
import type { CaseActivities, CaseInput } from '../src/cases/messages.ts';
import { rightsMachine, type RightsCommand } from '../src/rights/model.ts';
import { runCase } from './lib/case.ts';
import { localActivities } from './lib/local.ts';

const { journal, park, dropFact } = localActivities<CaseActivities>();
const { publishRights } = localActivities<RightsActivities>();

/** One person's request about their own data, from its receipt to the answer. */
export async function rightsRequest(input: CaseInput<RightsCommand>): Promise<void> {
  await runCase(rightsMachine, input, { journal, park, dropFact, publish: publishRights });
}
