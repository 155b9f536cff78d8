import { strongestLast, type Choice, type ExcludedUnit, type Exclusion, type FrozenFacts } from './facts.ts';

/** Offers that may not be compared, whatever they offer: for every proposal, or for the one that is looked at. */
export class ExclusionIndex {
  readonly #offersOf: ReadonlyMap<string, readonly number[]>;
  readonly #always = new Map<number, Exclusion>();
  readonly #byProposal = new Map<string, Map<number, Exclusion>>();
  #own: ReadonlyMap<number, Exclusion> | undefined;

  constructor({ offers, excluded }: FrozenFacts, choices: readonly Choice[]) {
    const offersOf = new Map<string, number[]>();
    offers.forEach(({ unitId }, row) => offersOf.set(unitId, [...(offersOf.get(unitId) ?? []), row]));
    this.#offersOf = offersOf;
    const rowOf = new Map(offers.map(({ id }, row) => [id, row]));
    for (const { proposalId, offerId, forbid } of choices) {
      const row = offerId === null ? undefined : rowOf.get(offerId);
      if (forbid && row !== undefined) this.#of(proposalId).set(row, 'RULED_OUT');
    }
    for (const exclusion of strongestLast(excluded)) this.#exclude(exclusion);
  }

  /** From now on answers are about this proposal. */
  visit(proposalId: string): void {
    this.#own = this.#byProposal.get(proposalId);
  }

  reason(row: number): Exclusion | undefined {
    if (this.#own === undefined && this.#always.size === 0) return undefined;
    return this.#always.get(row) ?? this.#own?.get(row);
  }

  /** Every excluded offer once. */
  *rows(): Iterable<number> {
    yield* this.#always.keys();
    for (const row of this.#own?.keys() ?? []) if (!this.#always.has(row)) yield row;
  }

  #exclude({ unitId, proposalId, reason }: ExcludedUnit): void {
    const target = proposalId === null ? this.#always : this.#of(proposalId);
    for (const row of this.#offersOf.get(unitId) ?? []) target.set(row, reason);
  }

  #of(proposalId: string): Map<number, Exclusion> {
    const known = this.#byProposal.get(proposalId) ?? new Map<number, Exclusion>();
    this.#byProposal.set(proposalId, known);
    return known;
  }
}
