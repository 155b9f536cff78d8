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
import { QuarterKey } from '../schemas.ts';
import { QuarterService } from '../service.ts';
import { stagedQuarter } from './model.ts';

@ApiTags('quarters')
@Controller('api/v1/quarters')
export class QuarterStageController {
  readonly #db: Database;
  readonly #stages: StageService;
  readonly #quarters: QuarterService;

  constructor(db: Database, stages: StageService, quarters: QuarterService) {
    this.#db = db;
    this.#stages = stages;
    this.#quarters = quarters;
  }

  @Get(':communityId/:quarter/stage')
  @Allow('meetings.read')
  @ApiResponse({ status: 200, description: 'Where it is, and whose turn', standardSchema: StageAnswer })
  stage(
    @CurrentCaller() caller: Caller,
    @Param({ schema: QuarterKey }) { communityId, quarter }: z.output<typeof QuarterKey>,
    @Headers('accept-language') wished?: string,
  ): Promise<StageView> {
    return this.#db.within(scopeFor(caller, 'meetings.read'), async (tx) => {
      const { orgPath } = await this.#quarters.get(tx, communityId, quarter);
      return this.#stages.view(tx, stagedQuarter(communityId, quarter, orgPath), { caller, language: languageOf(wished) });
    });
  }
}
