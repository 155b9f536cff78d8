import { Body, Controller, Get, Param, Post, Put, Query } from '@nestjs/common';
import { ApiResponse, ApiTags } from '@nestjs/swagger';
import { z } from 'zod';
import { scopeFor, type Caller } from '../../../platform/http/caller.ts';
import { Allow, CurrentCaller, IfMatch, Key, Versioned } from '../../../platform/http/decorators.ts';
import type { RequestKey } from '../../../platform/http/idempotency.ts';
import { NeedsCommands } from '../../commands.ts';
import { IMPORT_PERMISSIONS, type ImportKind } from '../model.ts';
import { MappingCommands } from './commands.ts';
import type { Mapping } from './model.ts';
import { MappingBody, MappingList, MappingPatch, MappingQuery, MappingView } from './schemas.ts';

const Id = z.uuid();

/** How files of one source are read; remembered by their headings. */
@ApiTags('needs')
@Controller('api/v1/import-mappings')
export class MappingController {
  readonly #commands: NeedsCommands;
  readonly #mappings: MappingCommands;

  constructor(commands: NeedsCommands, mappings: MappingCommands) {
    this.#commands = commands;
    this.#mappings = mappings;
  }

  @Get()
  @Allow('needs.triage', 'offers.create', 'projects.confirm')
  @ApiResponse({ status: 200, description: 'Those that apply to the caller’s files', standardSchema: MappingList })
  async list(@CurrentCaller() caller: Caller, @Query({ schema: MappingQuery }) { kind }: z.infer<typeof MappingQuery>): Promise<{ items: Mapping[] }> {
    return this.#commands.read(scopeFor(caller, IMPORT_PERMISSIONS[kind]), async (tx) => ({ items: await this.#mappings.all(tx, kind) }));
  }

  @Get(':kind/:id')
  @Allow('needs.triage', 'offers.create', 'projects.confirm')
  @Versioned()
  @ApiResponse({ status: 200, standardSchema: MappingView })
  async read(
    @CurrentCaller() caller: Caller,
    @Param('kind', { schema: MappingQuery.shape.kind }) kind: ImportKind,
    @Param('id', { schema: Id }) id: string,
  ): Promise<Mapping> {
    return this.#commands.read(scopeFor(caller, IMPORT_PERMISSIONS[kind]), (tx) => this.#mappings.get(tx, kind, id));
  }

  @Post()
  @Allow('needs.triage', 'offers.create', 'projects.confirm')
  @Versioned()
  @ApiResponse({ status: 201, description: 'Confirmed: files with these headings are read so from now on', standardSchema: MappingView })
  async confirm(@CurrentCaller() caller: Caller, @Key() key: RequestKey, @Body({ schema: MappingBody }) body: z.infer<typeof MappingBody>): Promise<Mapping> {
    const { kind, fingerprint, ...mapping } = body;
    return this.#commands.run(caller, IMPORT_PERMISSIONS[kind], key, (tx, intent) => this.#mappings.confirm(tx, kind, fingerprint, mapping, intent));
  }

  @Put(':kind/:id')
  @Allow('needs.triage', 'offers.create', 'projects.confirm')
  @Versioned()
  @ApiResponse({ status: 200, description: 'Changed', standardSchema: MappingView })
  async change(
    @CurrentCaller() caller: Caller,
    @Key() key: RequestKey,
    @IfMatch() version: number,
    @Param('kind', { schema: MappingQuery.shape.kind }) kind: ImportKind,
    @Param('id', { schema: Id }) id: string,
    @Body({ schema: MappingPatch }) mapping: z.infer<typeof MappingPatch>,
  ): Promise<Mapping> {
    return this.#commands.run(caller, IMPORT_PERMISSIONS[kind], key, (tx, intent) => this.#mappings.change(tx, kind, id, version, mapping, intent));
  }
}
