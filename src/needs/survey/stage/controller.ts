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
import { SurveyParam } from '../schemas.ts';
import { SurveyService } from '../service.ts';
import { stagedSurvey } from './model.ts';

@ApiTags('surveys')
@Controller('api/v1/surveys')
export class SurveyStageController {
  readonly #db: Database;
  readonly #stages: StageService;
  readonly #surveys: SurveyService;

  constructor(db: Database, stages: StageService, surveys: SurveyService) {
    this.#db = db;
    this.#stages = stages;
    this.#surveys = surveys;
  }

  @Get(':id/stage')
  @Allow('people.read')
  @ApiResponse({ status: 200, description: 'Where it is, and whose turn', standardSchema: StageAnswer })
  stage(
    @CurrentCaller() caller: Caller,
    @Param({ schema: SurveyParam }) { id }: z.output<typeof SurveyParam>,
    @Headers('accept-language') wished?: string,
  ): Promise<StageView> {
    return this.#db.within(scopeFor(caller, 'people.read'), async (tx) => {
      const { orgPath } = await this.#surveys.get(tx, id);
      return this.#stages.view(tx, stagedSurvey(id, orgPath), { caller, language: languageOf(wished) });
    });
  }
}
