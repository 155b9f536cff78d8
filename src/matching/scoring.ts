import { categoryFit, HardFilters, SCORE_PARTS, type ExcludedPair, type MatchingPolicy, type ProposalFacts, type ScorePart, type UnitFacts } from './facts.ts';
import type { Edges, MatchInput, Pair } from './solver/input.ts';

/** Everything a run is decided by; frozen, hashed and kept, so that the decision can be made again. */
export interface FrozenFacts {
  readonly proposals: readonly ProposalFacts[];
  readonly units: readonly UnitFacts[];
  readonly excluded: readonly ExcludedPair[];
  /** Pairs that stay as they are, whatever the filters say now. */
  readonly pinned: readonly Pair[];
  readonly policy: MatchingPolicy;
  readonly seed: number;
}

/** Edges with the parts of each score: `parts[edge × SCORE_PARTS.length + part]`. */
export interface ScoredEdges extends Edges {
  readonly need: Int32Array;
  readonly unit: Int32Array;
  readonly score: Int32Array;
  readonly parts: Int32Array;
}

export interface Question extends MatchInput {
  readonly edges: ScoredEdges;
}

function share(part: number, whole: number): number {
  return whole <= 0 ? 100 : Math.min(100, Math.floor((part * 100) / whole));
}

function capabilityShare(proposal: ProposalFacts, unit: UnitFacts): number {
  const held = proposal.capabilities.filter((capability) => unit.capabilities.includes(capability));
  return share(held.length, proposal.capabilities.length);
}

/** How well the unit meets each point, 0 … 100, from facts that anyone can check. */
function fits(proposal: ProposalFacts, unit: UnitFacts, policy: MatchingPolicy): Record<ScorePart, number> {
  const metres = unit.metresTo[proposal.orgPath] ?? 0;
  return {
    category: Math.floor((categoryFit(proposal.category, unit.categories, policy) * capabilityShare(proposal, unit)) / 100),
    distance: 100 - share(metres, policy.farMetres),
    capacity: share(unit.capacity, unit.registeredCapacity),
    funds: share(unit.fundsFen, proposal.budgetFen),
    grade: unit.gradePercent ?? policy.ungradedPercent,
    fairness: Math.floor(100 / (1 + unit.load)),
    preference: unit.prefers.includes(proposal.id) ? 100 : 0,
  };
}

/** Whole points of each part, in the published order; rounded down. */
export function scoreParts(proposal: ProposalFacts, unit: UnitFacts, policy: MatchingPolicy): number[] {
  const fit = fits(proposal, unit, policy);
  return SCORE_PARTS.map((part) => Math.floor((policy.weights[part] * fit[part]) / 100));
}

/** Turns frozen facts into the question for `matchNeeds`: filters first, then points. */
export function askQuestion(facts: FrozenFacts): Question {
  const filters = new HardFilters(facts.policy, facts.excluded);
  const pins = new Set(facts.pinned.map(({ need, unit }) => `${need} ${unit}`));
  const need: number[] = [];
  const unit: number[] = [];
  const parts: number[] = [];
  facts.proposals.forEach((proposal, row) => {
    facts.units.forEach((offered, column) => {
      if (filters.reason(proposal, offered) && !pins.has(`${proposal.id} ${offered.id}`)) return;
      need.push(row);
      unit.push(column);
      parts.push(...scoreParts(proposal, offered, facts.policy));
    });
  });
  const width = SCORE_PARTS.length;
  return {
    needs: facts.proposals.map(({ id }) => ({ id })),
    units: facts.units.map(({ id, capacity }) => ({ id, capacity })),
    edges: {
      need: Int32Array.from(need),
      unit: Int32Array.from(unit),
      parts: Int32Array.from(parts),
      score: Int32Array.from(need, (_, edge) => sum(parts.slice(edge * width, (edge + 1) * width))),
    },
    rule: 'optimal',
    penalties: facts.proposals.map(({ urgency }) => facts.policy.unmatchedPoints + urgency * facts.policy.urgencyPoints),
    pinned: facts.pinned,
    seed: facts.seed,
  };
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}
