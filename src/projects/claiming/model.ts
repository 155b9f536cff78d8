import { refuse } from '../../kernel/refusal.ts';
import type { Instant } from '../../kernel/time.ts';
import type { ProjectCommand, ProjectProposal, ProjectState } from '../lifecycle/model.ts';

type Asked<Type extends ProjectCommand['type']> = Extract<ProjectCommand, { type: Type }>;

export function opened(command: Asked<'open'>, now: Instant): ProjectProposal {
  const { proposalId, communityId, orgPath, budgetFen, needs, policy, points, consentNeeded, firstOffer } = command;
  if (needs.length === 0) refuse('PROJECT_NEEDS_MISSING', 'rule');
  const { budgetCapFen } = policy.values;
  if (budgetFen < 0 || budgetFen > budgetCapFen) refuse('PROJECT_BUDGET_CAP', 'rule', { budgetFen, budgetCapFen });
  const days = consentNeeded ? policy.values.consentWorkdays : firstOffer ? policy.values.offerWorkdays : policy.values.claimWorkdays;
  return {
    type: 'opened',
    schema: 1,
    proposalId,
    communityId,
    orgPath,
    budgetFen,
    needs,
    policy,
    points,
    consentNeeded,
    ...(firstOffer && { firstOffer }),
    deadlines: { due: { from: now, n: days, unit: 'workday' } },
  };
}

export function consentRecorded(state: ProjectState, command: Asked<'recordConsent'>, now: Instant): ProjectProposal {
  const days = state.firstOffer ? state.policy.values.offerWorkdays : state.policy.values.claimWorkdays;
  return {
    type: 'consentRecorded',
    schema: 1,
    contentId: command.contentId ?? null,
    deadlines: { due: { from: now, n: days, unit: 'workday' } },
  };
}

export function offered(state: ProjectState, command: Asked<'offer'>, now: Instant): ProjectProposal {
  if (state.passedBy.includes(command.unitId)) refuse('PROJECT_UNIT_PASSED', 'rule');
  return {
    type: 'offered',
    schema: 1,
    unitId: command.unitId,
    deadlines: { due: { from: now, n: state.policy.values.offerWorkdays, unit: 'workday' } },
  };
}

export function listed(state: ProjectState, now: Instant): ProjectProposal {
  return {
    type: 'listed',
    schema: 1,
    deadlines: { due: { from: now, n: state.policy.values.claimWorkdays, unit: 'workday' } },
  };
}

/** An offer is for one unit; an open project is for whoever comes first. */
export function claimed(state: ProjectState, command: Asked<'claim'>, now: Instant): ProjectProposal {
  if (state.status === 'offered' && state.offeredTo !== command.unitId) refuse('PROJECT_OFFERED_TO_OTHER', 'state');
  return { type: 'claimed', schema: 1, unitId: command.unitId, deadlines: agreeBy(state, now) };
}

export function assigned(state: ProjectState, command: Asked<'assignUnclaimed'>, now: Instant): ProjectProposal {
  if (!state.late.includes('claim')) refuse('PROJECT_CLAIM_WINDOW_OPEN', 'state');
  return {
    type: 'assigned',
    schema: 1,
    unitId: command.unitId,
    contentId: command.contentId ?? null,
    deadlines: agreeBy(state, now),
  };
}

export function offerDeclined(state: ProjectState, command: Asked<'declineOffer'>): ProjectProposal {
  if (state.offeredTo !== command.unitId) refuse('PROJECT_OFFERED_TO_OTHER', 'state');
  return { type: 'offerDeclined', schema: 1, unitId: command.unitId, contentId: command.contentId ?? null };
}

export function withdrawn(state: ProjectState, command: Asked<'withdraw'>): ProjectProposal {
  assertLead(state, command.unitId);
  return { type: 'withdrawn', schema: 1, unitId: command.unitId, contentId: command.contentId ?? null };
}

/** Refuses `PROJECT_NOT_LEAD`. */
export function assertLead(state: ProjectState, unitId: string): void {
  if (state.leadUnit !== unitId) refuse('PROJECT_NOT_LEAD', 'forbidden');
}

function agreeBy(state: ProjectState, now: Instant): NonNullable<ProjectProposal['deadlines']> {
  return { due: { from: now, n: state.policy.values.agreementWorkdays, unit: 'workday' } };
}
