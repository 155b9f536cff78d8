import { createActivities } from '../activities/index.ts';
import type { PublishAnswer, PublishRequest } from './cases/messages.ts';
import type { Publisher } from './recovery/repair/service.ts';

export type Get = <It>(type: abstract new (...parts: never[]) => It) => It;

/** The areas' own publishes, as workflows call them. */
export function publisherOf(get: Get): Publisher {
  const { publishProject, publishQuarter, publishMatchingRun, publishAward, publishSurvey, publishRights } = createActivities({ get });
  const publishes: Record<string, (request: PublishRequest) => Promise<PublishAnswer>> = {
    microProject: publishProject,
    quarterCycle: publishQuarter,
    matchingRun: publishMatchingRun,
    resultBasedAward: publishAward,
    needsSurvey: publishSurvey,
    rightsRequest: publishRights,
  };
  return (kind, request) => publishes[kind]!(request);
}
