import { Injectable } from '@nestjs/common';
import type { PublishAnswer, PublishRequest } from '../cases/messages.ts';
import { CaseService, type Transition } from '../cases/service.ts';
import { refuse } from '../kernel/refusal.ts';
import type { Scope } from '../kernel/scope.ts';
import type { Instant } from '../kernel/time.ts';
import type { Tx } from '../platform/database/database.ts';
import type { PageRequest } from '../platform/http/cursor.ts';
import type { ProjectProposal, ProjectState } from './lifecycle/model.ts';
import { projectCaseId, projectIdOf } from './messages.ts';
import { projectMachine } from './model.ts';
import { ProjectStore, type Project, type ProjectFilter, type ProjectReport, type ProjectSort, type StoredContent } from './store.ts';

@Injectable()
export class ProjectService {
  readonly #cases: CaseService;
  readonly #store: ProjectStore;

  constructor(cases: CaseService, store: ProjectStore) {
    this.#cases = cases;
    this.#store = store;
  }

  async page(tx: Tx, filter: ProjectFilter, sort: ProjectSort, page: PageRequest): Promise<Project[]> {
    return this.#store.page(tx, filter, sort, page);
  }

  /** Refuses `PROJECT_UNKNOWN`. */
  async get(tx: Tx, id: string): Promise<Project> {
    return (await this.#store.byId(tx, id)) ?? refuse('PROJECT_UNKNOWN', 'unknown');
  }

  async reports(tx: Tx, id: string): Promise<ProjectReport[]> {
    await this.get(tx, id);
    return this.#store.reports(tx, id);
  }

  async contents(tx: Tx, id: string): Promise<StoredContent[]> {
    await this.get(tx, id);
    return this.#store.contents(tx, id);
  }

  /** The journal in short: what happened, when, by whom (a number). Refuses `PROJECT_UNKNOWN`. */
  async history(scope: Scope, id: string): Promise<{ version: number; type: string; at: Instant; actor: string }[]> {
    const events = await this.#cases.journal(scope.tenant, projectCaseId(id));
    if (events.length === 0) refuse('PROJECT_UNKNOWN', 'unknown');
    return events.map(({ version, type, at, actor }) => ({ version, type, at, actor }));
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
    const limit = state.policy.values.openClaimsPerUnit;
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
