// The same question for a package from npm: npm.mjs PACKAGE FILE RUNS; one line of JSON.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, resolve } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

const installed = createRequire(resolve(dirname(fileURLToPath(import.meta.url)), '../../../.cobuild/peers/npm/package.json'));
const [name, file, runs] = process.argv.slice(2);
const bytes = readFileSync(file);
const data = new Int32Array(bytes.buffer, bytes.byteOffset, bytes.length / 4);
const [needs, units, edges, capacity, penalty] = data;
const [need, unit, score] = [0, 1, 2].map((at) => data.subarray(5 + at * edges, 5 + (at + 1) * edges));
const load = async (entry = name) => {
  const loaded = await import(pathToFileURL(installed.resolve(entry)).href);
  return loaded.default ?? loaded;
};

/** Each answers the value of its plan: points of the pairs, minus the penalties of needs left out. */
const PEERS = {
  'glpk.js': async () => {
    const glpk = await (await load('glpk.js/node'))();
    const names = Array.from(need, (_, edge) => `e${edge}`);
    const rows = [...Array(needs + units).keys()].map((row) => ({ name: `r${row}`, vars: [], bnds: { type: glpk.GLP_UP, lb: 0, ub: row < needs ? 1 : capacity } }));
    names.forEach((each, edge) => [need[edge], needs + unit[edge]].forEach((row) => rows[row].vars.push({ name: each, coef: 1 })));
    const vars = names.map((each, edge) => ({ name: each, coef: score[edge] + penalty }));
    const model = { name: 'plan', objective: { direction: glpk.GLP_MAX, name: 'points', vars }, subjectTo: rows };
    return () => Math.round(glpk.solve(model, { msglev: glpk.GLP_MSG_OFF }).result.z) - penalty * needs;
  },
  'javascript-lp-solver': async () => {
    const solver = installed(name).default ?? installed(name);
    const constraints = Object.fromEntries([...Array(needs + units).keys()].map((row) => [`r${row}`, { max: row < needs ? 1 : capacity }]));
    const variables = Object.fromEntries(Array.from(need, (_, edge) => [`e${edge}`, { points: score[edge] + penalty, [`r${need[edge]}`]: 1, [`r${needs + unit[edge]}`]: 1 }]));
    return () => Math.round(solver.Solve({ optimize: 'points', opType: 'max', constraints, variables }).result) - penalty * needs;
  },
  'min-cost-flow': async () => {
    const { minCostFlowForNumberNodes } = await load();
    const [source, sink] = [0, needs + units + 1];
    const graph = () => [
      ...[...Array(needs).keys()].map((at) => ({ from: source, to: 1 + at, capacity: 1, cost: 0 })),
      // Costs must not be negative.
      ...Array.from(need, (at, edge) => ({ from: 1 + at, to: 1 + needs + unit[edge], capacity: 1, cost: 1000 - score[edge] })),
      ...[...Array(needs).keys()].map((at) => ({ from: 1 + at, to: sink, capacity: 1, cost: 1000 + penalty })),
      ...[...Array(units).keys()].map((at) => ({ from: 1 + needs + at, to: sink, capacity, cost: 0 })),
    ];
    return () => 1000 * needs - minCostFlowForNumberNodes(graph()).reduce((sum, { cost, flow }) => sum + (flow > 0 ? cost * flow : 0), 0);
  },
};

const solve = await PEERS[name]();
const idle = process.memoryUsage().rss;
const times = [];
const peaks = [];
let value;
for (let run = 0; run < Number(runs); run++) {
  const begun = performance.now();
  value = await solve();
  times.push(performance.now() - begun);
  peaks.push(Math.max(0, Math.round((process.resourceUsage().maxRSS * 1024 - idle) / 1e6)));
}
const round = (ms) => Math.round(ms * 10) / 10;
const sorted = times.toSorted((a, b) => a - b);
process.stdout.write(`${JSON.stringify({ value, coldMs: round(times[0]), medianMs: round(sorted[sorted.length >> 1]), leastMs: round(sorted[0]), mostMs: round(sorted.at(-1)), runs: times.length, coldPeakMb: peaks[0], peakMb: peaks.at(-1) })}\n`);
