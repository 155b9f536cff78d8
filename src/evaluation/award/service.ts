import { Injectable } from '@nestjs/common';
import { UnitService } from '../../accounts/units/service.ts';
import type { Subject } from '../../approvals/model.ts';
import { ApprovalsService } from '../../approvals/service.ts';
import type { PublishAnswer, PublishRequest } from '../../cases/messages.ts';
import { CalendarService } from '../../calendar/service.ts';
import { toldCommandId } from '../../cases/model.ts';
import { CaseRecounts, type Recount } from '../../cases/recounting/service.ts';
import { CaseService, type Transition } from '../../cases/service.ts';
import { CaseNames } from '../../cases/waiting/names/service.ts';
import { fen, type Fen } from '../../kernel/money.ts';
import { refuse } from '../../kernel/refusal.ts';
import { SYSTEM_ACTOR } from '../../kernel/scope.ts';
import type { Instant } from '../../kernel/time.ts';
import { accountOf } from '../../ledger/model.ts';
import { LedgerService } from '../../ledger/service.ts';
import type { Message, Recipient } from '../../notifications/model.ts';
import { NotificationsService } from '../../notifications/service.ts';
import type { Tx } from '../../platform/database/database.ts';
import type { Grade } from '../../projects/lifecycle/model.ts';
import { ProjectService } from '../../projects/service.ts';
import { assertAward, awardCeiling } from './ceiling/model.ts';
import { awardCaseId, awardIdOf } from '../messages.ts';
import { awardMachine, type AwardCommand, type AwardEvent, type AwardOpening, type AwardProposal, type AwardState } from './model.ts';
import { ObjectionService } from '../objection/service.ts';
import { EvaluationStore, type StoredContent } from '../store.ts';
import { AwardStore, type Award, type AwardFilter } from './store.ts';

const LEADER: Recipient = { kind: 'role', role: 'leader' };
const MANAGER: Recipient = { kind: 'role', role: 'manager' };

function subjectOf(awardId: string): Subject {
  return { kind: awardMachine.kind, id: awardId };
}

/** Publishes what happens to an award: its row, the approvals, the messages and, when granted, the money owed. */
@Injectable()
export class AwardService {
  readonly #cases: CaseService;
  readonly #store: AwardStore;
  readonly #contents: EvaluationStore;
  readonly #objections: ObjectionService;
  readonly #projects: ProjectService;
  readonly #units: UnitService;
  readonly #ledger: LedgerService;
  readonly #approvals: ApprovalsService;
  readonly #notifications: NotificationsService;
  readonly #calendar: CalendarService;

  constructor(
    cases: CaseService,
    store: AwardStore,
    contents: EvaluationStore,
    objections: ObjectionService,
    projects: ProjectService,
    units: UnitService,
    ledger: LedgerService,
    approvals: ApprovalsService,
    notifications: NotificationsService,
    calendar: CalendarService,
    recounts: CaseRecounts,
    names: CaseNames,
  ) {
    this.#cases = cases;
    this.#store = store;
    this.#contents = contents;
    this.#objections = objections;
    this.#projects = projects;
    this.#units = units;
    this.#ledger = ledger;
    this.#approvals = approvals;
    this.#notifications = notifications;
    this.#calendar = calendar;
    recounts.register((tx, at) => this.#recounts(tx, at));
    names.register(awardMachine.kind, (tx, caseIds) => this.#names(tx, caseIds));
  }

  publish(request: PublishRequest<AwardProposal>): Promise<PublishAnswer<AwardProposal>> {
    return this.#cases.publish(awardMachine, request, (tx, transition) => this.#effects(tx, transition));
  }

  /** Inside the transaction's subtree. Refuses `AWARD_UNKNOWN`. */
  async get(tx: Tx, id: string): Promise<Award> {
    return (await this.#store.byId(tx, id)) ?? refuse('AWARD_UNKNOWN', 'unknown');
  }

  /** What was written about it: proposal, refusal, objection, answer. */
  async contents(tx: Tx, id: string): Promise<StoredContent[]> {
    return this.#contents.contents(tx, id, awardCaseId(id));
  }

  async page(tx: Tx, filter: AwardFilter, page: Parameters<AwardStore['page']>[2]): Promise<readonly Award[]> {
    return this.#store.page(tx, filter, page);
  }

  /** Cash that the community has verified, from all funders. */
  async verifiedFen(tx: Tx, projectId: string): Promise<Fen> {
    const balances = await this.#ledger.balancesOf(tx, [projectId]);
    const verified = balances.filter(({ book, kind }) => book === 'money' && kind === 'verified');
    return fen(verified.reduce((sum, { posted }) => sum + posted, 0));
  }

  async ceilingFen(tx: Tx, projectId: string, grade: Grade, policy: AwardOpening['policy']): Promise<Fen> {
    return awardCeiling(grade, await this.verifiedFen(tx, projectId), policy.values);
  }

  /** Refuses what the rules of the award forbid, by the facts as they stand now. */
  async assertAllowed(tx: Tx, opening: Pick<AwardOpening, 'projectId' | 'recipientId' | 'amountFen' | 'policy'>): Promise<void> {
    const project = await this.#projects.get(tx, opening.projectId);
    const recipient = await this.#units.get(tx, opening.recipientId);
    const { communityId, implementerId } = project;
    const grade = project.grade as Grade | null;
    const verifiedFen = await this.verifiedFen(tx, opening.projectId);
    const facts = { grade, verifiedFen, amountFen: opening.amountFen, recipient, communityId, implementerId };
    assertAward(facts, opening.policy.values);
  }

  /** An award is called as the project that it is for. */
  async #names(tx: Tx, caseIds: readonly string[]): Promise<Map<string, string>> {
    const awards = await this.#store.byIds(tx, caseIds.map(awardIdOf));
    const titles = await this.#projects.titles(tx, awards.map(({ projectId }) => projectId));
    return new Map(
      awards.flatMap(({ id, projectId }) => {
        const called = titles.get(projectId);
        return called ? [[awardCaseId(id), `${called.number} ${called.title}`] as const] : [];
      }),
    );
  }

  async #recounts(tx: Tx, at: Instant): Promise<Recount[]> {
    const { version: calendarVersion } = await this.#calendar.calendar(tx);
    const ids = await this.#store.countedBefore(tx, calendarVersion);
    const command: AwardCommand = { id: `recount@${calendarVersion}`, actor: SYSTEM_ACTOR, at, type: 'recount', calendarVersion };
    return ids.map((id) => ({ caseId: awardCaseId(id), command }));
  }

  async #effects(tx: Tx, { caseId, event, before, after }: Transition<AwardState, AwardProposal>): Promise<void> {
    if (event.type === 'proposed') {
      await this.assertAllowed(tx, after);
      await this.#store.insert(tx, after, event.at);
    } else if (!(await this.#store.move(tx, after, event.version, event.at))) {
      throw new Error('the award row does not stand where its journal does');
    }
    await this.#settleApprovals(tx, event, after);
    await this.#settleObjection(tx, event, after.awardId);
    if (event.type === 'granted') await this.#owe(tx, caseId, event, after);
    await this.#notifications.post(tx, messagesOf(caseId, event, after, before?.objectorId));
  }

  async #settleObjection(tx: Tx, event: AwardEvent, awardId: string): Promise<void> {
    switch (event.type) {
      case 'objected':
        // Those of the first months lie with the other texts.
        if (event.contentId !== null) await this.#objections.opened(tx, event.contentId);
        return;
      case 'objectionDismissed':
        return this.#objections.settled(tx, awardId, 'dismissed', event.contentId, event.at);
      case 'objectionUpheld':
        return this.#objections.settled(tx, awardId, 'upheld', event.contentId, event.at);
      case 'withdrawn':
        return this.#objections.settled(tx, awardId, 'dropped', null, event.at);
    }
  }

  async #settleApprovals(tx: Tx, event: AwardEvent, state: AwardState): Promise<void> {
    const subject = subjectOf(state.awardId);
    const { commandId, at } = event;
    switch (event.type) {
      case 'proposed':
        await this.#approvals.open(tx, {
          commandId,
          subject,
          digest: state.digest,
          needed: state.policy.values.approvals,
          preparers: [state.preparerId],
          at,
        });
        return;
      case 'approved': {
        const { personId, accountId, digest } = event;
        const progress = await this.#approvals.approve(tx, { commandId, subject, digest, personId, accountId, at });
        if (progress.complete !== event.isComplete) throw new Error('case and approvals count differently');
        return;
      }
      case 'refused':
      case 'withdrawn':
      case 'objectionUpheld':
        await this.#approvals.void(tx, subject, at);
    }
  }

  /** What is owed is booked; paying it out is a matter of its own. The id of a due command is not unique to a case. */
  async #owe(tx: Tx, caseId: string, event: AwardEvent, state: AwardState): Promise<void> {
    await this.#ledger.post(tx, [
      {
        commandId: toldCommandId(caseId, event.version),
        ordinal: 0,
        book: 'money',
        debit: accountOf('awardFund', state.communityId),
        credit: accountOf('awardPayable', state.awardId, state.recipientId),
        amount: state.amountFen,
        memo: 'award',
        at: event.at,
        orgPath: state.orgPath,
      },
    ]);
  }
}

/** Who hears of it; the texts are this area's. */
function messagesOf(caseId: string, event: AwardEvent, { amountFen, recipientId, communityId }: AwardState, objectorId: string | undefined): readonly Message[] {
  const recipient: Recipient = { kind: 'role', role: 'unit', orgUnitId: recipientId };
  const community: Recipient = { kind: 'role', role: 'communityWorker', orgUnitId: communityId };
  const heard: Partial<Record<AwardEvent['type'], readonly Recipient[]>> = {
    proposed: [LEADER],
    refused: [MANAGER],
    withdrawn: [LEADER],
    objected: [MANAGER, LEADER],
    markedLate: [MANAGER, LEADER],
    objectionUpheld: [MANAGER, community],
    granted: [community, recipient, MANAGER],
  };
  // One has approved: somebody else must.
  const waits = event.type === 'approved' && !event.isComplete;
  const about = { key: toldCommandId(caseId, event.version), params: { amountFen }, caseId, at: event.at };
  const told = (waits ? [LEADER] : (heard[event.type] ?? [])).map((to): Message => ({
    ...about,
    recipient: to,
    text: `evaluation.award.${waits ? 'secondApproval' : event.type}`,
  }));
  const isAnswer = ['objectionDismissed', 'objectionUpheld', 'withdrawn'].includes(event.type);
  const objector: Recipient | undefined = isAnswer && objectorId !== undefined ? { kind: 'role', role: 'unit', orgUnitId: objectorId } : undefined;
  return objector ? [...told, { ...about, recipient: objector, text: 'evaluation.objection.answered' }] : told;
}
