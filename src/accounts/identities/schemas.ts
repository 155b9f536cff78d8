import { z } from 'zod';
import type { LinkedIdentity } from './model.ts';

/** Ways of signing in beside login and password. */
export const ProviderList = z.strictObject({
  items: z.array(z.strictObject({ label: z.string(), href: z.string() })),
});

export const NewIdentity = z.strictObject({
  /** The provider's `sub` of the person, exactly as it writes it. */
  subject: z.string().min(1).max(255),
});

export const IdentityView = z.strictObject({
  id: z.uuid(),
  accountId: z.uuid(),
  issuer: z.string(),
  linkedAt: z.string(),
});

export const IdentityList = z.strictObject({ items: z.array(IdentityView) });

export function identityView({ id, accountId, issuer, linkedAt }: LinkedIdentity): z.infer<typeof IdentityView> {
  return { id, accountId, issuer, linkedAt };
}
