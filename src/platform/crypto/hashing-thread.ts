import { scryptSync } from 'node:crypto';
import { setPriority } from 'node:os';
import { workInThread } from '../threads/inside.ts';
import type { Derivation } from './hashing.ts';

/** A third of the share of who answers requests, where both want the same core: enough for signing in not to stand still. */
const BEHIND_OTHERS = 5;

// On Linux a thread has a priority of its own; elsewhere it would be the whole process's.
if (process.platform === 'linux') setPriority(BEHIND_OTHERS);

workInThread<Derivation, Uint8Array>(({ secret, salt, length, cost: { logN, r, p } }) => {
  const N = 2 ** logN;
  // Node refuses more than 32 MiB unless told; scrypt needs 128·N·r bytes and a little more.
  const maxmem = 128 * N * r + 1024 * 1024;
  return Promise.resolve(Uint8Array.from(scryptSync(secret, salt, length, { N, r, p, maxmem })));
});
