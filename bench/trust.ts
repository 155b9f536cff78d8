import { measureClaims } from './engine/claims.ts';
import { openStage } from './engine/stage.ts';
import { measureFlood } from './trust/flood.ts';

function say(line: string): void {
  process.stderr.write(`${line}\n`);
}

/** What trust costs: a claim with all guards beside a bare Update, and what others feel of a flood of sign-ins. */
const stage = await openStage(say);
let figures: Record<string, unknown> = { settings: { postgres: 'fsync and synchronous_commit on', rateLimits: 'lifted' } };
try {
  say('claims with all guards on, beside a bare Update …');
  figures = { ...figures, ...(await measureClaims(stage, 100)) };
  say('reading while passwords are tried …');
  figures = { ...figures, ...(await measureFlood(stage)) };
  process.stdout.write(`${JSON.stringify(figures)}\n`);
} catch (error) {
  say(`${(error as Error).stack}`);
  process.exitCode = 1;
} finally {
  await stage.end();
}
