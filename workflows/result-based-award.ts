import type { EvaluationActivities } from '../activities/evaluation.ts';
import type { CaseActivities, CaseInput } from '../src/cases/messages.ts';
import { awardMachine, type AwardCommand } from '../src/evaluation/award/model.ts';
import { runCase } from './lib/case.ts';
import { localActivities } from './lib/local.ts';

const { journal, park, dropFact } = localActivities<CaseActivities>();
const { publishAward } = localActivities<EvaluationActivities>();

/** One result-based award (以奖代补), from its proposal to the end of its public notice. */
export async function resultBasedAward(input: CaseInput<AwardCommand>): Promise<void> {
  await runCase(awardMachine, input, { journal, park, dropFact, publish: publishAward });
}
