import { z } from 'zod';
import type { OrgPath } from '../../kernel/scope.ts';
import { parseInstant } from '../../kernel/time.ts';
import { pageFields, pageOf } from '../../platform/http/cursor.ts';
import type { Grant } from '../grants/model.ts';
import type { Account } from '../logins/model.ts';
import { ROLES, type Role } from '../model.ts';
import type { Person } from './model.ts';

const name = z.string().trim().min(1).max(50);
const phone = z.string().regex(/^\+?[0-9][0-9 -]{4,18}[0-9]$/);

export const OrgPathText = z
  .string()
  .regex(/^\/([a-z0-9-]{1,40}\/){0,8}$/)
  .transform((text) => text as OrgPath);

export const InstantText = z.iso
  .datetime({ offset: true })
  .refine((text) => text >= '1949' && text < '2200')
  .transform((text) => parseInstant(text));

export const NewPerson = z.strictObject({
  name,
  phone: phone.optional(),
  /** Employer. */
  unitId: z.uuid().optional(),
  /** Where the person belongs; only those who administer that place see and change it. */
  orgPath: OrgPathText,
});

export const PersonPatch = z.strictObject({
  name: name.optional(),
  phone: phone.nullable().optional(),
  unitId: z.uuid().nullable().optional(),
});

export const FindPerson = z.union([z.strictObject({ name }), z.strictObject({ phone })]);

export const PeopleQuery = z.strictObject({ ...pageFields, unit: z.uuid().optional() });

export const PersonView = z.strictObject({
  id: z.uuid(),
  /** Full for those who manage accounts, else the first character and two marks. */
  name: z.string(),
  phone: z.string().nullable(),
  unitId: z.uuid().nullable(),
  orgPath: z.string(),
  erased: z.boolean(),
  version: z.number().int(),
});

export const PersonPage = pageOf(PersonView);

export const PersonList = z.strictObject({ items: z.array(PersonView) });

const roles = Object.keys(ROLES) as [Role, ...Role[]];

export const NewGrant = z.strictObject({
  role: z.enum(roles),
  orgPath: OrgPathText,
  /** Absent: from now on. */
  from: InstantText.optional(),
  /** Absent: until revoked. */
  until: InstantText.optional(),
});

export const GrantView = z.strictObject({
  id: z.uuid(),
  personId: z.uuid(),
  role: z.string(),
  orgPath: z.string(),
  from: z.string(),
  until: z.string().nullable(),
});

export const NewAccount = z.strictObject({ login: z.string().min(3).max(40) });

export const AccountView = z.strictObject({
  id: z.uuid(),
  personId: z.uuid(),
  login: z.string(),
  state: z.enum(['active', 'closed']),
  /** Until then a one-time password works; null once the holder has set an own one. */
  oneTimePasswordUntil: z.string().nullable(),
});

/** The password is in the first answer only: a repeated request gets null, and a reset makes a new one. */
export const OpenedAccount = AccountView.extend({ oneTimePassword: z.string().nullable() });

export const PersonDetails = PersonView.extend({ grants: z.array(GrantView), accounts: z.array(AccountView) });

export function personView({ id, name, phone, unitId, orgPath, erased, version }: Person): z.infer<typeof PersonView> {
  return { id, name, phone, unitId, orgPath, erased, version };
}

export function grantView({ id, personId, role, orgPath, from, until }: Grant): z.infer<typeof GrantView> {
  return { id, personId, role, orgPath, from, until };
}

export function accountView({ id, personId, login, state, oneTimePasswordUntil }: Account): z.infer<typeof AccountView> {
  return { id, personId, login, state, oneTimePasswordUntil };
}
