import { dirname, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { SAMPLE_TENANT } from './accounts/model.ts';
import { loadSample } from './demo/sample.ts';
import { tenantId } from './kernel/scope.ts';
import { openParts } from './parts.ts';
import { loadConfig } from './platform/config.ts';
import { createLog } from './platform/logging.ts';

const INPUT = resolve(dirname(fileURLToPath(import.meta.url)), '../../examples/mengyang');

/** Every tenth of the year is worth a line. */
const STEPS = 10;

function say(line: string): void {
  process.stdout.write(`${line}\n`);
}

function progress(): (done: number, day: string) => void {
  let told = -1;
  return (done, day) => {
    const reached = Math.floor(done * STEPS);
    if (reached === told) return;
    told = reached;
    say(`${Math.floor(done * 100)} %, it is ${day}`);
  };
}

function given(name: string): string {
  const value = process.env[name];
  if (!value) throw new Error(`${name} is missing; this program is started by npm start`);
  return value;
}

// Nobody reads any more: the launcher was killed, and the next one starts this program again.
process.stdout.once('error', () => process.exit(1));
// Standard output is for the person at the console.
const log = createLog('warn', process.stderr);
try {
  const stage = { tenant: tenantId(SAMPLE_TENANT), base: given('SAMPLE_URL'), password: given('SAMPLE_PASSWORD') };
  const parts = await openParts(loadConfig(process.env), log, {
    applicationName: 'cobuild-sample',
    transactionTimeoutMs: 30_000,
    answerWithinMs: 30_000,
  });
  try {
    await loadSample({ ...stage, app: parts.app }, { dir: INPUT, seed: 1, name: '蒙阳街道（示例数据）', progress: progress() }, say);
  } finally {
    await parts.close();
  }
} catch (error) {
  log.error({ err: error }, 'the sample could not be loaded');
  process.exitCode = 1;
}
