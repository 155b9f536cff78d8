import { Injectable } from '@nestjs/common';
import type { PublishAnswer, PublishRequest } from '../cases/messages.ts';
import { CaseService, type Transition } from '../cases/service.ts';
import { refuse } from '../kernel/refusal.ts';
import type { Tx } from '../platform/database/database.ts';
import type { ProjectProposal, ProjectState } from './lifecycle/model.ts';
import { projectIdOf } from './messages.ts';
import { projectMachine } from './model.ts';
import { ProjectStore } from './store.ts';

@Injectable()
export class ProjectService {
  readonly #cases: CaseService;
  readonly #store: ProjectStore;

  constructor(cases: CaseService, store: ProjectStore) {
    this.#cases = cases;
    this.#store = store;
  }

  publish(request: PublishRequest<ProjectProposal>): Promise<PublishAnswer<ProjectProposal>> {
    return this.#cases.publish(projectMachine, request, (tx, transition) => this.#effects(tx, transition));
  }

  async #effects(tx: Tx, transition: Transition<ProjectState, ProjectProposal>): Promise<void> {
    const { event, after } = transition;
    const id = projectIdOf(transition.caseId);
    if (event.type === 'claimed' || event.type === 'assigned') await this.#assertRoom(tx, event.unitId, id, after);
    if (!(await this.#store.move(tx, id, event.version, after, event.at))) {
      throw new Error('the project row does not stand where its journal does');
    }
    await this.#recordReport(tx, id, transition);
  }

  /** Facts of the database that the case cannot know; refused here, inside the publish. */
  async #assertRoom(tx: Tx, unitId: string, projectId: string, state: ProjectState): Promise<void> {
    const limit = state.policy.openClaimsPerUnit;
    const held = await this.#store.countHeldLocking(tx, unitId, projectId);
    if (held >= limit) refuse('PROJECT_CLAIM_LIMIT', 'rule', { held, limit });
  }

  async #recordReport(tx: Tx, id: string, transition: Transition<ProjectState, ProjectProposal>): Promise<void> {
    const { event, after } = transition;
    const unitId = after.leadUnit;
    if (!unitId) return;
    switch (event.type) {
      case 'reportSubmitted':
        await this.#store.saveReport(tx, { ...event, projectId: id, unitId, late: false });
        return;
      case 'reportReturned':
        await this.#store.settleReport(tx, id, event.quarter, 'returned', unitId, event.at);
        return;
      case 'reportAccepted':
        await this.#store.settleReport(tx, id, event.quarter, 'accepted', unitId, event.at);
        await this.#store.addAnsweredNeeds(tx, id, event.quarter, after.reports[event.quarter]?.needs ?? []);
        return;
      case 'reportWaived':
        await this.#store.settleReport(tx, id, event.quarter, 'waived', unitId, event.at);
        return;
    }
  }
}
