import { Body, Controller, HttpCode, Param, Post } from '@nestjs/common';
import { ApiResponse, ApiTags } from '@nestjs/swagger';
import { z } from 'zod';
import { traceOf } from '../../audit/model.ts';
import { WallClock } from '../../calendar/clock.ts';
import { Database } from '../../platform/database/database.ts';
import { scopeFor, type Caller } from '../../platform/http/caller.ts';
import { Allow, CurrentCaller, Key } from '../../platform/http/decorators.ts';
import { once, type RequestKey } from '../../platform/http/idempotency.ts';
import { HandedOverView, HandOver } from './schemas.ts';
import { HandOverService } from './service.ts';

@ApiTags('people')
@Controller('api/v1/people')
export class HandOverController {
  readonly #db: Database;
  readonly #handOver: HandOverService;
  readonly #wall: WallClock;

  constructor(db: Database, handOver: HandOverService, wall: WallClock) {
    this.#db = db;
    this.#handOver = handOver;
    this.#wall = wall;
  }

  @Post(':id/leave')
  @HttpCode(200)
  @Allow('accounts.grant')
  @ApiResponse({ status: 200, description: 'All access has ended; roles and waits are the successor\'s', standardSchema: HandedOverView })
  async leave(
    @CurrentCaller() caller: Caller,
    @Key() key: RequestKey,
    @Param('id', { schema: z.uuid() }) id: string,
    @Body({ schema: HandOver }) { successorId }: z.infer<typeof HandOver>,
  ): Promise<z.infer<typeof HandedOverView>> {
    const at = this.#wall.now();
    const command = { commandId: key.commandId, at, trace: traceOf(caller, key) };
    return once(this.#db, scopeFor(caller, 'accounts.grant'), key, at, (tx) =>
      this.#handOver.leave(tx, id, successorId, command),
    );
  }
}
