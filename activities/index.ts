import type { CaseService } from '../src/cases/service.ts';
import type { ProjectPublishing } from '../src/projects/publishing/service.ts';
import { caseActivities } from './cases.ts';
import { projectActivities } from './projects.ts';

export interface ActivityDependencies {
  readonly cases: CaseService;
  readonly projects: ProjectPublishing;
}

export function createActivities(deps: ActivityDependencies) {
  return { ...caseActivities(deps.cases), ...projectActivities(deps.projects) };
}
