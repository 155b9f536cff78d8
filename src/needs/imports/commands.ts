import { createHash } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { AuditService } from '../../audit/service.ts';
import { refuse, type FieldError } from '../../kernel/refusal.ts';
import { BlindIndex } from '../../platform/crypto/blind-index.ts';
import type { Tx } from '../../platform/database/database.ts';
import { deriveId } from '../../platform/ids.ts';
import { momentText } from '../../platform/tables/cells.ts';
import type { Aside } from '../../platform/tables/records.ts';
import type { Row, Table } from '../../platform/tables/table.ts';
import { mapInTurns } from '../../platform/tables/turns.ts';
import type { Sheet } from '../../platform/tables/sheet.ts';
import type { Intent } from '../model.ts';
import { ImportKinds, type Importer, type PlacedRecord } from './kinds/commands.ts';
import type { NamedColumn } from './mapping/import.ts';
import type { FileRow, ImportKind, ImportReport, RowTerms } from './model.ts';
import { previewOf } from './preview/import.ts';
import { asSuggested, assertMapped, columnsShown, ImportReader, missingErrors, type OpenedFile, type OpenedSheets, type SheetWish } from './reading/commands.ts';
import { ImportStore, type ImportedRowKey } from './store.ts';
import { wrongRowsSheet, type WrongRowsWords } from './wrong-rows/import.ts';

/** A parsed file and the bytes it came from. */
export interface ImportFile {
  readonly tables: readonly Table[];
  readonly bytes: Uint8Array;
}

export interface ImportOptions extends SheetWish {
  /** Take the good rows although others are bad; without it one bad row stops the file. */
  readonly takeGood?: boolean;
  readonly takeOver?: boolean;
}

const MOST_ERRORS = 1000;

interface Judged<Content> {
  readonly rows: number;
  readonly fresh: readonly { readonly record: PlacedRecord<Content>; readonly key: ImportedRowKey }[];
  readonly unchanged: number;
  readonly bad: number;
  readonly errors: readonly FieldError[];
  readonly unknownHeadings: readonly string[];
  readonly asides: readonly Aside[];
}

/**
 * The files this area takes. A row is known by its own number (or, without one, by what it says), so that a file can
 * come twice, or come back corrected, without doubling anything.
 */
@Injectable()
export class ImportCommands {
  readonly #store: ImportStore;
  readonly #reader: ImportReader;
  readonly #kinds: ImportKinds;
  readonly #audit: AuditService;
  readonly #index: BlindIndex;

  constructor(store: ImportStore, reader: ImportReader, kinds: ImportKinds, audit: AuditService, index: BlindIndex) {
    this.#store = store;
    this.#reader = reader;
    this.#kinds = kinds;
    this.#audit = audit;
    this.#index = index;
  }

  /**
   * What an import would do, by the remembered mapping, else by names, else by the suggested mapping; writes nothing.
   * Refuses `TABLE_NO_ROWS`, `TABLE_SHEET_UNKNOWN`.
   */
  async preview(tx: Tx, kind: ImportKind, file: ImportFile, options: ImportOptions, at: Intent['at']): Promise<ImportReport> {
    const [opened, ...more] = await this.#reader.open(tx, kind, file.tables, options);
    const { file: suggested, suggestion } = asSuggested(opened, opened.needsMapping ? await this.#reader.earlier(tx, kind) : []);
    const others = more.map((each) => asSuggested(each).file);
    const files = [suggested, ...others] as const;
    const isUnclear = files.some(({ missing }) => missing.length > 0);
    const judged = isUnclear ? unreadable(files) : await this.#judged(tx, files, { takeOver: options.takeOver ?? false, at });
    const preview = previewOf(suggested, others.map(({ table }) => table), columnsShown(suggested), suggestion, judged.errors.slice(0, MOST_ERRORS));
    return { ...report(judged, files, null), preview };
  }

  /** The rows that would be refused, under their headings, with what is wrong with each. Refuses `IMPORT_NO_BAD_ROWS` and what `take` refuses of a file as a whole. */
  async wrongRows(tx: Tx, kind: ImportKind, file: ImportFile, options: ImportOptions, at: Intent['at'], words: WrongRowsWords): Promise<Sheet> {
    const [opened] = await this.#reader.open(tx, kind, file.tables, { sheets: options.sheets });
    assertMapped(opened);
    const { errors } = await this.#judged(tx, [opened], { takeOver: options.takeOver ?? false, at });
    if (errors.length === 0) refuse('IMPORT_NO_BAD_ROWS', 'rule');
    return wrongRowsSheet(opened.table, opened.layout, errors, words);
  }

  /**
   * Refuses `TABLE_…`, `IMPORT_MAPPING_UNCONFIRMED`, and `IMPORT_HAS_BAD_ROWS` with the errors of all rows unless the
   * good ones are to be taken.
   */
  async take(tx: Tx, kind: ImportKind, file: ImportFile, options: ImportOptions, intent: Intent): Promise<ImportReport> {
    await this.#store.lock(tx, kind);
    const files = await this.#reader.open(tx, kind, file.tables, options);
    files.forEach(assertMapped);
    return this.#kinds.with(kind, (importer) => this.#take(tx, importer, files, file.bytes, options, intent));
  }

  async #take<Content extends object>(
    tx: Tx,
    importer: Importer<Content>,
    files: OpenedSheets,
    bytes: Uint8Array,
    { takeGood = false, takeOver = false }: ImportOptions,
    intent: Intent,
  ): Promise<ImportReport> {
    const { kind } = importer;
    const judged = await this.#judge(tx, importer, files, { takeOver, at: intent.at }, intent.commandId);
    const { rows, fresh, unchanged, bad } = judged;
    if (bad > 0 && !takeGood) refuse('IMPORT_HAS_BAD_ROWS', 'rule', { bad, rows }, judged.errors.slice(0, MOST_ERRORS));
    const records = fresh.map(({ record }) => record);
    const importId = deriveId(intent.commandId, 'import');
    const mappingId = files[0].mapping?.id ?? null;
    const fileHash = createHash('sha256').update(bytes).digest('base64url');
    await importer.insert(tx, records, intent, { importId, fileHash });
    const keys = fresh.map(({ key }) => key);
    const entry = { id: importId, kind, fileHash, mappingId, takeOver, taken: fresh.length, unchanged, bad, at: intent.at };
    await this.#store.insert(tx, entry, keys);
    await this.#audit.record(tx, {
      commandId: intent.commandId,
      ...intent.trace,
      at: intent.at,
      action: 'needs.imported',
      subject: `import:${importId}`,
      outcome: 'done',
      changes: { kind, rows, taken: fresh.length, unchanged, bad, fileHash, takeOver, mapping: mappingId },
    });
    return report(judged, files, importId);
  }

  async #judged(tx: Tx, files: OpenedSheets, terms: RowTerms): Promise<Judged<object>> {
    return this.#kinds.with(files[0].kind, async (importer): Promise<Judged<object>> => this.#judge(tx, importer, files, terms, ''));
  }

  /** All sheets as if they were one list: a number stands once in all of them. */
  async #judge<Content extends object>(
    tx: Tx,
    importer: Importer<Content>,
    files: OpenedSheets,
    terms: RowTerms,
    commandId: string,
  ): Promise<Judged<Content>> {
    const seen = new Map<string, number>();
    const judged: Judged<Content>[] = [];
    for (const file of files) {
      const one = await this.#judgeSheet(tx, importer, file, terms, commandId, seen);
      judged.push(files.length === 1 ? one : placedIn(file.table.sheet, one));
    }
    return togetherOf(judged);
  }

  async #judgeSheet<Content extends object>(
    tx: Tx,
    importer: Importer<Content>,
    opened: OpenedFile,
    terms: RowTerms,
    commandId: string,
    seen: Map<string, number>,
  ): Promise<Judged<Content>> {
    const { rows, unknownHeadings, asides } = await importer.read(tx, opened, terms);
    const identified = await this.#identify(tx, importer.kind, rows, opened, seen);
    const known = await this.#store.known(tx, importer.kind, identified.flatMap(({ keys }) => keys));
    const fresh: { record: PlacedRecord<Content>; key: ImportedRowKey }[] = [];
    const errors: FieldError[] = [];
    let unchanged = 0;
    await mapInTurns(identified, ({ row, hashes, keys, twice }) => {
      const [rowKey = ''] = keys;
      const [contentHash = ''] = hashes;
      const before = keys.map((key) => known.get(key)).find((hash) => hash !== undefined);
      if (twice) errors.push({ at: row.sourceAt, code: 'ROW_NUMBER_TWICE' });
      else if (before !== undefined && hashes.includes(before)) unchanged += 1;
      else if (before !== undefined) errors.push({ at: row.sourceAt, code: 'ROW_IMPORTED_DIFFERENTLY' });
      else if (row.content === undefined) errors.push(...row.errors);
      else {
        const id = deriveId(commandId, rowKey);
        fresh.push({ record: { ...row.content, id, row: row.row, sheet: '' }, key: { rowKey, contentHash, recordId: id, row: row.row, sheet: '' } });
      }
    });
    const bad = rows.length - fresh.length - unchanged;
    return { rows: rows.length, fresh, unchanged, bad, errors, unknownHeadings, asides };
  }

  /**
   * Keys under which an earlier import may know each row. What it says is hashed with a key, because residents said
   * it; there is one hash for each key that may have made the stored one.
   */
  async #identify<Content>(
    tx: Tx,
    kind: ImportKind,
    rows: readonly FileRow<Content>[],
    { table, identity }: OpenedFile,
    seen: Map<string, number>,
  ): Promise<IdentifiedRow<Content>[]> {
    const cells = new Map(identity.length > 0 ? table.rows.map((row): [number, Row] => [row.number, row]) : []);
    const hashed = (field: string, text: string): string[] =>
      this.#index.candidates(tx.scope.tenant, `${field}/${kind}`, text).map((hash) => hash.toString('base64url'));
    return mapInTurns(rows, (row) => {
      const hashes = hashed('needs_import_row', row.said);
      const answer = row.sourceNumber === null ? answerOf(cells.get(row.row), identity) : undefined;
      const own = answer === undefined ? undefined : hashed('needs_import_answer', answer).map((hash) => `@${hash}`);
      const same = row.sourceNumber ?? own?.[0] ?? hashes[0] ?? '';
      const ordinal = seen.get(same) ?? 0;
      seen.set(same, ordinal + 1);
      const keys = row.sourceNumber === null ? (own ?? hashes.map((hash) => `#${hash}/${ordinal}`)) : [row.sourceNumber];
      return { row, hashes, keys, twice: (row.sourceNumber !== null || own !== undefined) && ordinal > 0 };
    });
  }
}

interface IdentifiedRow<Content> {
  readonly row: FileRow<Content>;
  readonly hashes: readonly string[];
  readonly keys: readonly string[];
  /** The number stands in the file before. */
  readonly twice: boolean;
}

/** What tells this answer from every other one of its source; undefined where nothing does. */
function answerOf(row: Row | undefined, identity: readonly NamedColumn[]): string | undefined {
  const said = identity.map(({ column }) => {
    const cell = row?.cells.get(column);
    return cell ? momentText(cell) : '';
  });
  return said.some((text) => text !== '') ? JSON.stringify(said) : undefined;
}

function unreadable(files: OpenedSheets): Judged<object> {
  const judged = files.map((file): Judged<object> => {
    const rows = file.table.rows.filter(({ number }) => number > file.layout.until).length;
    const unknownHeadings = file.columns.map(({ name }) => name);
    const one = { rows, fresh: [], unchanged: 0, bad: rows, errors: missingErrors(file), unknownHeadings, asides: [] };
    return files.length === 1 ? one : placedIn(file.table.sheet, one);
  });
  return togetherOf(judged);
}

function placedIn<Content>(sheet: string, judged: Judged<Content>): Judged<Content> {
  const fresh = judged.fresh.map(({ record, key }) => ({ record: { ...record, sheet }, key: { ...key, sheet } }));
  const errors = judged.errors.map((error) => ({ ...error, params: { ...error.params, sheet } }));
  return { ...judged, fresh, errors };
}

function togetherOf<Content>(judged: readonly Judged<Content>[]): Judged<Content> {
  const sum = (count: (one: Judged<Content>) => number): number => judged.reduce((total, one) => total + count(one), 0);
  return {
    rows: sum(({ rows }) => rows),
    fresh: judged.flatMap(({ fresh }) => fresh),
    unchanged: sum(({ unchanged }) => unchanged),
    bad: sum(({ bad }) => bad),
    errors: judged.flatMap(({ errors }) => errors),
    unknownHeadings: [...new Set(judged.flatMap(({ unknownHeadings }) => unknownHeadings))],
    asides: judged.flatMap(({ asides }) => asides),
  };
}

function report({ rows, fresh, unchanged, bad, errors, unknownHeadings, asides }: Judged<object>, files: OpenedSheets, importId: string | null): ImportReport {
  const taken = fresh.length;
  return { importId, sheets: files.map(({ table }) => table.sheet), rows, taken, unchanged, bad, errors: errors.slice(0, MOST_ERRORS), unknownHeadings, asides, preview: null };
}
