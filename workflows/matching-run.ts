import { proxyActivities } from '@temporalio/workflow';
import type { CaseActivities, CaseInput } from '../src/cases/messages.ts';
import { SYSTEM_ACTOR } from '../src/kernel/scope.ts';
import { matchingRunIdOf } from '../src/matching/messages.ts';
import { runMachine, type RunCommand, type RunState } from '../src/matching/model.ts';
import type { MatchingActivities } from '../activities/matching.ts';
import type { ProjectActivities } from '../activities/projects.ts';
import { runCase, type Work } from './lib/case.ts';
import { localActivities } from './lib/local.ts';

const { journal, park, dropFact } = localActivities<CaseActivities>();
const { publishMatchingRun, confirmedPlan } = localActivities<MatchingActivities>();
const { solvePlan } = proxyActivities<MatchingActivities>({ startToCloseTimeout: '10m' });
const { openProjects } = proxyActivities<ProjectActivities>({ startToCloseTimeout: '10m' });

/** One matching run: facts are frozen and solved, a person decides, the plan becomes projects. */
export async function matchingRun(input: CaseInput<RunCommand>): Promise<void> {
  const { tenant, caseId } = input;
  const runId = matchingRunIdOf(caseId);
  const work: Work<RunState, RunCommand> = (state, { now, version }) => {
    const asked = { actor: SYSTEM_ACTOR, at: now };
    if (state.status === 'frozen') {
      const { orgPath, policy, revision, choices } = state;
      return async () => {
        const plan = await solvePlan({ tenant, runId, orgPath, policy, revision, choices, at: now });
        const id = `solve@${version}`;
        if ('refused' in plan) return { ...asked, id, type: 'abandon', code: plan.refused };
        return { ...asked, id, type: 'recordPlan', revision, plan };
      };
    }
    if (state.status === 'confirmed' && state.confirmation) {
      const { commandId, actor } = state.confirmation;
      return async () => {
        const placements = await confirmedPlan({ tenant, runId });
        const projects = await openProjects({ tenant, commandId, actor, placements });
        return { ...asked, id: `carryOut@${version}`, type: 'recordCarriedOut', projects };
      };
    }
    return undefined;
  };
  await runCase(runMachine, input, { journal, park, dropFact, publish: publishMatchingRun }, work);
}
