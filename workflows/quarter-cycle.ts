import type { CaseActivities, CaseInput } from '../src/cases/messages.ts';
import { SYSTEM_ACTOR } from '../src/kernel/scope.ts';
import { heardQuarter, quarterMachine, type QuarterCommand, type QuarterState } from '../src/quarters/model.ts';
import type { ProjectActivities } from '../activities/projects.ts';
import type { QuarterActivities } from '../activities/quarters.ts';
import { runCase, type Work } from './lib/case.ts';
import { localActivities } from './lib/local.ts';

const { journal, park, dropFact } = localActivities<CaseActivities>();
const { publishQuarter } = localActivities<QuarterActivities>();
const { askForReports } = localActivities<ProjectActivities>();

/** One community's quarter, from the day its meeting is set to its published report. */
export async function quarterCycle(input: CaseInput<QuarterCommand>): Promise<void> {
  const { tenant } = input;
  /** Which projects owe a report is known to the projects; the cycle keeps only how many. */
  const ask: Work<QuarterState, QuarterCommand> = (state, { now, version }) =>
    state.status !== 'asking'
      ? undefined
      : async () => {
          const { communityId, schedule } = state;
          const quarter = heardQuarter(state.quarter);
          const asked = await askForReports({ tenant, communityId, quarter, due: schedule.reportsDue, at: now });
          return { id: `ask@${version}`, type: 'recordAsked', actor: SYSTEM_ACTOR, at: now, asked };
        };
  await runCase(quarterMachine, input, { journal, park, dropFact, publish: publishQuarter }, ask);
}
