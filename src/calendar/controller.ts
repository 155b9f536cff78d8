import { Body, Controller, Get, Post, Query } from '@nestjs/common';
import { ApiResponse, ApiTags } from '@nestjs/swagger';
import type { z } from 'zod';
import { refuse } from '../kernel/refusal.ts';
import { tenantScope } from '../kernel/scope.ts';
import { addDays, daysBetween, localDate } from '../kernel/time.ts';
import { Database } from '../platform/database/database.ts';
import { scopeFor, type Caller } from '../platform/http/caller.ts';
import { Allow, CurrentCaller, Key, SignedIn } from '../platform/http/decorators.ts';
import { once, type RequestKey } from '../platform/http/idempotency.ts';
import { BusinessClock, WallClock } from './clock.ts';
import { isUnsettled, isWorkday, provisionally, type YearNotice } from './model.ts';
import { CalendarDays, CalendarYears, DaysQuery, MAX_DAYS, YearPublished, YearToPublish } from './schemas.ts';
import { CalendarService } from './service.ts';

@ApiTags('calendar')
@Controller('api/v1/calendar')
export class CalendarController {
  readonly #database: Database;
  readonly #calendar: CalendarService;
  readonly #clock: BusinessClock;
  readonly #wall: WallClock;

  constructor(database: Database, calendar: CalendarService, clock: BusinessClock, wall: WallClock) {
    this.#database = database;
    this.#calendar = calendar;
    this.#clock = clock;
    this.#wall = wall;
  }

  @Get('days')
  @SignedIn()
  @ApiResponse({ status: 200, description: 'Workdays and rest days, both ends included', standardSchema: CalendarDays })
  async days(
    @CurrentCaller() caller: Caller,
    @Query({ schema: DaysQuery }) query: z.infer<typeof DaysQuery>,
  ): Promise<z.infer<typeof CalendarDays>> {
    const first = localDate(query.from);
    const length = daysBetween(first, localDate(query.to)) + 1;
    if (length < 1 || length > MAX_DAYS) refuse('CALENDAR_RANGE_INVALID', 'rule', { days: MAX_DAYS });
    const published = await this.#database.within(tenantScope(caller.tenant, caller.actor), (tx) => this.#calendar.calendar(tx));
    const calendar = provisionally(published);
    const items = Array.from({ length }, (_, index) => {
      const date = addDays(first, index);
      const { name = null, paper = null } = calendar.days[date] ?? {};
      return { date, workday: isWorkday(date, calendar), name, paper, settled: !isUnsettled(date, calendar) };
    });
    return { calendarVersion: calendar.version, items };
  }

  @Get('years')
  @SignedIn()
  @ApiResponse({ status: 200, description: 'Published years and their notices', standardSchema: CalendarYears })
  async years(@CurrentCaller() caller: Caller): Promise<z.infer<typeof CalendarYears>> {
    return this.#database.within(tenantScope(caller.tenant, caller.actor), async (tx) => {
      const years = await this.#calendar.years(tx);
      const { version } = await this.#calendar.calendar(tx);
      return { calendarVersion: version, items: years.map((year) => ({ ...year, papers: [...year.papers] })) };
    });
  }

  @Post('years')
  @Allow('calendar.edit')
  @ApiResponse({ status: 201, description: 'The year counts from now on', standardSchema: YearPublished })
  async publish(
    @CurrentCaller() caller: Caller,
    @Key() key: RequestKey,
    @Body({ schema: YearToPublish }) body: z.infer<typeof YearToPublish>,
  ): Promise<z.infer<typeof YearPublished>> {
    const { commandId, requestId, network } = key;
    const { accountId, personId } = caller;
    return once(this.#database, scopeFor(caller, 'calendar.edit'), key, this.#wall.now(), async (tx) => {
      const publication = { notice: noticeOf(body), reason: body.reason, at: await this.#clock.now(tx) };
      const trace = { accountId, personId, commandId, requestId, network };
      const { version } = await this.#calendar.publishYear(tx, publication, trace);
      return { year: body.year, calendarVersion: version };
    });
  }
}

function noticeOf({ year, papers, holidays }: z.infer<typeof YearToPublish>): YearNotice {
  const parts = holidays.map(({ rest, ...holiday }) => ({ ...holiday, rest: [rest.first, rest.last] as const }));
  return { year, papers, holidays: parts };
}
