import { Body, Controller, HttpCode, Post, Query } from '@nestjs/common';
import { ApiResponse, ApiTags } from '@nestjs/swagger';
import type { z } from 'zod';
import { scopeFor, type Caller } from '../../platform/http/caller.ts';
import { Allow, CurrentCaller, Key } from '../../platform/http/decorators.ts';
import type { RequestKey } from '../../platform/http/idempotency.ts';
import { TakesUpload, type Upload } from '../../platform/http/upload.ts';
import { readTable } from '../../platform/tables/read.ts';
import { NeedsCommands } from '../commands.ts';
import { ImportCommands } from './commands.ts';
import type { ImportKind, ImportReport } from './model.ts';
import { ImportForm, ImportQuery, ReportView } from './schemas.ts';

type Form = z.infer<typeof ImportForm>;
type Wish = z.infer<typeof ImportQuery>;

const DONE = { status: 200, description: 'What was taken, what was known, what is wrong and where', standardSchema: ReportView };

/** XLSX or CSV as offices keep them. One bad row stops a file unless its good ones are to be taken. */
@ApiTags('needs')
@Controller('api/v1/imports')
export class ImportController {
  readonly #commands: NeedsCommands;
  readonly #imports: ImportCommands;

  constructor(commands: NeedsCommands, imports: ImportCommands) {
    this.#commands = commands;
    this.#imports = imports;
  }

  @Post('needs')
  @HttpCode(200)
  @Allow('needs.triage')
  @TakesUpload()
  @ApiResponse(DONE)
  async needs(
    @CurrentCaller() caller: Caller,
    @Key() key: RequestKey,
    @Body({ schema: ImportForm }) { file }: Form,
    @Query({ schema: ImportQuery }) wish: Wish,
  ): Promise<ImportReport> {
    return this.#take(caller, 'needs.triage', key, 'needs', file, wish);
  }

  @Post('offers')
  @HttpCode(200)
  @Allow('offers.create')
  @TakesUpload()
  @ApiResponse(DONE)
  async offers(
    @CurrentCaller() caller: Caller,
    @Key() key: RequestKey,
    @Body({ schema: ImportForm }) { file }: Form,
    @Query({ schema: ImportQuery }) wish: Wish,
  ): Promise<ImportReport> {
    return this.#take(caller, 'offers.create', key, 'offers', file, wish);
  }

  @Post('proposals')
  @HttpCode(200)
  @Allow('needs.triage')
  @TakesUpload()
  @ApiResponse(DONE)
  async proposals(
    @CurrentCaller() caller: Caller,
    @Key() key: RequestKey,
    @Body({ schema: ImportForm }) { file }: Form,
    @Query({ schema: ImportQuery }) wish: Wish,
  ): Promise<ImportReport> {
    return this.#take(caller, 'needs.triage', key, 'proposals', file, wish);
  }

  async #take(caller: Caller, permission: string, key: RequestKey, kind: ImportKind, upload: Upload, wish: Wish): Promise<ImportReport> {
    const file = { table: await readTable(upload.bytes), bytes: upload.bytes };
    if (wish.preview) {
      return this.#commands.read(scopeFor(caller, permission), async (tx) => this.#imports.preview(tx, kind, file, await this.#commands.now(tx)));
    }
    return this.#commands.run(caller, permission, key, (tx, intent) => this.#imports.take(tx, kind, file, { takeGood: wish.takeGood }, intent));
  }
}
