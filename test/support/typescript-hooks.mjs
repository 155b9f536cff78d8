import { fileURLToPath } from 'node:url';
import { transformFile } from '@swc/core';
import { swc } from '../../jest.config.mjs';

export async function load(url, context, next) {
  if (!url.endsWith('.ts')) return next(url, context);
  const { code } = await transformFile(fileURLToPath(url), { ...swc, swcrc: false });
  return { format: 'module', source: code, shortCircuit: true };
}
