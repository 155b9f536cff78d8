import type { PublishAnswer, PublishRequest } from '../src/cases/messages.ts';
import type { ProjectProposal } from '../src/projects/lifecycle/model.ts';
import type { ProjectPublishing } from '../src/projects/publishing/service.ts';

export interface ProjectActivities {
  publishProject(request: PublishRequest): Promise<PublishAnswer>;
}

export function projectActivities(projects: ProjectPublishing): ProjectActivities {
  return {
    publishProject: (request) => projects.publish(request as PublishRequest<ProjectProposal>),
  };
}
