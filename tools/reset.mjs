// npm run reset: removes the data of every `npm start` in this folder, also what root keeps elsewhere.
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { build, checkNode, install, main, ROOT, say } from './lib/project.mjs';

await main(async () => {
  checkNode();
  if (existsSync(join(ROOT, '.cobuild'))) {
    install();
    build();
    process.argv.push('--reset');
    await import('../dist/src/dev.js');
  }
  if (!process.exitCode) say('All data is removed.');
});
