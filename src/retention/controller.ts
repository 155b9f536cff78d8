import { Controller, Get } from '@nestjs/common';
import { ApiResponse, ApiTags } from '@nestjs/swagger';
import type { z } from 'zod';
import { scopeFor, type Caller } from '../platform/http/caller.ts';
import { Allow, CurrentCaller } from '../platform/http/decorators.ts';
import { retentionView, RetentionView } from './schemas.ts';
import { RetentionService } from './service.ts';

/** The terms are policy; of people nothing is told but how many. */
const READ = 'policy.read';

@ApiTags('retention')
@Controller('api/v1/retention')
export class RetentionController {
  readonly #retention: RetentionService;

  constructor(retention: RetentionService) {
    this.#retention = retention;
  }

  @Get()
  @Allow(READ)
  @ApiResponse({ status: 200, description: 'What is past its term and goes next, what is held, what went last: counts alone', standardSchema: RetentionView })
  async read(@CurrentCaller() caller: Caller): Promise<z.infer<typeof RetentionView>> {
    return retentionView(await this.#retention.outlook(scopeFor(caller, READ)));
  }
}
