import { Body, Controller, Delete, Get, HttpCode, Param, Post, Put, Query } from '@nestjs/common';
import { ApiResponse, ApiTags } from '@nestjs/swagger';
import type { z } from 'zod';
import { scopeFor, type Caller } from '../../platform/http/caller.ts';
import { Cursors } from '../../platform/http/cursor.ts';
import { Database } from '../../platform/database/database.ts';
import { Allow, CurrentCaller, IfMatch, Key, Versioned } from '../../platform/http/decorators.ts';
import type { RequestKey } from '../../platform/http/idempotency.ts';
import { ConditionCommands } from './commands.ts';
import type { DeclaredExclusion } from './model.ts';
import * as schemas from './schemas.ts';
import { ConditionService } from './service.ts';

type Input<Schema extends z.ZodType> = z.output<Schema>;

@ApiTags('matching')
@Controller('api/v1/matching-exclusions')
export class ExclusionController {
  readonly #db: Database;
  readonly #conditions: ConditionService;
  readonly #commands: ConditionCommands;
  readonly #cursors: Cursors;

  constructor(db: Database, conditions: ConditionService, commands: ConditionCommands, cursors: Cursors) {
    this.#db = db;
    this.#conditions = conditions;
    this.#commands = commands;
    this.#cursors = cursors;
  }

  @Get()
  @Allow('matching.run')
  @ApiResponse({ status: 200, description: 'Newest first', standardSchema: schemas.ExclusionPage })
  async list(
    @CurrentCaller() caller: Caller,
    @Query({ schema: schemas.ExclusionQuery }) query: Input<typeof schemas.ExclusionQuery>,
  ): Promise<{ items: DeclaredExclusion[]; next: string | null }> {
    const list = `matching-exclusions/${query.unitId ?? ''}`;
    const page = this.#cursors.read(list, query);
    const rows = await this.#db.within(scopeFor(caller, 'matching.run'), (tx) => this.#conditions.exclusions(tx, query.unitId, page));
    return this.#cursors.page(list, rows, query.limit, (row) => ({ sort: row.decidedAt, id: row.id }));
  }

  @Post()
  @Allow('matching.run')
  @Versioned()
  @ApiResponse({ status: 201, description: 'Holds for runs frozen from that day on', standardSchema: schemas.ExclusionView })
  exclude(
    @CurrentCaller() caller: Caller,
    @Key() key: RequestKey,
    @Body({ schema: schemas.ExclusionBody }) body: Input<typeof schemas.ExclusionBody>,
  ): Promise<DeclaredExclusion> {
    return this.#commands.exclude(caller, key, body);
  }

  @Post(':id/end')
  @HttpCode(200)
  @Allow('matching.run')
  @Versioned()
  @ApiResponse({ status: 200, description: 'Today is its last day', standardSchema: schemas.ExclusionView })
  end(
    @CurrentCaller() caller: Caller,
    @Key() key: RequestKey,
    @IfMatch() version: number,
    @Param({ schema: schemas.ExclusionId }) { id }: Input<typeof schemas.ExclusionId>,
  ): Promise<DeclaredExclusion> {
    return this.#commands.endExclusion(caller, key, id, version);
  }
}

/** A unit says which proposals it would like to lead; worth a bounded number of points. */
@ApiTags('matching')
@Controller('api/v1/units/:unitId/preferences/:proposalId')
export class PreferenceController {
  readonly #commands: ConditionCommands;

  constructor(commands: ConditionCommands) {
    this.#commands = commands;
  }

  @Put()
  @Allow('projects.claim')
  @ApiResponse({ status: 200, standardSchema: schemas.PreferenceView })
  declare(
    @CurrentCaller() caller: Caller,
    @Key() key: RequestKey,
    @Param({ schema: schemas.PreferenceIds }) preference: Input<typeof schemas.PreferenceIds>,
  ): Promise<z.infer<typeof schemas.PreferenceView>> {
    return this.#commands.prefer(caller, key, preference);
  }

  @Delete()
  @Allow('projects.claim')
  @ApiResponse({ status: 200, standardSchema: schemas.PreferenceView })
  withdraw(
    @CurrentCaller() caller: Caller,
    @Key() key: RequestKey,
    @Param({ schema: schemas.PreferenceIds }) preference: Input<typeof schemas.PreferenceIds>,
  ): Promise<z.infer<typeof schemas.PreferenceView>> {
    return this.#commands.forget(caller, key, preference);
  }
}
