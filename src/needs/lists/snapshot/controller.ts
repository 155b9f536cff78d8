import { Body, Controller, Get, Headers, HttpCode, Param, Post, Query, StreamableFile } from '@nestjs/common';
import { ApiProduces, ApiResponse, ApiTags } from '@nestjs/swagger';
import type { z } from 'zod';
import { WHOLE_TENANT, type Scope } from '../../../kernel/scope.ts';
import type { Texts } from '../../../kernel/texts.ts';
import { scopeFor, type Caller } from '../../../platform/http/caller.ts';
import { Allow, CurrentCaller, Key } from '../../../platform/http/decorators.ts';
import type { RequestKey } from '../../../platform/http/idempotency.ts';
import { languageOf } from '../../../platform/http/language.ts';
import { writeCsv, writeXlsx } from '../../../platform/tables/write.ts';
import { NeedsCommands } from '../../commands.ts';
import { texts } from '../../texts.ts';
import { DifferenceView, FreezeBody, SnapshotFileQuery, SnapshotKeys, SnapshotParams, SnapshotQuery, SnapshotView } from './schemas.ts';
import { ListSnapshots } from './service.ts';
import { differenceSheet, frozenSheet } from './sheets.ts';

type Params = z.infer<typeof SnapshotParams>;

const MEDIA = {
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  csv: 'text/csv; charset=utf-8',
} as const;

const PERMISSION: Readonly<Record<Params['list'], string>> = { needs: 'needs.read', resources: 'offers.read', projects: 'projects.read' };

/** As with the living lists: public texts of the whole tenant. */
function readers(caller: Caller, permission: string): Scope {
  return { ...scopeFor(caller, permission), orgPath: WHOLE_TENANT };
}

/** The three lists of a community as they stood each quarter. */
@ApiTags('needs')
@Controller('api/v1/list-snapshots')
export class SnapshotController {
  readonly #commands: NeedsCommands;
  readonly #snapshots: ListSnapshots;

  constructor(commands: NeedsCommands, snapshots: ListSnapshots) {
    this.#commands = commands;
    this.#snapshots = snapshots;
  }

  @Post()
  @HttpCode(201)
  @Allow('needs.publish')
  @ApiResponse({ status: 201, description: 'Frozen for good', standardSchema: SnapshotKeys })
  async freeze(
    @CurrentCaller() caller: Caller,
    @Key() key: RequestKey,
    @Body({ schema: FreezeBody }) { communityId, quarter }: z.infer<typeof FreezeBody>,
  ): Promise<z.infer<typeof SnapshotKeys>> {
    return this.#commands.run(caller, 'needs.publish', key, async (tx, intent) => ({
      items: await this.#snapshots.freezeByHand(tx, communityId, quarter, intent),
    }));
  }

  @Get()
  @Allow('needs.read')
  @ApiResponse({ status: 200, description: 'What is frozen of a community, newest quarter first', standardSchema: SnapshotKeys })
  async keys(
    @CurrentCaller() caller: Caller,
    @Query({ schema: SnapshotQuery }) { communityId }: z.infer<typeof SnapshotQuery>,
  ): Promise<z.infer<typeof SnapshotKeys>> {
    return this.#commands.read(readers(caller, 'needs.read'), async (tx) => ({ items: await this.#snapshots.keys(tx, communityId) }));
  }

  @Get(':communityId/:quarter/:list')
  @Allow('needs.read', 'offers.read', 'projects.read')
  @ApiResponse({ status: 200, description: 'One list, and whether its bytes still have their hash', standardSchema: SnapshotView })
  async one(
    @CurrentCaller() caller: Caller,
    @Param({ schema: SnapshotParams }) { communityId, quarter, list }: Params,
  ): Promise<z.infer<typeof SnapshotView>> {
    return this.#commands.read(readers(caller, PERMISSION[list]), async (tx) => {
      const { content, hash, at, intact } = await this.#snapshots.get(tx, communityId, quarter, list);
      return { quarter, list, hash, at, intact, on: content.on, rows: content.rows.map(plain) };
    });
  }

  @Get(':communityId/:quarter/:list/difference')
  @Allow('needs.read', 'offers.read', 'projects.read')
  @ApiResponse({ status: 200, description: 'What came, went and changed since the list frozen before', standardSchema: DifferenceView })
  async difference(
    @CurrentCaller() caller: Caller,
    @Param({ schema: SnapshotParams }) { communityId, quarter, list }: Params,
  ): Promise<z.infer<typeof DifferenceView>> {
    return this.#commands.read(readers(caller, PERMISSION[list]), async (tx) => {
      const { since, added, gone, changed } = await this.#snapshots.difference(tx, communityId, quarter, list);
      const fields = changed.map((row) => ({
        number: row.number,
        fields: row.fields.map(({ field, before, after }) => ({ field, before: plainValue(before), after: plainValue(after) })),
      }));
      return { since, added: added.map(plain), gone: gone.map(plain), changed: fields };
    });
  }

  @Get(':communityId/:quarter/:list/file')
  @Allow('needs.read', 'offers.read', 'projects.read')
  @ApiProduces(...Object.values(MEDIA))
  @ApiResponse({ status: 200, description: 'The frozen list, or the difference, for a spreadsheet', schema: { type: 'string', format: 'binary' } })
  async file(
    @CurrentCaller() caller: Caller,
    @Param({ schema: SnapshotParams }) { communityId, quarter, list }: Params,
    @Query({ schema: SnapshotFileQuery }) { of, format }: z.infer<typeof SnapshotFileQuery>,
    @Headers('accept-language') wished?: string,
  ): Promise<StreamableFile> {
    const catalogue: Texts = texts;
    const language = languageOf(wished);
    const text = (key: string): string => catalogue[key]?.[language] ?? key;
    const sheet = await this.#commands.read(readers(caller, PERMISSION[list]), async (tx) =>
      of === 'list'
        ? frozenSheet(list, (await this.#snapshots.get(tx, communityId, quarter, list)).content.rows, text)
        : differenceSheet(list, await this.#snapshots.difference(tx, communityId, quarter, list), text),
    );
    const bytes = format === 'csv' ? writeCsv(sheet) : await writeXlsx(sheet);
    return new StreamableFile(bytes, { type: MEDIA[format], disposition: `attachment; filename="${list}-${quarter}-${of}.${format}"` });
  }
}

type Plain = string | number | boolean | null | string[];

function plainValue(value: string | number | boolean | null | readonly string[]): Plain {
  return value === null || typeof value !== 'object' ? value : [...value];
}

function plain(row: Readonly<Record<string, string | number | boolean | null | readonly string[]>>): Record<string, Plain> {
  return Object.fromEntries(Object.entries(row).map(([field, value]) => [field, plainValue(value)]));
}
