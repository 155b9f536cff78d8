import { parseArgs } from 'node:util';
import { measureClaims } from './engine/claims.ts';
import { measureLifecycles } from './engine/lifecycles.ts';
import { measureList } from './engine/list.ts';
import { measureSpans } from './engine/spans.ts';
import { openStage } from './engine/stage.ts';
import { measureYear } from './engine/year.ts';

const { values: options } = parseArgs({
  options: {
    /** Which parts, by commas; all unless told. */
    only: { type: 'string', default: 'claims,spans,lives,list,year' },
    claims: { type: 'string', default: '200' },
  },
});
const only = new Set(options.only.split(','));

function say(line: string): void {
  process.stderr.write(`${line}\n`);
}

const stage = await openStage(say);
let interrupted = false;
for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.once(signal, () => void (interrupted = true));
}

/** What holds for all figures: who reads them must be able to compare. */
const settings = { payloads: 'sealed on both sides', postgres: 'fsync and synchronous_commit on', temporal: 'development server, SQLite file' };
let figures: Record<string, unknown> = { settings };

async function measure(name: string, title: string, work: () => Promise<object>): Promise<void> {
  if (!only.has(name)) return;
  say(`${title} …`);
  const found = await work();
  say(JSON.stringify(found));
  figures = { ...figures, ...found };
}

try {
  await measure('claims', 'one claim at a time, beside a bare Update', () => measureClaims(stage, Number(options.claims)));
  await measure('spans', 'where a claim spends its time', async () => ({ claimSpansP50Ms: await measureSpans(stage, 60) }));
  await measure('lives', 'lives of projects, 16 at once, beside bare ones', () => measureLifecycles(stage, 3, 96));
  await measure('list', 'a list of 100,000 projects', () => measureList(stage, 100_000));
  await measure('year', 'events of the example year', () =>
    measureYear(stage, (done, day) => process.stderr.isTTY && process.stderr.write(`\r${day} ${Math.round(done * 100)} %`)),
  );
  process.stdout.write(`${JSON.stringify(figures)}\n`);
} catch (error) {
  if (!interrupted) say(`${(error as Error).stack}`);
  process.exitCode = 1;
} finally {
  if (!interrupted) await stage.end();
}
