import { Body, Controller, Get, Headers, HttpCode, Param, Post, Query, StreamableFile } from '@nestjs/common';
import { ApiProduces, ApiResponse, ApiTags } from '@nestjs/swagger';
import { z } from 'zod';
import { refuse, type FieldError } from '../../kernel/refusal.ts';
import { fill, type Language, type Texts } from '../../kernel/texts.ts';
import { scopeFor, type Caller } from '../../platform/http/caller.ts';
import { Cursors } from '../../platform/http/cursor.ts';
import { Allow, CurrentCaller, Key, Unkeyed } from '../../platform/http/decorators.ts';
import type { RequestKey } from '../../platform/http/idempotency.ts';
import { languageOf } from '../../platform/http/language.ts';
import { TakesUpload, type Upload } from '../../platform/http/upload.ts';
import { readSheets } from '../../platform/tables/read.ts';
import { texts as tableTexts } from '../../platform/tables/texts.ts';
import { writeXlsx } from '../../platform/tables/write.ts';
import { NeedsCommands } from '../commands.ts';
import { texts } from '../texts.ts';
import { ImportCommands, type ImportOptions } from './commands.ts';
import { IMPORT_PERMISSIONS, type ImportKind, type ImportReport, type RecordKind } from './model.ts';
import { ImportForm, ImportKindName, ImportPage, ImportPageQuery, ImportQuery, ImportView, RecordKindName, ReportView, UndoBody, WrongRowsQuery } from './schemas.ts';
import { ImportStore } from './store.ts';
import { UndoCommands } from './undo/commands.ts';
import type { WrongRowsWords } from './wrong-rows/import.ts';

type Form = z.infer<typeof ImportForm>;
type Wish = z.infer<typeof ImportQuery>;
type Report = Omit<ImportReport, 'errors'> & { readonly errors: readonly (FieldError & { readonly detail: string })[] };

const Id = z.uuid();
const DONE = { status: 200, description: 'What was taken, what was known, what is wrong and where', standardSchema: ReportView };
const XLSX = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';

function wordsIn(language: Language): WrongRowsWords {
  const catalogue: Texts = { ...tableTexts, ...texts };
  return {
    heading: language === 'zh' ? '错误说明' : 'Errors',
    say: ({ code, params = {} }: FieldError) => fill(catalogue[`error.${code}`]?.[language] ?? code, params),
  };
}

function reportView(report: ImportReport, language: Language): Report {
  const { say } = wordsIn(language);
  return { ...report, errors: report.errors.map((error) => ({ ...error, detail: say(error) })) };
}

/** XLSX or CSV as offices keep them. One bad row stops a file unless its good ones are to be taken. */
@ApiTags('needs')
@Controller('api/v1/imports')
export class ImportController {
  readonly #commands: NeedsCommands;
  readonly #imports: ImportCommands;
  readonly #undos: UndoCommands;
  readonly #store: ImportStore;
  readonly #cursors: Cursors;

  constructor(commands: NeedsCommands, imports: ImportCommands, undos: UndoCommands, store: ImportStore, cursors: Cursors) {
    this.#commands = commands;
    this.#imports = imports;
    this.#undos = undos;
    this.#store = store;
    this.#cursors = cursors;
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
    @Headers('accept-language') wished?: string,
  ): Promise<Report> {
    return reportView(await this.#take(caller, key, 'needs', file, wish), languageOf(wished));
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
    @Headers('accept-language') wished?: string,
  ): Promise<Report> {
    return reportView(await this.#take(caller, key, 'offers', file, wish), languageOf(wished));
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
    @Headers('accept-language') wished?: string,
  ): Promise<Report> {
    return reportView(await this.#take(caller, key, 'proposals', file, wish), languageOf(wished));
  }

  @Post(':kind/wrong-rows')
  @HttpCode(200)
  @Unkeyed()
  @Allow('needs.triage', 'offers.create', 'projects.confirm')
  @TakesUpload()
  @ApiProduces(XLSX)
  @ApiResponse({ status: 200, description: 'The wrong rows alone, and why; corrected it is imported as it is', schema: { type: 'string', format: 'binary' } })
  async wrongRows(
    @CurrentCaller() caller: Caller,
    @Param('kind', { schema: ImportKindName }) kind: ImportKind,
    @Body({ schema: ImportForm }) { file }: Form,
    @Query({ schema: WrongRowsQuery }) wish: z.infer<typeof WrongRowsQuery>,
    @Headers('accept-language') wished?: string,
  ): Promise<StreamableFile> {
    const scope = scopeFor(caller, IMPORT_PERMISSIONS[kind]);
    const tables = await readSheets(file.bytes);
    const sheet = await this.#commands.read(scope, async (tx) =>
      this.#imports.wrongRows(tx, kind, { tables, bytes: file.bytes }, { takeOver: wish.takeOver, ...(wish.sheet && { sheets: [wish.sheet] }) }, await this.#commands.now(tx), wordsIn(languageOf(wished))),
    );
    return new StreamableFile(await writeXlsx(sheet), { type: XLSX, disposition: `attachment; filename="${kind}-to-correct.xlsx"` });
  }

  @Get(':kind')
  @Allow('needs.triage', 'offers.create', 'projects.confirm')
  @ApiResponse({ status: 200, description: 'Imports of the subtree, newest first', standardSchema: ImportPage })
  async list(
    @CurrentCaller() caller: Caller,
    @Param('kind', { schema: ImportKindName }) kind: ImportKind,
    @Query({ schema: ImportPageQuery }) query: z.infer<typeof ImportPageQuery>,
  ): Promise<z.infer<typeof ImportPage>> {
    const list = `imports/${kind}`;
    const page = this.#cursors.read(list, query);
    const imports = await this.#commands.read(scopeFor(caller, IMPORT_PERMISSIONS[kind]), (tx) => this.#store.page(tx, kind, page));
    return this.#cursors.page(list, imports, page.limit, ({ id, importedAt }) => ({ sort: importedAt, id }));
  }

  @Get(':kind/:id')
  @Allow('needs.triage', 'offers.create', 'projects.confirm')
  @ApiResponse({ status: 200, description: 'One import, of the subtree', standardSchema: ImportView })
  async one(
    @CurrentCaller() caller: Caller,
    @Param('kind', { schema: ImportKindName }) kind: ImportKind,
    @Param('id', { schema: Id }) id: string,
  ): Promise<z.infer<typeof ImportView>> {
    const found = await this.#commands.read(scopeFor(caller, IMPORT_PERMISSIONS[kind]), (tx) => this.#store.import(tx, id));
    return found?.kind === kind ? found : refuse('IMPORT_UNKNOWN', 'unknown');
  }

  @Post(':kind/:id/undo')
  @HttpCode(200)
  @Allow('needs.triage', 'offers.create')
  @ApiResponse({ status: 200, description: 'Taken back: its records are gone, that they were there is kept', standardSchema: ImportView })
  async undo(
    @CurrentCaller() caller: Caller,
    @Key() key: RequestKey,
    @Param('kind', { schema: RecordKindName }) kind: RecordKind,
    @Param('id', { schema: Id }) id: string,
    @Body({ schema: UndoBody }) { reason }: z.infer<typeof UndoBody>,
  ): Promise<z.infer<typeof ImportView>> {
    return this.#commands.run(caller, IMPORT_PERMISSIONS[kind], key, (tx, intent) => this.#undos.undo(tx, kind, id, reason, intent));
  }

  async #take(caller: Caller, key: RequestKey, kind: ImportKind, { bytes }: Upload, wish: Wish): Promise<ImportReport> {
    const file = { tables: await readSheets(bytes), bytes };
    const permission = IMPORT_PERMISSIONS[kind];
    const wished: ImportOptions = { ...wish, sheets: wish.sheet };
    if (wish.preview) {
      return this.#commands.read(scopeFor(caller, permission), async (tx) => this.#imports.preview(tx, kind, file, wished, await this.#commands.now(tx)));
    }
    return this.#commands.run(caller, permission, key, (tx, intent) => this.#imports.take(tx, kind, file, wished, intent));
  }
}
