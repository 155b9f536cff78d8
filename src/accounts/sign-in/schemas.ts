import { z } from 'zod';
import { Code } from '../second-factor/schemas.ts';

export const SignIn = z.strictObject({
  login: z.string().min(1).max(100),
  password: z.string().min(1).max(200),
  /** Only where the same login exists in several districts. */
  tenant: z
    .string()
    .regex(/^[a-z][a-z0-9-]{1,30}$/)
    .optional(),
  /** One-time or recovery code: asked for after many failures, and whoever sends it need not show one again in this session. */
  code: Code.optional(),
});

export const NewPassword = z.strictObject({
  current: z.string().min(1).max(200),
  next: z.string().min(1).max(200),
});

export const MeView = z.strictObject({
  tenant: z.strictObject({
    id: z.string(),
    name: z.string(),
    /** The sample's tenant: every page says so. */
    isSample: z.boolean(),
  }),
  /** Business time of the tenant, by which days are counted; a virtual clock may stand elsewhere than the wall's. */
  now: z.string(),
  person: z.strictObject({ id: z.uuid(), name: z.string(), unitId: z.uuid().nullable() }),
  account: z.strictObject({ id: z.uuid(), login: z.string(), guideSeen: z.boolean() }),
  /** True: nothing else is allowed until the holder has set an own password. */
  mustSetPassword: z.boolean(),
  via: z.enum(['session', 'token']),
  /** Whether this session has shown a second factor. */
  secondFactor: z.boolean(),
  /** What a second factor would open in this session. */
  withheld: z.array(z.string()),
  grants: z.array(
    z.strictObject({
      role: z.string(),
      orgPath: z.string(),
      permissions: z.array(z.string()),
      /** Whose it is, where one acts as a deputy. */
      for: z.uuid().optional(),
    }),
  ),
});

export const Done = z.strictObject({ done: z.literal(true) });
