#!/usr/bin/env node
// Proves an exported matching plan, or says what is wrong with it: node tools/verify-plan.mjs plan.json [--json]
// Needs Node alone; shares no code with the project that made the plan. Exit code 0 = proved, 1 = not, 2 = unreadable.
//
// 1. Shape      every need and unit once, in the order drawn by the published seed
// 2. Feasible   every pair is a candidate and not excluded, pins hold, no unit above its capacity
// 3. Values     each value is the sum of its parts, or minus the penalty
// 4. Optimal    no plan can be worth more than `dual` (weak duality): each need keeps at most its best
//               score minus price, and each place is worth at most its price; the plan reaches that bound
// 5. First      no equally good plan comes earlier in the published order
// Instead of 4 and 5, where the rule is `stable`: no need and unit would both rather have each other
import { readFileSync } from 'node:fs';

const problems = [];
const fail = (check, at) => problems.push({ check, at });
const whole = (value) => Number.isSafeInteger(value);

function read(path) {
  const file = JSON.parse(readFileSync(path, 'utf8'));
  if (file?.format !== 'cobuild.plan/1') throw new Error('not a cobuild.plan/1 file');
  return file;
}

/** FNV-1a over UTF-16 code units, seeded and mixed (Murmur3's finaliser): the lot of an id. */
function mix(hash) {
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return (hash ^ (hash >>> 16)) >>> 0;
}

function lot(seed, id) {
  let hash = 0x811c9dc5 ^ mix(seed);
  for (let at = 0; at < id.length; at++) hash = Math.imul(hash ^ id.charCodeAt(at), 0x01000193);
  return mix(hash);
}

function drawn(seed, ids) {
  return [...ids].sort((a, b) => lot(seed, a) - lot(seed, b) || (a < b ? -1 : a > b ? 1 : 0));
}

/** Options by need id: unit id → points. A pinned need has its pin alone; outside is null. */
function readOptions({ needs, units, edges, pinned, excluded, scoreParts }) {
  const pin = new Map(pinned.map(({ need, unit }) => [need, unit]));
  const barred = new Set(excluded.map(({ need, unit }) => `${need ?? ''} ${unit}`));
  const options = new Map(needs.map(({ id }) => [id, new Map()]));
  edges.forEach(([needAt, unitAt, parts], row) => {
    const need = needs[needAt]?.id;
    const unit = units[unitAt]?.id;
    const sound = options.has(need) && unit !== undefined && parts.length === scoreParts.length && parts.every(whole);
    if (!sound || options.get(need).has(unit)) return fail('shape', `edges/${row}`);
    const isPin = pin.get(need) === unit;
    if (!isPin && (barred.has(`${need} ${unit}`) || barred.has(` ${unit}`))) return fail('excluded', `edges/${row}`);
    if (!pin.has(need) || isPin) options.get(need).set(unit, parts.reduce((sum, part) => sum + part, 0));
  });
  for (const { id, penalty } of needs) {
    if (!whole(penalty) || penalty < 0) fail('shape', id);
    if (!pin.has(id)) options.get(id).set(null, -penalty);
  }
  return { options, pin };
}

function sameList(check, expected, found) {
  if (expected.length !== found.length) fail(check, `${found.length} instead of ${expected.length}`);
  expected.forEach((id, at) => id === found[at] || fail(check, id));
}

function verifyPlaces(question, plan, { options }) {
  const used = new Map();
  for (const { need, unit, value } of plan.placed) {
    const allowed = options.get(need);
    if (!allowed?.has(unit)) fail('candidate', need);
    else if (allowed.get(unit) !== value) fail('value', need);
    if (unit !== null) used.set(unit, (used.get(unit) ?? 0) + 1);
  }
  const stated = new Map(plan.prices.map((row) => [row.unit, row]));
  for (const { id, capacity } of question.units) {
    const count = used.get(id) ?? 0;
    const row = stated.get(id);
    if (!whole(capacity) || capacity < count || row?.used !== count) fail('capacity', id);
    if (!whole(row?.price) || row.price < 0) fail('price', id);
  }
}

function verifyOptimal(question, plan, { options }) {
  const price = new Map([[null, 0], ...plan.prices.map((row) => [row.unit, row.price])]);
  const primal = plan.placed.reduce((sum, { value }) => sum + value, 0);
  let dual = question.units.reduce((sum, { id, capacity }) => sum + (price.get(id) === 0 ? 0 : capacity * price.get(id)), 0);
  for (const choices of options.values()) {
    dual += Math.max(...[...choices].map(([unit, points]) => points - price.get(unit)));
  }
  if (primal !== dual) fail('optimal', `primal ${primal}, dual ${dual}`);
  const { certificate } = plan;
  if (certificate?.primal !== primal || certificate.dual !== dual || certificate.gap !== 0) fail('certificate', 'sums');
  return { primal, dual };
}

/** A need's earlier wish must not lead back to its own place by moves of later needs that cost nothing. */
function verifyFirst(question, plan, { options, pin }) {
  const price = new Map([[null, 0], ...plan.prices.map((row) => [row.unit, row.price])]);
  const rank = new Map(plan.prices.map((row, at) => [row.unit, at])).set(null, Infinity);
  const free = plan.placed.filter(({ need }) => !pin.has(need));
  const [ahead, back] = [0, 0].map(() => new Map([...rank.keys()].map((unit) => [unit, []])));
  const add = (from, to, mover) => ahead.get(from).push([to, mover]) && back.get(to).push([from, mover]);
  const wishes = free.map(({ need, unit: here }, mover) => {
    const kept = [...options.get(need)].map(([unit, points]) => [unit, points - price.get(unit)]);
    const most = Math.max(...kept.map(([, points]) => points));
    const tight = kept.filter(([, points]) => points === most).map(([unit]) => unit);
    for (const unit of tight) if (unit !== here) add(here, unit, mover);
    return tight;
  });
  const movable = new Set(free.map(({ unit }) => unit));
  for (const { id, capacity } of question.units) {
    if (plan.prices[rank.get(id)].used < capacity) add(id, null, Infinity);
    if (price.get(id) === 0 && movable.has(id)) add(null, id, Infinity);
  }
  // From both ends, the cheaper first; an end that runs out stays closed, as ever fewer needs may move.
  const label = new Map();
  const leads = (from, to, after) => {
    const same = label.get(from);
    if (label.get(to) !== same) return false;
    let [side, other] = [[ahead, from], [back, to]].map(([moves, unit]) => ({ moves, seen: new Set([unit]), todo: [unit], effort: 0 }));
    for (;;) {
      if (side.effort > other.effort) [side, other] = [other, side];
      if (side.todo.length === 0) return side.seen.forEach((unit) => label.set(unit, side)), false;
      const moves = side.moves.get(side.todo.pop());
      side.effort++;
      for (let at = moves.length - 1; at >= 0 && moves[at][1] > after; at--, side.effort++) {
        const [next] = moves[at];
        if (label.get(next) !== same || side.seen.has(next)) continue;
        if (other.seen.has(next)) return true;
        side.seen.add(next);
        side.todo.push(next);
      }
    }
  };
  free.forEach(({ need, unit: here }, at) => {
    const earlier = wishes[at].filter((unit) => rank.get(unit) < rank.get(here));
    if (earlier.some((unit) => leads(unit, here, at))) fail('first', need);
  });
}

/** Both sides go by points, equal ones by the drawn order; pinned places are out of reach. */
function verifyStable(question, plan, { options, pin }) {
  const unitAt = new Map(plan.prices.map((row, at) => [row.unit, at])).set(null, Infinity);
  const capacity = new Map(question.units.map(({ id, capacity: places }) => [id, places]));
  const room = new Set(plan.prices.filter(({ unit, used }) => used < capacity.get(unit)).map(({ unit }) => unit));
  const last = new Map();
  plan.placed.forEach(({ need, unit, value }, at) => {
    const lowest = last.get(unit);
    if (!pin.has(need) && (!lowest || value <= lowest.value)) last.set(unit, { value, at });
  });
  plan.placed.forEach(({ need, unit: here, value }, at) => {
    if (pin.has(need)) return;
    for (const [unit, points] of options.get(need)) {
      const rather = points > value || (points === value && unitAt.get(unit) < unitAt.get(here));
      const lowest = last.get(unit);
      const taken = unit === null || room.has(unit) || (lowest && (points > lowest.value || (points === lowest.value && at < lowest.at)));
      if (unit !== here && rather && taken) return fail('blocking', need);
    }
  });
  return { primal: plan.placed.reduce((sum, { value }) => sum + value, 0) };
}

function verify({ question, plan }) {
  const needIds = question.needs.map(({ id }) => id);
  const unitIds = question.units.map(({ id }) => id);
  if (new Set(needIds).size !== needIds.length || new Set(unitIds).size !== unitIds.length) fail('shape', 'ids');
  if (plan.seed !== question.seed || plan.rule !== question.rule) fail('shape', 'rule and seed');
  sameList('order', drawn(question.seed, needIds), plan.placed.map(({ need }) => need));
  sameList('order', drawn(question.seed, unitIds), plan.prices.map(({ unit }) => unit));
  const known = readOptions(question);
  if (problems.length > 0) return {};
  verifyPlaces(question, plan, known);
  if (problems.length > 0) return {};
  if (question.rule === 'stable') return verifyStable(question, plan, known);
  const sums = verifyOptimal(question, plan, known);
  if (problems.length === 0) verifyFirst(question, plan, known);
  return sums;
}

const [path, flag] = process.argv.slice(2);
if (!path) {
  console.error('usage: node tools/verify-plan.mjs plan.json [--json]');
  process.exit(2);
}
try {
  const file = read(path);
  const sums = verify(file);
  const result = { proved: problems.length === 0, inputHash: file.inputHash, needs: file.question.needs.length, units: file.question.units.length, ...sums, problems };
  if (flag === '--json') console.log(JSON.stringify(result));
  else if (result.proved) console.log(`proved: ${result.needs} needs, ${result.units} units, value ${sums.primal}${sums.dual === undefined ? ', stable' : ` = bound ${sums.dual}`}; input ${file.inputHash}`);
  else for (const { check, at } of problems) console.log(`not proved: ${check} at ${at}`);
  process.exitCode = result.proved ? 0 : 1;
} catch (error) {
  console.error(`unreadable: ${error.message}`);
  process.exitCode = 2;
}
