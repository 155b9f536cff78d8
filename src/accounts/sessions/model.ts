import { instantFromMs, msOf, type Instant } from '../../kernel/time.ts';

/** Security limit of trust.md §3; `door_session` holds the same. */
const IDLE_MINUTES = 15;

/** A browser in which somebody is signed in. */
export interface Session {
  readonly id: string;
  readonly createdAt: Instant;
  /** To the minute. */
  readonly seenAt: Instant;
  readonly expiresAt: Instant;
  readonly secondFactorAt: Instant | null;
  readonly isCurrent: boolean;
}

/** Sessions seen before this instant have ended by themselves. */
export function idleSince(at: Instant): Instant {
  return instantFromMs(msOf(at) - IDLE_MINUTES * 60_000);
}
