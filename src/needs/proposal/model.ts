import { refuse } from '../../kernel/refusal.ts';
import type { Fen } from '../../kernel/money.ts';
import type { OrgPath } from '../../kernel/scope.ts';
import type { LocalDate } from '../../kernel/time.ts';
import type { Category } from '../model.ts';

export const PROPOSAL_STATES = ['draft', 'ready', 'matched'] as const;

export type ProposalState = (typeof PROPOSAL_STATES)[number];

/** `ready` puts it and its needs on the lists; a refused or withdrawn match makes it ready again. */
export const PROPOSAL_MOVES: Readonly<Record<ProposalState, readonly ProposalState[]>> = {
  draft: ['ready'],
  ready: ['matched'],
  matched: ['ready'],
};

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

/** Refuses `PROPOSAL_NOT_IN_STATE` (409). */
export function assertProposalCan(proposal: Pick<Proposal, 'number' | 'state'>, to: ProposalState): void {
  if (!PROPOSAL_MOVES[proposal.state].includes(to)) {
    refuse('PROPOSAL_NOT_IN_STATE', 'state', { number: proposal.number, state: proposal.state, wanted: to });
  }
}

/** Refuses `PROPOSAL_NOT_IN_STATE`: what units have been shown is not rewritten behind their backs. */
export function assertDraft(proposal: Pick<Proposal, 'number' | 'state'>): void {
  if (proposal.state !== 'draft') {
    refuse('PROPOSAL_NOT_IN_STATE', 'state', { number: proposal.number, state: proposal.state, wanted: 'draft' });
  }
}
