import { randomBytes } from 'node:crypto';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { playYear } from './demo/driver.ts';
import { figuresOf } from './demo/figures.ts';
import { tenantId } from './kernel/scope.ts';
import { openParts } from './parts.ts';
import { loadConfig } from './platform/config.ts';
import { openTrial } from './platform/local/trial.ts';
import { createLog } from './platform/logging.ts';
import { migrations } from './schema.ts';

/** The compiled `src`; its processes are started from here. */
const HERE = dirname(fileURLToPath(import.meta.url));
const PROJECT = resolve(HERE, '../..');

const { values: options } = parseArgs({
  options: {
    json: { type: 'boolean', default: false },
    input: { type: 'string', default: join(PROJECT, 'examples/mengyang') },
    seed: { type: 'string', default: '1' },
  },
});

function say(line: string): void {
  process.stderr.write(`${line}\n`);
}

/** A bar on a terminal, nothing elsewhere. */
function showProgress(done: number, day: string): void {
  if (!process.stderr.isTTY) return;
  const width = 40;
  const full = Math.round(done * width);
  process.stderr.write(`\r${day} ${'█'.repeat(full)}${'░'.repeat(width - full)} ${Math.round(done * 100)} %${done === 1 ? '\n' : ''}`);
}

const seed = Number(options.seed);
if (!Number.isSafeInteger(seed)) throw new Error('--seed must be a whole number');

const trial = await openTrial({
  name: 'demo',
  migrations,
  // Thrown away afterwards, so nothing needs to be written through to disk.
  settings: { fsync: 'off', synchronous_commit: 'off', max_connections: '60', shared_buffers: '128MB' },
  onDisk: false,
  goModule: join(PROJECT, 'tools/temporal-cli'),
  scripts: { worker: join(HERE, 'worker.js'), api: join(HERE, 'main.js') },
  say,
  quiet: true,
});

try {
  const parts = await openParts(loadConfig(trial.env), createLog('warn'), {
    applicationName: 'cobuild-demo',
    transactionTimeoutMs: 30_000,
    answerWithinMs: 30_000,
  });
  const begun = performance.now();
  const tenant = tenantId('sample');
  const stage = { app: parts.app, tenant, base: trial.base, password: randomBytes(18).toString('base64url') };
  const outcome = await playYear(stage, { dir: resolve(options.input), seed, name: '蒙阳街道（示例数据）', progress: showProgress });
  const seconds = Math.round((performance.now() - begun) / 100) / 10;
  const figures = await figuresOf(parts.app, parts.client, tenant, outcome, seconds);
  await parts.close();
  if (!options.json) say('');
  process.stdout.write(`${options.json ? JSON.stringify(figures) : JSON.stringify(figures, undefined, 2)}\n`);
} catch (error) {
  say(`\n${(error as Error).stack}`);
  process.exitCode = 1;
} finally {
  await trial.end();
}
