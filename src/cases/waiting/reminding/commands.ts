import { Injectable } from '@nestjs/common';
import { traceOf } from '../../../audit/model.ts';
import { AuditService } from '../../../audit/service.ts';
import { BusinessClock, WallClock } from '../../../calendar/clock.ts';
import { provisionally, rollToWorkday } from '../../../calendar/model.ts';
import { CalendarService } from '../../../calendar/service.ts';
import { WHOLE_TENANT } from '../../../kernel/scope.ts';
import { shanghaiDate, type Instant, type LocalDate } from '../../../kernel/time.ts';
import type { Message } from '../../../notifications/model.ts';
import { NotificationsService } from '../../../notifications/service.ts';
import { Database, type Tx } from '../../../platform/database/database.ts';
import type { Caller } from '../../../platform/http/caller.ts';
import { once, type RequestKey } from '../../../platform/http/idempotency.ts';
import { dueDay } from '../../stage/dates.ts';
import { WaitService, type Place } from '../service.ts';
import type { WaitKey } from '../store.ts';

/** What became of one of them; null = reminded. */
export interface Reminded extends WaitKey {
  readonly code: 'WAIT_UNKNOWN' | 'WAIT_OF_NOBODY' | 'WAIT_OWN' | 'WAIT_REMINDED_TODAY' | null;
}

/** 催办 by hand: once a workday for each wait, so that nobody drowns in it. */
@Injectable()
export class WaitReminding {
  readonly #db: Database;
  readonly #waits: WaitService;
  readonly #calendar: CalendarService;
  readonly #clock: BusinessClock;
  readonly #wall: WallClock;
  readonly #notifications: NotificationsService;
  readonly #audit: AuditService;

  constructor(
    db: Database,
    waits: WaitService,
    calendar: CalendarService,
    clock: BusinessClock,
    wall: WallClock,
    notifications: NotificationsService,
    audit: AuditService,
  ) {
    this.#db = db;
    this.#waits = waits;
    this.#calendar = calendar;
    this.#clock = clock;
    this.#wall = wall;
    this.#notifications = notifications;
    this.#audit = audit;
  }

  /** In the order asked; each for itself. A rest day counts as the workday before it. */
  async remind(caller: Caller, key: RequestKey, places: readonly Place[], keys: readonly WaitKey[]): Promise<Reminded[]> {
    const scope = { tenant: caller.tenant, orgPath: WHOLE_TENANT, actor: caller.actor };
    return once(this.#db, scope, key, this.#wall.now(), async (tx) => {
      const at = await this.#clock.now(tx);
      const workday = rollToWorkday(shanghaiDate(at), 'back', provisionally(await this.#calendar.calendar(tx)));
      const held = await this.#waits.held(tx, places, keys);
      const results: Reminded[] = [];
      for (const wanted of keys) results.push({ ...wanted, code: await this.#one(tx, held, wanted, workday, at) });
      const done = results.filter(({ code }) => code === null).length;
      const trace = traceOf(caller, key);
      if (done > 0) await this.#audit.record(tx, { ...trace, at, action: 'cases.reminded', subject: 'waits', outcome: 'done', changes: { count: done } });
      return results;
    });
  }

  async #one(
    tx: Tx,
    held: Awaited<ReturnType<WaitService['held']>>,
    wanted: WaitKey,
    workday: LocalDate,
    at: Instant,
  ): Promise<Reminded['code']> {
    const wait = held.find(({ caseId, name }) => caseId === wanted.caseId && name === wanted.name);
    if (!wait) return 'WAIT_UNKNOWN';
    if (wait.ownerRole === 'system') return 'WAIT_OF_NOBODY';
    if (wait.isMine) return 'WAIT_OWN';
    if (!(await this.#waits.noteReminder(tx, wait, workday, at))) return 'WAIT_REMINDED_TODAY';
    const { caseId, name, ownerRole: role, ownerOrgUnit, due } = wait;
    const message: Message = {
      key: `${caseId}:${name}@remind${workday}`,
      recipient: { kind: 'role', role, ...(ownerOrgUnit !== null && { orgUnitId: ownerOrgUnit }) },
      text: due === null ? 'cases.told.reminded' : 'cases.told.remindedOfDate',
      params: due === null ? {} : { date: dueDay(due) },
      caseId,
      at,
    };
    await this.#notifications.post(tx, [message]);
    return null;
  }
}
