import { Body, Controller, Get, HttpCode, Param, Post } from '@nestjs/common';
import { ApiResponse, ApiTags } from '@nestjs/swagger';
import { z } from 'zod';
import { traceOf } from '../../audit/model.ts';
import { WallClock } from '../../calendar/clock.ts';
import { refuse } from '../../kernel/refusal.ts';
import { tenantScope } from '../../kernel/scope.ts';
import { Database } from '../../platform/database/database.ts';
import { assertNotWithheld, type Caller } from '../../platform/http/caller.ts';
import { CurrentCaller, Key, SignedIn } from '../../platform/http/decorators.ts';
import { once, type RequestKey } from '../../platform/http/idempotency.ts';
import { DeputyList, deputyView, DeputyView, NewDeputy } from './schemas.ts';
import { DeputyService } from './service.ts';

/** Who acts for oneself, and for whom one acts; appointed by people, not by programs. */
@ApiTags('people')
@Controller('api/v1/deputies')
export class DeputyController {
  readonly #db: Database;
  readonly #deputies: DeputyService;
  readonly #wall: WallClock;

  constructor(db: Database, deputies: DeputyService, wall: WallClock) {
    this.#db = db;
    this.#deputies = deputies;
    this.#wall = wall;
  }

  @Get()
  @SignedIn()
  @ApiResponse({ status: 200, description: 'Own deputies and those one is deputy of', standardSchema: DeputyList })
  async list(@CurrentCaller() caller: Caller): Promise<z.infer<typeof DeputyList>> {
    return this.#db.within(tenantScope(caller.tenant, caller.actor), async (tx) => ({
      items: (await this.#deputies.of(tx, caller.personId, this.#wall.now())).map(deputyView),
    }));
  }

  @Post()
  @HttpCode(200)
  @SignedIn()
  @ApiResponse({ status: 200, description: 'Acts for the caller until then', standardSchema: DeputyView })
  async appoint(
    @CurrentCaller() caller: Caller,
    @Key() key: RequestKey,
    @Body({ schema: NewDeputy }) wanted: z.output<typeof NewDeputy>,
  ): Promise<z.infer<typeof DeputyView>> {
    if (caller.via === 'token') refuse('FORBIDDEN', 'forbidden');
    assertNotWithheld(caller, wanted.permissions);
    const at = this.#wall.now();
    const command = { commandId: key.commandId, at, trace: traceOf(caller, key) };
    return once(this.#db, tenantScope(caller.tenant, caller.actor), key, at, async (tx) =>
      deputyView(await this.#deputies.appoint(tx, caller.personId, wanted, command)),
    );
  }

  @Post(':id/end')
  @HttpCode(200)
  @SignedIn()
  @ApiResponse({ status: 200, description: 'Over', standardSchema: DeputyView })
  async end(
    @CurrentCaller() caller: Caller,
    @Key() key: RequestKey,
    @Param('id', { schema: z.uuid() }) id: string,
  ): Promise<z.infer<typeof DeputyView>> {
    const at = this.#wall.now();
    const command = { commandId: key.commandId, at, trace: traceOf(caller, key) };
    return once(this.#db, tenantScope(caller.tenant, caller.actor), key, at, async (tx) =>
      deputyView(await this.#deputies.end(tx, caller.personId, id, command)),
    );
  }
}
