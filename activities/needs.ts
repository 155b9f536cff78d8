import type { PublishAnswer, PublishRequest } from '../src/cases/messages.ts';
import type { SurveyProposal } from '../src/needs/survey/lifecycle/model.ts';
import type { SurveyPublishing } from '../src/needs/survey/publishing/service.ts';

export interface NeedsActivities {
  publishSurvey(request: PublishRequest): Promise<PublishAnswer>;
}

export function needsActivities(surveys: SurveyPublishing): NeedsActivities {
  return { publishSurvey: (request) => surveys.publish(request as PublishRequest<SurveyProposal>) };
}
