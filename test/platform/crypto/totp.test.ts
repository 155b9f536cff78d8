import { describe, expect, it } from '@jest/globals';
import { instantFromMs } from '../../../src/kernel/time.ts';
import { newTotpSecret, totpCode, totpStep } from '../../../src/platform/crypto/totp.ts';

/** "12345678901234567890" of RFC 6238, appendix B, in base32. */
const SECRET = 'GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ';

describe('one-time codes', () => {
  // The appendix lists eight digits; six are its last ones.
  it.each([
    [59, '287082'],
    [1111111109, '081804'],
    [1234567890, '005924'],
    [2000000000, '279037'],
    [20000000000, '353130'],
  ])('are those of RFC 6238 at second %d', (second, code) => {
    const at = instantFromMs(second * 1000);
    expect(totpCode(SECRET, at)).toBe(code);
    expect(totpStep(SECRET, code, at)).toBe(Math.floor(second / 30));
  });

  it('are taken one half minute early or late, as the code of that half minute', () => {
    const secret = newTotpSecret();
    const at = (step: number) => instantFromMs(step * 30_000);
    for (const off of [-1, 0, 1]) expect(totpStep(secret, totpCode(secret, at(50_000_000 + off)), at(50_000_000))).toBe(50_000_000 + off);
    for (const off of [-2, 2]) expect(totpStep(secret, totpCode(secret, at(50_000_000 + off)), at(50_000_000))).toBeUndefined();
  });
});
