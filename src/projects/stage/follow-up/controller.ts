import { Controller, Get, Headers } from '@nestjs/common';
import { ApiHeader, ApiResponse, ApiTags } from '@nestjs/swagger';
import type { StageView } from '../../../cases/stage/model.ts';
import { StageAnswer } from '../../../cases/stage/schemas.ts';
import { Public } from '../../../platform/http/decorators.ts';
import { languageOf } from '../../../platform/http/language.ts';
import { FollowUpStage } from './service.ts';

@ApiTags('public')
@Controller('api/v1/public/follow-up')
export class FollowUpStageController {
  readonly #follow: FollowUpStage;

  constructor(follow: FollowUpStage) {
    this.#follow = follow;
  }

  /** The code comes in a header, so that no log of addresses holds it. */
  @Get('stage')
  @Public()
  @ApiHeader({ name: 'X-Follow-Up-Code', required: true, description: 'As it was shown after sending' })
  @ApiResponse({ status: 200, description: 'Where it is, and whose turn, in plain words', standardSchema: StageAnswer })
  stage(@Headers('x-follow-up-code') code = '', @Headers('accept-language') wished?: string): Promise<StageView> {
    return this.#follow.view(code.slice(0, 100), languageOf(wished));
  }
}
