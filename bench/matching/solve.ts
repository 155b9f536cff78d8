import { writeFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { matchNeeds } from '../../src/matching/solver/match-needs.ts';
import { print, timed } from './measure.ts';
import { question } from './question.ts';

/** One size in a process of its own; `--file` leaves the question for the peers. */
const { values: options } = parseArgs({
  options: { needs: { type: 'string' }, units: { type: 'string' }, each: { type: 'string', default: '20' }, runs: { type: 'string', default: '5' }, file: { type: 'string' } },
});
const input = question({ needs: Number(options.needs), units: Number(options.units), each: Number(options.each) }, 20261123);
if (options.file) {
  const { need, unit, score } = input.edges;
  const head = Int32Array.of(input.needs.length, input.units.length, need.length, input.units[0]!.capacity, input.penalties[0]!);
  await writeFile(options.file, Buffer.concat([head, need, unit, score].map((part) => Buffer.from(Int32Array.from(part).buffer))));
}
let value = 0;
const figures = timed(Number(options.runs), () => {
  const { certificate } = matchNeeds(input);
  if (certificate!.gap !== 0) throw new Error('the plan is not proved');
  value = certificate!.primal;
});
print({ value, ...figures });
