import type { PublishAnswer, PublishRequest } from '../src/cases/messages.ts';
import type { AwardProposal } from '../src/evaluation/award/model.ts';
import type { AwardService } from '../src/evaluation/award/service.ts';

export interface EvaluationActivities {
  publishAward(request: PublishRequest): Promise<PublishAnswer>;
}

export function evaluationActivities(awards: AwardService): EvaluationActivities {
  return {
    publishAward: (request) => awards.publish(request as PublishRequest<AwardProposal>),
  };
}
