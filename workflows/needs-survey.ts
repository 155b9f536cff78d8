import type { CaseActivities, CaseInput } from '../src/cases/messages.ts';
import type { SurveyCommand } from '../src/needs/survey/lifecycle/model.ts';
import { surveyMachine } from '../src/needs/survey/model.ts';
import type { NeedsActivities } from '../activities/needs.ts';
import { runCase } from './lib/case.ts';
import { localActivities } from './lib/local.ts';

const { journal, park, dropFact } = localActivities<CaseActivities>();
const { publishSurvey } = localActivities<NeedsActivities>();

/** One survey campaign (需求摸底), from its draft to the day its result has been on the list long enough. */
export async function needsSurvey(input: CaseInput<SurveyCommand>): Promise<void> {
  await runCase(surveyMachine, input, { journal, park, dropFact, publish: publishSurvey });
}
