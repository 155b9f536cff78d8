import { nextQuarter, type Quarter } from '../src/calendar/model.ts';
import { tenantScope, type ActorId, type TenantId } from '../src/kernel/scope.ts';
import type { Instant } from '../src/kernel/time.ts';
import { workflowIdOf, type PublishAnswer, type PublishRequest } from '../src/cases/messages.ts';
import type { ListSnapshots } from '../src/needs/lists/snapshot/service.ts';
import type { Database } from '../src/platform/database/database.ts';
import type { CaseGateway } from '../src/platform/temporal/gateway.ts';
import type { ProjectProposal } from '../src/projects/lifecycle/model.ts';
import { PROJECT_WORKFLOW } from '../src/projects/messages.ts';
import type { Placement, ProjectOpening } from '../src/projects/opening/service.ts';
import type { ProjectService } from '../src/projects/service.ts';
import type { ProjectPublishing } from '../src/projects/publishing/service.ts';

export interface OpenProjectsRequest {
  readonly tenant: TenantId;
  /** Of the confirmation: repeats open nothing twice. */
  readonly commandId: string;
  readonly actor: ActorId;
  readonly placements: readonly Placement[];
}

export interface AskForReportsRequest {
  readonly tenant: TenantId;
  readonly communityId: string;
  /** The quarter to be reported on. */
  readonly quarter: Quarter;
  readonly due: Instant;
  readonly at: Instant;
}

export interface ProjectActivities {
  publishProject(request: PublishRequest): Promise<PublishAnswer>;
  /** Rows first, then one case each; to be called as a normal activity, because it starts workflows. */
  openProjects(request: OpenProjectsRequest): Promise<number>;
  /**
   * Answers how many projects of the community owe a report now; a repeat asks nobody twice. The quarter that asks, the
   * one after, begins with its three lists frozen as they stand.
   */
  askForReports(request: AskForReportsRequest): Promise<number>;
}

export interface ProjectServices {
  readonly db: Database;
  readonly gateway: CaseGateway;
  readonly projects: ProjectService;
  readonly publishing: ProjectPublishing;
  readonly opening: ProjectOpening;
  readonly lists: ListSnapshots;
}

export function projectActivities({ db, gateway, projects, publishing, opening, lists }: ProjectServices): ProjectActivities {
  return {
    publishProject: (request) => publishing.publish(request as PublishRequest<ProjectProposal>),
    openProjects: async ({ tenant, commandId, actor, placements }) => {
      const inputs = await db.within(tenantScope(tenant, actor), (tx) => opening.draft(tx, placements, { commandId, actor, taken: true }));
      for (const input of inputs) {
        await gateway.start({ type: PROJECT_WORKFLOW, workflowId: workflowIdOf(tenant, input.caseId), input });
      }
      return inputs.length;
    },
    askForReports: ({ tenant, ...asked }) =>
      db.within(tenantScope(tenant), async (tx) => {
        await lists.freeze(tx, asked.communityId, nextQuarter(asked.quarter), asked.at);
        return projects.askForReports(tx, asked);
      }),
  };
}
