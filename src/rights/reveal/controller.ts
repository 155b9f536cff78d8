import { Body, Controller, Get, HttpCode, Post, Query } from '@nestjs/common';
import { ApiResponse, ApiTags } from '@nestjs/swagger';
import type { z } from 'zod';
import { Database } from '../../platform/database/database.ts';
import { scopeFor, type Caller } from '../../platform/http/caller.ts';
import { Cursors } from '../../platform/http/cursor.ts';
import { Allow, CurrentCaller, Key } from '../../platform/http/decorators.ts';
import type { RequestKey } from '../../platform/http/idempotency.ts';
import { RevealCommands } from './commands.ts';
import { RevealBody, Revealed, RevealPage, RevealQuery } from './schemas.ts';
import { RevealStore } from './store.ts';

/** Looking behind a mask, one field at a time. */
@ApiTags('rights')
@Controller('api/v1/reveals')
export class RevealController {
  readonly #db: Database;
  readonly #store: RevealStore;
  readonly #commands: RevealCommands;
  readonly #cursors: Cursors;

  constructor(db: Database, store: RevealStore, commands: RevealCommands, cursors: Cursors) {
    this.#db = db;
    this.#store = store;
    this.#commands = commands;
    this.#cursors = cursors;
  }

  @Post()
  @HttpCode(200)
  @Allow('people.reveal')
  @ApiResponse({ status: 200, description: 'The field in full; that it was seen, by whom and why, is on record', standardSchema: Revealed })
  reveal(
    @CurrentCaller() caller: Caller,
    @Key() key: RequestKey,
    @Body({ schema: RevealBody }) wanted: z.output<typeof RevealBody>,
  ): Promise<z.infer<typeof Revealed>> {
    return this.#commands.reveal(caller, key, wanted);
  }

  @Get()
  @Allow('audit.read')
  @ApiResponse({ status: 200, description: 'Who looked behind which mask, and why; newest first', standardSchema: RevealPage })
  async list(@CurrentCaller() caller: Caller, @Query({ schema: RevealQuery }) query: z.output<typeof RevealQuery>): Promise<z.infer<typeof RevealPage>> {
    const list = `reveals/${query.personId ?? ''}`;
    const page = this.#cursors.read(list, query);
    const rows = await this.#db.within(scopeFor(caller, 'audit.read'), (tx) => this.#store.page(tx, query.personId, page));
    const found = this.#cursors.page(list, rows, page.limit, ({ at, id }) => ({ sort: at, id }));
    return { ...found, items: found.items.map(({ orgPath: _, ...reveal }) => reveal) };
  }
}
