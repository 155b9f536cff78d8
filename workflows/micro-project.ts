import type { CaseActivities, CaseInput } from '../src/cases/messages.ts';
import { SYSTEM_ACTOR } from '../src/kernel/scope.ts';
import type { ProjectCommand, ProjectState } from '../src/projects/lifecycle/model.ts';
import { projectMachine } from '../src/projects/model.ts';
import { projectIdOf } from '../src/projects/messages.ts';
import type { MatchingActivities } from '../activities/matching.ts';
import type { ProjectActivities } from '../activities/projects.ts';
import { runCase, type Work } from './lib/case.ts';
import { localActivities } from './lib/local.ts';

const { journal, park, dropFact } = localActivities<CaseActivities>();
const { publishProject } = localActivities<ProjectActivities>();
const { nextUnit } = localActivities<MatchingActivities>();

/** One micro-project, from the confirmed plan to its reward. */
export async function microProject(input: CaseInput<ProjectCommand>): Promise<void> {
  const { tenant, caseId } = input;
  /** Nobody holds the project: offer it to the best unit left, or put it on the open list. */
  const seek: Work<ProjectState, ProjectCommand> = (state, { now, version }) =>
    state.status !== 'seeking'
      ? undefined
      : async () => {
          const projectId = projectIdOf(caseId);
          const unitId = await nextUnit({ tenant, projectId, proposalId: state.proposalId, passedBy: state.passedBy, at: now });
          const asked = { id: `seek@${version}`, actor: SYSTEM_ACTOR, at: now };
          return unitId ? { ...asked, type: 'offer', unitId } : { ...asked, type: 'list' };
        };
  await runCase(projectMachine, input, { journal, park, dropFact, publish: publishProject }, seek);
}
