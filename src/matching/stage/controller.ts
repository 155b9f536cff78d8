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
import { RunId } from '../schemas.ts';
import { MatchingService } from '../service.ts';
import { stagedRun } from './model.ts';

@ApiTags('matching')
@Controller('api/v1/matching-runs')
export class MatchingStageController {
  readonly #db: Database;
  readonly #stages: StageService;
  readonly #matching: MatchingService;

  constructor(db: Database, stages: StageService, matching: MatchingService) {
    this.#db = db;
    this.#stages = stages;
    this.#matching = matching;
  }

  @Get(':id/stage')
  @Allow('matching.read')
  @ApiResponse({ status: 200, description: 'Where it is, and whose turn', standardSchema: StageAnswer })
  stage(
    @CurrentCaller() caller: Caller,
    @Param({ schema: RunId }) { id }: z.output<typeof RunId>,
    @Headers('accept-language') wished?: string,
  ): Promise<StageView> {
    return this.#db.within(scopeFor(caller, 'matching.read'), async (tx) => {
      const { orgPath } = await this.#matching.get(tx, id);
      return this.#stages.view(tx, stagedRun(id, orgPath), { caller, language: languageOf(wished) });
    });
  }
}
