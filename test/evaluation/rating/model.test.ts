import { createHash } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { codeExpiry, codeFrom, normalCode, satisfactionOf } from '../../../src/evaluation/rating/model.ts';
import type { Instant } from '../../../src/kernel/time.ts';

describe('a rating code', () => {
  it('is read as it was written, however it is typed', () => {
    fc.assert(
      fc.property(fc.string(), (seed) => {
        const code = codeFrom(createHash('sha256').update(seed).digest());
        expect(code).toMatch(/^([0-9A-HJKMNP-TV-Z]{4}-){3}[0-9A-HJKMNP-TV-Z]{4}$/);
        const normal = code.replaceAll('-', '');
        expect(normalCode(code)).toBe(normal);
        const byHand = code.toLowerCase().replaceAll('-', ' ').replaceAll('0', 'o').replaceAll('1', 'l');
        expect(normalCode(` ${byHand}\n`)).toBe(normal);
      }),
    );
  });

  it.each(['', 'ABCD', '7K2M-9QXA-04TB-CD3E-X', '7K2M-9QXA-04TB-CDU3', "' OR 1=1 --   ab"])('refuses %p', (typed) => {
    expect(() => normalCode(typed)).toThrow('RATING_CODE_UNKNOWN');
  });

  it('is valid to the end of its last day in Asia/Shanghai', () => {
    const lateEvening = '2026-10-20T15:59:00.000000Z' as Instant;
    expect(codeExpiry(lateEvening, 30)).toBe('2026-11-19T16:00:00.000000Z');
    expect(codeExpiry('2026-10-20T16:00:00.000000Z' as Instant, 30)).toBe('2026-11-20T16:00:00.000000Z');
  });
});

describe('satisfaction', () => {
  it('is the mean of the stars, rounded half up', () => {
    expect(satisfactionOf({ raters: 3, stars: 14 }, 3)).toEqual({ raters: 3, percentHundredths: 9333 });
    expect(satisfactionOf({ raters: 16, stars: 51 }, 5).percentHundredths).toBe(6375);
    expect(satisfactionOf({ raters: 32, stars: 101 }, 5).percentHundredths).toBe(6313);
  });

  it('is not shown below the policy’s number of raters', () => {
    expect(satisfactionOf({ raters: 4, stars: 20 }, 5).percentHundredths).toBeNull();
    expect(satisfactionOf({ raters: 0, stars: 0 }, 0).percentHundredths).toBeNull();
  });
});
