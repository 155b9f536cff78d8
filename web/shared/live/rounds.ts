/** Who shows rows hears that they are about to be read anew: because others changed something, or the reader did. */
export type Round = 'others' | 'own';

/** The stream tells of one's own change too, a moment later; that is no change by others. */
const OWN_MS = 2000;

const listeners = new Set<(round: Round) => void>();
let ownAt = -Infinity;

export function onRound(listener: (round: Round) => void): () => void {
  listeners.add(listener);
  return () => void listeners.delete(listener);
}

export function beginRound(round: Round): void {
  const now = performance.now();
  if (round === 'own') ownAt = now;
  const told = now - ownAt < OWN_MS ? 'own' : round;
  for (const listener of listeners) listener(told);
}
