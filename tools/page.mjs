// node tools/page.mjs <folder>: builds the page into it, each text file also compressed, so that no request has to.
import { copyFileSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';
import { build } from 'vite';

const [target] = process.argv.slice(2);
if (!target) throw new Error('a folder is missing');

/** Smaller files travel in one packet either way. */
const LEAST_BYTES = 1024;
const BROTLI = { params: { [constants.BROTLI_PARAM_QUALITY]: 11 } };

await build({ configFile: 'web/vite.config.ts', logLevel: 'warn', build: { outDir: target } });
copyFileSync('web/page-addresses.json', join(target, 'page-addresses.json'));
for (const name of readdirSync(join(target, 'assets'))) {
  const file = join(target, 'assets', name);
  const content = readFileSync(file);
  if (!/\.(js|css|svg|json)$/.test(name) || content.length < LEAST_BYTES) continue;
  writeFileSync(`${file}.br`, brotliCompressSync(content, BROTLI));
  writeFileSync(`${file}.gz`, gzipSync(content, { level: 9 }));
}
