import { Body, Controller, Get, Headers, HttpCode, Post, Query, StreamableFile } from '@nestjs/common';
import { ApiProduces, ApiResponse, ApiTags } from '@nestjs/swagger';
import type { z } from 'zod';
import { WHOLE_TENANT, type Scope } from '../kernel/scope.ts';
import type { Texts } from '../kernel/texts.ts';
import { Database } from '../platform/database/database.ts';
import type { Caller } from '../platform/http/caller.ts';
import { Cursors } from '../platform/http/cursor.ts';
import { Allow, CurrentCaller, Key } from '../platform/http/decorators.ts';
import type { RequestKey } from '../platform/http/idempotency.ts';
import { languageOf } from '../platform/http/language.ts';
import { writeCsv, writeXlsx } from '../platform/tables/write.ts';
import { WaitCount, WaitCountQuery, WaitFileQuery, WaitPage, WaitQuery, WaitReminders, WaitRemindersAnswer, WaitSummary } from './schemas.ts';
import { texts } from './texts.ts';
import { WaitReading, type ReadWait } from './waiting/reading/service.ts';
import { WaitReminding } from './waiting/reminding/commands.ts';
import { WaitService, type Place } from './waiting/service.ts';
import { placeOf } from './waiting/store.ts';

const READ = 'projects.read';
/** Rows of one file. */
const MOST_ROWS = 10_000;

const MEDIA = {
  csv: 'text/csv; charset=utf-8',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
} as const;

const catalogue: Texts = texts;

@ApiTags('cases')
@Controller('api/v1/waits')
export class WaitController {
  readonly #db: Database;
  readonly #waits: WaitService;
  readonly #reading: WaitReading;
  readonly #reminding: WaitReminding;
  readonly #cursors: Cursors;

  constructor(db: Database, waits: WaitService, reading: WaitReading, reminding: WaitReminding, cursors: Cursors) {
    this.#db = db;
    this.#waits = waits;
    this.#reading = reading;
    this.#reminding = reminding;
    this.#cursors = cursors;
  }

  @Get()
  @Allow(READ)
  @ApiResponse({ status: 200, description: 'Who holds the ball, soonest due first', standardSchema: WaitPage })
  async list(
    @CurrentCaller() caller: Caller,
    @Query({ schema: WaitQuery }) query: z.output<typeof WaitQuery>,
    @Headers('accept-language') wished?: string,
  ): Promise<z.infer<typeof WaitPage>> {
    const { cursor: _cursor, limit, ...filter } = query;
    const list = `waits|${JSON.stringify(filter)}`;
    const after = this.#cursors.read(list, query);
    return this.#db.within(scopeOf(caller), async (tx) => {
      const { now, waits } = await this.#waits.page(tx, placesOf(caller), filter, after);
      const page = this.#cursors.page(list, waits, limit, placeOf);
      return { items: await this.#reading.read(tx, page.items, now, languageOf(wished)), next: page.next };
    });
  }

  @Get('count')
  @Allow(READ)
  @ApiResponse({ status: 200, description: 'How many the same filter lists', standardSchema: WaitCount })
  async count(
    @CurrentCaller() caller: Caller,
    @Query({ schema: WaitCountQuery }) filter: z.output<typeof WaitCountQuery>,
  ): Promise<z.infer<typeof WaitCount>> {
    return { count: await this.#db.within(scopeOf(caller), (tx) => this.#waits.count(tx, placesOf(caller), filter)) };
  }

  @Get('summary')
  @Allow(READ)
  @ApiResponse({ status: 200, description: 'How much each owner holds, and how late', standardSchema: WaitSummary })
  async summary(@CurrentCaller() caller: Caller, @Headers('accept-language') wished?: string): Promise<z.infer<typeof WaitSummary>> {
    return this.#db.within(scopeOf(caller), async (tx) => {
      const held = await this.#waits.summary(tx, placesOf(caller));
      const owners = await this.#reading.owners(tx, held, languageOf(wished));
      return { items: held.map((row, index) => ({ ...row, owner: owners[index]! })) };
    });
  }

  @Get('file')
  @Allow(READ)
  @ApiProduces(...Object.values(MEDIA))
  @ApiResponse({ status: 200, description: 'The list of the filter, at most 10,000 rows', schema: { type: 'string', format: 'binary' } })
  async file(
    @CurrentCaller() caller: Caller,
    @Query({ schema: WaitFileQuery }) { format, ...filter }: z.output<typeof WaitFileQuery>,
    @Headers('accept-language') wished?: string,
  ): Promise<StreamableFile> {
    const language = languageOf(wished);
    const rows = await this.#db.within(scopeOf(caller), async (tx) => {
      const { now, waits } = await this.#waits.page(tx, placesOf(caller), filter, { after: undefined, limit: MOST_ROWS });
      return this.#reading.read(tx, waits.slice(0, MOST_ROWS), now, language);
    });
    const columns = Object.entries(COLUMNS);
    const sheet = {
      headings: columns.map(([name]) => catalogue[`cases.column.${name}`]![language]),
      rows: rows.map((row) => columns.map(([, of]) => of(row))),
    };
    const bytes = format === 'csv' ? writeCsv(sheet) : await writeXlsx(sheet);
    return new StreamableFile(bytes, { type: MEDIA[format], disposition: `attachment; filename="waits.${format}"` });
  }

  @Post('remind')
  @HttpCode(200)
  @Allow('projects.confirm', 'projects.accept')
  @ApiResponse({ status: 200, description: 'What became of each, in the order asked', standardSchema: WaitRemindersAnswer })
  async remind(
    @CurrentCaller() caller: Caller,
    @Key() key: RequestKey,
    @Body({ schema: WaitReminders }) { waits }: z.output<typeof WaitReminders>,
    @Headers('accept-language') wished?: string,
  ): Promise<z.infer<typeof WaitRemindersAnswer>> {
    const results = await this.#reminding.remind(caller, key, placesOf(caller), waits);
    const language = languageOf(wished);
    return { items: results.map((row) => ({ ...row, detail: row.code && catalogue[`error.${row.code}`]![language] })) };
  }
}

const COLUMNS: Readonly<Record<string, (wait: ReadWait) => string>> = {
  owner: ({ owner }) => owner,
  what: ({ what }) => what,
  title: ({ title }) => title ?? '',
  due: ({ due }) => due ?? '',
  workdaysLeft: ({ workdaysLeft }) => (workdaysLeft === null ? '' : String(workdaysLeft)),
  since: ({ since }) => since,
  otherwise: ({ otherwiseText }) => otherwiseText,
  reminders: ({ reminders }) => String(reminders),
};

/** Several grants, several places: the reader sees all of them, so no single one is the scope. */
function scopeOf({ tenant, actor }: Caller): Scope {
  return { tenant, actor, orgPath: WHOLE_TENANT };
}

function placesOf(caller: Caller): Place[] {
  return caller.grants.filter(({ permissions }) => permissions.includes(READ)).map(({ role, orgPath }) => ({ role, orgPath }));
}
