import { load } from './product/load.mjs';

export default async function tearDown() {
  const { endRun } = await load(new URL('./run.ts', import.meta.url).href);
  await endRun();
}
