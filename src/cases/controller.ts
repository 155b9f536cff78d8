import { Body, Controller, Get, Headers, HttpCode, Post, Query } from '@nestjs/common';
import { ApiResponse, ApiTags } from '@nestjs/swagger';
import type { z } from 'zod';
import { WHOLE_TENANT, type Scope } from '../kernel/scope.ts';
import type { Texts } from '../kernel/texts.ts';
import { Database } from '../platform/database/database.ts';
import type { Caller } from '../platform/http/caller.ts';
import { Cursors } from '../platform/http/cursor.ts';
import { Allow, CurrentCaller, Key } from '../platform/http/decorators.ts';
import type { RequestKey } from '../platform/http/idempotency.ts';
import { languageOf } from '../platform/http/language.ts';
import { ListRegistry, type ListedAs } from '../platform/http/listed.ts';
import { WaitCount, WaitCountQuery, WaitPage, WaitQuery, WaitReminders, WaitRemindersAnswer, WaitSummary } from './schemas.ts';
import { texts } from './texts.ts';
import { WaitReading } from './waiting/reading/service.ts';
import { WaitReminding } from './waiting/reminding/commands.ts';
import { WaitService, type Place } from './waiting/service.ts';
import { placeOf } from './waiting/store.ts';

const READ = 'projects.read';

const catalogue: Texts = texts;

@ApiTags('cases')
@Controller('api/v1/waits')
export class WaitController {
  readonly #db: Database;
  readonly #waits: WaitService;
  readonly #reading: WaitReading;
  readonly #reminding: WaitReminding;
  readonly #cursors: Cursors;

  constructor(db: Database, waits: WaitService, reading: WaitReading, reminding: WaitReminding, cursors: Cursors, lists: ListRegistry) {
    this.#db = db;
    this.#waits = waits;
    this.#reading = reading;
    this.#reminding = reminding;
    this.#cursors = cursors;
    lists.register('waits', { title: 'cases.list.waits', anyOf: [READ], personal: false, query: WaitQuery, page: ({ caller, language }, query) => this.list(caller, query, language), headings: 'cases.column', columns: COLUMNS });
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

const COLUMNS: ListedAs<z.output<typeof WaitQuery>, z.infer<typeof WaitPage>['items'][number]>['columns'] = {
  owner: ({ owner }) => owner,
  what: ({ what }) => what,
  title: ({ title }) => title,
  due: ({ due }) => ({ at: due }),
  workdaysLeft: ({ workdaysLeft }) => workdaysLeft,
  since: ({ since }) => ({ at: since }),
  otherwise: ({ otherwiseText }) => otherwiseText,
  reminders: ({ reminders }) => reminders,
};

/** Several grants, several places: the reader sees all of them, so no single one is the scope. */
function scopeOf({ tenant, actor }: Caller): Scope {
  return { tenant, actor, orgPath: WHOLE_TENANT };
}

function placesOf(caller: Caller): Place[] {
  return caller.grants.filter(({ permissions }) => permissions.includes(READ)).map(({ role, orgPath }) => ({ role, orgPath }));
}
