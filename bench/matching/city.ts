import { fen } from '../../src/kernel/money.ts';
import { localDate } from '../../src/kernel/time.ts';
import type { FrozenFacts, OfferFacts, ProposalFacts } from '../../src/matching/facts.ts';
import { provedPlan } from '../../src/matching/proved-plan.ts';
import { valuesOf } from '../../src/policy/model.ts';
import { matching } from '../../src/policy/packs/matching.ts';

/**
 * A city's run from frozen facts to its explained plan, phase by phase: candidates are found, not given.
 * `node tools/run.mjs bench/matching/city.js [needs] [units]`; JSON in the last line.
 */
const [needs = 100_000, units = 5_000] = process.argv.slice(2).map(Number);

const CATEGORIES = Array.from({ length: 12 }, (_, at) => `category-${at}`);
const COMMUNITIES = Array.from({ length: 200 }, (_, at) => `community-${at}`);
const LETTERS = '社区老人助餐儿童课堂义诊楼道照明维修陪伴健康法律咨询停车绿化安全消防文化阅读';

/** Numerical Recipes' generator: the same city on every machine. */
function numbers(seed: number): (least: number, most: number) => number {
  let state = seed >>> 0;
  return (least, most) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return least + Math.floor((state / 2 ** 32) * (most - least + 1));
  };
}

function city(seed: number): FrozenFacts {
  const draw = numbers(seed);
  const one = <Item>(list: readonly Item[]): Item => list[draw(0, list.length - 1)]!;
  const text = (): string => Array.from({ length: 60 }, () => LETTERS[draw(0, LETTERS.length - 1)]).join('');
  const proposal = (at: number): ProposalFacts => {
    const category = one(CATEGORIES);
    const capability = one([category, category, one(CATEGORIES)]);
    const period = { fromOn: localDate('2026-01-01'), untilOn: localDate('2026-09-30') };
    const asked = { budgetFen: fen(draw(1, 40) * 100_000), hours: draw(0, 80), urgency: draw(1, 3), ...period };
    return { id: `need-${at}`, category, capability, communityId: one(COMMUNITIES), text: text(), ...asked };
  };
  const offer = (at: number): OfferFacts => {
    const communityIds = Array.from({ length: 40 }, () => one(COMMUNITIES));
    const capacity = draw(5, 40);
    const given = { fundsFen: fen(draw(10, 60) * 100_000), hours: draw(40, 200), fromOn: localDate('2025-09-01'), untilOn: null };
    const record = { gradePercent: one([null, draw(40, 100)]), load: draw(0, 3), capacity, registeredCapacity: capacity + draw(0, 5) };
    const categories = [one(CATEGORIES), one(CATEGORIES), one(CATEGORIES)];
    const pairs = { communityIds, pairedWith: communityIds.slice(0, 3), prefers: [] };
    return { id: `offer-${at}`, unitId: `unit-${at}`, categories, text: text(), ...pairs, ...given, ...record };
  };
  return {
    proposals: Array.from({ length: needs }, (_, at) => proposal(at)),
    offers: Array.from({ length: units }, (_, at) => offer(at)),
    excluded: [],
    policy: { kind: 'matching', version: 1, hash: 'default', values: valuesOf<'matching'>(matching) },
    seed,
  };
}

const frozen = city(20261123);
const idle = process.memoryUsage().rss;
const phases: Record<string, number> = {};
let [peak, phase, since] = [idle, '', performance.now()];
function begin(next: string): void {
  peak = Math.max(peak, process.memoryUsage().rss);
  if (next === phase) return;
  const now = performance.now();
  if (phase) phases[`${phase}Ms`] = Math.round(now - since);
  [phase, since] = [next, now];
}

const { plan, decisions } = provedPlan(frozen, [], 'bench', (next, done) => (next === phase && done % 1000 !== 0 ? undefined : begin(next)));
begin('explaining');
let bytes = 0;
for (const decision of decisions) bytes += JSON.stringify(decision).length;
begin('end');
process.stdout.write(
  `${JSON.stringify({
    bench: 'matching.city',
    needs,
    units,
    matched: plan.placed.filter(({ unit }) => unit !== null).length,
    gap: plan.certificate?.gap,
    ...phases,
    peakMb: Math.round((peak - idle) / 1e6),
    decisionBytes: Math.round(bytes / needs),
  })}\n`,
);
