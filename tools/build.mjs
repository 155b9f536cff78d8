// npm run build: compiles everything into dist and bundles the workflow code, also when nothing is stale.
import { build, checkNode, install, main } from './lib/project.mjs';

await main(() => {
  checkNode();
  install();
  build({ force: true });
});
