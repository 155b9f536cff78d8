import { scryptSync } from 'node:crypto';
import { getPriority, setPriority } from 'node:os';
import { workInThread } from '../threads/inside.ts';
import type { PlacedDerivation } from './hashing.ts';

/** What a thread may not take back: each keeps the lowest priority that it was given. */
let behind = getPriority();

/** On Linux a thread has a priority of its own; elsewhere it would be the whole process's. */
function stepBack(to: number): void {
  if (process.platform !== 'linux' || to <= behind) return;
  setPriority(to);
  behind = to;
}

workInThread<PlacedDerivation, Uint8Array>(({ secret, salt, length, cost: { logN, r, p }, behind: to }) => {
  stepBack(to);
  const N = 2 ** logN;
  // Node refuses more than 32 MiB unless told; scrypt needs 128·N·r bytes and a little more.
  const maxmem = 128 * N * r + 1024 * 1024;
  return Promise.resolve(Uint8Array.from(scryptSync(secret, salt, length, { N, r, p, maxmem })));
});
