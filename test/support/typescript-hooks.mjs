import { fileURLToPath } from 'node:url';
import { transformFile } from '@swc/core';
import { shared } from '../../jest.config.mjs';

const [, options] = shared.transform['\\.ts$'];

export async function load(url, context, next) {
  if (!url.endsWith('.ts')) return next(url, context);
  const { code } = await transformFile(fileURLToPath(url), { ...options, swcrc: false });
  return { format: 'module', source: code, shortCircuit: true };
}
