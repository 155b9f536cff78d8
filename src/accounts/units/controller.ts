import { Body, Controller, Get, HttpCode, Param, Patch, Post, Query } from '@nestjs/common';
import { ApiResponse, ApiTags } from '@nestjs/swagger';
import { z } from 'zod';
import { BusinessClock } from '../../calendar/clock.ts';
import { shanghaiDate } from '../../kernel/time.ts';
import { Database } from '../../platform/database/database.ts';
import { scopeFor, type Caller } from '../../platform/http/caller.ts';
import { Cursors } from '../../platform/http/cursor.ts';
import { Allow, CurrentCaller, IfMatch, Key, Versioned } from '../../platform/http/decorators.ts';
import type { RequestKey } from '../../platform/http/idempotency.ts';
import { ListRegistry, type ListedAs } from '../../platform/http/listed.ts';
import { TakesUpload } from '../../platform/http/upload.ts';
import { UnitCommands } from './commands.ts';
import {
  CloseUnit,
  EndMembership,
  MembershipView,
  NewMembership,
  NewUnit,
  UnitDetails,
  UnitImport,
  UnitImportView,
  UnitPage,
  UnitPatch,
  UnitsQuery,
  unitView,
  UnitView,
} from './schemas.ts';
import { UnitService } from './service.ts';

const Left = z.strictObject({ left: z.literal(true) });

@ApiTags('org-units')
@Controller('api/v1')
export class UnitController {
  readonly #db: Database;
  readonly #units: UnitService;
  readonly #commands: UnitCommands;
  readonly #clock: BusinessClock;
  readonly #cursors: Cursors;

  constructor(db: Database, units: UnitService, commands: UnitCommands, clock: BusinessClock, cursors: Cursors, lists: ListRegistry) {
    this.#db = db;
    this.#units = units;
    this.#commands = commands;
    this.#clock = clock;
    this.#cursors = cursors;
    lists.register('org-units', { title: 'accounts.list.units', anyOf: ['units.read'], personal: false, query: UnitsQuery, page: ({ caller }, query) => this.list(caller, query), headings: 'accounts.column', columns: COLUMNS });
  }

  @Get('org-units')
  @Allow('units.read')
  @ApiResponse({ status: 200, description: 'Units by code: those that are there today, on request also those that have left', standardSchema: UnitPage })
  async list(
    @CurrentCaller() caller: Caller,
    @Query({ schema: UnitsQuery }) query: z.infer<typeof UnitsQuery>,
  ): Promise<z.infer<typeof UnitPage>> {
    const list = `units ${query.kind ?? ''} ${query.community ?? ''} ${query.left}`;
    const { after, limit } = this.#cursors.read(list, query);
    return this.#db.within(scopeFor(caller, 'units.read'), async (tx) => {
      const on = shanghaiDate(await this.#clock.now(tx));
      const { kind, community } = query;
      const afterCode = after === undefined ? undefined : String(after.sort);
      const units = await this.#units.page(tx, { kind, community, on, withLeft: query.left === 'true', afterCode, limit });
      return this.#cursors.page(list, units.map(unitView), limit, ({ code, id }) => ({ sort: code, id }));
    });
  }

  @Get('org-units/:id')
  @Allow('units.read')
  @Versioned()
  @ApiResponse({ status: 200, description: 'One unit and its memberships', standardSchema: UnitDetails })
  async one(
    @CurrentCaller() caller: Caller,
    @Param('id', { schema: z.uuid() }) id: string,
  ): Promise<z.infer<typeof UnitDetails>> {
    return this.#db.within(scopeFor(caller, 'units.read'), async (tx) => {
      const unit = await this.#units.get(tx, id);
      return { ...unitView(unit), memberships: await this.#units.membershipsOf(tx, id) };
    });
  }

  @Post('org-units')
  @HttpCode(200)
  @Allow('units.manage')
  @Versioned()
  @ApiResponse({ status: 200, description: 'Registered', standardSchema: UnitView })
  async register(
    @CurrentCaller() caller: Caller,
    @Key() key: RequestKey,
    @Body({ schema: NewUnit }) unit: z.output<typeof NewUnit>,
  ): Promise<z.infer<typeof UnitView>> {
    return this.#commands.register(caller, key, unit);
  }

  @Patch('org-units/:id')
  @Allow('units.manage')
  @Versioned()
  @ApiResponse({ status: 200, description: 'Changed', standardSchema: UnitView })
  async change(
    @CurrentCaller() caller: Caller,
    @Key() key: RequestKey,
    @Param('id', { schema: z.uuid() }) id: string,
    @IfMatch() version: number,
    @Body({ schema: UnitPatch }) patch: z.output<typeof UnitPatch>,
  ): Promise<z.infer<typeof UnitView>> {
    return this.#commands.change(caller, key, id, version, patch);
  }

  @Post('org-units/:id/close')
  @HttpCode(200)
  @Allow('units.manage')
  @Versioned()
  @ApiResponse({ status: 200, description: 'Closed; its memberships end with it', standardSchema: UnitView })
  async close(
    @CurrentCaller() caller: Caller,
    @Key() key: RequestKey,
    @Param('id', { schema: z.uuid() }) id: string,
    @IfMatch() version: number,
    @Body({ schema: CloseUnit }) body: z.output<typeof CloseUnit>,
  ): Promise<z.infer<typeof UnitView>> {
    return this.#commands.close(caller, key, id, version, body);
  }

  @Post('org-units/:id/memberships')
  @HttpCode(200)
  @Allow('units.manage')
  @ApiResponse({ status: 200, description: 'Takes part from that day', standardSchema: MembershipView })
  async join(
    @CurrentCaller() caller: Caller,
    @Key() key: RequestKey,
    @Param('id', { schema: z.uuid() }) id: string,
    @Body({ schema: NewMembership }) { communityId, joinedOn }: z.output<typeof NewMembership>,
  ): Promise<z.infer<typeof MembershipView>> {
    return this.#commands.join(caller, key, id, communityId, joinedOn);
  }

  @Post('org-units/:id/memberships/end')
  @HttpCode(200)
  @Allow('units.manage')
  @ApiResponse({ status: 200, description: 'Takes part no longer from that day on', standardSchema: Left })
  async leave(
    @CurrentCaller() caller: Caller,
    @Key() key: RequestKey,
    @Param('id', { schema: z.uuid() }) id: string,
    @Body({ schema: EndMembership }) { communityId, leftOn }: z.output<typeof EndMembership>,
  ): Promise<z.infer<typeof Left>> {
    return this.#commands.leave(caller, key, id, communityId, leftOn);
  }

  @Post('imports/units')
  @HttpCode(200)
  @Allow('units.manage')
  @TakesUpload()
  @ApiResponse({ status: 200, description: 'What the list changed', standardSchema: UnitImportView })
  async import(
    @CurrentCaller() caller: Caller,
    @Key() key: RequestKey,
    @Body({ schema: UnitImport }) input: z.output<typeof UnitImport>,
  ): Promise<z.infer<typeof UnitImportView>> {
    return this.#commands.import(caller, key, input);
  }
}

const COLUMNS: ListedAs<z.infer<typeof UnitsQuery>, z.infer<typeof UnitView>>['columns'] = {
  code: ({ code }) => code,
  unitName: ({ name }) => name,
  kind: ({ kind }) => ({ text: `accounts.unitKind.${kind}` }),
  place: ({ orgPath }) => orgPath,
  contactPost: ({ contactPost }) => contactPost,
  note: ({ note }) => note,
  leftOn: ({ leftOn }) => leftOn,
};
