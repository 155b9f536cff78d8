import { fileURLToPath } from 'node:url';
import type { DataConverter } from '@temporalio/common';
import type { NamedKey } from '../keys.ts';
import { SealingCodec } from './codec.ts';

/** The same for client, worker and replay; by path, because workflow isolates load it themselves. */
export function sealedConverter(keys: readonly NamedKey[]): DataConverter {
  const extension = import.meta.url.endsWith('.ts') ? 'ts' : 'js';
  return {
    failureConverterPath: fileURLToPath(new URL(`./failures.${extension}`, import.meta.url)),
    payloadCodecs: [new SealingCodec(keys)],
  };
}
