import { refuse } from '../../kernel/refusal.ts';
import { msOf, type Instant } from '../../kernel/time.ts';
import type { EffectiveGrant } from '../model.ts';

const MOST_DAYS = 90;
const DAY_MS = 86_400_000;

/** A token acts without a person present, so it never approves payments (trust.md §3). */
const NEVER = ['money.approve'];

export interface Token {
  readonly id: string;
  readonly accountId: string;
  readonly name: string;
  readonly permissions: readonly string[];
  readonly createdAt: Instant;
  readonly expiresAt: Instant;
  readonly revokedAt: Instant | null;
}

/** Refuses `TOKEN_LIFE` beyond 90 days or in the past, `TOKEN_PERMISSION` for what the holder has not or a token never has. */
export function assertToken(wanted: readonly string[], expiresAt: Instant, at: Instant, held: ReadonlySet<string>): void {
  const life = msOf(expiresAt) - msOf(at);
  if (life <= 0 || life > MOST_DAYS * DAY_MS) refuse('TOKEN_LIFE', 'rule', { days: MOST_DAYS });
  const excess = wanted.find((permission) => NEVER.includes(permission) || !held.has(permission));
  if (excess !== undefined) refuse('TOKEN_PERMISSION', 'rule', { permission: excess });
}

/** What a token may do now: its own list, cut down to what its holder still holds at each place. */
export function narrowed(grants: readonly EffectiveGrant[], permissions: readonly string[]): EffectiveGrant[] {
  return grants
    .map((grant) => ({
      ...grant,
      permissions: grant.permissions.filter((held) => permissions.includes(held) && !NEVER.includes(held)),
    }))
    .filter((grant) => grant.permissions.length > 0);
}
