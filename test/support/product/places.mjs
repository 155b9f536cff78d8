import { SourceMap } from 'node:module';
import { fileURLToPath } from 'node:url';
import { transformFileSync } from '@swc/core';
import { swc } from '../../../jest.config.mjs';

const PLACE = /(file:[^\s()]+\.ts):(\d+):(\d+)/g;
const maps = new Map();

function mapOf(file) {
  if (!maps.has(file)) maps.set(file, new SourceMap(JSON.parse(transformFileSync(file, { ...swc, swcrc: false, sourceMaps: true }).map)));
  return maps.get(file);
}

/** A stack with the places in what Node has loaded as they are in its sources; jest sees to those of test files. */
export function inSources(stack) {
  return stack.replaceAll(PLACE, (_, url, line, column) => {
    const file = fileURLToPath(url);
    const { originalLine, originalColumn } = mapOf(file).findEntry(line - 1, column - 1);
    return originalLine === undefined ? `${file}:${line}:${column}` : `${file}:${originalLine + 1}:${originalColumn + 1}`;
  });
}
