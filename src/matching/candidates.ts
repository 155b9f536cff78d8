import { ExclusionIndex } from './exclusions.ts';
import { HardFilters, laterValues, REASONS, type Choice, type FrozenFacts, type OfferFacts, type ProposalFacts, type StopReason } from './facts.ts';
import { EdgeList, type ScoredEdges } from './edge-list.ts';
import { Points, SCORE_PARTS } from './points.ts';
import { drawOrder } from './solver/lots.ts';
import { Top } from './top.ts';

export interface Candidates {
  readonly edges: ScoredEdges;
  /** How many offers each reason stopped: `stopped[proposal × REASONS.length + reason]`. */
  readonly stopped: Int32Array;
}

/** Offers that a kind of proposal in one community may go to, the best in settled points first. */
interface Cell {
  readonly offers: Int32Array;
  readonly settled: Int32Array;
  readonly inCategory: number;
}

/** What a proposal asks for, as numbers. */
interface Asked {
  readonly fromOn: number;
  readonly untilOn: number;
  readonly hours: number;
  readonly budget: number;
}

/** More than any pair can have, in hundredths. */
const MOST_POINTS = 1_000_000;
const NOBODY = new Int32Array(0);

/** Days compare as whole numbers; an open end is later than any. */
const NEVER = 99_999_999;
const dayNumber = (day: string): number => Number(day.replaceAll('-', ''));
const code = (reason: StopReason): number => REASONS.indexOf(reason);
const [CATEGORY, AREA, DATES, CAPACITY, FUNDS] = [code('CATEGORY'), code('AREA'), code('DATES'), code('CAPACITY'), code('FUNDS')];

/**
 * The pairs worth comparing: hard filters first, then the best `candidatesPerNeed` of each proposal by points (equal
 * ones by lot), and every pair that a person has chosen. Offers are looked at by category and community, the most
 * promising first, and no further than one could still come among the best: not proposals × offers.
 */
export function candidates(facts: FrozenFacts, choices: readonly Choice[] = [], onProgress?: (done: number) => void): Candidates {
  return new Search(facts, choices).run(onProgress);
}

class Search {
  readonly #facts: FrozenFacts;
  readonly #points: Points;
  readonly #filters: HardFilters;
  readonly #exclusions: ExclusionIndex;
  readonly #byCategory: ReadonlyMap<string, Int32Array>;
  readonly #byCommunity: ReadonlyMap<string, Int32Array>;
  readonly #wishes: ReadonlyMap<string, Int32Array>;
  readonly #pins: ReadonlyMap<string, string | null>;
  readonly #rowOf: ReadonlyMap<string, number>;
  readonly #all: Int32Array;
  readonly #from: Int32Array;
  readonly #until: Int32Array;
  /** −1 without a place. */
  readonly #hours: Float64Array;
  readonly #funds: Float64Array;
  readonly #top: Top;
  readonly #edges: EdgeList;
  readonly #stopped: Int32Array;

  constructor(facts: FrozenFacts, choices: readonly Choice[]) {
    const { offers, proposals, policy } = facts;
    this.#facts = facts;
    this.#points = new Points(facts);
    this.#filters = new HardFilters(policy.values, facts.excluded);
    this.#exclusions = new ExclusionIndex(facts, choices);
    this.#byCategory = rowsBy(offers, ({ categories }) => categories);
    this.#byCommunity = rowsBy(offers, ({ communityIds }) => communityIds);
    this.#wishes = rowsBy(offers, ({ prefers }) => prefers);
    this.#pins = new Map(choices.filter(({ forbid }) => !forbid).map(({ proposalId, offerId }) => [proposalId, offerId]));
    this.#rowOf = new Map(offers.map(({ id }, row) => [id, row]));
    this.#from = Int32Array.from(offers, ({ fromOn }) => dayNumber(fromOn));
    this.#until = Int32Array.from(offers, ({ untilOn }) => (untilOn === null ? NEVER : dayNumber(untilOn)));
    this.#hours = Float64Array.from(offers, ({ capacity, hours }) => (capacity < 1 ? -1 : hours));
    this.#funds = Float64Array.from(offers, ({ fundsFen }) => fundsFen);
    this.#all = Int32Array.from(offers.keys());
    this.#top = new Top(laterValues(policy.values).candidatesPerNeed, drawOrder(facts.seed, offers.map(({ id }) => id)));
    this.#edges = new EdgeList(proposals.length, SCORE_PARTS.length);
    this.#stopped = new Int32Array(proposals.length * REASONS.length);
  }

  run(onProgress?: (done: number) => void): Candidates {
    const kinds = new Map<string, number[]>();
    this.#facts.proposals.forEach(({ category, capability, communityId, office }, row) => {
      const key = `${category}|${capability}|${communityId}|${office}`;
      const rows = kinds.get(key);
      if (rows) rows.push(row);
      else kinds.set(key, [row]);
    });
    let done = 0;
    for (const rows of kinds.values()) {
      const cell = this.#cell(this.#facts.proposals[rows[0]!]!);
      for (const row of rows) {
        this.#visit(row, cell);
        onProgress?.(++done);
      }
    }
    return { edges: this.#edges.inOrder(), stopped: this.#stopped };
  }

  #cell(kind: ProposalFacts): Cell {
    const { filterCategory, filterArea } = this.#facts.policy.values;
    const able = filterCategory ? (this.#byCategory.get(kind.capability) ?? NOBODY) : this.#all;
    const near = filterArea ? (this.#byCommunity.get(kind.communityId) ?? NOBODY) : this.#all;
    const both = common(able, near);
    this.#points.ofKind(kind);
    // One number for points and lot: whole numbers sort much faster than rows by comparison.
    const total = this.#facts.offers.length;
    const keys = new Float64Array(both.length);
    for (let at = 0; at < both.length; at++) keys[at] = (MOST_POINTS - this.#points.settled(both[at]!)) * total + this.#top.placeOf(both[at]!);
    keys.sort();
    const [offers, settled] = [new Int32Array(both.length), new Int32Array(both.length)];
    for (let at = 0; at < both.length; at++) {
      offers[at] = this.#top.rowAt(keys[at]! % total);
      settled[at] = this.#points.settled(offers[at]!);
    }
    return { offers, settled, inCategory: able.length };
  }

  #fits(kind: ProposalFacts, offer: OfferFacts): boolean {
    const { filterArea } = this.#facts.policy.values;
    return this.#isAble(kind, offer) && (!filterArea || offer.communityIds.includes(kind.communityId));
  }

  #isAble({ capability }: ProposalFacts, { categories }: OfferFacts): boolean {
    return !this.#facts.policy.values.filterCategory || categories.includes(capability);
  }

  #visit(row: number, cell: Cell): void {
    const proposal = this.#facts.proposals[row]!;
    const pin = this.#pins.get(proposal.id);
    const count = this.#stopped.subarray(row * REASONS.length, (row + 1) * REASONS.length);
    this.#exclusions.visit(proposal.id);
    this.#top.clear();
    this.#points.compareWith(proposal);
    const inside = this.#countOutside(proposal, cell, count);
    if (pin === null) {
      count[code('LEFT_OUT')] = inside;
      return;
    }
    this.#scan(proposal, cell, count);
    const taken = this.#top.taken();
    const pinned = pin === undefined ? undefined : this.#rowOf.get(pin);
    if (pinned !== undefined && !taken.includes(pinned) && !this.#reason(proposal, pinned)) taken.push(pinned);
    const filtered = count[DATES]! + count[CAPACITY]! + count[FUNDS]!;
    count[code('LIMIT')] = inside - filtered - taken.length;
    for (const offer of taken.sort((a, b) => a - b)) this.#edges.add(row, offer, this.#points.parts(proposal, offer));
  }

  /** Counts what exclusions, category and area stop; answers how many are left. */
  #countOutside(proposal: ProposalFacts, cell: Cell, count: Int32Array): number {
    let [notAble, notNear, inside] = [this.#facts.offers.length - cell.inCategory, cell.inCategory - cell.offers.length, cell.offers.length];
    for (const row of this.#exclusions.rows()) {
      const offer = this.#facts.offers[row]!;
      count[code(this.#exclusions.reason(row)!)]!++;
      if (!this.#isAble(proposal, offer)) notAble--;
      else if (!this.#fits(proposal, offer)) notNear--;
      else inside--;
    }
    count[CATEGORY] = notAble;
    count[AREA] = notNear;
    return inside;
  }

  #scan(proposal: ProposalFacts, { offers, settled }: Cell, count: Int32Array): void {
    const { weights } = this.#points;
    const wishes = this.#wishes.get(proposal.id);
    const unasked = (weights.funds + weights.text) * 100;
    const asked = { fromOn: dayNumber(proposal.fromOn), untilOn: dayNumber(proposal.untilOn), hours: proposal.hours, budget: proposal.budgetFen };
    wishes?.forEach((row) => {
      if (!this.#fits(proposal, this.#facts.offers[row]!)) return;
      this.#consider(asked, row, this.#points.settled(row) + weights.preference * 100, count);
    });
    for (let at = 0; at < offers.length; at++) {
      if (settled[at]! + unasked < this.#top.least) return;
      if (!wishes?.includes(offers[at]!)) this.#consider(asked, offers[at]!, settled[at]!, count);
    }
  }

  #consider(asked: Asked, row: number, known: number, count: Int32Array): void {
    if (this.#exclusions.reason(row)) return;
    const { filterDates, filterFunds } = this.#facts.policy.values;
    if (filterDates && (this.#from[row]! > asked.fromOn || this.#until[row]! < asked.untilOn)) count[DATES]!++;
    else if (this.#hours[row]! < asked.hours) count[CAPACITY]!++;
    else if (filterFunds && this.#funds[row]! < asked.budget) count[FUNDS]!++;
    else {
      const score = known + this.#points.funds(asked.budget, row);
      if (score + this.#points.weights.text * 100 >= this.#top.least) this.#top.offer(row, score + this.#points.text(row));
    }
  }

  #reason(proposal: ProposalFacts, row: number): StopReason | undefined {
    return this.#exclusions.reason(row) ?? this.#filters.reason(proposal, this.#facts.offers[row]!);
  }
}

function rowsBy(offers: readonly OfferFacts[], keys: (offer: OfferFacts) => readonly string[]): Map<string, Int32Array> {
  const rows = new Map<string, number[]>();
  offers.forEach((offer, row) => {
    for (const key of new Set(keys(offer))) {
      const known = rows.get(key);
      if (known) known.push(row);
      else rows.set(key, [row]);
    }
  });
  return new Map([...rows].map(([key, list]) => [key, Int32Array.from(list)]));
}

/** Rows in both ascending lists. */
function common(a: Int32Array, b: Int32Array): Int32Array {
  const both = new Int32Array(Math.min(a.length, b.length));
  let [atA, atB, count] = [0, 0, 0];
  while (atA < a.length && atB < b.length) {
    const difference = a[atA]! - b[atB]!;
    if (difference === 0) both[count++] = a[atA]!;
    if (difference <= 0) atA++;
    if (difference >= 0) atB++;
  }
  return both.subarray(0, count);
}
