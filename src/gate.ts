import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gunzipSync } from 'node:zlib';
import type { Client } from '@temporalio/client';
import { Worker, type WorkflowBundleOption } from '@temporalio/worker';
import { KINDS } from './recovery/kinds.ts';
import { flagsFrom } from './flags.ts';
import { installedEnvironment } from './local.ts';
import { loadConfig } from './platform/config.ts';
import { namedKeys, type NamedKey } from './platform/keys.ts';
import { createLog } from './platform/logging.ts';
import { connectClient } from './platform/temporal/connect.ts';
import { sealedConverter } from './platform/temporal/converter.ts';
import { installRuntime } from './platform/temporal/runtime.ts';

interface History {
  readonly workflowId: string;
  readonly history: unknown;
}

/** What the replays of one kind of histories came to. */
export interface Replayed {
  readonly replayed: number;
  /** Ids of those that do not replay. */
  readonly broken: readonly string[];
}

const RECORDED = 'test/histories';
const KEYS = 'payload-keys';
const BUNDLE = resolve(dirname(fileURLToPath(import.meta.url)), '../workflow-bundle.js');

/** Runs histories through workflow code, as a worker would that has lost its cache. */
export async function replay(bundle: WorkflowBundleOption, keys: readonly NamedKey[], histories: Iterable<History> | AsyncIterable<History>): Promise<Replayed> {
  const broken: string[] = [];
  let replayed = 0;
  const options = { workflowBundle: bundle, dataConverter: sealedConverter(keys) };
  const given = (async function* () {
    for await (const { workflowId, history } of histories) yield { workflowId, history: history as never };
  })();
  for await (const { workflowId, error } of Worker.runReplayHistories(options, given)) {
    replayed += 1;
    if (error) broken.push(workflowId);
  }
  return { replayed, broken };
}

/** Files that a test run has kept, one case each. */
export function* recordedIn(folder: string): Generator<History> {
  for (const file of readdirSync(folder).sort()) {
    if (file.endsWith('.json.gz')) yield JSON.parse(gunzipSync(readFileSync(join(folder, file))).toString('utf8')) as History;
  }
}

/** Up to so many of each kind of case that run now, as far as they have come. */
export async function* running(client: Client, most: number): AsyncGenerator<History> {
  for (const { workflowType: type } of Object.values(KINDS)) {
    let taken = 0;
    for await (const { workflowId, runId } of client.workflow.list({ query: `WorkflowType = '${type}' AND ExecutionStatus = 'Running'` })) {
      if (taken === most) break;
      taken += 1;
      yield { workflowId, history: await client.workflow.getHandle(workflowId, runId).fetchHistory() };
    }
  }
}

async function main(): Promise<void> {
  const { recorded = RECORDED, bundle: file = BUNDLE, live } = flagsFrom(process.argv.slice(2), ['recorded', 'bundle', 'live']);
  installRuntime(createLog('fatal'));
  const bundle = { code: readFileSync(file, 'utf8') };
  const none: Replayed = { replayed: 0, broken: [] };
  const keys = join(recorded, KEYS);
  const ofFiles = existsSync(keys) ? await replay(bundle, namedKeys.parse(readFileSync(keys, 'utf8').trim()), recordedIn(recorded)) : none;
  let ofCases = none;
  if (live !== undefined) {
    const config = loadConfig(installedEnvironment());
    const client = connectClient(config);
    ofCases = await replay(bundle, config.keys.payload, running(client, Number(live)));
    await client.connection.close();
  }
  const broken = [...ofFiles.broken, ...ofCases.broken];
  for (const workflowId of broken) process.stdout.write(`${workflowId}: does not replay\n`);
  process.stdout.write(`${JSON.stringify({ recorded: ofFiles.replayed, live: ofCases.replayed, broken: broken.length })}\n`);
  // Nothing looked at proves nothing.
  process.exitCode = broken.length === 0 && ofFiles.replayed + ofCases.replayed > 0 ? 0 : 1;
}

if (process.argv[1]?.endsWith('gate.js')) {
  main().catch((error: unknown) => {
    process.stderr.write(`the histories could not be replayed: ${(error as Error).message}\n`);
    process.exitCode = 2;
  });
}
