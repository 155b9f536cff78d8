import { Injectable } from '@nestjs/common';
import { UnitService } from '../../accounts/units/service.ts';
import type { PublishAnswer, PublishRequest } from '../../cases/messages.ts';
import { dueCommandId } from '../../cases/model.ts';
import { CaseService, type Transition } from '../../cases/service.ts';
import { tenantScope } from '../../kernel/scope.ts';
import { shanghaiDate } from '../../kernel/time.ts';
import type { Message } from '../../notifications/model.ts';
import { NotificationsService } from '../../notifications/service.ts';
import { Database, type Tx } from '../../platform/database/database.ts';
import { heardQuarter, isCounted, quarterMachine, type QuarterProposal, type QuarterState } from '../model.ts';
import { ReportDueStore } from '../reports/store.ts';
import { QuarterService } from '../service.ts';
import { QuarterStore } from '../store.ts';
import { toCommunityAndSupervisor, toMembers, toSupervisor, toUnits } from '../telling/model.ts';

type Moved = Transition<QuarterState, QuarterProposal>;

/** Everything that becomes true together with a cycle's transition: who is missing is read where it is told. */
@Injectable()
export class QuarterPublishing {
  readonly #db: Database;
  readonly #cases: CaseService;
  readonly #quarters: QuarterService;
  readonly #store: QuarterStore;
  readonly #reports: ReportDueStore;
  readonly #units: UnitService;
  readonly #notifications: NotificationsService;

  constructor(
    db: Database,
    cases: CaseService,
    quarters: QuarterService,
    store: QuarterStore,
    reports: ReportDueStore,
    units: UnitService,
    notifications: NotificationsService,
  ) {
    this.#db = db;
    this.#cases = cases;
    this.#quarters = quarters;
    this.#store = store;
    this.#reports = reports;
    this.#units = units;
    this.#notifications = notifications;
  }

  async publish(request: PublishRequest<QuarterProposal>): Promise<PublishAnswer<QuarterProposal>> {
    const proposal = await this.#counted(request);
    return this.#cases.publish(quarterMachine, { ...request, proposal }, (tx, transition) => this.#effects(tx, transition));
  }

  /** Counted beforehand, in a transaction of its own: the rules use only a nought, and that stays one. */
  async #counted({ tenant, before, proposal }: PublishRequest<QuarterProposal>): Promise<QuarterProposal> {
    if (!isCounted(proposal.type)) return proposal;
    const { communityId, quarter } = before as QuarterState;
    const unsettled = await this.#db.within(tenantScope(tenant), (tx) =>
      this.#reports.countUnsettled(tx, communityId, heardQuarter(quarter)),
    );
    return { ...proposal, unsettled } as QuarterProposal;
  }

  async #effects(tx: Tx, moved: Moved): Promise<void> {
    const { event, after } = moved;
    if (!(await this.#store.move(tx, event, after))) {
      throw new Error('the row of the quarter does not stand where its journal does');
    }
    await this.#notifications.post(tx, await this.#messages(tx, moved));
    if (event.type === 'reportPublished') await this.#freezeReports(tx, moved);
  }

  async #messages(tx: Tx, moved: Moved): Promise<Message[]> {
    const { event, after } = moved;
    const { communityId } = after;
    const heard = heardQuarter(after.quarter);
    switch (event.type) {
      case 'reportsAsked':
        return toUnits(moved, 'reportsAsked', await this.#reports.missing(tx, communityId, heard), 'reports@asked');
      case 'reportsReminded': {
        const missing = await this.#reports.remind(tx, communityId, heard);
        return toUnits(moved, 'reportsReminded', missing, dueCommandId('reports', event.step));
      }
      case 'reportsMarkedLate': {
        const late = await this.#reports.markLate(tx, communityId, heard);
        return toUnits(moved, 'reportsLate', late, dueCommandId('reports', event.step));
      }
      case 'reportsEscalated': {
        const missing = await this.#reports.missing(tx, communityId, heard);
        const wait = dueCommandId('reports', event.step);
        return [...toUnits(moved, 'reportsEscalated', missing, wait), ...toSupervisor(moved, missing, wait)];
      }
      case 'topicsReminded':
        return toMembers(moved, 'topicsDue', await this.#members(tx, moved), dueCommandId('topics', event.step));
      case 'noticeGiven':
        return toMembers(moved, 'meetingNotice', await this.#members(tx, moved), dueCommandId('notice', event.step));
      case 'meetingMoved':
      case 'calendarRecounted':
        await this.#reports.moveDue(tx, communityId, heard, after.schedule.reportsDue);
        return toMembers(moved, 'meetingMoved', await this.#members(tx, moved), `meeting@${event.version}`);
      case 'meetingMarkedLate':
        return toCommunityAndSupervisor(moved, 'meetingLate', dueCommandId('meeting', event.step));
      case 'reportPublished':
        return toMembers(moved, 'reportPublished', await this.#members(tx, moved), 'minutes@published');
      case 'opened':
      case 'meetingRecorded':
        return [];
    }
  }

  async #members(tx: Tx, { event, after }: Moved): Promise<string[]> {
    const members = await this.#units.membersOf(tx, after.communityId, shanghaiDate(event.at));
    return members.map(({ id }) => id);
  }

  /** What the published report knew; whoever reports later stands in the addendum. */
  async #freezeReports(tx: Tx, { event, after }: Moved): Promise<void> {
    const { communityId, quarter } = after;
    const reports = await this.#quarters.reportsHeard(tx, communityId, quarter);
    const content = reports.map(({ projectId, unitId, outcome, submittedAt, late }) => ({
      projectId,
      unitId,
      outcome,
      submittedAt,
      late,
    }));
    await this.#quarters.freeze(tx, { communityId, quarter, kind: 'reports', content, at: event.at });
  }
}
