import { describe, expect, it } from '@jest/globals';
import { needsRelease } from '../../src/exports/model.ts';
import { testConfig } from '../support/config.ts';

describe('the limit of what one person takes out alone', () => {
  it('is crossed by row 201 of a day, in one file or in many', () => {
    const { aloneRows } = testConfig().exports;
    expect(needsRelease(200, 0, aloneRows)).toBe(false);
    expect(needsRelease(201, 0, aloneRows)).toBe(true);
    expect(needsRelease(1, 200, aloneRows)).toBe(true);
    expect(needsRelease(100, 100, aloneRows)).toBe(false);
  });
});
