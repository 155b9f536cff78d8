import type { CaseMachine } from '../cases/model.ts';
import { refuse } from '../kernel/refusal.ts';
import { NO_FEN } from '../kernel/money.ts';
import type { OrgPath } from '../kernel/scope.ts';
import type { Instant } from '../kernel/time.ts';
import * as claiming from './claiming/model.ts';
import * as delivery from './delivery/model.ts';
import {
  assertLegal,
  FINAL,
  type ProjectCommand,
  type ProjectEvent,
  type ProjectProposal,
  type ProjectState,
  type Status,
} from './lifecycle/model.ts';
import * as recounting from './recounting/model.ts';
import * as reporting from './reporting/model.ts';
import * as takingOver from './taking-over/model.ts';
import { projectDueCommand, projectWaits, reviewWait } from './waiting/model.ts';

function decide(state: ProjectState | undefined, command: ProjectCommand, now: Instant): ProjectProposal {
  if (command.type === 'open' || command.type === 'takeOver') {
    if (state) refuse('PROJECT_OPEN_ALREADY', 'state');
    return command.type === 'open' ? claiming.opened(command, now) : takingOver.takenOver(command, now);
  }
  if (!state) refuse('PROJECT_UNKNOWN', 'unknown');
  assertLegal(state, command.type);
  const contentId = command.contentId ?? null;
  switch (command.type) {
    case 'undoTakeOver':
      return takingOver.undone(state);
    case 'recordConsent':
      return claiming.consentRecorded(state, command, now);
    case 'offer':
      return claiming.offered(state, command, now);
    case 'list':
      return claiming.listed(state, now);
    case 'claim':
      return claiming.claimed(state, command, now);
    case 'declineOffer':
      return claiming.offerDeclined(state, command);
    case 'assignUnclaimed':
      return claiming.assigned(state, command, now);
    case 'withdraw':
      return claiming.withdrawn(state, command);
    case 'expireOffer':
      return { type: 'offerExpired', schema: 1, unitId: state.offeredTo ?? '' };
    case 'lapseClaim':
      return { type: 'claimLapsed', schema: 1, unitId: state.leadUnit ?? '' };
    case 'agree':
      return delivery.agreed(command);
    case 'start':
      return delivery.started(state, now);
    case 'submitReport':
      return reporting.reportSubmitted(state, command, now);
    case 'returnReport':
      return reporting.reportReturned(state, command);
    case 'acceptReport':
      return reporting.reportAccepted(state, command);
    case 'waiveReport':
      return reporting.reportWaived(state, command);
    case 'requestAcceptance':
      return delivery.acceptanceRequested(state, command, now);
    case 'accept':
      return delivery.accepted(state, command, now);
    case 'requireRectification':
      return delivery.rectificationRequired(state, command, now);
    case 'submitRectification':
      return delivery.rectificationSubmitted(state, command, now);
    case 'evaluate':
      return delivery.evaluated(command);
    case 'reward':
      return { type: 'rewarded', schema: 1, awardFen: command.awardFen };
    case 'closeWithoutAward':
      return { type: 'awardForgone', schema: 1, contentId };
    case 'suspend':
      return { type: 'suspended', schema: 1, contentId };
    case 'resume':
      return delivery.resumed(state, now);
    case 'cancel':
      return { type: 'cancelled', schema: 1, contentId };
    case 'recount':
      return recounting.recounted(state, command);
    case 'markLate':
      return { type: 'waitLate', schema: 1, wait: command.wait };
    case 'close':
      return { type: 'closed', schema: 1 };
  }
}

function apply(state: ProjectState | undefined, event: ProjectEvent): ProjectState {
  if (event.type === 'opened') return fresh(event);
  if (event.type === 'takenOver') return takingOver.begun(event);
  if (!state) throw new RangeError('a project begins with opened or takenOver');
  return takingOver.touched(applied(state, event), event);
}

function applied(state: ProjectState, event: Exclude<ProjectEvent, { type: 'opened' | 'takenOver' }>): ProjectState {
  const due = event.due.due;
  switch (event.type) {
    case 'consentRecorded':
      return state.firstOffer
        ? entering({ ...state, offeredTo: state.firstOffer }, 'offered', due)
        : entering(state, 'listed', due);
    case 'offered':
      return entering({ ...state, offeredTo: event.unitId }, 'offered', due);
    case 'listed':
      return entering(state, 'listed', due);
    case 'claimed':
    case 'assigned':
      return entering({ ...without(state, 'offeredTo'), leadUnit: event.unitId }, 'claimed', due);
    case 'offerDeclined':
    case 'offerExpired':
      return entering(passed(without(state, 'offeredTo'), event.unitId), 'seeking');
    case 'claimLapsed':
      return entering(passed(without(state, 'leadUnit'), event.unitId), 'seeking');
    case 'withdrawn':
      return entering(
        {
          ...passed(without(without(state, 'leadUnit'), 'implementerId'), event.unitId),
          formerLeads: [...state.formerLeads, event.unitId],
        },
        'seeking',
      );
    case 'agreed':
      return entering({ ...state, implementerId: event.implementerId }, 'agreed', event.startsAtOnce ? { at: event.at } : undefined);
    case 'started':
      return entering(reviewedAgain(state, event.due.review), 'implementing');
    case 'reportSubmitted':
    case 'reportReturned':
    case 'reportAccepted':
    case 'reportWaived':
      return {
        ...state,
        reports: { ...state.reports, [event.quarter]: report(state, event) },
        late: state.late.filter((wait) => wait !== reviewWait(event.quarter)),
      };
    case 'acceptanceRequested':
      return entering(state, 'acceptance', due);
    case 'accepted':
      return entering(state, 'accepted', due);
    case 'rectificationRequired':
      return entering({ ...state, rectified: true }, 'rectifying', due);
    case 'rectificationSubmitted':
      return entering(state, 'acceptance', due);
    case 'evaluated':
      return event.awardExpected
        ? entering({ ...state, grade: event.grade }, 'evaluated')
        : entering({ ...state, grade: event.grade }, 'rewarded', { at: event.at });
    case 'rewarded':
      return entering({ ...state, awardFen: event.awardFen }, 'rewarded', { at: event.at });
    case 'awardForgone':
      return entering(state, 'rewarded', { at: event.at });
    case 'suspended':
      return entering({ ...state, suspendedFrom: state.status }, 'suspended');
    case 'resumed':
      return entering(
        reviewedAgain(without(state, 'suspendedFrom'), event.due.review),
        state.suspendedFrom ?? 'implementing',
        due,
      );
    case 'cancelled':
    case 'takeOverUndone':
      return entering(state, 'cancelled');
    case 'calendarRecounted':
      return recounting.withDates(state, event);
    case 'waitLate':
      return { ...state, late: [...state.late, event.wait] };
    case 'closed':
      return entering(state, 'closed');
  }
}

function fresh(event: Extract<ProjectEvent, { type: 'opened' }>): ProjectState {
  const status: Status = event.consentNeeded ? 'consent' : event.firstOffer ? 'offered' : 'listed';
  const blank: ProjectState = {
    status,
    proposalId: event.proposalId,
    communityId: event.communityId,
    orgPath: event.orgPath,
    budgetFen: event.budgetFen,
    needs: event.needs,
    policy: event.policy,
    points: event.points,
    late: [],
    passedBy: [],
    formerLeads: [],
    reports: {},
    rectified: false,
    ...(event.firstOffer && { firstOffer: event.firstOffer }),
    ...(status === 'offered' && { offeredTo: event.firstOffer ?? '' }),
  };
  return entering(blank, status, event.due.due);
}

/** A new status has its own due date; late marks of the old one are over, those of reports stay. */
function entering(state: ProjectState, status: Status, due?: recounting.Dated): ProjectState {
  const kept = state.late.filter((wait) => wait.includes(':'));
  return { ...without(without(state, 'due'), 'dueBasis'), status, late: kept, ...recounting.dueBy(due) };
}

function passed(state: ProjectState, unitId: string): ProjectState {
  return { ...state, passedBy: [...state.passedBy, unitId] };
}

function without<Key extends keyof ProjectState>(state: ProjectState, key: Key): ProjectState {
  const { [key]: _, ...rest } = state;
  return rest as ProjectState;
}

function reviewedAgain(state: ProjectState, deadline: recounting.Dated | undefined): ProjectState {
  if (!deadline) return state;
  const open = reporting.unreviewed(state);
  const waits = open.map(([quarter]) => reviewWait(quarter));
  return {
    ...state,
    reports: { ...state.reports, ...Object.fromEntries(open.map(([quarter, report]) => [quarter, { ...report, ...recounting.reviewBy(deadline) }])) },
    late: state.late.filter((wait) => !waits.includes(wait)),
  };
}

type ReportEvent = Extract<ProjectEvent, { readonly quarter: unknown }>;

function report(state: ProjectState, event: ReportEvent): ProjectState['reports'][ReportEvent['quarter']] {
  const earlier = state.reports[event.quarter] ?? { needs: [], served: 0, spentFen: NO_FEN };
  switch (event.type) {
    case 'reportSubmitted':
      return {
        status: 'submitted',
        needs: event.needs,
        served: event.served,
        spentFen: event.spentFen,
        ...(event.contentId && { contentId: event.contentId }),
        ...recounting.reviewBy(event.due.review),
      };
    case 'reportReturned':
      return { ...earlier, status: 'returned' };
    case 'reportAccepted':
      return { ...earlier, status: 'accepted' };
    case 'reportWaived':
      return { ...earlier, status: 'waived' };
  }
}

export interface ProjectMachine extends CaseMachine<ProjectState, ProjectCommand, ProjectProposal> {
  orgPath(state: ProjectState): OrgPath;
}

export const projectMachine: ProjectMachine = {
  kind: 'microProject',
  decide,
  apply,
  waits: projectWaits,
  dueCommand: projectDueCommand,
  closed: (state) => FINAL.includes(state.status),
  orgPath: (state) => state.orgPath,
};
