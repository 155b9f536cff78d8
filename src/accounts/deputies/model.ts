import { refuse } from '../../kernel/refusal.ts';
import { msOf } from '../../kernel/time.ts';
import { assertCompatible, isRole, type DatedRole, type Period } from '../model.ts';

const MOST_DAYS = 30;
const DAY_MS = 86_400_000;

/** Sealing rules, keys, rights, approving payments and seeing through masks are nobody's but one's own (trust.md §2). */
export const NEVER_DEPUTISED: readonly string[] = [
  'policy.seal',
  'policy.amend',
  'accounts.manage',
  'accounts.grant',
  'money.approve',
  'payee.approve',
  'people.reveal',
  'people.export',
  'system.config',
  'system.keys',
  'system.recover',
  'system.decode',
];

/** One person acting for another, with a part of what that one may do and wherever that one may do it. */
export interface Deputy extends Period {
  readonly id: string;
  /** For whom. */
  readonly personId: string;
  readonly deputyId: string;
  readonly permissions: readonly string[];
}

export interface WantedDeputy extends Period {
  readonly personId: string;
  readonly deputyId: string;
  readonly permissions: readonly string[];
}

/**
 * Refuses `DEPUTY_SELF`, `DEPUTY_PERIOD` beyond 30 days, `DEPUTY_PERMISSION` for what one has not oneself or nobody
 * lends, `GRANT_EXCLUSIVE` and `GRANT_CONFLICT` where the roles of both may not meet in one person.
 */
export function assertDeputy(
  wanted: WantedDeputy,
  held: ReadonlySet<string>,
  roles: readonly DatedRole[],
  deputyRoles: readonly DatedRole[],
): void {
  const { personId, deputyId, from, until } = wanted;
  if (personId === deputyId) refuse('DEPUTY_SELF', 'rule');
  const days = until === null ? Infinity : (msOf(until) - msOf(from)) / DAY_MS;
  if (days <= 0 || days > MOST_DAYS) refuse('DEPUTY_PERIOD', 'rule', { days: MOST_DAYS });
  const excess = wanted.permissions.find((it) => NEVER_DEPUTISED.includes(it) || !held.has(it));
  if (excess !== undefined) refuse('DEPUTY_PERMISSION', 'rule', { permission: excess });
  for (const { role } of roles) if (isRole(role)) assertCompatible(deputyRoles, { role, from, until });
}
