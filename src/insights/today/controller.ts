import { Controller, Get, Headers } from '@nestjs/common';
import { ApiResponse, ApiTags } from '@nestjs/swagger';
import type { z } from 'zod';
import type { Caller } from '../../platform/http/caller.ts';
import { Allow, CurrentCaller } from '../../platform/http/decorators.ts';
import { languageOf } from '../../platform/http/language.ts';
import { TodayView } from './schemas.ts';
import { TodayService } from './service.ts';

const READ = 'projects.read';

@ApiTags('today')
@Controller('api/v1/today')
export class TodayController {
  readonly #today: TodayService;

  constructor(today: TodayService) {
    this.#today = today;
  }

  @Get()
  @Allow(READ)
  @ApiResponse({ status: 200, description: 'What needs the caller, and who is late', standardSchema: TodayView })
  today(@CurrentCaller() caller: Caller, @Headers('accept-language') wished?: string): Promise<z.infer<typeof TodayView>> {
    return this.#today.today(caller, READ, languageOf(wished));
  }
}
