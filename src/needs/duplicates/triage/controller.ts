import { Body, Controller, Get, HttpCode, Post, Query } from '@nestjs/common';
import { ApiResponse, ApiTags } from '@nestjs/swagger';
import type { z } from 'zod';
import { scopeFor, type Caller } from '../../../platform/http/caller.ts';
import { Cursors } from '../../../platform/http/cursor.ts';
import { Allow, CurrentCaller, Key } from '../../../platform/http/decorators.ts';
import type { RequestKey } from '../../../platform/http/idempotency.ts';
import { NeedsCommands } from '../../commands.ts';
import { Outcomes } from '../../schemas.ts';
import { clusterView, DismissPairs, Dismissed, DuplicatePage, DuplicateQuery, MergeMany } from './schemas.ts';
import { DuplicateTriage } from './service.ts';

const LIST = 'needs/duplicates';

/** Needs that seem to repeat others. Merging one, and taking that back, is done on the need itself. */
@ApiTags('needs')
@Controller('api/v1/needs/duplicates')
export class DuplicateController {
  readonly #commands: NeedsCommands;
  readonly #duplicates: DuplicateTriage;
  readonly #cursors: Cursors;

  constructor(commands: NeedsCommands, duplicates: DuplicateTriage, cursors: Cursors) {
    this.#commands = commands;
    this.#duplicates = duplicates;
    this.#cursors = cursors;
  }

  @Get()
  @Allow('needs.triage')
  @ApiResponse({ status: 200, description: 'To be decided by a person, oldest first', standardSchema: DuplicatePage })
  async list(
    @CurrentCaller() caller: Caller,
    @Query({ schema: DuplicateQuery }) query: z.infer<typeof DuplicateQuery>,
  ): Promise<z.infer<typeof DuplicatePage>> {
    const page = this.#cursors.read(LIST, query);
    const clusters = await this.#commands.read(scopeFor(caller, 'needs.triage'), async (tx) =>
      this.#duplicates.page(tx, page, await this.#commands.now(tx)),
    );
    const found = this.#cursors.page(LIST, clusters, page.limit, ({ serial, oldest }) => ({ sort: serial, id: oldest.id }));
    return { ...found, items: found.items.map(clusterView) };
  }

  @Post('merge')
  @HttpCode(200)
  @Allow('needs.triage')
  @ApiResponse({ status: 200, description: 'A result for each row', standardSchema: Outcomes })
  async merge(
    @CurrentCaller() caller: Caller,
    @Key() key: RequestKey,
    @Body({ schema: MergeMany }) { into, needs }: z.infer<typeof MergeMany>,
  ): Promise<z.infer<typeof Outcomes>> {
    return this.#commands.run(caller, 'needs.triage', key, async (tx, intent) => ({
      results: await this.#duplicates.mergeAll(tx, into, needs, intent),
    }));
  }

  @Post('dismiss')
  @HttpCode(200)
  @Allow('needs.triage')
  @ApiResponse({ status: 200, description: 'Not the same: they are not proposed again', standardSchema: Dismissed })
  async dismiss(
    @CurrentCaller() caller: Caller,
    @Key() key: RequestKey,
    @Body({ schema: DismissPairs }) { pairs }: z.infer<typeof DismissPairs>,
  ): Promise<z.infer<typeof Dismissed>> {
    return this.#commands.run(caller, 'needs.triage', key, async (tx, intent) => ({ dismissed: await this.#duplicates.dismiss(tx, pairs, intent) }));
  }
}
