import { Injectable } from '@nestjs/common';
import { UnitService } from '../../../accounts/units/service.ts';
import { endingDay, type Quarter } from '../../../calendar/model.ts';
import { ReminderRounds, type RoundDay } from '../../../cases/waiting/round/service.ts';
import { WaitService } from '../../../cases/waiting/service.ts';
import { within } from '../../../kernel/scope.ts';
import { NotificationsService } from '../../../notifications/service.ts';
import type { Tx } from '../../../platform/database/database.ts';
import { holds, scopeFor, type Caller } from '../../../platform/http/caller.ts';
import type { RequestKey } from '../../../platform/http/idempotency.ts';
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
  readonly #rounds: ReminderRounds;
  readonly #quarters: QuarterService;
  readonly #units: UnitService;
  readonly #waits: WaitService;
  readonly #notifications: NotificationsService;

  constructor(rounds: ReminderRounds, quarters: QuarterService, units: UnitService, waits: WaitService, notifications: NotificationsService) {
    this.#rounds = rounds;
    this.#quarters = quarters;
    this.#units = units;
    this.#waits = waits;
    this.#notifications = notifications;
  }

  /** In the order asked; each for itself. */
  async remind(caller: Caller, key: RequestKey, reports: readonly ReportKey[]): Promise<RemindedReport[]> {
    const scope = scopeFor(caller, holds(caller, 'projects.confirm') ? 'projects.confirm' : 'projects.accept');
    return this.#rounds.hold({ caller, scope, key, subject: 'reports' }, async (tx, day) => {
      const results: RemindedReport[] = [];
      for (const report of reports) results.push({ ...report, code: await this.#one(tx, report, day) });
      return results;
    });
  }

  async #one(tx: Tx, { projectId, quarter }: ReportKey, { workday, at }: RoundDay): Promise<RemindedReport['code']> {
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
