#!/usr/bin/env node
// Proves an exported assignment of reviewers, or says what is wrong with it: node tools/verify-assignment.mjs file.json [--json]
// Needs Node alone; shares no code with the project that made it. Exit code 0 = proved, 1 = not, 2 = unreadable.
//
// 1. Shape      ids once, whole points, every pair at most once
// 2. Feasible   every seat is a candidate and no conflict, so many different reviewers each, loads between their bounds
// 3. Floor      every application has at least what is said to be reached
// 4. Optimal    no assignment can be worth more than `dual` (weak duality): an application keeps at most its best pairs
//               minus prices, a load is worth at most its price times the most (below 0: the least) load; the best
//               assignment without floor reaches that bound
import { readFileSync } from 'node:fs';

const problems = [];
const fail = (check, at) => problems.push({ check, at });
const whole = (value) => Number.isSafeInteger(value);
const pairKey = (application, reviewer) => JSON.stringify([application, reviewer]);

function read(path) {
  const file = JSON.parse(readFileSync(path, 'utf8'));
  if (file?.format !== 'cobuild.assignment/1') throw new Error('not a cobuild.assignment/1 file');
  return file;
}

function readQuestion({ applications, reviewers, affinity, conflicts, load, perApplication }) {
  for (const list of [applications, reviewers]) if (new Set(list.map(({ id }) => id)).size !== list.length) fail('shape', 'ids');
  if (!whole(perApplication) || perApplication < 1) fail('shape', 'perApplication');
  const barred = new Set(conflicts.map(({ application, reviewer }) => pairKey(application, reviewer)));
  const points = new Map(applications.map(({ id }) => [id, new Map()]));
  affinity.forEach(([applicationAt, reviewerAt, each], row) => {
    const [application, reviewer] = [applications[applicationAt]?.id, reviewers[reviewerAt]?.id];
    const known = points.get(application);
    if (!known || reviewer === undefined || !whole(each) || known.has(reviewer)) fail('shape', `affinity/${row}`);
    else known.set(reviewer, each);
  });
  return { barred, points, loads: new Map(reviewers.map((reviewer) => [reviewer.id, reviewer.load ?? load])) };
}

/** Answers the points of each application. */
function verifySeats({ barred, points, loads }, perApplication, seats) {
  const readers = new Map([...points.keys()].map((id) => [id, new Set()]));
  const totals = new Map([...points.keys()].map((id) => [id, 0]));
  const reads = new Map([...loads.keys()].map((id) => [id, 0]));
  for (const { application, reviewer, points: stated } of seats) {
    if (barred.has(pairKey(application, reviewer))) fail('conflict', `${application} ${reviewer}`);
    const known = points.get(application)?.get(reviewer);
    if (known === undefined) fail('candidate', `${application} ${reviewer}`);
    else if (known !== stated) fail('points', `${application} ${reviewer}`);
    if (known === undefined) continue;
    if (readers.get(application).has(reviewer)) fail('twice', `${application} ${reviewer}`);
    readers.get(application).add(reviewer);
    totals.set(application, totals.get(application) + known);
    reads.set(reviewer, reads.get(reviewer) + 1);
  }
  for (const [id, names] of readers) if (names.size !== perApplication) fail('seats', id);
  for (const [id, { min, max }] of loads) if (!(reads.get(id) >= min && reads.get(id) <= max)) fail('load', id);
  return { totals, reads };
}

function verifyOptimal({ barred, points, loads }, perApplication, { best, reviewers }) {
  const price = new Map(reviewers.map((row) => [row.reviewer, row.price]));
  for (const id of loads.keys()) if (!whole(price.get(id))) fail('price', id);
  if (problems.length > 0) return {};
  const primal = best.seats.reduce((sum, seat) => sum + seat.points, 0);
  let dual = 0n;
  for (const [application, row] of points) {
    const kept = [...row].filter(([reviewer]) => !barred.has(pairKey(application, reviewer))).map(([reviewer, each]) => each - price.get(reviewer));
    for (const each of kept.sort((a, b) => b - a).slice(0, perApplication)) dual += BigInt(each);
  }
  for (const [id, { min, max }] of loads) {
    const each = price.get(id);
    dual += BigInt(each) * BigInt(each > 0 ? Math.min(max, points.size) : min);
  }
  if (dual !== BigInt(primal)) fail('optimal', `primal ${primal}, dual ${dual}`);
  const { certificate } = best;
  if (certificate.primal !== primal || BigInt(certificate.dual) !== dual || certificate.gap !== 0) fail('certificate', 'sums');
  return { best: primal };
}

function verify({ question, assignment }) {
  const known = readQuestion(question);
  if (problems.length > 0) return {};
  const { totals, reads } = verifySeats(known, question.perApplication, assignment.seats);
  verifySeats(known, question.perApplication, assignment.best.seats);
  const total = assignment.seats.reduce((sum, { points }) => sum + points, 0);
  if (assignment.total !== total) fail('total', `${assignment.total} instead of ${total}`);
  for (const { reviewer, load } of assignment.reviewers) if (reads.get(reviewer) !== load) fail('load', reviewer);
  for (const [id, sum] of totals) if (assignment.floor && sum < assignment.floor.reached) fail('floor', id);
  return { total, ...verifyOptimal(known, question.perApplication, assignment) };
}

const [path, flag] = process.argv.slice(2);
if (!path) {
  console.error('usage: node tools/verify-assignment.mjs assignment.json [--json]');
  process.exit(2);
}
try {
  const { question, assignment, format } = read(path);
  const sums = verify({ question, assignment });
  const result = { proved: problems.length === 0, format, applications: question.applications.length, reviewers: question.reviewers.length, ...sums, problems };
  if (flag === '--json') console.log(JSON.stringify(result));
  else if (result.proved) console.log(`proved: ${result.applications} applications, ${result.reviewers} reviewers, worth ${sums.total}; at most ${sums.best} without a floor`);
  else for (const { check, at } of problems) console.log(`not proved: ${check} at ${at}`);
  process.exitCode = result.proved ? 0 : 1;
} catch (error) {
  console.error(`unreadable: ${error.message}`);
  process.exitCode = 2;
}
