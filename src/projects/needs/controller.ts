import { Controller, Get, Param } from '@nestjs/common';
import { ApiResponse, ApiTags } from '@nestjs/swagger';
import type { z } from 'zod';
import { WHOLE_TENANT, type Scope } from '../../kernel/scope.ts';
import { NeedService } from '../../needs/need/service.ts';
import { ProposalService } from '../../needs/proposal/service.ts';
import { Database } from '../../platform/database/database.ts';
import { scopeFor, type Caller } from '../../platform/http/caller.ts';
import { Allow, CurrentCaller } from '../../platform/http/decorators.ts';
import { ProjectId } from '../schemas.ts';
import { ProjectService } from '../service.ts';
import { ProjectNeeds } from './schemas.ts';
import { ProjectNeedStore } from './store.ts';

@ApiTags('projects')
@Controller('api/v1/projects/:id/needs')
export class ProjectNeedController {
  readonly #db: Database;
  readonly #projects: ProjectService;
  readonly #store: ProjectNeedStore;
  readonly #proposals: ProposalService;
  readonly #needs: NeedService;

  constructor(db: Database, projects: ProjectService, store: ProjectNeedStore, proposals: ProposalService, needs: NeedService) {
    this.#db = db;
    this.#projects = projects;
    this.#store = store;
    this.#proposals = proposals;
    this.#needs = needs;
  }

  /** As on the public list: nothing that says who raised them. */
  @Get()
  @Allow('projects.read')
  @ApiResponse({ status: 200, description: 'The needs that the project is to answer', standardSchema: ProjectNeeds })
  read(@CurrentCaller() caller: Caller, @Param({ schema: ProjectId }) { id }: z.output<typeof ProjectId>): Promise<z.infer<typeof ProjectNeeds>> {
    // Units stand beside the communities whose needs they answer.
    const scope: Scope = { ...scopeFor(caller, 'projects.read'), orgPath: WHOLE_TENANT };
    return this.#db.within(scope, async (tx) => {
      const { proposalId } = await this.#projects.get(tx, id);
      const { needIds = [] } = (await this.#proposals.byIds(tx, [proposalId])).get(proposalId) ?? {};
      const needs = await this.#needs.byIds(tx, needIds);
      const answered = await this.#store.answered(tx, id);
      const items = needIds.flatMap((needId) => {
        const need = needs.get(needId);
        if (!need) return [];
        const { number, communityId, place, category, urgency, peopleAffected, publicText, state } = need;
        const answeredIn = answered.get(needId) ?? null;
        return [{ id: needId, number, communityId, place, category, urgency, peopleAffected, publicText, state, answeredIn }];
      });
      return { items };
    });
  }
}
