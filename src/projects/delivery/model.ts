import { refuse } from '../../kernel/refusal.ts';
import type { Instant } from '../../kernel/time.ts';
import type { ProjectCommand, ProjectProposal, ProjectState, Status } from '../lifecycle/model.ts';
import { assertReviewed, reviewedAgainBy } from '../reporting/model.ts';

type Asked<Type extends ProjectCommand['type']> = Extract<ProjectCommand, { type: Type }>;

/** An agreement may say that work begins with its signing; otherwise the unit says when. */
export function agreed({ implementerId, startsAtOnce = false, contentId }: Asked<'agree'>): ProjectProposal {
  return { type: 'agreed', schema: 2, implementerId, startsAtOnce, contentId: contentId ?? null };
}

export function started(state: ProjectState, now: Instant): ProjectProposal {
  return { type: 'started', schema: 1, deadlines: reviewedAgainBy(state, now) };
}

export function acceptanceRequested(
  state: ProjectState,
  command: Asked<'requestAcceptance'>,
  now: Instant,
): ProjectProposal {
  assertReviewed(state);
  return {
    type: 'acceptanceRequested',
    schema: 1,
    contentId: command.contentId ?? null,
    deadlines: { due: { from: now, n: state.policy.values.acceptanceWorkdays, unit: 'workday' } },
  };
}

export function accepted(state: ProjectState, command: Asked<'accept'>, now: Instant): ProjectProposal {
  assertReviewed(state);
  return {
    type: 'accepted',
    schema: 1,
    contentId: command.contentId ?? null,
    deadlines: { due: { from: now, n: state.policy.values.evaluationWorkdays, unit: 'workday' } },
  };
}

/** One rectification with a deadline; what still fails afterwards is accepted with its grade or cancelled. */
export function rectificationRequired(
  state: ProjectState,
  command: Asked<'requireRectification'>,
  now: Instant,
): ProjectProposal {
  if (state.rectified) refuse('PROJECT_RECTIFIED_ONCE', 'rule');
  return {
    type: 'rectificationRequired',
    schema: 1,
    contentId: command.contentId ?? null,
    deadlines: { due: { from: now, n: state.policy.values.rectificationWorkdays, unit: 'workday' } },
  };
}

export function rectificationSubmitted(
  state: ProjectState,
  command: Asked<'submitRectification'>,
  now: Instant,
): ProjectProposal {
  return {
    type: 'rectificationSubmitted',
    schema: 1,
    contentId: command.contentId ?? null,
    deadlines: { due: { from: now, n: state.policy.values.acceptanceWorkdays, unit: 'workday' } },
  };
}

/** A suspension stops the clock: what was due starts again with its full time. */
export function resumed(state: ProjectState, now: Instant): ProjectProposal {
  const { agreementWorkdays, acceptanceWorkdays, rectificationWorkdays } = state.policy.values;
  const days: Partial<Record<Status, number>> = {
    claimed: agreementWorkdays,
    acceptance: acceptanceWorkdays,
    rectifying: rectificationWorkdays,
  };
  const n = state.suspendedFrom && days[state.suspendedFrom];
  return {
    type: 'resumed',
    schema: 1,
    deadlines: { ...(n && { due: { from: now, n, unit: 'workday' } }), ...reviewedAgainBy(state, now) },
  };
}

export function evaluated(command: Asked<'evaluate'>): ProjectProposal {
  const { grade, scoreHundredths, awardExpected, contentId } = command;
  return { type: 'evaluated', schema: 1, grade, scoreHundredths, awardExpected, contentId: contentId ?? null };
}
