// npm start: installs what is missing, builds what is stale, starts everything. Options: --empty (no sample data).
import { build, checkNode, install, main, SetupError } from './lib/project.mjs';

const KNOWN = ['--empty'];

await main(async () => {
  checkNode();
  const unknown = process.argv.slice(2).filter((option) => !KNOWN.includes(option));
  if (unknown.length > 0) throw new SetupError(`unknown option ${unknown.join(' ')}; known: ${KNOWN.join(' ')}`);
  install();
  build();
  await import('../dist/src/dev.js');
});
