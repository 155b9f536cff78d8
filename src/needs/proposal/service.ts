import { Injectable } from '@nestjs/common';
import { UnitService } from '../../accounts/units/service.ts';
import type { AuditChanges } from '../../audit/model.ts';
import { AuditService } from '../../audit/service.ts';
import { refuse } from '../../kernel/refusal.ts';
import { within } from '../../kernel/scope.ts';
import type { Tx } from '../../platform/database/database.ts';
import type { PageRequest } from '../../platform/http/cursor.ts';
import { deriveId } from '../../platform/ids.ts';
import { outcomes } from '../service.ts';
import { changed, type Intent, type RowOutcome } from '../model.ts';
import { assertBundled, assertPublic } from '../need/model.ts';
import { NeedService } from '../need/service.ts';
import { assertDatesInOrder } from '../offer/model.ts';
import { CounterStore } from '../store.ts';
import { assertDraft, PROPOSAL_MOVES, type Proposal } from './model.ts';
import { ProposalStore, type ProposalChanges, type ProposalFilter, type ProposalSort } from './store.ts';

export type ProposalContent = Omit<Proposal, 'id' | 'number' | 'orgPath' | 'state' | 'version'>;

export interface PlacedProposal extends ProposalContent {
  readonly id: string;
  readonly orgPath: Proposal['orgPath'];
}

export type ProposalEdit = Omit<ProposalChanges, 'state'> & { readonly needIds?: readonly string[] | undefined };

/** Proposals bundle needs into what a unit can take on. */
@Injectable()
export class ProposalService {
  readonly #store: ProposalStore;
  readonly #counters: CounterStore;
  readonly #units: UnitService;
  readonly #needs: NeedService;
  readonly #audit: AuditService;

  constructor(store: ProposalStore, counters: CounterStore, units: UnitService, needs: NeedService, audit: AuditService) {
    this.#store = store;
    this.#counters = counters;
    this.#units = units;
    this.#needs = needs;
    this.#audit = audit;
  }

  /** Refuses `COMMUNITY_UNKNOWN`, `IMPLEMENTER_UNKNOWN`, `NEED_UNKNOWN`, `NEED_NOT_IN_STATE`, `NEED_ELSEWHERE`, `DATES_REVERSED`, `PUBLIC_TEXT_PERSONAL`. */
  async draft(tx: Tx, proposal: ProposalContent, intent: Intent): Promise<Proposal> {
    const community = (await this.#units.byIds(tx, [proposal.communityId])).get(proposal.communityId);
    if (community?.kind !== 'community' || !within(community.orgPath, tx.scope.orgPath)) refuse('COMMUNITY_UNKNOWN', 'unknown');
    await this.#assertSound(tx, proposal);
    const id = deriveId(intent.commandId, 0);
    await this.insertAll(tx, [{ ...proposal, id, orgPath: community.orgPath }]);
    await this.#record(tx, intent, 'needs.proposalDrafted', id, { needs: proposal.needIds.length, budgetFen: proposal.budgetFen });
    return this.get(tx, id);
  }

  /** For imports, which have checked their rows. */
  async insertAll(tx: Tx, proposals: readonly PlacedProposal[]): Promise<void> {
    const first = await this.#counters.take(tx, 'proposal', proposals.length);
    await this.#store.insert(tx, proposals.map((proposal, index) => ({ ...proposal, serial: first + index })));
  }

  /** Refuses `PROPOSAL_UNKNOWN`, also for proposals outside the subtree. */
  async get(tx: Tx, id: string): Promise<Proposal> {
    const [proposal] = await this.#store.proposals(tx, [id]);
    return proposal ?? refuse('PROPOSAL_UNKNOWN', 'unknown');
  }

  async byIds(tx: Tx, ids: readonly string[]): Promise<ReadonlyMap<string, Proposal>> {
    return new Map((await this.#store.proposals(tx, ids)).map((proposal) => [proposal.id, proposal]));
  }

  /** Up to one more than the page holds. */
  /** Proposals that would answer the need. */
  async idsOfNeed(tx: Tx, needId: string): Promise<string[]> {
    return this.#store.idsOfNeed(tx, needId);
  }

  async page(tx: Tx, filter: ProposalFilter, sort: ProposalSort, page: PageRequest): Promise<Proposal[]> {
    return this.#store.page(tx, filter, sort, page);
  }

  /** What matching works on: ready, in the subtree, in the order of the numbers. */
  async ready(tx: Tx): Promise<Proposal[]> {
    return this.#store.ready(tx);
  }

  /** Only while it is a draft. Refuses `PROPOSAL_UNKNOWN`, `PROPOSAL_STALE`, `PROPOSAL_NOT_IN_STATE` and what `draft` refuses. */
  async edit(tx: Tx, id: string, version: number, { needIds, ...changes }: ProposalEdit, intent: Intent): Promise<Proposal> {
    const proposal = await this.#at(tx, id, version);
    assertDraft(proposal);
    await this.#assertSound(tx, changed(proposal, { ...changes, needIds }));
    await this.#change(tx, proposal, changes);
    if (needIds) await this.#store.replaceBundle(tx, id, needIds);
    const edited = await this.get(tx, id);
    await this.#record(tx, intent, 'needs.proposalEdited', id, { needs: edited.needIds.length, version: edited.version });
    return edited;
  }

  /**
   * Publishes it with its needs. Refuses `PROPOSAL_UNKNOWN`, `PROPOSAL_STALE`, `PROPOSAL_NOT_IN_STATE`,
   * `PROPOSAL_EMPTY`, and `NEED_NOT_IN_STATE` where a need was merged or answered meanwhile.
   */
  async makeReady(tx: Tx, id: string, version: number, intent: Intent): Promise<Proposal> {
    const proposal = await this.#at(tx, id, version);
    assertDraft(proposal);
    if (proposal.needIds.length === 0) refuse('PROPOSAL_EMPTY', 'rule', { number: proposal.number });
    await this.#assertSound(tx, proposal);
    await this.#change(tx, proposal, { state: PROPOSAL_MOVES.publish.to });
    await this.#needs.list(tx, proposal.needIds, intent);
    await this.#record(tx, intent, 'needs.proposalReady', id, { needs: proposal.needIds.length, budgetFen: proposal.budgetFen });
    return this.get(tx, id);
  }

  /** The same for many, each for itself. */
  async makeReadyAll(tx: Tx, rows: readonly { id: string; version: number }[], intent: Intent): Promise<RowOutcome[]> {
    return outcomes(tx, rows, async ({ id, version }) => {
      await this.makeReady(tx, id, version, intent);
    });
  }

  /** A confirmed match took them on (called by the matching run); repeats change nothing. */
  async markMatched(tx: Tx, ids: readonly string[], intent: Intent): Promise<void> {
    for (const id of await this.#store.moveAll(tx, ids, PROPOSAL_MOVES.match)) await this.#record(tx, intent, 'needs.proposalMatched', id, {});
  }

  /** Their projects were cancelled: they may be matched again. Repeats change nothing. */
  async release(tx: Tx, ids: readonly string[], intent: Intent): Promise<void> {
    for (const id of await this.#store.moveAll(tx, ids, PROPOSAL_MOVES.release)) await this.#record(tx, intent, 'needs.proposalReleased', id, {});
  }

  async #assertSound(tx: Tx, proposal: ProposalContent): Promise<void> {
    assertDatesInOrder(proposal.fromOn, proposal.untilOn);
    assertPublic(proposal.title, '/title');
    assertPublic(proposal.description, '/description');
    const { implementerId } = proposal;
    if (implementerId !== null && (await this.#units.byIds(tx, [implementerId])).get(implementerId)?.kind !== 'socialOrganization') {
      refuse('IMPLEMENTER_UNKNOWN', 'unknown');
    }
    const needs = await this.#needs.byIds(tx, proposal.needIds);
    for (const needId of proposal.needIds) {
      const need = needs.get(needId) ?? refuse('NEED_UNKNOWN', 'unknown');
      if (need.communityId !== proposal.communityId) refuse('NEED_ELSEWHERE', 'rule', { number: need.number });
      assertBundled(need);
    }
  }

  async #at(tx: Tx, id: string, version: number): Promise<Proposal> {
    const proposal = await this.get(tx, id);
    return proposal.version === version ? proposal : refuse('PROPOSAL_STALE', 'stale', { number: proposal.number });
  }

  async #change(tx: Tx, proposal: Proposal, changes: ProposalChanges): Promise<void> {
    const moved = await this.#store.change(tx, proposal.id, proposal.version, changes);
    if (!moved) refuse('PROPOSAL_STALE', 'stale', { number: proposal.number });
  }

  async #record(tx: Tx, { commandId, at, trace }: Intent, action: string, id: string, changes: AuditChanges): Promise<void> {
    await this.#audit.record(tx, { commandId, ...trace, at, action, subject: `proposal:${id}`, outcome: 'done', changes });
  }
}
