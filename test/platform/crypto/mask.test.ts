import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { masked, maskAccount, maskIdNumber, maskName, maskPhone } from '../../../src/platform/crypto/mask.ts';

const digits = (length: number) => fc.string({ unit: fc.constantFrom(...'0123456789'), minLength: length, maxLength: length });

describe('masks', () => {
  it('show what the product page promises', () => {
    expect(maskName('张三')).toBe('张＊＊');
    expect(maskName('欧阳示例')).toBe('欧＊＊');
    expect(maskPhone('138 0013 5678', 'staff')).toBe('138****5678');
    expect(maskPhone('+86-13800135678', 'public')).toBe('****5678');
    expect(maskIdNumber('110101199001011234')).toBe('1***…***4');
    expect(maskAccount('6222 0000 1111 6789')).toBe('****6789');
    expect(masked('address', '幸福路 1 号 2 单元', 'public', '新城社区')).toBe('新城社区');
  });

  it('never tell how long a name is, nor more than its first character', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', minLength: 2, maxLength: 8 }), (name) => {
        const shown = [...maskName(name)];
        expect(shown.slice(-2)).toEqual(['＊', '＊']);
        expect(shown.length).toBeLessThanOrEqual(3);
      }),
    );
  });

  it('hide at least four digits of a phone from staff and seven from the public', () => {
    fc.assert(
      fc.property(digits(11), (phone) => {
        expect(maskPhone(phone, 'staff')).toBe(`${phone.slice(0, 3)}****${phone.slice(7)}`);
        expect(maskPhone(phone, 'public')).toBe(`****${phone.slice(7)}`);
      }),
    );
  });

  it('show nothing of numbers too short to hide anything in', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 7 }).chain(digits), (number) => {
        expect(maskPhone(number, 'staff')).toBe('****');
        expect(maskAccount(number)).toBe('****');
      }),
    );
    expect(maskIdNumber('12345')).toBe('***…***');
  });

  it('show no more than two characters of an identity number and four of an account', () => {
    fc.assert(
      fc.property(digits(18), (number) => {
        expect(maskIdNumber(number).replace(/[^0-9]/g, '')).toHaveLength(2);
        expect(maskAccount(number).replace(/[^0-9]/g, '')).toHaveLength(4);
        expect(masked('freeText', number, 'staff')).not.toMatch(/\d/);
      }),
    );
  });
});
