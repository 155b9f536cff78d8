import { Body, Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { ApiResponse, ApiTags } from '@nestjs/swagger';
import type { z } from 'zod';
import { scopeFor, type Caller } from '../../platform/http/caller.ts';
import { Cursors } from '../../platform/http/cursor.ts';
import { Allow, CurrentCaller, Key } from '../../platform/http/decorators.ts';
import type { RequestKey } from '../../platform/http/idempotency.ts';
import { NeedsCommands } from '../commands.ts';
import { HoldCommands } from './commands.ts';
import { HoldPage, HoldParam, HoldQuery, HoldView, holdView, NewHold } from './schemas.ts';
import { HoldService } from './service.ts';

const READ = 'people.read';

/** Legal holds: what must not be destroyed for now. */
@ApiTags('holds')
@Controller('api/v1/holds')
export class HoldController {
  readonly #needs: NeedsCommands;
  readonly #commands: HoldCommands;
  readonly #holds: HoldService;
  readonly #cursors: Cursors;

  constructor(needs: NeedsCommands, commands: HoldCommands, holds: HoldService, cursors: Cursors) {
    this.#needs = needs;
    this.#commands = commands;
    this.#holds = holds;
    this.#cursors = cursors;
  }

  @Get()
  @Allow(READ)
  @ApiResponse({ status: 200, description: 'Newest first', standardSchema: HoldPage })
  async list(
    @CurrentCaller() caller: Caller,
    @Query({ schema: HoldQuery }) query: z.output<typeof HoldQuery>,
  ): Promise<z.infer<typeof HoldPage>> {
    const { open, recordId } = query;
    const list = `holds/${open ?? ''}/${recordId ?? ''}`;
    const page = this.#cursors.read(list, query);
    const filter = { open: open === undefined ? undefined : open === 'true', recordId };
    const rows = await this.#needs.read(scopeFor(caller, READ), (tx) => this.#holds.page(tx, filter, page));
    const found = this.#cursors.page(list, rows, page.limit, ({ placedAt, id }) => ({ sort: placedAt, id }));
    return { ...found, items: found.items.map(holdView) };
  }

  @Post()
  @HttpCode(200)
  @Allow('needs.publish')
  @ApiResponse({ status: 200, description: 'Placed', standardSchema: HoldView })
  async place(
    @CurrentCaller() caller: Caller,
    @Key() key: RequestKey,
    @Body({ schema: NewHold }) { record, ...content }: z.output<typeof NewHold>,
  ): Promise<z.infer<typeof HoldView>> {
    return holdView(await this.#commands.place(caller, key, record, content));
  }

  @Post(':id/lift')
  @HttpCode(200)
  @Allow('needs.publish')
  @ApiResponse({ status: 200, description: 'Lifted: what was taken back meanwhile is destroyed', standardSchema: HoldView })
  async lift(
    @CurrentCaller() caller: Caller,
    @Key() key: RequestKey,
    @Param({ schema: HoldParam }) { id }: z.output<typeof HoldParam>,
  ): Promise<z.infer<typeof HoldView>> {
    return holdView(await this.#commands.lift(caller, key, id));
  }
}
