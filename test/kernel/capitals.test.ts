import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { inCapitals } from '../../src/kernel/capitals.ts';
import { fen } from '../../src/kernel/money.ts';

/** What is written, read back by the rules of the language alone. */
function readBack(text: string): number {
  const digits = new Map([...'零壹贰叁肆伍陆柒捌玖'].map((sign, value) => [sign, value]));
  const places = new Map([['拾', 10], ['佰', 100], ['仟', 1000]]);
  let [whole, group, digit, cents] = [0, 0, 0, 0];
  for (const sign of text.replace(/^人民币/, '').replace(/整$/, '')) {
    if (digits.has(sign)) digit = digits.get(sign)!;
    else if (places.has(sign)) [group, digit] = [group + digit * places.get(sign)!, 0];
    else if (sign === '万') [whole, group, digit] = [whole + (group + digit) * 10_000, 0, 0];
    else if (sign === '亿') [whole, group, digit] = [(whole + group + digit) * 100_000_000, 0, 0];
    else if (sign === '元') [cents, group, digit] = [(whole + group + digit) * 100, 0, 0];
    else if (sign === '角') [cents, digit] = [cents + digit * 10, 0];
    else if (sign === '分') [cents, digit] = [cents + digit, 0];
  }
  return cents;
}

describe('an amount in capitals', () => {
  it.each([
    // 《支付结算办法》 annex 1, rule 5.
    [140_950, '人民币壹仟肆佰零玖元伍角整'],
    [600_714, '人民币陆仟零柒元壹角肆分'],
    [168_032, '人民币壹仟陆佰捌拾元零叁角贰分'],
    [10_700_053, '人民币壹拾万柒仟元零伍角叁分'],
    [1_640_902, '人民币壹万陆仟肆佰零玖元零贰分'],
    [0, '人民币零元整'],
    [5, '人民币伍分'],
    [50, '人民币伍角整'],
    [100, '人民币壹元整'],
    [5_000_000, '人民币伍万元整'],
    [154_100_000, '人民币壹佰伍拾肆万壹仟元整'],
    [100_010_000, '人民币壹佰万零壹佰元整'],
    [10_000_000_100, '人民币壹亿零壹元整'],
  ])('%i fen is %s', (amount, text) => {
    expect(inCapitals(fen(amount))).toBe(text);
  });

  it('reads back as the amount, has no two noughts in a row and none before a unit', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 100_000_000_000_000 }), (amount) => {
        const text = inCapitals(fen(amount));
        expect(readBack(text)).toBe(amount);
        expect(text).not.toMatch(/零零|零[拾佰仟万亿整]/);
        expect(text.endsWith('整')).toBe(amount % 10 === 0);
      }),
      { numRuns: 2000 },
    );
  });
});
