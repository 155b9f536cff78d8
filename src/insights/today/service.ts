import { Injectable } from '@nestjs/common';
import { BusinessClock } from '../../calendar/clock.ts';
import { isMakeupWorkday, isWorkday, provisionally } from '../../calendar/model.ts';
import { CalendarService } from '../../calendar/service.ts';
import { WaitReading } from '../../cases/waiting/reading/service.ts';
import { WaitService } from '../../cases/waiting/service.ts';
import { WHOLE_TENANT, type Scope } from '../../kernel/scope.ts';
import type { Language } from '../../kernel/texts.ts';
import type { Instant } from '../../kernel/time.ts';
import { NeedService } from '../../needs/need/service.ts';
import { Database, type Tx } from '../../platform/database/database.ts';
import { holds, scopeFor, type Caller } from '../../platform/http/caller.ts';
import { ProjectService } from '../../projects/service.ts';
import { InsightsService } from '../service.ts';
import { dueOn, monthOf, needsLoop, projectsLoop, quarterNow, restOfWeek, type Door } from './model.ts';

type Filter = Parameters<WaitService['count']>[2];
type Places = Parameters<WaitService['count']>[1];

/** What needs me, and who is late: counts by the same conditions as the lists that they open. */
@Injectable()
export class TodayService {
  readonly #db: Database;
  readonly #clock: BusinessClock;
  readonly #calendar: CalendarService;
  readonly #waits: WaitService;
  readonly #reading: WaitReading;
  readonly #needs: NeedService;
  readonly #projects: ProjectService;
  readonly #insights: InsightsService;

  constructor(
    db: Database,
    clock: BusinessClock,
    calendar: CalendarService,
    waits: WaitService,
    reading: WaitReading,
    needs: NeedService,
    projects: ProjectService,
    insights: InsightsService,
  ) {
    this.#db = db;
    this.#clock = clock;
    this.#calendar = calendar;
    this.#waits = waits;
    this.#reading = reading;
    this.#needs = needs;
    this.#projects = projects;
    this.#insights = insights;
  }

  async today(caller: Caller, permission: string, language: Language) {
    const places = caller.grants.filter(({ permissions }) => permissions.includes(permission)).map(({ role, orgPath }) => ({ role, orgPath }));
    const scope: Scope = { tenant: caller.tenant, orgPath: WHOLE_TENANT, actor: caller.actor };
    const counted = await this.#db.within(scope, async (tx) => {
      const at = await this.#clock.now(tx);
      const held = await this.#waits.summary(tx, places);
      const owners = await this.#reading.owners(tx, held, language);
      return {
        at,
        waits: {
          mine: await this.#door(tx, places, { turn: 'mine' }),
          lateByOthers: await this.#door(tx, places, { turn: 'other', late: true }),
          dueThisWeek: await this.#door(tx, places, restOfWeek(at)),
          remindedByHand: await this.#door(tx, places, { reminded: true }),
        },
        holders: held.map((row, index) => ({ ...row, owner: owners[index]! })),
        calendar: await this.#month(tx, places, at),
        loop: projectsLoop(await this.#projects.countByStatus(tx)),
        results: holds(caller, 'insights.read') ? await this.#results(tx, at) : null,
      };
    });
    const needs = holds(caller, 'people.read') ? await this.#db.within(scopeFor(caller, 'people.read'), (tx) => this.#needs.countByState(tx)) : null;
    return {
      ...counted,
      needs: needs && needs.map(({ state, count }) => ({ state, count, door: `/api/v1/needs?state=${state}` })),
      needsLoop: needs && needsLoop(needs),
    };
  }

  async #door(tx: Tx, places: Places, filter: Filter): Promise<Door> {
    return { count: await this.#waits.count(tx, places, filter), door: doorOf(filter) };
  }

  async #month(tx: Tx, places: Places, now: Instant) {
    const calendar = provisionally(await this.#calendar.calendar(tx));
    const days = monthOf(now);
    const counts = await this.#waits.dueByDay(tx, places, dueOn(days[0]!, days.at(-1)!));
    const due = new Map(counts.map(({ day, count }) => [day, count]));
    return days.map((date) => ({
      date,
      workday: isWorkday(date, calendar),
      makeup: isMakeupWorkday(date, calendar),
      name: calendar.days[date]?.name ?? null,
      due: { count: due.get(date) ?? 0, door: doorOf(dueOn(date, date)) },
    }));
  }

  async #results(tx: Tx, now: Instant) {
    const quarter = quarterNow(now);
    const { fundsFen, problemsSolved } = await this.#insights.loopReport(tx, { from: quarter, until: quarter });
    return { quarter, fundsFen, problemsSolved, door: `/api/v1/insights/loop-report?from=${quarter}&until=${quarter}` };
  }
}

function doorOf(filter: Filter): string {
  return `/api/v1/waits?${new URLSearchParams(Object.entries(filter).map(([name, value]): [string, string] => [name, String(value)])).toString()}`;
}
