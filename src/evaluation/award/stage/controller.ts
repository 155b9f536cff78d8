import { Controller, Get, Headers, Param } from '@nestjs/common';
import { ApiResponse, ApiTags } from '@nestjs/swagger';
import type { z } from 'zod';
import type { StageView } from '../../../cases/stage/model.ts';
import { StageAnswer } from '../../../cases/stage/schemas.ts';
import { StageService } from '../../../cases/stage/service.ts';
import { Database } from '../../../platform/database/database.ts';
import { scopeFor, type Caller } from '../../../platform/http/caller.ts';
import { Allow, CurrentCaller } from '../../../platform/http/decorators.ts';
import { languageOf } from '../../../platform/http/language.ts';
import { AwardParam } from '../schemas.ts';
import { AwardService } from '../service.ts';
import { stagedAward } from './model.ts';

@ApiTags('awards')
@Controller('api/v1/awards')
export class AwardStageController {
  readonly #db: Database;
  readonly #stages: StageService;
  readonly #awards: AwardService;

  constructor(db: Database, stages: StageService, awards: AwardService) {
    this.#db = db;
    this.#stages = stages;
    this.#awards = awards;
  }

  @Get(':id/stage')
  @Allow('evaluation.read')
  @ApiResponse({ status: 200, description: 'Where it is, and whose turn', standardSchema: StageAnswer })
  stage(
    @CurrentCaller() caller: Caller,
    @Param({ schema: AwardParam }) { id }: z.output<typeof AwardParam>,
    @Headers('accept-language') wished?: string,
  ): Promise<StageView> {
    return this.#db.within(scopeFor(caller, 'evaluation.read'), async (tx) => {
      const { orgPath } = await this.#awards.get(tx, id);
      return this.#stages.view(tx, stagedAward(id, orgPath), { caller, language: languageOf(wished) });
    });
  }
}
