import { CaseService } from '../src/cases/service.ts';
import { Database } from '../src/platform/database/database.ts';
import { CaseGateway } from '../src/platform/temporal/gateway.ts';
import { ProjectOpening } from '../src/projects/opening/service.ts';
import { ProjectPublishing } from '../src/projects/publishing/service.ts';
import { caseActivities } from './cases.ts';
import { projectActivities } from './projects.ts';

/** Where services come from: the worker's application context. */
export interface Services {
  get<Service>(type: new (...parts: never[]) => Service): Service;
}

/** Everything that workflows may ask for, bound to real services; each file says what it needs. */
export function createActivities(services: Services) {
  const db = services.get(Database);
  const gateway = services.get(CaseGateway);
  return {
    ...caseActivities(services.get(CaseService)),
    ...projectActivities({
      db,
      gateway,
      publishing: services.get(ProjectPublishing),
      opening: services.get(ProjectOpening),
    }),
  };
}
