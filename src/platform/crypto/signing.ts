import { createPrivateKey, createPublicKey, sign, type KeyObject } from 'node:crypto';
import type { NamedKey } from '../keys.ts';

/** Names the scheme in every statement; a national one gets its own (trust.md §3). */
export const SIGNING_SUITE = 'ed25519';

/** PKCS #8 around the 32 bytes of an Ed25519 seed (RFC 8410). */
const PKCS8 = Buffer.from('302e020100300506032b657004220420', 'hex');
/** Length of the same wrapping of a public key (SPKI). */
const SPKI_BYTES = 12;

export interface PublicKey {
  readonly id: string;
  readonly suite: string;
  /** 32 bytes in hex. */
  readonly key: string;
}

function privateKey({ secret }: NamedKey): KeyObject {
  return createPrivateKey({ key: Buffer.concat([PKCS8, secret]), format: 'der', type: 'pkcs8' });
}

export function signatureOf(key: NamedKey, bytes: Buffer): Buffer {
  return sign(null, bytes, privateKey(key));
}

/** What everybody may know of a signing key. */
export function publicKeyOf(key: NamedKey): PublicKey {
  const spki = createPublicKey(privateKey(key)).export({ format: 'der', type: 'spki' });
  return { id: key.id, suite: SIGNING_SUITE, key: spki.subarray(SPKI_BYTES).toString('hex') };
}
