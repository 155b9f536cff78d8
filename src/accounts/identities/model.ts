import { msOf, type Instant } from '../../kernel/time.ts';

/** Minutes between leaving for the provider and coming back. */
const AWAY_MINUTES = 10;

/** A name at a provider that opens one account. */
export interface LinkedIdentity {
  readonly id: string;
  readonly accountId: string;
  readonly issuer: string;
  readonly linkedAt: Instant;
}

export function isBackInTime(leftAt: Instant, at: Instant): boolean {
  const away = msOf(at) - msOf(leftAt);
  return away >= 0 && away <= AWAY_MINUTES * 60_000;
}
