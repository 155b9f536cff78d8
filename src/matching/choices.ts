import { ExclusionIndex } from './exclusions.ts';
import { HardFilters, type Choice, type FrozenFacts } from './facts.ts';

export interface ChoiceFault {
  readonly at: number;
  readonly code:
    | 'MATCHING_NEED_UNKNOWN'
    | 'MATCHING_UNIT_UNKNOWN'
    | 'MATCHING_CHOICE_TWICE'
    | 'MATCHING_PIN_FORBIDDEN'
    | 'MATCHING_PIN_NOT_CANDIDATE'
    | 'MATCHING_PINS_EXCEED_CAPACITY'
    | 'MATCHING_FORBID_WITHOUT_OFFER';
}

/** What cannot be chosen, in the order of the choices; an earlier choice takes its place before a later one. */
export function faultsOf(facts: FrozenFacts, choices: readonly Choice[]): ChoiceFault[] {
  const checker = new ChoiceChecker(facts, choices);
  return choices.flatMap((choice, at) => {
    const code = checker.fault(choice);
    return code ? [{ at, code }] : [];
  });
}

class ChoiceChecker {
  readonly #facts: FrozenFacts;
  readonly #filters: HardFilters;
  readonly #exclusions: ExclusionIndex;
  readonly #proposals: ReadonlyMap<string, number>;
  readonly #offers: ReadonlyMap<string, number>;
  readonly #forbidden: ReadonlySet<string>;
  readonly #settled = new Set<string>();
  readonly #used = new Map<string, number>();

  constructor(facts: FrozenFacts, choices: readonly Choice[]) {
    this.#facts = facts;
    this.#filters = new HardFilters(facts.policy.values, facts.excluded);
    this.#exclusions = new ExclusionIndex(facts, []);
    this.#proposals = new Map(facts.proposals.map(({ id }, row) => [id, row]));
    this.#offers = new Map(facts.offers.map(({ id }, row) => [id, row]));
    this.#forbidden = new Set(choices.filter(({ forbid }) => forbid).map(pairOf));
  }

  fault(choice: Choice): ChoiceFault['code'] | undefined {
    const { proposalId, offerId, forbid } = choice;
    const proposal = this.#proposals.get(proposalId);
    if (proposal === undefined) return 'MATCHING_NEED_UNKNOWN';
    if (offerId === null) return forbid ? 'MATCHING_FORBID_WITHOUT_OFFER' : this.#settle(proposalId);
    const offer = this.#offers.get(offerId);
    if (offer === undefined) return 'MATCHING_UNIT_UNKNOWN';
    if (forbid) return undefined;
    if (this.#forbidden.has(pairOf(choice))) return 'MATCHING_PIN_FORBIDDEN';
    return this.#settle(proposalId) ?? this.#place(proposal, offer);
  }

  /** A proposal can be settled only once. */
  #settle(proposalId: string): ChoiceFault['code'] | undefined {
    if (this.#settled.has(proposalId)) return 'MATCHING_CHOICE_TWICE';
    this.#settled.add(proposalId);
    return undefined;
  }

  #place(proposal: number, row: number): ChoiceFault['code'] | undefined {
    const [asked, offer] = [this.#facts.proposals[proposal]!, this.#facts.offers[row]!];
    this.#exclusions.visit(asked.id);
    if (this.#exclusions.reason(row) ?? this.#filters.reason(asked, offer)) return 'MATCHING_PIN_NOT_CANDIDATE';
    const used = this.#used.get(offer.id) ?? 0;
    if (used >= offer.capacity) return 'MATCHING_PINS_EXCEED_CAPACITY';
    this.#used.set(offer.id, used + 1);
    return undefined;
  }
}

function pairOf({ proposalId, offerId }: Choice): string {
  return `${proposalId} ${offerId}`;
}
