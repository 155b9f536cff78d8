import type { CaseService } from '../src/cases/service.ts';
import type { ProjectService } from '../src/projects/service.ts';
import { caseActivities } from './cases.ts';
import { projectActivities } from './projects.ts';

export interface ActivityDependencies {
  readonly cases: CaseService;
  readonly projects: ProjectService;
}

export function createActivities(deps: ActivityDependencies) {
  return { ...caseActivities(deps.cases), ...projectActivities(deps.projects) };
}
