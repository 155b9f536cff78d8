import { Injectable } from '@nestjs/common';
import { traceOf } from '../../../audit/model.ts';
import { AuditService } from '../../../audit/service.ts';
import { BusinessClock, WallClock } from '../../../calendar/clock.ts';
import { provisionally, rollToWorkday } from '../../../calendar/model.ts';
import { CalendarService } from '../../../calendar/service.ts';
import type { Scope } from '../../../kernel/scope.ts';
import { shanghaiDate, type Instant, type LocalDate } from '../../../kernel/time.ts';
import { Database, type Tx } from '../../../platform/database/database.ts';
import type { Caller } from '../../../platform/http/caller.ts';
import { once, type RequestKey } from '../../../platform/http/idempotency.ts';

export interface Round {
  readonly caller: Caller;
  readonly scope: Scope;
  readonly key: RequestKey;
  /** Of the audit row. */
  readonly subject: string;
}

export interface RoundDay {
  readonly at: Instant;
  /** A rest day counts as the workday before it. */
  readonly workday: LocalDate;
}

/** Reminding of many by hand, on one business day, with one audit row of how many were reminded (`code` null). */
@Injectable()
export class ReminderRounds {
  readonly #db: Database;
  readonly #calendar: CalendarService;
  readonly #clock: BusinessClock;
  readonly #wall: WallClock;
  readonly #audit: AuditService;

  constructor(db: Database, calendar: CalendarService, clock: BusinessClock, wall: WallClock, audit: AuditService) {
    this.#db = db;
    this.#calendar = calendar;
    this.#clock = clock;
    this.#wall = wall;
    this.#audit = audit;
  }

  /** A repeat under the same key answers the same and reminds nobody. */
  async hold<One extends { readonly code: string | null }>(round: Round, remind: (tx: Tx, day: RoundDay) => Promise<One[]>): Promise<One[]> {
    const { caller, scope, key, subject } = round;
    return once(this.#db, scope, key, this.#wall.now(), async (tx) => {
      const at = await this.#clock.now(tx);
      const workday = rollToWorkday(shanghaiDate(at), 'back', provisionally(await this.#calendar.calendar(tx)));
      const results = await remind(tx, { at, workday });
      const count = results.filter(({ code }) => code === null).length;
      if (count > 0) await this.#audit.record(tx, { ...traceOf(caller, key), at, action: 'cases.reminded', subject, outcome: 'done', changes: { count } });
      return results;
    });
  }
}
