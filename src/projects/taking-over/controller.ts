import { Body, Controller, HttpCode, Param, Post, Query } from '@nestjs/common';
import { ApiResponse, ApiTags } from '@nestjs/swagger';
import { z } from 'zod';
import type { ImportReport } from '../../needs/imports/model.ts';
import { ImportForm, ImportQuery, ImportView, ReportView, UndoBody } from '../../needs/imports/schemas.ts';
import type { Caller } from '../../platform/http/caller.ts';
import { Allow, CurrentCaller, Key } from '../../platform/http/decorators.ts';
import type { RequestKey } from '../../platform/http/idempotency.ts';
import { TakesUpload } from '../../platform/http/upload.ts';
import { readSheets } from '../../platform/tables/read.ts';
import { TakeOverCommands } from './commands.ts';

const Id = z.uuid();
/** Its rows always keep the states they have in the ledger. */
const LedgerQuery = ImportQuery.omit({ takeOver: true });

/** 微项目台账: projects that are under way enter with the step they have come to. */
@ApiTags('projects')
@Controller('api/v1/imports/projects')
export class TakeOverController {
  readonly #commands: TakeOverCommands;

  constructor(commands: TakeOverCommands) {
    this.#commands = commands;
  }

  @Post()
  @HttpCode(200)
  @Allow('projects.confirm')
  @TakesUpload()
  @ApiResponse({ status: 200, description: 'What was taken, what was known, what is wrong and where', standardSchema: ReportView })
  async take(
    @CurrentCaller() caller: Caller,
    @Key() key: RequestKey,
    @Body({ schema: ImportForm }) { file: { bytes } }: z.infer<typeof ImportForm>,
    @Query({ schema: LedgerQuery }) { preview, takeGood, sameHeadings, sheet }: z.infer<typeof LedgerQuery>,
  ): Promise<ImportReport> {
    const file = { tables: await readSheets(bytes), bytes };
    const options = { takeGood, sameHeadings, sheets: sheet };
    return preview ? this.#commands.preview(caller, file, options) : this.#commands.take(caller, key, file, options);
  }

  @Post(':id/undo')
  @HttpCode(200)
  @Allow('projects.confirm')
  @ApiResponse({ status: 200, description: 'Taken back: its projects count no more, that they were there is kept', standardSchema: ImportView })
  undo(
    @CurrentCaller() caller: Caller,
    @Key() key: RequestKey,
    @Param('id', { schema: Id }) id: string,
    @Body({ schema: UndoBody }) { reason }: z.infer<typeof UndoBody>,
  ): Promise<z.infer<typeof ImportView>> {
    return this.#commands.undo(caller, key, id, reason);
  }
}
