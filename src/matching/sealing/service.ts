import { canonicalJson, type CanonicalValue } from '../../platform/crypto/canonical.ts';
import { hashOf } from '../../platform/ids.ts';
import type { FrozenFacts } from '../facts.ts';

export type OpenFacts = Omit<FrozenFacts, 'seed'>;

export interface SealedFacts {
  readonly facts: FrozenFacts;
  readonly inputHash: string;
}

/**
 * SHA-256 over the canonical form: the same facts have the same name, wherever they are hashed. The draw depends on the
 * facts themselves, so nobody can choose it, and anyone can repeat it. Seconds for a city: done in the solver's thread.
 */
export function sealed(open: OpenFacts): SealedFacts {
  const facts = { ...open, seed: Buffer.from(hash(open), 'base64url').readUInt32BE(0) };
  return { facts, inputHash: hash(facts) };
}

function hash(facts: OpenFacts): string {
  return hashOf(canonicalJson(facts as unknown as CanonicalValue));
}
