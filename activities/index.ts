import { BusinessClock } from '../src/calendar/clock.ts';
import { CaseRecounts } from '../src/cases/recounting/service.ts';
import { CaseService } from '../src/cases/service.ts';
import { MatchingService } from '../src/matching/service.ts';
import { ListSnapshots } from '../src/needs/lists/snapshot/service.ts';
import { SurveyPublishing } from '../src/needs/survey/publishing/service.ts';
import { Database } from '../src/platform/database/database.ts';
import { AwardService } from '../src/evaluation/award/service.ts';
import { CaseGateway } from '../src/platform/temporal/gateway.ts';
import { CommitmentService } from '../src/projects/commitments/service.ts';
import { QuarterPublishing } from '../src/quarters/publishing/service.ts';
import { QuarterService } from '../src/quarters/service.ts';
import { ProjectOpening } from '../src/projects/opening/service.ts';
import { ProjectService } from '../src/projects/service.ts';
import { ProjectPublishing } from '../src/projects/publishing/service.ts';
import { RightsService } from '../src/rights/service.ts';
import { caseActivities } from './cases.ts';
import { matchingActivities } from './matching.ts';
import { evaluationActivities } from './evaluation.ts';
import { needsActivities } from './needs.ts';
import { projectActivities } from './projects.ts';
import { quarterActivities } from './quarters.ts';
import { rightsActivities } from './rights.ts';
import { withRefusals } from './refusals.ts';

/** Where services come from: the worker's application context. */
export interface Services {
  get<Service>(type: new (...parts: never[]) => Service): Service;
}

/** Everything that workflows may ask for, bound to real services; each file says what it needs. */
export function createActivities(services: Services) {
  const db = services.get(Database);
  const gateway = services.get(CaseGateway);
  return withRefusals({
    ...caseActivities(services.get(CaseService)),
    ...needsActivities(services.get(SurveyPublishing)),
    ...matchingActivities({
      db,
      matching: services.get(MatchingService),
      commitments: services.get(CommitmentService),
    }),
    ...projectActivities({
      db,
      gateway,
      projects: services.get(ProjectService),
      publishing: services.get(ProjectPublishing),
      opening: services.get(ProjectOpening),
      lists: services.get(ListSnapshots),
    }),
    ...quarterActivities({
      db,
      gateway,
      clock: services.get(BusinessClock),
      recounts: services.get(CaseRecounts),
      quarters: services.get(QuarterService),
      publishing: services.get(QuarterPublishing),
    }),
    ...evaluationActivities(services.get(AwardService)),
    ...rightsActivities(services.get(RightsService)),
  });
}
