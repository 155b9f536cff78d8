import { parseArgs } from 'node:util';
import { measureClaims } from './engine/claims.ts';
import { openStage } from './engine/stage.ts';
import { measureBackup } from './trust/backup.ts';
import { measureFlood } from './trust/flood.ts';
import { measureSealing, measureVerification } from './trust/record.ts';

const { values: options } = parseArgs({
  options: {
    /** Which parts, by commas; all unless told. */
    only: { type: 'string', default: 'claims,flood,sealing,verification,backup' },
    claims: { type: 'string', default: '100' },
    /** Of the record that is verified; a district's year: 1000000. */
    rows: { type: 'string', default: '100000' },
    /** In the backup; a district's: 100000. */
    cases: { type: 'string', default: '5000' },
  },
});
const only = new Set(options.only.split(','));

function say(line: string): void {
  process.stderr.write(`${line}\n`);
}

/** What trust costs, and what it takes to prove and to put back. The times of commits are kept for the sealing delay. */
const stage = await openStage(say, { track_commit_timestamp: 'on' });
let figures: Record<string, unknown> = { settings: { postgres: 'fsync and synchronous_commit on', rateLimits: 'lifted' } };

async function measure(name: string, title: string, work: () => Promise<object>): Promise<void> {
  if (!only.has(name)) return;
  say(`${title} …`);
  const found = await work();
  say(JSON.stringify(found));
  figures = { ...figures, ...found };
}

try {
  await measure('claims', 'claims with all guards on, beside a bare Update', () => measureClaims(stage, Number(options.claims)));
  await measure('flood', 'reading while passwords are tried', () => measureFlood(stage));
  await measure('sealing', 'how long rows of the record wait for their block', () => measureSealing(stage));
  await measure('verification', 'a record is proved', () => measureVerification(stage, Number(options.rows)));
  await measure('backup', 'a backup is taken and put back', () => measureBackup(stage, Number(options.cases)));
  process.stdout.write(`${JSON.stringify(figures)}\n`);
} catch (error) {
  say(`${(error as Error).stack}`);
  process.exitCode = 1;
} finally {
  await stage.end();
}
