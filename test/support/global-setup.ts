import { beginRun } from './run.ts';
import { temporalBinary } from './temporal.ts';

const THREADS = new URL('./typescript-threads.mjs', import.meta.url);

export default async function setUp(): Promise<void> {
  process.env['NODE_OPTIONS'] = `${process.env['NODE_OPTIONS'] ?? ''} --import ${THREADS.href}`;
  await beginRun();
  // Building it may take minutes, more than a hook of a test is given.
  if (!process.env['TEMPORAL_ADDRESS']) await temporalBinary();
}
