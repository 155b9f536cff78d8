import { refuse } from '../../kernel/refusal.ts';
import { instantFromMs, msOf, type Instant } from '../../kernel/time.ts';

/** Security limits of trust.md §3; they protect every tenant alike and are no business rules. */
const LOCK_AFTER_FAILURES = 5;
const LOCK_MINUTES = 15;
const SECOND_FACTOR_AFTER_FAILURES = 20;
const SESSION_HOURS = 12;
const ONE_TIME_PASSWORD_HOURS = 72;
const PASSWORD_LEAST = 12;
const PASSWORD_MOST = 128;

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;

export function sessionEndsAt(signedInAt: Instant): Instant {
  return instantFromMs(msOf(signedInAt) + SESSION_HOURS * HOUR_MS);
}

export function oneTimePasswordEndsAt(issuedAt: Instant): Instant {
  return instantFromMs(msOf(issuedAt) + ONE_TIME_PASSWORD_HOURS * HOUR_MS);
}

/** Failed attempts on one login from one network. */
export interface Attempts {
  readonly failures: number;
  readonly firstFailedAt: Instant;
  readonly lockedUntil: Instant | null;
}

/** Refuses `SIGN_IN_LOCKED` with the instant until which it holds. */
export function assertUnlocked(attempts: Attempts | undefined, at: Instant): void {
  const until = attempts?.lockedUntil;
  if (until && at < until) refuse('SIGN_IN_LOCKED', 'tooMany', { until });
}

/** Five failures within a quarter of an hour lock for a quarter of an hour; older failures are forgotten. */
export function afterFailure(attempts: Attempts | undefined, at: Instant): Attempts {
  const remembered = attempts && !isForgotten(attempts, at) ? attempts : undefined;
  const failures = (remembered?.failures ?? 0) + 1;
  return {
    failures,
    firstFailedAt: remembered?.firstFailedAt ?? at,
    lockedUntil: failures >= LOCK_AFTER_FAILURES ? afterQuarterHour(at) : null,
  };
}

/** Failures on one account from wherever they come, counted for an hour from the first. */
export function afterFailureAnywhere(attempts: Attempts | undefined, at: Instant): Attempts {
  const remembered = attempts && at < hourAfter(attempts.firstFailedAt) ? attempts : undefined;
  return { failures: (remembered?.failures ?? 0) + 1, firstFailedAt: remembered?.firstFailedAt ?? at, lockedUntil: null };
}

/** Twenty failures within an hour: from then on a password alone opens nothing until the hour is over. */
export function asksForSecondFactor(attempts: Attempts | undefined, at: Instant): boolean {
  return attempts !== undefined && attempts.failures >= SECOND_FACTOR_AFTER_FAILURES && at < hourAfter(attempts.firstFailedAt);
}

function hourAfter(at: Instant): Instant {
  return instantFromMs(msOf(at) + HOUR_MS);
}

function isForgotten(attempts: Attempts, at: Instant): boolean {
  return at >= (attempts.lockedUntil ?? afterQuarterHour(attempts.firstFailedAt));
}

function afterQuarterHour(at: Instant): Instant {
  return instantFromMs(msOf(at) + LOCK_MINUTES * MINUTE_MS);
}

/** Refuses `PASSWORD_WEAK`: 12 to 128 characters, not the login, at least 5 different ones. */
export function assertPassword(password: string, login: string): void {
  const characters = [...password];
  const containsLogin = password.toLowerCase().includes(login.toLowerCase());
  const isLong = characters.length >= PASSWORD_LEAST && characters.length <= PASSWORD_MOST;
  if (!isLong || containsLogin || new Set(characters).size < 5) {
    refuse('PASSWORD_WEAK', 'rule', { least: PASSWORD_LEAST, most: PASSWORD_MOST });
  }
}
