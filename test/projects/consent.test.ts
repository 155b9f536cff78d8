import { describe, expect, it } from '@jest/globals';
import { assertConsented, type ConsentCount } from '../../src/projects/consent/model.ts';
import { Refusal } from '../../src/kernel/refusal.ts';
import { pinnedDefault } from '../support/policies.ts';

const { values } = pinnedDefault('microProject');

const outcome = (changes: Partial<ConsentCount>): string => {
  const all = { householdsAsked: 30, householdsVoted: 24, householdsAgreed: 18, areaAsked: 3000, areaVoted: 2400, areaAgreed: 1800 };
  try {
    assertConsented({ matter: 'ordinary', ...all, ...changes }, values);
    return 'done';
  } catch (error) {
    if (error instanceof Refusal) return error.code.replace('PROJECT_CONSENT_', '');
    throw error;
  }
};

describe('consent to works on shared property', () => {
  it.each<[string, Partial<ConsentCount>, string]>([
    ['two thirds voting and more than half of them agreeing', {}, 'done'],
    ['exactly two thirds', { householdsVoted: 20, areaVoted: 2000 }, 'done'],
    ['one household fewer', { householdsVoted: 19 }, 'TURNOUT'],
    ['one square metre less', { areaVoted: 1999 }, 'TURNOUT'],
    ['exactly half agreeing', { householdsAgreed: 12 }, 'SHORT'],
    ['half of the area and one metre', { areaAgreed: 1201 }, 'done'],
    ['three quarters agreeing to rebuilding', { matter: 'major' }, 'done'],
    ['less than three quarters of the area', { matter: 'major', areaAgreed: 1799 }, 'SHORT'],
    ['votes that nobody counted, and two thirds agreeing', { householdsVoted: undefined, householdsAgreed: 20, areaVoted: undefined, areaAgreed: 2000 }, 'done'],
    ['votes that nobody counted, and fewer agreeing', { householdsVoted: undefined, householdsAgreed: 19 }, 'TURNOUT'],
    ['more agreeing than voting', { householdsAgreed: 25 }, 'IMPOSSIBLE'],
    ['more voting than asked', { areaVoted: 3001 }, 'IMPOSSIBLE'],
  ])('with %s: %j', (_, changes, expected) => {
    expect(outcome(changes)).toBe(expected);
  });
});
