import type { Instant } from '../kernel/time.ts';
import type { Choice } from './facts.ts';
import type { RunStatus } from './model.ts';

export interface HumanDecision {
  readonly by: string;
  readonly at: Instant;
  /** False: the plan was confirmed as it was solved. */
  readonly changed: boolean;
  /** Id of the stored reason. */
  readonly reason?: string;
}

/** What a run knows of the people who decided on it. */
export interface DecidedRun {
  readonly status: RunStatus;
  readonly choices: readonly Choice[];
  readonly changedAt: Instant | null;
  readonly changedBy: string | null;
  readonly changeReason: string | null;
  readonly decidedAt: Instant | null;
  readonly decidedBy: string | null;
}

/** Who decided on a proposal: whoever chose for it, else whoever confirmed the plan as it was solved. */
export function humanDecisionOn(run: DecidedRun, proposalId: string): { humanDecision?: HumanDecision } {
  const chosen = run.choices.some((choice) => choice.proposalId === proposalId);
  if (chosen && run.changedBy && run.changedAt && run.changeReason) {
    return { humanDecision: { by: run.changedBy, at: run.changedAt, changed: true, reason: run.changeReason } };
  }
  const confirmed = run.status === 'confirmed' || run.status === 'carriedOut';
  return confirmed ? { humanDecision: { by: run.decidedBy!, at: run.decidedAt!, changed: false } } : {};
}

export interface HumanDecisionOn extends HumanDecision {
  /** null: on the plan as a whole. */
  readonly need: string | null;
  readonly chosen: 'pin' | 'forbid' | 'leaveOut' | 'confirm';
  readonly unit: string | null;
}

/** Every choice that holds in the plan, and its confirmation. */
export function humanDecisionsOf(run: DecidedRun): HumanDecisionOn[] {
  const changed = run.choices.flatMap(({ proposalId, offerId, forbid }): HumanDecisionOn[] => {
    const { humanDecision } = humanDecisionOn(run, proposalId);
    const chosen = forbid ? 'forbid' : offerId === null ? 'leaveOut' : 'pin';
    return humanDecision ? [{ need: proposalId, chosen, unit: offerId, ...humanDecision }] : [];
  });
  const { humanDecision } = humanDecisionOn({ ...run, choices: [] }, '');
  return humanDecision ? [...changed, { need: null, chosen: 'confirm', unit: null, ...humanDecision }] : changed;
}
