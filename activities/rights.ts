import type { PublishAnswer, PublishRequest } from '../src/cases/messages.ts';
import type { RightsProposal } from '../src/rights/model.ts';
import type { RightsService } from '../src/rights/service.ts';

export interface RightsActivities {
  publishRights(request: PublishRequest): Promise<PublishAnswer>;
}

export function rightsActivities(rights: RightsService): RightsActivities {
  return {
    publishRights: (request) => rights.publish(request as PublishRequest<RightsProposal>),
  };
}
