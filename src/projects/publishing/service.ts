import { Injectable } from '@nestjs/common';
import type { PublishAnswer, PublishRequest } from '../../cases/messages.ts';
import { toldCommandId } from '../../cases/model.ts';
import { CaseService, type Transition } from '../../cases/service.ts';
import { refuse } from '../../kernel/refusal.ts';
import { capOf, reversalOf } from '../../ledger/model.ts';
import { LedgerService } from '../../ledger/service.ts';
import { ImportedRecords } from '../../needs/imports/service.ts';
import { NeedService } from '../../needs/need/service.ts';
import { ProposalService } from '../../needs/proposal/service.ts';
import { NotificationsService } from '../../notifications/service.ts';
import type { Tx } from '../../platform/database/database.ts';
import { QuarterService } from '../../quarters/service.ts';
import { fundingLines, releasePostings } from '../funding/model.ts';
import type { ProjectProposal, ProjectState, Status } from '../lifecycle/model.ts';
import { projectIdOf } from '../messages.ts';
import { projectMachine } from '../model.ts';
import { ProjectNeedStore } from '../needs/store.ts';
import { gradePoints, ratingPosting, reportPoints } from '../rating/model.ts';
import { ProjectStore, type Standing } from '../store.ts';
import { isUntouched, openingPostings, type OpeningEntry } from '../taking-over/model.ts';
import { TakeOverStore } from '../taking-over/store.ts';
import { messagesOf } from '../telling/model.ts';

type Moved = Transition<ProjectState, ProjectProposal> & {
  readonly id: string;
  /** Names this transition in the whole tenant; a due command's own id does so only within its case. */
  readonly source: string;
};

interface Known {
  readonly standing: Standing | undefined;
  /** Projects that the taker leads already, itself not counted; 0 where nobody takes anything. */
  readonly held: number;
}

/** Everything that becomes true together with a micro-project's transition. */
@Injectable()
export class ProjectPublishing {
  readonly #cases: CaseService;
  readonly #store: ProjectStore;
  readonly #ledger: LedgerService;
  readonly #needs: NeedService;
  readonly #proposals: ProposalService;
  readonly #notifications: NotificationsService;
  readonly #quarters: QuarterService;
  readonly #imported: ImportedRecords;
  readonly #answers: ProjectNeedStore;
  readonly #takenOver: TakeOverStore;

  constructor(
    cases: CaseService,
    store: ProjectStore,
    ledger: LedgerService,
    needs: NeedService,
    proposals: ProposalService,
    notifications: NotificationsService,
    quarters: QuarterService,
    imported: ImportedRecords,
    answers: ProjectNeedStore,
    takenOver: TakeOverStore,
  ) {
    this.#cases = cases;
    this.#store = store;
    this.#ledger = ledger;
    this.#needs = needs;
    this.#proposals = proposals;
    this.#notifications = notifications;
    this.#quarters = quarters;
    this.#imported = imported;
    this.#answers = answers;
    this.#takenOver = takenOver;
  }

  publish(request: PublishRequest<ProjectProposal>): Promise<PublishAnswer<ProjectProposal>> {
    return this.#cases.publish(
      projectMachine,
      request,
      (tx, transition, known: Known) => {
        const { caseId, event } = transition;
        return this.#effects(tx, { ...transition, id: projectIdOf(caseId), source: toldCommandId(caseId, event.version) }, known);
      },
      (tx, { caseId, proposal }) => this.#look(tx, projectIdOf(caseId), proposal),
    );
  }

  async #look(tx: Tx, id: string, proposal: ProjectProposal): Promise<Known> {
    const taken = proposal.type === 'claimed' || proposal.type === 'assigned';
    const [standing, held] = await Promise.all([
      this.#store.standing(tx, id),
      taken && this.#store.countHeldLocking(tx, proposal.unitId, id),
    ]);
    return { standing, held: held || 0 };
  }

  async #effects(tx: Tx, moved: Moved, { standing, held }: Known): Promise<void> {
    const { id, event, after } = moved;
    if (standing?.version !== event.version - 1) throw new Error('the project row does not stand where its journal does');
    const limit = after.policy.values.openClaimsPerUnit;
    const taken = event.type === 'claimed' || event.type === 'assigned';
    // A fact of the database that the case cannot know; refused here, inside the publish.
    if (taken && held >= limit) refuse('PROJECT_CLAIM_LIMIT', 'rule', { held, limit });
    await this.#store.move(tx, id, event.version, after, event.at);
    await this.#account(tx, moved);
    await this.#oweReports(tx, moved);
    const messages = messagesOf(moved.caseId, event, after, standing.number);
    if (messages.length > 0) await this.#notifications.post(tx, messages);
  }

  async #account(tx: Tx, moved: Moved): Promise<void> {
    const { id, event, after, source: commandId } = moved;
    const { at } = event;
    const { orgPath } = after;
    switch (event.type) {
      case 'opened':
        await this.#ledger.limit(tx, [
          { commandId, ordinal: 0, cap: capOf('projectNeed', id), book: 'money', amount: event.budgetFen, at, orgPath },
        ]);
        return;
      case 'takenOver':
        await this.#takeOver(tx, { ...moved, event });
        return;
      case 'takeOverUndone':
        await this.#undoTakeOver(tx, moved);
        return;
      case 'withdrawn':
      case 'claimLapsed':
        await this.#releasePledges(tx, moved, event.unitId);
        return;
      case 'cancelled':
        await this.#releasePledges(tx, moved);
        await this.#proposals.release(tx, [after.proposalId], { commandId, at });
        return;
      case 'evaluated':
        if (after.leadUnit) await this.#reward(tx, moved, after.leadUnit, gradePoints(after.points.values, event.grade));
        return;
      case 'reportSubmitted':
      case 'reportReturned':
      case 'reportAccepted':
      case 'reportWaived':
        await this.#report(tx, { ...moved, event });
    }
  }

  /** What the old ledger says became of it so far; for what lies before, no points are given. */
  async #takeOver(tx: Tx, { id, event, after, source: commandId }: Moved & { readonly event: TakenOverEvent }): Promise<void> {
    const { at, leadUnit, reports } = event;
    const { orgPath } = after;
    await this.#ledger.limit(tx, [
      { commandId, ordinal: 0, cap: capOf('projectNeed', id), book: 'money', amount: event.budgetFen, at, orgPath },
    ]);
    await this.#ledger.post(tx, openingPostings({ projectId: id, orgPath, leadUnit, funds: event.funds, coFunders: event.coFunders ?? [], commandId, at }));
    for (const report of reports) {
      await this.#store.saveReport(tx, { ...report, projectId: id, unitId: leadUnit, contentId: null, late: false, at });
      await this.#store.settleReport(tx, { id, quarter: report.quarter, status: 'accepted', unitId: leadUnit, at });
      await this.#answers.addAnsweredNeeds(tx, id, report.quarter, report.needs);
      await this.#needs.markAnswered(tx, report.needs, { commandId, at });
    }
  }

  /** As if it had never come, also in the quarters in which its funds were counted. Refuses `PROJECT_TAKE_OVER_USED` where money moved since. */
  async #undoTakeOver(tx: Tx, { id, event, before, after, source }: Moved): Promise<void> {
    const came = before?.takenOver;
    const leadUnit = before?.leadUnit;
    if (!came || leadUnit === undefined) throw new Error('only what was taken over is taken back');
    const { at } = event;
    const { orgPath, proposalId, needs } = after;
    const lines = fundingLines(await this.#ledger.balancesOf(tx, [id]));
    const { funds, coFunders = [] } = came;
    const entry: OpeningEntry = { projectId: id, orgPath, leadUnit, funds, coFunders, commandId: source, at: came.at };
    if (!isUntouched(lines, entry)) refuse('PROJECT_TAKE_OVER_USED', 'state');
    const postings = openingPostings(entry).map((posting) => reversalOf(posting, { commandId: source, ordinal: posting.ordinal, at: posting.at }));
    await this.#ledger.post(tx, postings);
    await this.#takenOver.voidReports(tx, id, at);
    if (came.drawnUp) await this.#imported.removeDrawnUp(tx, { proposalId, needs });
    else await this.#proposals.release(tx, [proposalId], { commandId: source, at });
    await this.#imported.forget(tx, id);
  }

  async #releasePledges(tx: Tx, { id, event, after, source }: Moved, unitId?: string): Promise<void> {
    const balances = await this.#ledger.balancesOf(tx, [id]);
    const leaver = { projectId: id, orgPath: after.orgPath, commandId: source, at: event.at, ...(unitId && { unitId }) };
    const postings = releasePostings(balances, leaver);
    if (postings.length > 0) await this.#ledger.post(tx, postings);
  }

  /** Who gets under way owes a report; who left, or was accepted without one, can no longer write it. */
  async #oweReports(tx: Tx, { id, event, after }: Moved): Promise<void> {
    const { communityId, leadUnit } = after;
    const begins = event.type === 'started' || (event.type === 'takenOver' && OWING.includes(event.status));
    if (begins && leadUnit) await this.#quarters.joinReports(tx, { id, leadUnit, communityId }, event.at);
    if (event.type === 'withdrawn' || event.type === 'cancelled' || event.type === 'takeOverUndone' || event.type === 'accepted') {
      await this.#quarters.releaseReports(tx, id, event.at);
    }
  }

  async #report(tx: Tx, moved: Moved & { readonly event: ReportEvent }): Promise<void> {
    const { id, event, after } = moved;
    const unitId = after.leadUnit;
    if (!unitId) return;
    const status = after.reports[event.quarter]!.status;
    const owed = { projectId: id, quarter: event.quarter, outcome: status, at: event.at };
    const settled = await this.#quarters.settleReport(tx, owed);
    if (event.type === 'reportSubmitted') {
      await this.#store.saveReport(tx, { ...event, projectId: id, unitId, late: settled.late });
      return;
    }
    const { late, unitId: author } = await this.#store.settleReport(tx, { id, quarter: event.quarter, status, unitId, at: event.at });
    if (event.type !== 'reportAccepted') return;
    const needs = after.reports[event.quarter]?.needs ?? [];
    await this.#answers.addAnsweredNeeds(tx, id, event.quarter, needs);
    await this.#needs.markAnswered(tx, needs, { commandId: moved.source, at: event.at });
    // Whoever wrote it earns the points, even if another unit leads the project by now.
    await this.#reward(tx, moved, author, reportPoints(after.points.values, late));
  }

  async #reward(tx: Tx, { event, after, source }: Moved, unitId: string, points: number): Promise<void> {
    const { communityId, orgPath } = after;
    const earned = { commandId: source, at: event.at, communityId, orgPath, unitId };
    const postings = ratingPosting(earned, points);
    if (postings.length > 0) await this.#ledger.post(tx, postings);
  }
}

type TakenOverEvent = Extract<Moved['event'], { readonly type: 'takenOver' }>;

/** Statuses in which a report on the running quarter is owed. */
const OWING: readonly Status[] = ['implementing', 'acceptance', 'rectifying'];

type ReportEvent = Extract<Moved['event'], { readonly type: `report${string}` }>;
