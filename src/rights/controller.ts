import { Body, Controller, Get, HttpCode, Param, Post, Query, Req } from '@nestjs/common';
import { ApiResponse, ApiTags } from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import type { z } from 'zod';
import { HoldService } from '../needs/holds/service.ts';
import { Database } from '../platform/database/database.ts';
import { scopeFor, type Caller } from '../platform/http/caller.ts';
import { Cursors } from '../platform/http/cursor.ts';
import { Allow, CurrentCaller, Key, Versioned } from '../platform/http/decorators.ts';
import type { RequestKey } from '../platform/http/idempotency.ts';
import { networkOf } from '../platform/http/request.ts';
import { RightsCommands } from './commands.ts';
import * as schemas from './schemas.ts';
import { RightsService } from './service.ts';

type Input<Schema extends z.ZodType> = z.output<Schema>;
type One = Input<typeof schemas.RightsParam>;
type View = z.infer<typeof schemas.RightsView>;

const READ = 'people.read';
const WRITE = 'needs.triage';
const moved = { status: 200, description: 'The request after the command', standardSchema: schemas.RightsView };

/** Requests of residents about their own data, as the staff of their community answer them. */
@ApiTags('rights')
@Controller('api/v1/rights-requests')
export class RightsController {
  readonly #db: Database;
  readonly #rights: RightsService;
  readonly #commands: RightsCommands;
  readonly #holds: HoldService;
  readonly #cursors: Cursors;

  constructor(db: Database, rights: RightsService, commands: RightsCommands, holds: HoldService, cursors: Cursors) {
    this.#db = db;
    this.#rights = rights;
    this.#commands = commands;
    this.#holds = holds;
    this.#cursors = cursors;
  }

  @Get()
  @Allow(READ)
  @ApiResponse({ status: 200, description: 'Newest first', standardSchema: schemas.RightsPage })
  async list(@CurrentCaller() caller: Caller, @Query({ schema: schemas.RightsQuery }) query: Input<typeof schemas.RightsQuery>): Promise<z.infer<typeof schemas.RightsPage>> {
    const { status, right } = query;
    const list = `rights/${status ?? ''}/${right ?? ''}`;
    const page = this.#cursors.read(list, query);
    const rows = await this.#db.within(scopeFor(caller, READ), (tx) => this.#rights.page(tx, { status, right }, page));
    const found = this.#cursors.page(list, rows, page.limit, ({ receivedAt, id }) => ({ sort: receivedAt, id }));
    return { ...found, items: found.items.map(schemas.rightsView) };
  }

  @Post()
  @HttpCode(200)
  @Allow(WRITE)
  @ApiResponse(moved)
  async take(
    @CurrentCaller() caller: Caller,
    @Key() key: RequestKey,
    @Body({ schema: schemas.NewRightsRequest }) body: Input<typeof schemas.NewRightsRequest>,
  ): Promise<View> {
    return schemas.rightsView(await this.#commands.take(caller, key, body));
  }

  @Get(':id')
  @Versioned()
  @Allow(READ)
  @ApiResponse({ status: 200, description: 'With what was written about it', standardSchema: schemas.RightsFile })
  async one(@CurrentCaller() caller: Caller, @Param({ schema: schemas.RightsParam }) { id }: One): Promise<z.infer<typeof schemas.RightsFile>> {
    return this.#db.within(scopeFor(caller, READ), async (tx) => {
      const request = await this.#rights.get(tx, id);
      const held = await this.#holds.groundsOf(tx, 'need', [request.needId]);
      return { ...schemas.rightsView(request), contents: await this.#rights.contents(tx, request), heldFor: held.get(request.needId) ?? null };
    });
  }

  @Get(':id/copy')
  @Allow(WRITE)
  @ApiResponse({ status: 200, description: 'All that is kept of the person, to hand over. Reading it is audited', standardSchema: schemas.OwnDataView })
  async copy(
    @CurrentCaller() caller: Caller,
    @Param({ schema: schemas.RightsParam }) { id }: One,
    @Req() request: FastifyRequest,
  ): Promise<z.infer<typeof schemas.OwnDataView>> {
    return schemas.ownDataView(await this.#commands.copyFor(caller, id, { requestId: request.id, network: networkOf(request) }));
  }

  @Post(':id/carry-out')
  @HttpCode(200)
  @Allow(WRITE)
  @ApiResponse(moved)
  async carryOut(
    @CurrentCaller() caller: Caller,
    @Key() key: RequestKey,
    @Param({ schema: schemas.RightsParam }) { id }: One,
    @Body({ schema: schemas.CarryOutBody }) body: Input<typeof schemas.CarryOutBody>,
  ): Promise<View> {
    return schemas.rightsView(await this.#commands.carryOut({ caller, key, id }, body));
  }

  @Post(':id/refuse')
  @HttpCode(200)
  @Allow(WRITE)
  @ApiResponse(moved)
  async refuse(
    @CurrentCaller() caller: Caller,
    @Key() key: RequestKey,
    @Param({ schema: schemas.RightsParam }) { id }: One,
    @Body({ schema: schemas.RefuseBody }) { ground, reason }: Input<typeof schemas.RefuseBody>,
  ): Promise<View> {
    return schemas.rightsView(await this.#commands.refuse({ caller, key, id }, ground, reason));
  }
}
