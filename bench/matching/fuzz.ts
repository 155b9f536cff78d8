import { parseArgs } from 'node:util';
import { FUZZES } from '../../test/matching/support/fuzzes.ts';

/**
 * Small random questions of every function, each solved in several ways: every plan there is, a second algorithm,
 * starting anew. Exit code 1 with the seed of the first difference.
 */
const { values: options } = parseArgs({
  options: {
    runs: { type: 'string', default: '100000' },
    seed: { type: 'string', default: '1' },
    only: { type: 'string', default: Object.keys(FUZZES).join(',') },
  },
});
const kinds = Object.entries(FUZZES).filter(([kind]) => options.only.split(',').includes(kind));
const [runs, firstSeed] = [Number(options.runs), Number(options.seed)];
const begun = performance.now();
let done = 0;
let failed: { kind: string; seed: number } | undefined;
while (done < runs && !failed) {
  const [kind, fuzz] = kinds[done % kinds.length]!;
  const seed = firstSeed + done;
  try {
    fuzz(seed);
    done++;
  } catch (error) {
    failed = { kind, seed };
    process.stderr.write(`${kind} differs; again: npm run fuzz:matching -- --only ${kind} --runs 1 --seed ${seed}\n${(error as Error).stack}\n`);
    process.exitCode = 1;
  }
}
process.stdout.write(`${JSON.stringify({ runs: done, kinds: kinds.map(([kind]) => kind), seconds: Math.round((performance.now() - begun) / 1000), failed: failed ?? null })}\n`);
