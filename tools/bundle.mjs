// node tools/bundle.mjs <workflows/index.(ts|js)> <target file> [folder of src]: packs the workflow code as the worker loads it.
import { rename, writeFile } from 'node:fs/promises';
import { dirname, extname, resolve } from 'node:path';
import { bundleWorkflowCode } from '@temporalio/worker';

const [entry, target, sources] = process.argv.slice(2);
if (!entry || !target) throw new Error('usage: node tools/bundle.mjs <entry> <target> [folder of src]');

const quiet = { trace() {}, debug() {}, info() {}, warn: console.error, error: console.error, log() {} };
const failures = resolve(sources ?? resolve(dirname(entry), '../src'), `platform/temporal/failures${extname(entry)}`);
const { code } = await bundleWorkflowCode({
  workflowsPath: resolve(entry),
  failureConverterPath: failures,
  logger: quiet,
});

// Renamed when whole, so that nobody loads the beginning of one.
const partial = `${target}.${process.pid}`;
// The SDK takes a stack trace, mapped to the sources, of every promise that a workflow makes; a case spends more time
// on that than on deciding. A mistake in workflow code is found by replaying its history with WORKFLOW_STACKS=on.
const prelude = process.env.WORKFLOW_STACKS ? '' : 'Error.stackTraceLimit = 0;';
await writeFile(partial, prelude + code);
await rename(partial, target);
