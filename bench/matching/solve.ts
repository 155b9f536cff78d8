import { writeFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { matchNeeds } from '../../src/matching/solver/match-needs.ts';
import { question } from './question.ts';

/** One size in a process of its own, so that its peak of memory is its own; `--file` leaves the question for a peer. */
const { values: options } = parseArgs({
  options: { needs: { type: 'string' }, units: { type: 'string' }, each: { type: 'string', default: '20' }, runs: { type: 'string', default: '5' }, file: { type: 'string' } },
});
const input = question({ needs: Number(options.needs), units: Number(options.units), each: Number(options.each) }, 20261123);
if (options.file) {
  const { need, unit, score } = input.edges;
  const head = Int32Array.of(input.needs.length, input.units.length, need.length, input.units[0]!.capacity, input.penalties[0]!);
  await writeFile(options.file, Buffer.concat([head, need, unit, score].map((part) => Buffer.from(Int32Array.from(part).buffer))));
}
const idle = process.memoryUsage().rss;
let peak = idle;
const times: number[] = [];
let value = 0;
for (let run = 0; run < Number(options.runs); run++) {
  const begun = performance.now();
  const plan = matchNeeds(input, { onProgress: () => void (peak = Math.max(peak, process.memoryUsage().rss)) });
  times.push(performance.now() - begun);
  peak = Math.max(peak, process.memoryUsage().rss);
  value = plan.certificate!.primal;
  if (plan.certificate!.gap !== 0) throw new Error('the plan is not proved');
}
times.sort((a, b) => a - b);
const rounded = (ms: number): number => Math.round(ms * 10) / 10;
const [least, median, most] = [times[0]!, times[times.length >> 1]!, times.at(-1)!].map(rounded);
process.stdout.write(`${JSON.stringify({ value, leastMs: least, medianMs: median, mostMs: most, peakMb: Math.round((peak - idle) / 1e6) })}\n`);
