import { z } from 'zod';

/** A secret and the name under which every ciphertext and hash records that it was used. */
export interface NamedKey {
  readonly id: string;
  /** 32 bytes (AES-256, HMAC-SHA-256). */
  readonly secret: Buffer;
}

const KEY_BYTES = 32;
const SHAPE = `must be id:base64 with ${KEY_BYTES} random bytes (openssl rand -base64 ${KEY_BYTES})`;

function parse(text: string): NamedKey | undefined {
  const [, id, encoded] = /^([a-z0-9-]{1,40}):([A-Za-z0-9+/_-]+={0,2})$/.exec(text.trim()) ?? [];
  if (!id || !encoded) return undefined;
  const secret = Buffer.from(encoded, 'base64');
  // A typed-in pattern ("AAAA…") has few distinct bytes; of 32 random ones practically never fewer than 12.
  if (secret.length !== KEY_BYTES || new Set(secret).size < 12) return undefined;
  return { id, secret };
}

/** `id:base64;id:base64`: the first writes, all read. */
export const namedKeys = z.string().transform((text, context): readonly [NamedKey, ...NamedKey[]] => {
  const keys = text.split(';').filter(Boolean).map(parse);
  const [first, ...others] = keys.filter((key) => key !== undefined);
  const known = first && ([first, ...others] as const);
  if (known?.length === keys.length && new Set(known.map((key) => key.id)).size === keys.length) return [...known];
  context.addIssue({ code: 'custom', message: `each entry ${SHAPE}; entries separated by ;, ids distinct` });
  return z.NEVER;
});
