import { Injectable } from '@nestjs/common';
import { UnitService } from '../../accounts/units/service.ts';
import { refuse } from '../../kernel/refusal.ts';
import { shanghaiDate, type Instant } from '../../kernel/time.ts';
import { NeedService } from '../../needs/need/service.ts';
import { OfferService } from '../../needs/offer/service.ts';
import type { Proposal } from '../../needs/proposal/model.ts';
import { ProposalService } from '../../needs/proposal/service.ts';
import type { Tx } from '../../platform/database/database.ts';
import type { PinnedPolicy } from '../../policy/model.ts';
import { PolicyService } from '../../policy/service.ts';
import { ConditionStore } from '../conditions/store.ts';
import type { ExcludedUnit } from '../facts.ts';
import type { UnitRecord } from '../messages.ts';
import { sealed, type OpenFacts, type SealedFacts } from '../sealing/service.ts';
import { offerFacts, officesOf, proposalFacts } from './model.ts';

export interface Gathering {
  readonly policy: PinnedPolicy<'matching'>;
  readonly records: readonly UnitRecord[];
  /** On top of what people have declared. */
  readonly excluded: readonly ExcludedUnit[];
  readonly at: Instant;
}

/** Reads what a plan is decided by, as it stands now, in an order that depends on nothing but the records. */
@Injectable()
export class GatheringService {
  readonly #proposals: ProposalService;
  readonly #needs: NeedService;
  readonly #offers: OfferService;
  readonly #units: UnitService;
  readonly #policy: PolicyService;
  readonly #conditions: ConditionStore;

  constructor(
    proposals: ProposalService,
    needs: NeedService,
    offers: OfferService,
    units: UnitService,
    policy: PolicyService,
    conditions: ConditionStore,
  ) {
    this.#proposals = proposals;
    this.#needs = needs;
    this.#offers = offers;
    this.#units = units;
    this.#policy = policy;
    this.#conditions = conditions;
  }

  /** All proposals that are ready in the scope's subtree. Refuses `MATCHING_NOTHING_READY`. */
  async forRun(tx: Tx, gathering: Gathering): Promise<OpenFacts> {
    const proposals = await this.#proposals.ready(tx);
    if (proposals.length === 0) refuse('MATCHING_NOTHING_READY', 'rule');
    return this.#gather(tx, proposals, gathering);
  }

  /** One proposal, in whatever state. Refuses `PROPOSAL_UNKNOWN`. */
  async forProposal(tx: Tx, proposalId: string, gathering: Omit<Gathering, 'policy'>): Promise<SealedFacts> {
    const policy = await this.#policy.current(tx, 'matching', gathering.at);
    return sealed(await this.#gather(tx, [await this.#proposals.get(tx, proposalId)], { ...gathering, policy }));
  }

  async #gather(tx: Tx, proposals: readonly Proposal[], { policy, records, excluded, at }: Gathering): Promise<OpenFacts> {
    const on = shanghaiDate(at);
    const needs = await this.#needs.byIds(tx, proposals.flatMap(({ needIds }) => needIds));
    const from = proposals.map(({ fromOn }) => fromOn).sort()[0]!;
    const until = proposals.map(({ untilOn }) => untilOn).sort().at(-1)!;
    const { openClaimsPerUnit } = (await this.#policy.current(tx, 'microProject', at)).values;
    const officeOf = officesOf(await this.#units.ofKind(tx, 'community', on));
    const declared = await this.#conditions.holding(tx, on);
    return {
      proposals: proposals.map((proposal) => proposalFacts(proposal, needs, officeOf)),
      offers: offerFacts({
        offers: await this.#offers.openBetween(tx, from, until),
        memberships: await this.#units.memberships(tx, on),
        officeOf,
        records,
        preferences: await this.#conditions.preferences(tx, proposals.map(({ id }) => id)),
        openClaimsPerUnit,
      }),
      excluded: [...declared.map(({ unitId, proposalId, reasonCode }) => ({ unitId, proposalId, reason: reasonCode })), ...excluded],
      policy,
    };
  }
}
