import { Body, Controller, Delete, Get, Param, Put } from '@nestjs/common';
import { ApiResponse, ApiTags } from '@nestjs/swagger';
import type { z } from 'zod';
import { WallClock } from '../../calendar/clock.ts';
import { tenantScope, type Scope } from '../../kernel/scope.ts';
import { Database } from '../../platform/database/database.ts';
import type { Caller } from '../../platform/http/caller.ts';
import { CurrentCaller, SignedIn, Unkeyed } from '../../platform/http/decorators.ts';
import { DraftAnswer, DraftForm, DraftList, DraftRemoved, DraftSaved, DraftToSave } from './schemas.ts';
import { DraftService } from './service.ts';

/** Saved every few seconds, and by version: a key for each would only fill the store of answers. */
@ApiTags('me')
@Controller('api/v1/me/drafts')
export class DraftController {
  readonly #db: Database;
  readonly #drafts: DraftService;
  readonly #wall: WallClock;

  constructor(db: Database, drafts: DraftService, wall: WallClock) {
    this.#db = db;
    this.#drafts = drafts;
    this.#wall = wall;
  }

  @Get()
  @SignedIn()
  @ApiResponse({ status: 200, description: 'What one has begun to write, the latest first', standardSchema: DraftList })
  async list(@CurrentCaller() caller: Caller): Promise<z.infer<typeof DraftList>> {
    return { items: (await this.#db.within(scopeOf(caller), (tx) => this.#drafts.of(tx, caller))).map((draft) => ({ ...draft })) };
  }

  @Get(':form')
  @SignedIn()
  @ApiResponse({ status: 200, description: 'As it was saved last, on whichever device', standardSchema: DraftAnswer })
  async read(@CurrentCaller() caller: Caller, @Param('form', { schema: DraftForm }) form: string): Promise<z.infer<typeof DraftAnswer>> {
    const found = await this.#db.within(scopeOf(caller), (tx) => this.#drafts.read(tx, caller, form));
    return { draft: found ? { version: found.version, savedAt: found.savedAt, text: found.text } : null };
  }

  @Put(':form')
  @SignedIn()
  @Unkeyed()
  @ApiResponse({ status: 200, description: 'Saved', standardSchema: DraftSaved })
  async save(
    @CurrentCaller() caller: Caller,
    @Param('form', { schema: DraftForm }) form: string,
    @Body({ schema: DraftToSave }) { text, basedOn }: z.infer<typeof DraftToSave>,
  ): Promise<z.infer<typeof DraftSaved>> {
    const { version, savedAt } = await this.#db.within(scopeOf(caller), (tx) => this.#drafts.save(tx, caller, form, text, basedOn, this.#wall.now()));
    return { version, savedAt };
  }

  @Delete(':form')
  @SignedIn()
  @Unkeyed()
  @ApiResponse({ status: 200, description: 'No longer there', standardSchema: DraftRemoved })
  async remove(@CurrentCaller() caller: Caller, @Param('form', { schema: DraftForm }) form: string): Promise<z.infer<typeof DraftRemoved>> {
    await this.#db.within(scopeOf(caller), (tx) => this.#drafts.remove(tx, caller, form));
    return { removed: true };
  }
}

function scopeOf(caller: Caller): Scope {
  return tenantScope(caller.tenant, caller.actor);
}
