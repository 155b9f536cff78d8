import { load } from './product/load.mjs';

const at = (path) => new URL(path, import.meta.url).href;

export default async function setUp() {
  process.env.NODE_OPTIONS = `${process.env.NODE_OPTIONS ?? ''} --import ${at('./typescript-threads.mjs')}`;
  const { beginRun } = await load(at('./run.ts'));
  await beginRun();
  // Building it may take minutes, more than a hook of a test is given.
  const { temporalBinary } = await load(at('./temporal.ts'));
  if (!process.env.TEMPORAL_ADDRESS) await temporalBinary();
}
