// node tools/bundle.mjs <workflows/index.(ts|js)> <target file>: packs the workflow code as the worker loads it.
import { rename, writeFile } from 'node:fs/promises';
import { dirname, extname, resolve } from 'node:path';
import { bundleWorkflowCode } from '@temporalio/worker';

const [entry, target] = process.argv.slice(2);
if (!entry || !target) throw new Error('usage: node tools/bundle.mjs <entry> <target>');

const quiet = { trace() {}, debug() {}, info() {}, warn: console.error, error: console.error, log() {} };
const failures = resolve(dirname(entry), `../src/platform/temporal/failures${extname(entry)}`);
const { code } = await bundleWorkflowCode({
  workflowsPath: resolve(entry),
  failureConverterPath: failures,
  logger: quiet,
});

// Renamed when whole, so that nobody loads the beginning of one.
const partial = `${target}.${process.pid}`;
await writeFile(partial, code);
await rename(partial, target);
