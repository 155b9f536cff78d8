import { Controller, Get, Query } from '@nestjs/common';
import { ApiResponse, ApiTags } from '@nestjs/swagger';
import type { z } from 'zod';
import { scopeFor, type Caller } from '../../platform/http/caller.ts';
import { Allow, CurrentCaller } from '../../platform/http/decorators.ts';
import { NeedsCommands } from '../commands.ts';
import { BundleList, BundleQuery, bundleView } from './schemas.ts';
import { BundlingService } from './service.ts';

/** Suggestions only: `POST /proposals` with the needs a person chooses makes one of them a proposal. */
@ApiTags('needs')
@Controller('api/v1/needs/bundles')
export class BundlingController {
  readonly #commands: NeedsCommands;
  readonly #bundling: BundlingService;

  constructor(commands: NeedsCommands, bundling: BundlingService) {
    this.#commands = commands;
    this.#bundling = bundling;
  }

  @Get()
  @Allow('needs.triage')
  @ApiResponse({ status: 200, description: 'Triaged needs that one project might answer, with the reasons, biggest first', standardSchema: BundleList })
  async suggest(
    @CurrentCaller() caller: Caller,
    @Query({ schema: BundleQuery }) { communityId }: z.infer<typeof BundleQuery>,
  ): Promise<z.infer<typeof BundleList>> {
    const bundles = await this.#commands.read(scopeFor(caller, 'needs.triage'), async (tx) =>
      this.#bundling.suggest(tx, communityId, await this.#commands.now(tx)),
    );
    return { items: bundles.map(bundleView) };
  }
}
