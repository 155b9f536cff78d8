// node tools/run.mjs <compiled file> [options]: installs what is missing, builds what is stale, runs it.
import { build, checkNode, install, main, ROOT, SetupError } from './lib/project.mjs';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

await main(async () => {
  checkNode();
  const [script, ...options] = process.argv.slice(2);
  install();
  build();
  const file = join(ROOT, 'dist', script ?? '');
  if (!script || !existsSync(file)) throw new SetupError(`there is no dist/${script ?? ''}`);
  process.argv = [process.argv[0], file, ...options];
  await import(pathToFileURL(file).href);
});
