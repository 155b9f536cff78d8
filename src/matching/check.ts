import type { MatchInput, Plan } from './solver/input.ts';

/**
 * Re-proves a plan without the solver: this file shares no code with it, only the shape of question and answer.
 * `tools/verify-plan.mjs` does the same once more for an exported file, without the project.
 */
export interface Finding {
  readonly code:
    | 'NEED_COUNT' // a need is missing, unknown or listed twice
    | 'UNIT_COUNT' // a unit is missing, unknown or listed twice
    | 'NOT_CANDIDATE' // a pair that no edge allows, or that is forbidden
    | 'PIN_BROKEN'
    | 'CAPACITY'
    | 'VALUE'
    | 'PRICE' // negative, not whole, or above zero at a unit with room
    | 'CERTIFICATE' // the stated sums are not the sums
    | 'NOT_OPTIMAL' // the prices do not prove the plan
    | 'NOT_FIRST' // an equal plan comes earlier in the published order
    | 'BLOCKING'; // the need and a unit would both rather have each other (stable rule)
  /** Id of the need or unit, or the name of the sum. */
  readonly at: string;
}

interface Option {
  readonly unit: string;
  readonly score: number;
}

/** The question once more, by id: pins leave one option, forbidden pairs none. */
interface Question {
  readonly options: ReadonlyMap<string, readonly Option[]>;
  readonly penalty: ReadonlyMap<string, number>;
  readonly capacity: ReadonlyMap<string, number>;
  readonly pinned: ReadonlyMap<string, string>;
}

function readQuestion(input: MatchInput): Question {
  const pinned = new Map((input.pinned ?? []).map(({ need, unit }) => [need, unit]));
  const forbidden = new Map<string, Set<string>>();
  for (const { need, unit } of input.forbidden ?? []) forbidden.set(need, (forbidden.get(need) ?? new Set()).add(unit));
  const options = new Map<string, Option[]>(input.needs.map(({ id }) => [id, []]));
  for (let row = 0; row < input.edges.need.length; row++) {
    const need = input.needs[input.edges.need[row]!]!.id;
    const unit = input.units[input.edges.unit[row]!]!.id;
    const open = pinned.has(need) ? pinned.get(need) === unit : !forbidden.get(need)?.has(unit);
    if (open) options.get(need)!.push({ unit, score: input.edges.score[row]! });
  }
  return {
    options,
    pinned,
    penalty: new Map(input.needs.map(({ id }, row) => [id, input.penalties[row]!])),
    capacity: new Map(input.units.map(({ id, capacity }) => [id, capacity])),
  };
}

function sameIds(expected: Iterable<string>, found: readonly string[]): boolean {
  const ids = new Set(found);
  const wanted = [...expected];
  return ids.size === found.length && ids.size === wanted.length && wanted.every((id) => ids.has(id));
}

function checkShape(question: Question, plan: Plan): Finding[] {
  const findings: Finding[] = [];
  if (!sameIds(question.penalty.keys(), plan.placed.map(({ need }) => need))) findings.push({ code: 'NEED_COUNT', at: 'placed' });
  if (!sameIds(question.capacity.keys(), plan.prices.map(({ unit }) => unit))) findings.push({ code: 'UNIT_COUNT', at: 'prices' });
  return findings;
}

function checkPlaces(question: Question, plan: Plan): Finding[] {
  const findings: Finding[] = [];
  const used = new Map<string, number>();
  for (const { need, unit, value } of plan.placed) {
    const pin = question.pinned.get(need);
    if (pin !== undefined && pin !== unit) findings.push({ code: 'PIN_BROKEN', at: need });
    const option = question.options.get(need)!.find((open) => open.unit === unit);
    if (unit !== null && !option) findings.push({ code: 'NOT_CANDIDATE', at: need });
    else if (value !== (option ? option.score : -question.penalty.get(need)!)) findings.push({ code: 'VALUE', at: need });
    if (unit !== null) used.set(unit, (used.get(unit) ?? 0) + 1);
  }
  for (const { unit, used: stated, price } of plan.prices) {
    const count = used.get(unit) ?? 0;
    const capacity = question.capacity.get(unit)!;
    if (count > capacity || count !== stated) findings.push({ code: 'CAPACITY', at: unit });
    if (!(Number.isInteger(price) && price >= 0) || (count < capacity && price > 0)) findings.push({ code: 'PRICE', at: unit });
  }
  return findings;
}

/**
 * Weak duality: whatever the plan, its value is at most what every need could keep at the given prices, plus the
 * prices of all places. A plan that reaches this bound is therefore optimal.
 */
function checkOptimal(question: Question, plan: Plan): Finding[] {
  const price = new Map(plan.prices.map((row) => [row.unit, row.price]));
  const primal = plan.placed.reduce((sum, { value }) => sum + value, 0);
  let dual = 0;
  for (const [need, options] of question.options) {
    const outside = question.pinned.has(need) ? -Infinity : -question.penalty.get(need)!;
    dual += options.reduce((most, { unit, score }) => Math.max(most, score - price.get(unit)!), outside);
  }
  for (const [unit, capacity] of question.capacity) {
    if (price.get(unit)! > 0) dual += capacity * price.get(unit)!;
  }
  const { certificate } = plan;
  const stated = certificate?.primal === primal && certificate.dual === dual && certificate.gap === dual - primal;
  return [
    ...(stated ? [] : [{ code: 'CERTIFICATE', at: 'certificate' } as const]),
    ...(primal === dual ? [] : [{ code: 'NOT_OPTIMAL', at: 'certificate' } as const]),
  ];
}

function scramble(hash: number): number {
  const first = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  const second = Math.imul(first ^ (first >>> 13), 0xc2b2ae35);
  return (second ^ (second >>> 16)) >>> 0;
}

function publishedOrder(seed: number, ids: Iterable<string>): string[] {
  const lot = (id: string): number =>
    scramble([...Array(id.length).keys()].reduce((hash, at) => Math.imul(hash ^ id.charCodeAt(at), 0x01000193), 0x811c9dc5 ^ scramble(seed)));
  const drawn = [...ids].map((id) => ({ id, lot: lot(id) }));
  return drawn.sort((a, b) => a.lot - b.lot || (a.id < b.id ? -1 : 1)).map(({ id }) => id);
}

const POOL = 0;

/** Another node, and the place in the order of the need that moves (∞: none does). Lists are in the order of the movers. */
interface Move {
  readonly node: number;
  readonly mover: number;
}

/**
 * Whether moves of ever fewer needs lead from one node to another: from both ends at once, the cheaper first. An end
 * that runs out can never again lead out (or be led to), so its nodes are set apart by a label.
 */
class Circles {
  readonly #ahead: Move[][];
  readonly #back: Move[][];
  readonly #label: Int32Array;
  #labels = 0;

  constructor(nodes: number) {
    this.#ahead = Array.from({ length: nodes }, () => []);
    this.#back = Array.from({ length: nodes }, () => []);
    this.#label = new Int32Array(nodes);
  }

  /** Movers come in their order. */
  add(from: number, to: number, mover: number): void {
    this.#ahead[from]!.push({ node: to, mover });
    this.#back[to]!.push({ node: from, mover });
  }

  /** By moves of needs that come after this one; to be asked in the order of the needs. */
  leads(from: number, to: number, after: number): boolean {
    const label = this.#label[from]!;
    if (this.#label[to] !== label) return false;
    let side = { moves: this.#ahead, seen: new Set([from]), todo: [from], effort: 0 };
    let other = { moves: this.#back, seen: new Set([to]), todo: [to], effort: 0 };
    for (;;) {
      if (side.effort > other.effort) [side, other] = [other, side];
      const node = side.todo.pop();
      if (node === undefined) {
        this.#labels++;
        for (const closed of side.seen) this.#label[closed] = this.#labels;
        return false;
      }
      const moves = side.moves[node]!;
      side.effort++;
      for (let at = moves.length - 1; at >= 0 && moves[at]!.mover > after; at--) {
        const next = moves[at]!.node;
        side.effort++;
        if (this.#label[next] !== label || side.seen.has(next)) continue;
        if (other.seen.has(next)) return true;
        side.seen.add(next);
        side.todo.push(next);
      }
    }
  }
}

/** No need may have a tight wish before its own from which costless moves of later needs lead back to where it is. */
function checkFirst(question: Question, plan: Plan): Finding[] {
  const price = new Map(plan.prices.map((row) => [row.unit, row.price]));
  const order = publishedOrder(plan.seed, question.penalty.keys()).filter((need) => !question.pinned.has(need));
  const unitAt = new Map(publishedOrder(plan.seed, question.capacity.keys()).map((unit, at) => [unit, at + 1]));
  const placedAt = new Map(plan.placed.map(({ need, unit }) => [need, unit === null ? POOL : unitAt.get(unit)!]));
  const circles = new Circles(unitAt.size + 1);
  const wishes = order.map((need, mover) => {
    const from = placedAt.get(need)!;
    const kept = ({ unit, score }: Option): number => score - price.get(unit)!;
    const options = question.options.get(need)!;
    const most = options.reduce((best, option) => Math.max(best, kept(option)), -question.penalty.get(need)!);
    const tight = options.filter((option) => kept(option) === most).map(({ unit }) => unitAt.get(unit)!);
    if (most === -question.penalty.get(need)!) tight.push(POOL);
    for (const to of tight) if (to !== from) circles.add(from, to, mover);
    return tight;
  });
  const movable = new Set(order.map((need) => placedAt.get(need)!));
  for (const { unit, used, price: cost } of plan.prices) {
    const node = unitAt.get(unit)!;
    if (used < question.capacity.get(unit)!) circles.add(node, POOL, Infinity);
    if (movable.has(node) && cost === 0) circles.add(POOL, node, Infinity);
  }
  const findings: Finding[] = [];
  order.forEach((need, at) => {
    const own = placedAt.get(need)!;
    const rank = (node: number): number => (node === POOL ? Infinity : node);
    const earlier = wishes[at]!.filter((wish) => rank(wish) < rank(own));
    if (earlier.some((wish) => circles.leads(wish, own, at))) findings.push({ code: 'NOT_FIRST', at: need });
  });
  return findings;
}

/** Both sides go by score, equal ones by the published order; a pinned place is out of everybody's reach. */
function checkStable(question: Question, plan: Plan): Finding[] {
  const drawnAt = (ids: Iterable<string>): Map<string, number> => new Map(publishedOrder(plan.seed, ids).map((id, at) => [id, at]));
  const needAt = drawnAt(question.penalty.keys());
  const unitAt = drawnAt(question.capacity.keys());
  const free = plan.placed.filter(({ need }) => !question.pinned.has(need));
  const room = new Map(plan.prices.map(({ unit, used }) => [unit, question.capacity.get(unit)! > used]));
  const last = new Map<string, { score: number; at: number }>();
  for (const { need, unit, value } of free) {
    const lowest = unit === null ? undefined : last.get(unit);
    const at = needAt.get(need)!;
    if (unit !== null && (!lowest || value < lowest.score || (value === lowest.score && at > lowest.at))) last.set(unit, { score: value, at });
  }
  const blocks = (need: string, here: string | null, value: number, { unit, score }: Option): boolean => {
    if (unit === here) return false;
    const rather = score > value || (score === value && (here === null || unitAt.get(unit)! < unitAt.get(here)!));
    const lowest = last.get(unit);
    const taken = room.get(unit)! || (lowest !== undefined && (score > lowest.score || (score === lowest.score && needAt.get(need)! < lowest.at)));
    return rather && taken;
  };
  return free
    .filter(({ need, unit, value }) => (unit !== null && value < -question.penalty.get(need)!) || question.options.get(need)!.some((option) => blocks(need, unit, value, option)))
    .map(({ need }) => ({ code: 'BLOCKING', at: need }));
}

/** Empty: the plan is feasible, and optimal and the first of its equals, or stable. */
export function checkPlan(input: MatchInput, plan: Plan): Finding[] {
  const question = readQuestion(input);
  const shape = checkShape(question, plan);
  if (shape.length > 0) return shape;
  const places = checkPlaces(question, plan);
  if (places.length > 0) return places;
  if (input.rule === 'stable') return checkStable(question, plan);
  const optimal = checkOptimal(question, plan);
  return optimal.length > 0 ? optimal : checkFirst(question, plan);
}
