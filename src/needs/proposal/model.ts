import { refuse } from '../../kernel/refusal.ts';
import type { Fen } from '../../kernel/money.ts';
import type { OrgPath } from '../../kernel/scope.ts';
import type { LocalDate } from '../../kernel/time.ts';
import type { Category } from '../model.ts';

export const PROPOSAL_STATES = ['draft', 'ready', 'matched'] as const;

export type ProposalState = (typeof PROPOSAL_STATES)[number];

export interface ProposalMove {
  readonly from: ProposalState;
  readonly to: ProposalState;
}

/** `ready` puts it and its needs on the lists; a project that is cancelled gives its proposal back. */
export const PROPOSAL_MOVES = {
  publish: { from: 'draft', to: 'ready' },
  match: { from: 'ready', to: 'matched' },
  release: { from: 'matched', to: 'ready' },
} as const satisfies Readonly<Record<string, ProposalMove>>;

/** A small project that would answer one or more needs (项目清单). */
export interface Proposal {
  readonly id: string;
  readonly number: string;
  /** The number it had in the file it came from. */
  readonly sourceNumber: string | null;
  readonly communityId: string;
  readonly orgPath: OrgPath;
  readonly title: string;
  readonly description: string;
  readonly category: Category;
  /** What a unit must be able to do to lead it. */
  readonly capability: Category;
  readonly budgetFen: Fen;
  readonly hours: number;
  readonly fromOn: LocalDate;
  readonly untilOn: LocalDate;
  /** Works on shared property need the affected residents' recorded agreement before they are offered. */
  readonly sharedProperty: boolean;
  readonly peopleExpected: number;
  /** A social organisation that carries it out for whoever leads; null = the lead itself. */
  readonly implementerId: string | null;
  readonly needIds: readonly string[];
  readonly state: ProposalState;
  readonly version: number;
}

/** Refuses `PROPOSAL_NOT_IN_STATE` (409) where no move leads from its state to that one. */
export function assertProposalCan(proposal: Pick<Proposal, 'number' | 'state'>, to: ProposalState): void {
  if (!Object.values<ProposalMove>(PROPOSAL_MOVES).some((move) => move.from === proposal.state && move.to === to)) {
    refuse('PROPOSAL_NOT_IN_STATE', 'state', { number: proposal.number, state: proposal.state, wanted: to });
  }
}

/** Refuses `PROPOSAL_NOT_IN_STATE` (409): what units have been shown is neither rewritten nor published again. */
export function assertDraft(proposal: Pick<Proposal, 'number' | 'state'>): void {
  if (proposal.state !== PROPOSAL_MOVES.publish.from) {
    refuse('PROPOSAL_NOT_IN_STATE', 'state', { number: proposal.number, state: proposal.state, wanted: 'draft' });
  }
}
