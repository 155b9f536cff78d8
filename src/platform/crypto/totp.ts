import { Secret, TOTP } from 'otpauth';
import { msOf, type Instant } from '../../kernel/time.ts';

const PERIOD_SECONDS = 30;

/** A phone's clock may be one step early or late (RFC 6238, section 5.2). */
const WINDOW = 1;

/** What every authenticator app understands: SHA-1, six digits, half a minute. */
function totpOf(secret: string, issuer?: string, label?: string): TOTP {
  return new TOTP({
    algorithm: 'SHA1',
    digits: 6,
    period: PERIOD_SECONDS,
    secret: Secret.fromBase32(secret),
    ...(issuer !== undefined && { issuer }),
    ...(label !== undefined && { label }),
  });
}

/** 160 random bits in base32. */
export function newTotpSecret(): string {
  return new Secret({ size: 20 }).base32;
}

/** `otpauth://…`, as an authenticator app reads it from a QR code. */
export function totpUri(secret: string, issuer: string, label: string): string {
  return totpOf(secret, issuer, label).toString();
}

/** The number of the half minute (since 1970) that this code belongs to; undefined = it is the code of none near `at`. */
export function totpStep(secret: string, code: string, at: Instant): number | undefined {
  const delta = totpOf(secret).validate({ token: code, timestamp: msOf(at), window: WINDOW });
  return delta === null ? undefined : Math.floor(msOf(at) / (PERIOD_SECONDS * 1000)) + delta;
}

/** The code of that instant, for a program that holds the secret. */
export function totpCode(secret: string, at: Instant): string {
  return totpOf(secret).generate({ timestamp: msOf(at) });
}
