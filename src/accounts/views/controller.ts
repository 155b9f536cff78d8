import { Body, Controller, Delete, Get, Param, Put } from '@nestjs/common';
import { ApiResponse, ApiTags } from '@nestjs/swagger';
import { z } from 'zod';
import { WallClock } from '../../calendar/clock.ts';
import { tenantScope, type Scope } from '../../kernel/scope.ts';
import { Database } from '../../platform/database/database.ts';
import type { Caller } from '../../platform/http/caller.ts';
import { CurrentCaller, Key, SignedIn } from '../../platform/http/decorators.ts';
import { once, type RequestKey } from '../../platform/http/idempotency.ts';
import type { SavedView } from './model.ts';
import { ListParam, ViewAnswer, ViewList, ViewRemoved, ViewToSave } from './schemas.ts';
import { ViewService } from './service.ts';

@ApiTags('me')
@Controller('api/v1/me/views')
export class ViewController {
  readonly #db: Database;
  readonly #views: ViewService;
  readonly #wall: WallClock;

  constructor(db: Database, views: ViewService, wall: WallClock) {
    this.#db = db;
    this.#views = views;
    this.#wall = wall;
  }

  @Get(':list')
  @SignedIn()
  @ApiResponse({ status: 200, description: 'Own saved views of a list, by name', standardSchema: ViewList })
  async list(
    @CurrentCaller() caller: Caller,
    @Param('list', { schema: ListParam }) list: string,
  ): Promise<z.infer<typeof ViewList>> {
    const found = await this.#db.within(scopeOf(caller), (tx) => this.#views.of(tx, caller.personId, list));
    return { items: found.map(answerOf) };
  }

  @Put(':list')
  @SignedIn()
  @ApiResponse({ status: 200, description: 'Saved, in place of one of the same name', standardSchema: ViewAnswer })
  async save(
    @CurrentCaller() caller: Caller,
    @Key() key: RequestKey,
    @Param('list', { schema: ListParam }) list: string,
    @Body({ schema: ViewToSave }) { name, query }: z.output<typeof ViewToSave>,
  ): Promise<z.infer<typeof ViewAnswer>> {
    const at = this.#wall.now();
    return once(this.#db, scopeOf(caller), key, at, async (tx) =>
      answerOf(await this.#views.save(tx, caller.personId, list, { name, query }, { commandId: key.commandId, at })),
    );
  }

  @Delete(':list/:id')
  @SignedIn()
  @ApiResponse({ status: 200, description: 'No longer there', standardSchema: ViewRemoved })
  async remove(
    @CurrentCaller() caller: Caller,
    @Key() key: RequestKey,
    @Param('list', { schema: ListParam }) list: string,
    @Param('id', { schema: z.uuid() }) id: string,
  ): Promise<z.infer<typeof ViewRemoved>> {
    return once(this.#db, scopeOf(caller), key, this.#wall.now(), async (tx) => {
      await this.#views.remove(tx, caller.personId, list, id);
      return { removed: true as const };
    });
  }
}

function scopeOf(caller: Caller): Scope {
  return tenantScope(caller.tenant, caller.actor);
}

function answerOf({ id, name, query }: SavedView): z.infer<typeof ViewAnswer> {
  return { id, name, query: { ...query } };
}
