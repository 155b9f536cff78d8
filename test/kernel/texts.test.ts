import { expect, it } from '@jest/globals';
import { fill } from '../../src/kernel/texts.ts';

it.each([
  ['2026-10-20T06:30:59.999999Z', '2026-10-20 14:30'],
  ['2026-12-31T16:00:00.000000Z', '2027-01-01 00:00'],
  ['2026-10-20', '2026-10-20'],
  ['2026-13-20T06:30:00.000000Z', '2026-13-20T06:30:00.000000Z'],
  [7, '7'],
  [false, 'false'],
])('%s is written as %s', (value, written) => {
  expect(fill('请在 {until} 之后再试', { until: value })).toBe(`请在 ${written} 之后再试`);
});

it('leaves a place that nothing is known for', () => {
  expect(fill('{a} {b}', { a: 1 })).toBe('1 {b}');
});
