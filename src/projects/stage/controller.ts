import { Controller, Get, Headers, Param } from '@nestjs/common';
import { ApiResponse, ApiTags } from '@nestjs/swagger';
import type { z } from 'zod';
import type { StageView } from '../../cases/stage/model.ts';
import { StageAnswer } from '../../cases/stage/schemas.ts';
import { StageService } from '../../cases/stage/service.ts';
import { Database } from '../../platform/database/database.ts';
import { scopeFor, type Caller } from '../../platform/http/caller.ts';
import { Allow, CurrentCaller } from '../../platform/http/decorators.ts';
import { languageOf } from '../../platform/http/language.ts';
import { ProjectId } from '../schemas.ts';
import { ProjectService } from '../service.ts';
import { ProjectStaging } from './service.ts';

@ApiTags('projects')
@Controller('api/v1/projects')
export class ProjectStageController {
  readonly #db: Database;
  readonly #stages: StageService;
  readonly #projects: ProjectService;
  readonly #staging: ProjectStaging;

  constructor(db: Database, stages: StageService, projects: ProjectService, staging: ProjectStaging) {
    this.#db = db;
    this.#stages = stages;
    this.#projects = projects;
    this.#staging = staging;
  }

  @Get(':id/stage')
  @Allow('projects.read')
  @ApiResponse({ status: 200, description: 'Where it is, and whose turn', standardSchema: StageAnswer })
  stage(
    @CurrentCaller() caller: Caller,
    @Param({ schema: ProjectId }) { id }: z.output<typeof ProjectId>,
    @Headers('accept-language') wished?: string,
  ): Promise<StageView> {
    return this.#db.within(scopeFor(caller, 'projects.read'), async (tx) => {
      const staged = await this.#staging.staged(tx, await this.#projects.get(tx, id));
      return this.#stages.view(tx, staged, { caller, language: languageOf(wished) });
    });
  }
}
