import { CancellationScope, proxyActivities } from '@temporalio/workflow';
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
const { solvePlan } = proxyActivities<MatchingActivities>({
  startToCloseTimeout: '1h',
  // A process that is killed with its threads is noticed after this.
  heartbeatTimeout: '30s',
  cancellationType: 'TRY_CANCEL',
});
const { openProjects } = proxyActivities<ProjectActivities>({ startToCloseTimeout: '10m' });

/** One matching run: facts are frozen and solved, a person decides, the plan becomes projects. */
export async function matchingRun(input: CaseInput<RunCommand>): Promise<void> {
  const { tenant, caseId } = input;
  const runId = matchingRunIdOf(caseId);
  const work: Work<RunState, RunCommand> = (state, { now, version, moved }) => {
    const asked = { actor: SYSTEM_ACTOR, at: now };
    if (state.status === 'frozen') {
      const { orgPath, policy, revision, factsRevision, choices } = state;
      const bestWanted = state.bestValue === undefined && choices.length > 0;
      return async () => {
        const solving = new CancellationScope();
        // Somebody cancelled the run: nobody needs its plan.
        void moved().then(() => solving.cancel());
        const request = { tenant, runId, orgPath, policy, revision, factsRevision, choices, bestWanted, at: now };
        const plan = await solving.run(() => solvePlan(request));
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
