import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import type { NamedKey } from '../keys.ts';

/** First byte of every ciphertext: how to read it. 1 = AES-256-GCM; a national suite gets its own number (trust.md §3). */
const AES_256_GCM = 1;
const IV_BYTES = 12;
const TAG_BYTES = 16;

/** The bytes are not what was sealed, or the key that sealed them is not here. Says which key, never what was inside. */
export class EnvelopeError extends Error {
  override readonly name = 'EnvelopeError';
}

/**
 * `suite · length of key id · key id · IV · ciphertext · tag`. `context` says where the bytes belong (tenant, subject,
 * field) and is authenticated with them: copied to another place they do not open.
 */
export function seal(key: NamedKey, plain: Uint8Array, context: string): Buffer {
  const header = headerOf(key.id);
  const iv = randomBytes(IV_BYTES);
  const cipher = createCipheriv('aes-256-gcm', key.secret, iv, { authTagLength: TAG_BYTES });
  cipher.setAAD(aad(header, context));
  const body = Buffer.concat([cipher.update(plain), cipher.final()]);
  return Buffer.concat([header, iv, body, cipher.getAuthTag()]);
}

/** Throws `EnvelopeError`. */
export function open(keys: readonly NamedKey[], sealed: Uint8Array, context: string): Buffer {
  const bytes = Buffer.from(sealed);
  if (bytes[0] !== AES_256_GCM) throw new EnvelopeError('unknown suite');
  const headerEnd = 2 + (bytes[1] ?? 0);
  const bodyStart = headerEnd + IV_BYTES;
  const bodyEnd = bytes.length - TAG_BYTES;
  if (bodyEnd < bodyStart) throw new EnvelopeError('too short');
  const header = bytes.subarray(0, headerEnd);
  const id = header.subarray(2).toString('utf8');
  const key = keys.find((candidate) => candidate.id === id);
  if (!key) throw new EnvelopeError(`key ${id} is not configured`);
  const iv = bytes.subarray(headerEnd, bodyStart);
  const decipher = createDecipheriv('aes-256-gcm', key.secret, iv, { authTagLength: TAG_BYTES });
  decipher.setAAD(aad(header, context));
  decipher.setAuthTag(bytes.subarray(bodyEnd));
  try {
    return Buffer.concat([decipher.update(bytes.subarray(bodyStart, bodyEnd)), decipher.final()]);
  } catch {
    throw new EnvelopeError(`key ${id} does not open these bytes here`);
  }
}

function headerOf(keyId: string): Buffer {
  const id = Buffer.from(keyId, 'utf8');
  if (id.length === 0 || id.length > 255) throw new EnvelopeError('a key id has 1 to 255 bytes');
  return Buffer.concat([Buffer.from([AES_256_GCM, id.length]), id]);
}

function aad(header: Uint8Array, context: string): Buffer {
  return Buffer.concat([header, Buffer.from(context, 'utf8')]);
}
