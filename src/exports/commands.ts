import { Readable } from 'node:stream';
import { createHash } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import type { z } from 'zod';
import { traceOf } from '../audit/model.ts';
import { UnitService } from '../accounts/units/service.ts';
import { PeopleService } from '../accounts/people/service.ts';
import { WallClock } from '../calendar/clock.ts';
import { minuteOf } from '../documents/model.ts';
import { refuse } from '../kernel/refusal.ts';
import { tenantScope, type Scope } from '../kernel/scope.ts';
import { parseInstant } from '../kernel/time.ts';
import { fill, type Language, type Texts } from '../kernel/texts.ts';
import { canonicalJson } from '../platform/crypto/canonical.ts';
import { Database } from '../platform/database/database.ts';
import { CATALOGUE } from '../platform/http/catalogue.ts';
import { holds, scopeFor, type Caller } from '../platform/http/caller.ts';
import { MAX_PAGE } from '../platform/http/cursor.ts';
import { once, type RequestKey } from '../platform/http/idempotency.ts';
import { ListRegistry, type Cell, type Listed, type ListReading } from '../platform/http/listed.ts';
import { deriveId } from '../platform/ids.ts';
import { csvBytes, xlsxBytes } from '../platform/tables/stream.ts';
import { exportNumber, yuan, type Export } from './model.ts';
import { exportView, type ExportToMake, type ExportView } from './schemas.ts';
import { ExportService } from './service.ts';

const EXPORT = 'people.export';

type View = z.infer<typeof ExportView>;
type Reader = Omit<ListReading, 'caller'>;

export interface ExportedFile {
  readonly bytes: Readable;
  readonly mediaType: string;
  readonly name: string;
}

const MEDIA = {
  csv: 'text/csv; charset=utf-8',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
} as const;

@Injectable()
export class ExportCommands {
  readonly #db: Database;
  readonly #exports: ExportService;
  readonly #lists: ListRegistry;
  readonly #units: UnitService;
  readonly #people: PeopleService;
  readonly #wall: WallClock;
  readonly #texts: Texts;

  constructor(db: Database, exports: ExportService, lists: ListRegistry, units: UnitService, people: PeopleService, wall: WallClock, @Inject(CATALOGUE) texts: Texts) {
    this.#db = db;
    this.#exports = exports;
    this.#lists = lists;
    this.#units = units;
    this.#people = people;
    this.#wall = wall;
    this.#texts = texts;
  }

  /** Refuses `EXPORT_LIST_UNKNOWN`, `EXPORT_FILTER_INVALID`, `EXPORT_TOO_LONG`, `EXPORT_REASON_NEEDED`, and whom the list refuses. */
  async ask(caller: Caller, key: RequestKey, { list: name, format, filter, reason: given }: z.output<typeof ExportToMake>, reader: Reader): Promise<View> {
    const reason = given ?? null;
    const list = this.#listOf(name);
    const scope = mayExport(caller, list);
    if (list.personal && reason === null) refuse('EXPORT_REASON_NEEDED', 'rule');
    let rows = 0;
    for await (const items of this.#pages(list, filter, { ...reader, caller: narrowed(caller, list) })) {
      rows += items.length;
      if (rows > this.#exports.mostRows) refuse('EXPORT_TOO_LONG', 'rule', { most: this.#exports.mostRows });
    }
    const at = this.#wall.now();
    const id = deriveId(key.commandId, 'export');
    const { accountId, personId, actor, tenant } = caller;
    const said = { id, list: name, format, filter, reason, rows, personId, language: reader.language };
    const digest = createHash('sha256').update(canonicalJson(said)).digest();
    const asked = { ...said, number: exportNumber(digest), digest: digest.toString('base64url'), personal: list.personal, orgPath: scope.orgPath, accountId };
    const one = await once(this.#db, { ...scope, tenant, actor }, key, at, (tx) => this.#exports.ask(tx, asked, { commandId: key.commandId, at, trace: traceOf(caller, key) }));
    return this.#view(caller, one, reader.language);
  }

  async one(caller: Caller, id: string, language: Language): Promise<View> {
    const one = await this.#db.within(tenantScope(caller.tenant, caller.actor), (tx) =>
      this.#exports.get(tx, id, caller.personId, holds(caller, EXPORT) ? scopeFor(caller, EXPORT) : undefined),
    );
    return this.#view(caller, one, language);
  }

  async release(caller: Caller, key: RequestKey, id: string, digest: string, language: Language): Promise<View> {
    const at = this.#wall.now();
    const command = { commandId: key.commandId, at, trace: traceOf(caller, key) };
    const one = await once(this.#db, scopeFor(caller, EXPORT), key, at, (tx) => this.#exports.release(tx, id, digest, caller.personId, command));
    return this.#view(caller, one, language);
  }

  async refuseRelease(caller: Caller, key: RequestKey, id: string, reason: string, language: Language): Promise<View> {
    const at = this.#wall.now();
    const command = { commandId: key.commandId, at, trace: traceOf(caller, key) };
    const one = await once(this.#db, scopeFor(caller, EXPORT), key, at, (tx) => this.#exports.refuseRelease(tx, id, reason, caller.personId, command));
    return this.#view(caller, one, language);
  }

  /**
   * The file, written while it is sent. It holds what its owner may read at this moment, and no more rows than were asked
   * for. Who, when and the number stand in the workbook's first line and on every printed page; in CSV in the file's name
   * and behind every row, because a first line of its own is what programs take for the headings.
   */
  async file(caller: Caller, id: string, reader: Reader): Promise<ExportedFile> {
    const at = this.#wall.now();
    const { accountId, personId, tenant, actor } = caller;
    const trace = { accountId, personId, requestId: reader.requestId, network: reader.network };
    const { one, name } = await this.#db.within(tenantScope(tenant, actor), async (tx) => ({
      one: await this.#exports.fetch(tx, id, personId, { at, trace }),
      name: (await this.#people.names(tx, [personId])).get(personId) ?? '',
    }));
    const list = this.#listOf(one.list);
    mayExport(caller, list);
    const { format, language, number } = one;
    const say = this.#sayer(language);
    const title = say(list.title);
    const columns = Object.keys(list.columns);
    const headings = columns.map((column) => say(`${list.headings}.${column}`));
    const rows = this.#rows(list, one, { ...reader, language, caller: narrowed(caller, list) });
    const words = { name, time: minuteOf(at), number, title };
    const marks = { line: fill(say('exports.mark.line'), words), head: fill(say('exports.mark.head'), words), foot: fill(say('exports.mark.foot'), words) };
    const bytes = format === 'csv' ? csvBytes([...headings, say('exports.mark.column')], withNumber(rows, number)) : xlsxBytes(headings, rows, marks);
    return { bytes: Readable.from(bytes), mediaType: MEDIA[format], name: `${title}-${number}-${minuteOf(at).slice(0, 10)}.${format}` };
  }

  /** In the reader's language. */
  async #view(caller: Caller, one: Export, language: Language): Promise<View> {
    return (await this.views(caller, [one], language))[0]!;
  }

  async views(caller: Caller, found: readonly Export[], language: Language): Promise<View[]> {
    const say = this.#sayer(language);
    const names = await this.#db.within(tenantScope(caller.tenant, caller.actor), (tx) => this.#people.names(tx, [...new Set(found.map(({ personId }) => personId))]));
    const at = this.#wall.now();
    return found.map((one) => {
      const title = this.#lists.find(one.list)?.title;
      return exportView(one, at, { listName: title === undefined ? one.list : say(title), requestedBy: names.get(one.personId) ?? '' });
    });
  }

  #listOf(name: string): Listed {
    return this.#lists.find(name) ?? refuse('EXPORT_LIST_UNKNOWN', 'unknown');
  }

  #sayer(language: Language): (key: string) => string {
    return (key) => this.#texts[key]?.[language] ?? key;
  }

  async *#pages(list: Listed, filter: Export['filter'], reading: ListReading): AsyncGenerator<readonly unknown[]> {
    let cursor: string | null | undefined;
    do {
      const query = list.query.safeParse({ ...filter, limit: String(MAX_PAGE), ...(cursor && { cursor }) });
      if (!query.success) return refuse('EXPORT_FILTER_INVALID', 'invalid', { field: query.error.issues[0]?.path.join('.') ?? '' });
      const page = await list.page(reading, query.data);
      yield page.items;
      cursor = page.next;
    } while (cursor !== null);
  }

  async *#rows(list: Listed, one: Export, reading: ListReading): AsyncGenerator<string[][]> {
    const say = this.#sayer(one.language);
    const names = new Map<string, string>();
    let left = one.rows;
    for await (const items of this.#pages(list, one.filter, reading)) {
      const cells = items.slice(0, left).map((item) => Object.values(list.columns).map((of) => of(item)));
      left -= cells.length;
      const missing = [...new Set(cells.flatMap((row) => row.flatMap(unitsIn)))].filter((id) => !names.has(id));
      if (missing.length > 0) {
        const units = await this.#db.within(tenantScope(reading.caller.tenant, reading.caller.actor), (tx) => this.#units.byIds(tx, missing));
        for (const id of missing) names.set(id, units.get(id)?.name ?? '');
      }
      yield cells.map((row) => row.map((cell) => textOf(cell, names, say)));
      if (left <= 0) return;
    }
  }
}

async function* withNumber(pages: AsyncIterable<string[][]>, number: string): AsyncGenerator<string[][]> {
  for await (const rows of pages) yield rows.map((row) => [...row, number]);
}

/** Where the caller may take the list out. A second factor may be needed for it. */
function mayExport(caller: Caller, { personal, anyOf }: Listed): Scope {
  if (personal) scopeFor(caller, EXPORT);
  const held = anyOf.find((permission) => holds(narrowedTo(caller, personal), permission)) ?? anyOf[0];
  return scopeFor(narrowedTo(caller, personal), held);
}

function narrowed(caller: Caller, { personal }: Listed): Caller {
  return narrowedTo(caller, personal);
}

/** With personal data only those places count at which one may export. */
function narrowedTo(caller: Caller, personal: boolean): Caller {
  return personal ? { ...caller, grants: caller.grants.filter(({ permissions }) => permissions.includes(EXPORT)) } : caller;
}

function unitsIn(cell: Cell): string[] {
  if (isMany(cell)) return cell.flatMap(unitsIn);
  return typeof cell === 'object' && cell !== null && 'unit' in cell && cell.unit !== null ? [cell.unit] : [];
}

function textOf(cell: Cell, units: ReadonlyMap<string, string>, say: (key: string) => string): string {
  if (cell === null) return '';
  if (typeof cell !== 'object') return String(cell);
  if (isMany(cell)) return cell.map((it) => textOf(it, units, say)).filter(Boolean).join('、');
  if ('unit' in cell) return cell.unit === null ? '' : (units.get(cell.unit) ?? '');
  if ('fen' in cell) return cell.fen === null ? '' : yuan(cell.fen);
  if ('at' in cell) return cell.at === null ? '' : minuteOf(parseInstant(cell.at));
  return say(cell.text);
}

function isMany(cell: Cell): cell is readonly Cell[] {
  return Array.isArray(cell);
}
