import { Injectable } from '@nestjs/common';
import { ProposalService } from '../../needs/proposal/service.ts';
import type { Tx } from '../../platform/database/database.ts';
import type { UnitRecord } from '../messages.ts';
import { withPromises, type SeekingProject } from './model.ts';
import { StandingStore } from './store.ts';

/** What the areas after matching know of projects, read in the transaction that asks. */
export interface Commitments {
  records(tx: Tx): Promise<UnitRecord[]>;
  /** Projects that look for their next unit. */
  seeking(tx: Tx): Promise<SeekingProject[]>;
  /** Proposals of projects that have not offered yet to the unit that their plan names. */
  planned(tx: Tx): Promise<string[]>;
  /** Those of the proposals that have a project. */
  opened(tx: Tx, proposalIds: readonly string[]): Promise<string[]>;
}

/** What units hold, what they have been offered, and what they are about to be offered. */
@Injectable()
export class StandingService {
  readonly #store: StandingStore;
  readonly #proposals: ProposalService;

  constructor(store: StandingStore, proposals: ProposalService) {
    this.#store = store;
    this.#proposals = proposals;
  }

  /** To be called before places are promised: whoever else promises waits until this transaction ends. */
  lock(tx: Tx): Promise<void> {
    return this.#store.lock(tx);
  }

  /** `except`: a project that asks on its own account. */
  async records(tx: Tx, commitments: Commitments, except?: string): Promise<UnitRecord[]> {
    const seeking = (await commitments.seeking(tx)).filter(({ projectId }) => projectId !== except);
    const confirmed = await this.#store.ofConfirmedPlans(tx);
    const opened = new Set(confirmed.length > 0 ? await commitments.opened(tx, confirmed.map(({ proposalId }) => proposalId)) : []);
    const promised = [
      ...confirmed.filter(({ proposalId }) => !opened.has(proposalId)),
      ...(await this.#store.planned(tx, await commitments.planned(tx))),
      ...(await this.#store.found(tx, seeking)),
    ];
    const records = await commitments.records(tx);
    if (promised.length === 0) return records;
    const proposals = await this.#proposals.byIds(tx, promised.map(({ proposalId }) => proposalId));
    return withPromises(records, promised, new Map([...proposals].map(([id, { budgetFen }]) => [id, budgetFen])));
  }
}
