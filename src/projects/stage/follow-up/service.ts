import { Injectable } from '@nestjs/common';
import type { StageView } from '../../../cases/stage/model.ts';
import { StageService } from '../../../cases/stage/service.ts';
import { tenantScope, WHOLE_TENANT } from '../../../kernel/scope.ts';
import type { Language } from '../../../kernel/texts.ts';
import { shanghaiDate } from '../../../kernel/time.ts';
import { followState } from '../../../needs/intake/model.ts';
import { IntakeService } from '../../../needs/intake/service.ts';
import { NeedService } from '../../../needs/need/service.ts';
import { ProposalService } from '../../../needs/proposal/service.ts';
import { followStage } from '../../../needs/stage/model.ts';
import { Database, type Tx } from '../../../platform/database/database.ts';
import { ProjectStore, type Project } from '../../store.ts';
import { ProjectStaging } from '../service.ts';

/** What became of a resident's submission: their need, and the project that answers it once there is one. */
@Injectable()
export class FollowUpStage {
  readonly #db: Database;
  readonly #intake: IntakeService;
  readonly #needs: NeedService;
  readonly #proposals: ProposalService;
  readonly #projects: ProjectStore;
  readonly #staging: ProjectStaging;
  readonly #stages: StageService;

  constructor(
    db: Database,
    intake: IntakeService,
    needs: NeedService,
    proposals: ProposalService,
    projects: ProjectStore,
    staging: ProjectStaging,
    stages: StageService,
  ) {
    this.#db = db;
    this.#intake = intake;
    this.#needs = needs;
    this.#proposals = proposals;
    this.#projects = projects;
    this.#staging = staging;
    this.#stages = stages;
  }

  /** Refuses `FOLLOW_UP_UNKNOWN`. */
  async view(code: string, language: Language): Promise<StageView> {
    const { tenant, id } = await this.#intake.find(code);
    return this.#db.within(tenantScope(tenant), async (tx) => {
      const followed = await this.#intake.follow(tx, id);
      const state = followState(followed);
      const project = state === 'listed' ? await this.#projectOf(tx, id) : undefined;
      if (project) {
        const view = await this.#stages.view(tx, await this.#staging.staged(tx, project), { language });
        const received = shanghaiDate(followed.submittedAt);
        return { ...view, steps: view.steps.map((step) => (step.key === 'received' ? { ...step, on: received } : step)) };
      }
      const named = { units: [followed.communityId], owners: [], actors: [], orgPath: WHOLE_TENANT };
      return followStage({ ...followed, state }, await this.#stages.telltale(tx, named, { language }));
    });
  }

  async #projectOf(tx: Tx, submissionId: string): Promise<Project | undefined> {
    const { needId } = await this.#intake.get(tx, submissionId);
    if (needId === null) return undefined;
    const { mergedInto } = await this.#needs.get(tx, needId);
    const proposals = await this.#proposals.idsOfNeed(tx, mergedInto ?? needId);
    return this.#projects.newestOf(tx, proposals);
  }
}
