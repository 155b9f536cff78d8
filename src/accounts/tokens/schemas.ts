import { z } from 'zod';
import { PERMISSIONS } from '../model.ts';
import { InstantText } from '../people/schemas.ts';
import type { Token } from './model.ts';

export const NewToken = z.strictObject({
  name: z.string().trim().min(1).max(60),
  permissions: z.array(z.enum(PERMISSIONS)).min(1).max(PERMISSIONS.length),
  /** At most 90 days ahead. */
  expiresAt: InstantText,
});

export const TokenView = z.strictObject({
  id: z.uuid(),
  name: z.string(),
  permissions: z.array(z.string()),
  createdAt: z.string(),
  expiresAt: z.string(),
  revokedAt: z.string().nullable(),
});

/** The secret is in the first answer only; a repeated request gets null. */
export const IssuedTokenView = TokenView.extend({ secret: z.string().nullable() });

export const TokenList = z.strictObject({ items: z.array(TokenView) });

export function tokenView({ id, name, permissions, createdAt, expiresAt, revokedAt }: Token): z.infer<typeof TokenView> {
  return { id, name, permissions: [...permissions], createdAt, expiresAt, revokedAt };
}
