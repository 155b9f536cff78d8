import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { pathToFileURL } from 'node:url';
import { load, LOAD } from './load.mjs';

/** To be changed with the code below, and with the libraries, whose names come from files that jest does not see. */
const VERSION = 1;
const LIBRARIES = readFileSync(new URL('../../../package-lock.json', import.meta.url));

/** For a test file an ES module of the product is a list of its names; what is behind them, Node loads. */
export default {
  getCacheKey: (source, path) => createHash('sha256').update(LIBRARIES).update(JSON.stringify([VERSION, path, source])).digest('hex'),
  async processAsync(_, path) {
    const url = pathToFileURL(path).href;
    const names = Object.keys(await load(url));
    const lines = names.map((name, at) => (name === 'default' ? 'export default it.default;' : `const _${at} = it.${name};\nexport { _${at} as ${name} };`));
    return { code: [`const it = await ${LOAD}(${JSON.stringify(url)});`, ...lines].join('\n') };
  },
};
