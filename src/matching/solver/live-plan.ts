import { refuse } from '../../kernel/refusal.ts';
import { isPoints } from './check-input.ts';
import type { Certificate, MatchInput, Pair, Placed, UnitPrice } from './input.ts';
import { solve } from './match-needs.ts';
import { OpenProblem, type OpenEdge } from './open-problem.ts';
import { Pace, type Watch } from './pace.ts';
import { buildProblem, DEAD, NONE } from './problem.ts';
import { Replanner } from './replanner.ts';

/** A need that comes to a plan which is already there. */
export interface LiveNeed {
  readonly id: string;
  readonly penalty: number;
  readonly edges: readonly { readonly unit: string; readonly score: number }[];
}

/** What one change did to the plan. */
export interface Change {
  /** In the order in which the needs came to the plan; the removed need is not among them. */
  readonly moved: readonly { readonly need: string; readonly from: string | null; readonly to: string | null }[];
  /** Points of the whole plan; a removed need counts before, an added one after. */
  readonly value: { readonly before: number; readonly after: number };
}

interface Pin {
  readonly need: string;
  readonly unit: number;
  readonly value: number;
}

/**
 * An optimal plan that follows changes: each is answered by shortest chains of moves from the prices kept, so that the
 * plan is optimal again and few needs move. It begins with the plan of `matchNeeds`; among equal plans it then keeps what
 * is there, and does not draw anew. Every method refuses what it does not know (`MATCHING_NEED_UNKNOWN`,
 * `MATCHING_UNIT_UNKNOWN`) and leaves the plan as it was.
 */
export class LivePlan {
  readonly #problem: OpenProblem;
  readonly #prices: Float64Array;
  readonly #replanner: Replanner;
  readonly #unitIds: readonly string[];
  readonly #unitAt: ReadonlyMap<string, number>;
  /** By place; removed needs keep theirs. */
  readonly #needIds: string[];
  readonly #needAt: Map<string, number>;
  readonly #pins = new Map<string, Pin>();
  readonly #pinnedAt: Int32Array;
  /** Where the needs were, and worth how much, that the change under way has moved. */
  readonly #touched = new Map<number, { readonly node: number; readonly value: number }>();
  #value = 0;

  /** Refuses as `matchNeeds` does. */
  constructor(input: MatchInput, watch?: Watch) {
    const problem = buildProblem(input);
    const solution = solve(problem, watch);
    this.#problem = new OpenProblem(solution);
    this.#prices = new Float64Array(problem.unitCount + 1);
    this.#prices.set(solution.prices);
    const { placement } = this.#problem;
    this.#replanner = new Replanner(this.#problem, placement, this.#prices, new Pace(), (need) => this.#touch(need));
    this.#unitIds = Array.from(problem.unitRow, (row) => input.units[row]!.id);
    this.#unitAt = new Map(this.#unitIds.map((id, at) => [id, at]));
    this.#needIds = Array.from(problem.needRow, (row) => input.needs[row]!.id);
    this.#needAt = new Map(this.#needIds.map((id, at) => [id, at]));
    this.#pinnedAt = new Int32Array(problem.unitCount);
    for (let need = 0; need < problem.needCount; need++) this.#value += placement.value[need]!;
    for (const { needRow, unitRow, edgeRow } of problem.pinned) {
      this.#pin(input.needs[needRow]!.id, this.#unitAt.get(input.units[unitRow]!.id)!, input.edges.score[edgeRow]!);
    }
    problem.unitRow.forEach((row, at) => {
      this.#problem.capacity[at] = Math.min(input.units[row]!.capacity, MOST_PLACES) - this.#pinnedAt[at]!;
    });
  }

  get value(): number {
    return this.#value;
  }

  /** Also refuses `MATCHING_ID_TWICE`, `MATCHING_EDGE_TWICE` and points that `matchNeeds` refuses. */
  addNeed({ id, penalty, edges }: LiveNeed): Change {
    if (id === '') refuseAt('MATCHING_ID_MISSING', 'need');
    if (this.#needAt.has(id) || this.#pins.has(id)) refuseAt('MATCHING_ID_TWICE', 'need');
    if (!isPoints(penalty) || penalty < 0) refuseAt('MATCHING_PENALTY_INVALID', 'penalty');
    const open = edges.map(({ unit, score }, row): OpenEdge => {
      if (!isPoints(score)) refuseAt('MATCHING_SCORE_INVALID', `edges/${row}/score`);
      return { unit: this.#unitAt.get(unit) ?? refuseAt('MATCHING_UNIT_UNKNOWN', `edges/${row}/unit`), score };
    });
    const twice = open.findIndex(({ unit }, row) => open.findIndex((edge) => edge.unit === unit) !== row);
    if (twice >= 0) refuseAt('MATCHING_EDGE_TWICE', `edges/${twice}`);
    return this.#change(() => {
      const need = this.#problem.add(penalty, open);
      this.#needIds.push(id);
      this.#needAt.set(id, need);
      this.#touched.set(need, { node: this.#problem.unitCount, value: 0 });
      this.#replanner.enter(need);
    });
  }

  removeNeed(id: string): Change {
    const pin = this.#pins.get(id);
    if (pin) {
      return this.#change(() => {
        this.#pins.delete(id);
        this.#value -= pin.value;
        this.#pinnedAt[pin.unit]!--;
        this.#problem.capacity[pin.unit]!++;
        this.#fill(pin.unit);
      });
    }
    const need = this.#needOf(id);
    return this.#change(() => {
      this.#needAt.delete(id);
      this.#takeOut(need);
    });
  }

  /** Also refuses `MATCHING_CAPACITY_INVALID`, and `MATCHING_PINS_EXCEED_CAPACITY` below the pinned pairs. */
  changeCapacity(unitId: string, capacity: number): Change {
    const unit = this.#unitOf(unitId);
    if (!Number.isSafeInteger(capacity) || capacity < 0) refuseAt('MATCHING_CAPACITY_INVALID', 'capacity');
    if (capacity < this.#pinnedAt[unit]!) refuseAt('MATCHING_PINS_EXCEED_CAPACITY', 'capacity');
    return this.#change(() => {
      this.#problem.capacity[unit] = Math.min(capacity, MOST_PLACES) - this.#pinnedAt[unit]!;
      this.#evict(unit);
      this.#fill(unit);
    });
  }

  /** The need never goes to the unit again. Also refuses `MATCHING_PIN_FORBIDDEN` for a pinned pair. */
  forbidPair({ need: id, unit: unitId }: Pair): Change {
    const unit = this.#unitOf(unitId);
    const pin = this.#pins.get(id);
    if (pin?.unit === unit) refuseAt('MATCHING_PIN_FORBIDDEN', 'need');
    if (pin) return this.#change(() => {});
    const need = this.#needOf(id);
    const edge = this.#problem.edgeBetween(need, unit);
    return this.#change(() => {
      if (edge === NONE) return;
      if (this.#problem.placement.edgeOf[need] !== edge) {
        this.#problem.kill(need, edge);
        return;
      }
      this.#takeOut(need);
      this.#problem.kill(need, edge);
      this.#problem.comeBack(need);
      this.#replanner.enter(need);
    });
  }

  /**
   * The need holds a place at the unit for good. Also refuses `MATCHING_PIN_NOT_CANDIDATE`, `MATCHING_NEED_PINNED_TWICE`,
   * and `MATCHING_PINS_EXCEED_CAPACITY` where pinned needs hold every place.
   */
  pinPair({ need: id, unit: unitId }: Pair): Change {
    const unit = this.#unitOf(unitId);
    if (this.#pins.has(id)) refuseAt('MATCHING_NEED_PINNED_TWICE', 'need');
    const need = this.#needOf(id);
    const edge = this.#problem.edgeBetween(need, unit);
    if (edge === NONE) refuseAt('MATCHING_PIN_NOT_CANDIDATE', 'unit');
    if (this.#problem.capacity[unit] === 0) refuseAt('MATCHING_PINS_EXCEED_CAPACITY', 'unit');
    const from = this.#problem.placement.nodeOf[need]!;
    const score = this.#problem.score[edge]!;
    return this.#change(() => {
      this.#needAt.delete(id);
      if (from === unit) {
        // Its place goes with it: nothing else changes.
        this.#touch(need);
        this.#problem.takeOut(need);
      } else {
        this.#takeOut(need);
      }
      this.#pin(id, unit, score);
      this.#problem.capacity[unit]!--;
      this.#evict(unit);
    }, from === unit ? [] : [{ need: id, from: this.#idOf(from), to: unitId }]);
  }

  /** Where everybody is, in the order in which the needs came. */
  placed(): Placed[] {
    const { placement } = this.#problem;
    const free = [...this.#needAt].map(([need, at]): Placed => ({ need, unit: this.#idOf(placement.nodeOf[at]!), value: placement.value[at]! }));
    const pinned = [...this.#pins.values()].map(({ need, unit, value }): Placed => ({ need, unit: this.#unitIds[unit]!, value }));
    return [...pinned, ...free];
  }

  /** Prices that prove the plan; not always the smallest. */
  prices(): UnitPrice[] {
    const { placement } = this.#problem;
    return this.#unitIds.map((unit, at) => ({ unit, used: placement.used[at]! + this.#pinnedAt[at]!, price: this.#prices[at]! }));
  }

  /** The proof, worked out anew from every edge. */
  certificate(): Certificate {
    const { start, unit, score, penalty, placement, capacity } = this.#problem;
    let primal = 0;
    for (const { value } of this.#pins.values()) primal += value;
    let dual = primal;
    for (const need of this.#needAt.values()) {
      primal += placement.value[need]!;
      let most = -penalty[need]!;
      for (let edge = start[need]!; edge < start[need + 1]! && score[edge] !== DEAD; edge++) {
        most = Math.max(most, score[edge]! - this.#prices[unit[edge]!]!);
      }
      dual += most;
    }
    capacity.forEach((places, at) => (dual += places * this.#prices[at]!));
    return { primal, dual, gap: dual - primal };
  }

  #change(work: () => void, pinned: Change['moved'] = []): Change {
    const before = this.#value;
    this.#touched.clear();
    work();
    const { nodeOf, value } = this.#problem.placement;
    const moved: { need: string; from: string | null; to: string | null }[] = [...pinned];
    for (const [need, was] of [...this.#touched].sort(([a], [b]) => a - b)) {
      const id = this.#needIds[need]!;
      const present = this.#needAt.has(id);
      this.#value += (present ? value[need]! : 0) - was.value;
      const node = nodeOf[need]!;
      if (present && node !== was.node) moved.push({ need: id, from: this.#idOf(was.node), to: this.#idOf(node) });
    }
    return { moved, value: { before, after: this.#value } };
  }

  #touch(need: number): void {
    const { nodeOf, value } = this.#problem.placement;
    if (!this.#touched.has(need)) this.#touched.set(need, { node: nodeOf[need]!, value: value[need]! });
  }

  #takeOut(need: number): void {
    const from = this.#problem.placement.nodeOf[need]!;
    this.#touch(need);
    this.#problem.takeOut(need);
    if (from !== this.#problem.unitCount) this.#fill(from);
  }

  #fill(unit: number): void {
    const { placement, applicants } = this.#problem;
    while (placement.hasRoom(unit) && this.#prices[unit]! > 0) this.#replanner.fill(unit, applicants);
  }

  #evict(unit: number): void {
    const { placement, capacity } = this.#problem;
    while (placement.used[unit]! > capacity[unit]!) this.#replanner.evict(unit);
  }

  #pin(need: string, unit: number, value: number): void {
    this.#pins.set(need, { need, unit, value });
    this.#pinnedAt[unit]!++;
    this.#value += value;
  }

  #idOf(node: number): string | null {
    return this.#unitIds[node] ?? null;
  }

  #needOf(id: string): number {
    return this.#needAt.get(id) ?? refuseAt('MATCHING_NEED_UNKNOWN', 'need');
  }

  #unitOf(id: string): number {
    return this.#unitAt.get(id) ?? refuseAt('MATCHING_UNIT_UNKNOWN', 'unit');
  }
}

/** More places than there can be needs change nothing. */
const MOST_PLACES = 2 ** 30;

function refuseAt(code: string, at: string): never {
  return refuse(code, 'rule', { at });
}
