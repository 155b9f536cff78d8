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
import { RightsParam } from '../schemas.ts';
import { RightsService } from '../service.ts';
import { stagedRights } from './model.ts';

@ApiTags('rights')
@Controller('api/v1/rights-requests')
export class RightsStageController {
  readonly #db: Database;
  readonly #stages: StageService;
  readonly #rights: RightsService;

  constructor(db: Database, stages: StageService, rights: RightsService) {
    this.#db = db;
    this.#stages = stages;
    this.#rights = rights;
  }

  @Get(':id/stage')
  @Allow('people.read')
  @ApiResponse({ status: 200, description: 'Where it is, and whose turn', standardSchema: StageAnswer })
  stage(
    @CurrentCaller() caller: Caller,
    @Param({ schema: RightsParam }) { id }: z.output<typeof RightsParam>,
    @Headers('accept-language') wished?: string,
  ): Promise<StageView> {
    return this.#db.within(scopeFor(caller, 'people.read'), async (tx) => {
      const { orgPath } = await this.#rights.get(tx, id);
      return this.#stages.view(tx, stagedRights(id, orgPath), { caller, language: languageOf(wished) });
    });
  }
}
