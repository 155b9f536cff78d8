import { Injectable } from '@nestjs/common';
import { UnitService } from '../../../accounts/units/service.ts';
import { traceOf } from '../../../audit/model.ts';
import { AuditService } from '../../../audit/service.ts';
import { BusinessClock, WallClock } from '../../../calendar/clock.ts';
import { endingDay, provisionally, rollToWorkday, type Quarter } from '../../../calendar/model.ts';
import { CalendarService } from '../../../calendar/service.ts';
import { WaitService } from '../../../cases/waiting/service.ts';
import { within } from '../../../kernel/scope.ts';
import { shanghaiDate, type Instant, type LocalDate } from '../../../kernel/time.ts';
import { NotificationsService } from '../../../notifications/service.ts';
import { Database, type Tx } from '../../../platform/database/database.ts';
import { holds, scopeFor, type Caller } from '../../../platform/http/caller.ts';
import { once, type RequestKey } from '../../../platform/http/idempotency.ts';
import { QuarterService } from '../../../quarters/service.ts';
import { projectCaseId } from '../../messages.ts';

export interface ReportKey {
  readonly projectId: string;
  readonly quarter: Quarter;
}

/** What became of one of them; null = reminded. */
export interface RemindedReport extends ReportKey {
  readonly code: 'REPORT_NOT_OWED' | 'REPORT_REMINDED_TODAY' | null;
}

/** 催报 by hand: the unit hears which report is still missing, once a workday for each. */
@Injectable()
export class ReportReminding {
  readonly #db: Database;
  readonly #quarters: QuarterService;
  readonly #units: UnitService;
  readonly #waits: WaitService;
  readonly #calendar: CalendarService;
  readonly #clock: BusinessClock;
  readonly #wall: WallClock;
  readonly #notifications: NotificationsService;
  readonly #audit: AuditService;

  constructor(
    db: Database,
    quarters: QuarterService,
    units: UnitService,
    waits: WaitService,
    calendar: CalendarService,
    clock: BusinessClock,
    wall: WallClock,
    notifications: NotificationsService,
    audit: AuditService,
  ) {
    this.#db = db;
    this.#quarters = quarters;
    this.#units = units;
    this.#waits = waits;
    this.#calendar = calendar;
    this.#clock = clock;
    this.#wall = wall;
    this.#notifications = notifications;
    this.#audit = audit;
  }

  /** In the order asked; each for itself. A rest day counts as the workday before it. */
  async remind(caller: Caller, key: RequestKey, reports: readonly ReportKey[]): Promise<RemindedReport[]> {
    const scope = scopeFor(caller, holds(caller, 'projects.confirm') ? 'projects.confirm' : 'projects.accept');
    return once(this.#db, scope, key, this.#wall.now(), async (tx) => {
      const at = await this.#clock.now(tx);
      const workday = rollToWorkday(shanghaiDate(at), 'back', provisionally(await this.#calendar.calendar(tx)));
      const results: RemindedReport[] = [];
      for (const report of reports) results.push({ ...report, code: await this.#one(tx, report, workday, at) });
      const count = results.filter(({ code }) => code === null).length;
      if (count > 0) await this.#audit.record(tx, { ...traceOf(caller, key), at, action: 'cases.reminded', subject: 'reports', outcome: 'done', changes: { count } });
      return results;
    });
  }

  async #one(tx: Tx, { projectId, quarter }: ReportKey, workday: LocalDate, at: Instant): Promise<RemindedReport['code']> {
    const owed = await this.#quarters.reportOwed(tx, projectId, quarter);
    const community = owed && (await this.#units.byIds(tx, [owed.communityId])).get(owed.communityId);
    if (!owed || !community || !within(community.orgPath, tx.scope.orgPath)) return 'REPORT_NOT_OWED';
    const [caseId, name] = [projectCaseId(projectId), `report:${quarter}`];
    if (!(await this.#waits.noteReminder(tx, { caseId, name }, workday, at))) return 'REPORT_REMINDED_TODAY';
    await this.#quarters.noteReminder(tx, projectId, quarter);
    await this.#notifications.post(tx, [
      {
        key: `${caseId}:${name}@remind${workday}`,
        recipient: { kind: 'role', role: 'unit', orgUnitId: owed.unitId },
        text: 'projects.told.reportReminded',
        params: { quarter, date: endingDay(owed.due) },
        caseId,
        at,
      },
    ]);
    return null;
  }
}
