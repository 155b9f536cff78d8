import { execFile } from 'node:child_process';
import { existsSync, openSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { freePort } from '../../src/platform/local/ports.ts';
import { markOf } from '../../src/platform/local/processes.ts';
import { findTemporal } from '../../src/platform/local/temporal-binary.ts';
import { addressOf, spawnTemporal, untilHealthy, type TemporalServer } from '../../src/platform/local/temporal-server.ts';
import { endsWithRun, oncePerRun, runFolder } from './run.ts';

const run = promisify(execFile);
const ROOT = process.cwd();

/** The run's Temporal server, in memory; about 1 s for the first file that asks. Namespace `default`. */
export async function temporalAddress(): Promise<string> {
  if (process.env['TEMPORAL_ADDRESS']) return process.env['TEMPORAL_ADDRESS'];
  return oncePerRun('temporal', () => startTemporal());
}

/** Downloads or builds it, once for the user of this machine. */
export async function temporalBinary(): Promise<string> {
  return findTemporal({
    env: process.env,
    goModule: join(ROOT, 'tools/temporal-cli'),
    say: (line) => process.stderr.write(`${line}\n`),
  });
}

/** A server of one's own, for limits that the others must not feel, e.g. `limit.historyCount.suggestContinueAsNew=40`. */
export async function startTemporal(dynamicConfig: readonly string[] = []): Promise<string> {
  const server: TemporalServer = { binary: await temporalBinary(), port: await freePort(), dynamicConfig };
  const child = spawnTemporal(server, openSync(join(runFolder(), 'temporal.log'), 'a'));
  endsWithRun(markOf(child.pid ?? 0));
  await untilHealthy(server, child);
  child.unref();
  return addressOf(server);
}

/** The file for `Worker.create({ workflowBundle: { codePath } })`, packed once a run, in about 3 s. */
export async function workflowBundle(): Promise<string> {
  return oncePerRun('workflow-bundle', async () => {
    const entry = join(ROOT, 'workflows/index.ts');
    if (!existsSync(entry)) throw new Error('there are no workflows yet (workflows/index.ts)');
    const target = join(runFolder(), 'workflow-bundle.js');
    await run(process.execPath, [join(ROOT, 'tools/bundle.mjs'), entry, target], { env: { ...process.env, NODE_OPTIONS: '' } });
    return target;
  });
}
