import { randomBytes } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { tenantId } from '../../../src/kernel/scope.ts';
import { BlindIndex } from '../../../src/platform/crypto/blind-index.ts';
import { EnvelopeError, open, seal } from '../../../src/platform/crypto/envelope.ts';
import type { NamedKey } from '../../../src/platform/keys.ts';

const key = (id: string): NamedKey => ({ id, secret: randomBytes(32) });
const first = key('2026-a');
const second = key('2027-b');

describe('an envelope', () => {
  it('opens with the key that sealed it, at the place it was sealed for', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), fc.string(), (plain, place) => {
        const sealed = seal(first, plain, place);
        expect(open([second, first], sealed, place)).toEqual(Buffer.from(plain));
      }),
    );
  });

  it('never looks the same twice', () => {
    expect(seal(first, Buffer.from('same'), 'place')).not.toEqual(seal(first, Buffer.from('same'), 'place'));
  });

  it('does not open elsewhere, without its key, under a namesake, or with any byte changed', () => {
    const sealed = seal(first, Buffer.from('13800135678'), 'town/person/phone');
    expect(() => open([first], sealed, 'town/other/phone')).toThrow(EnvelopeError);
    expect(() => open([second], sealed, 'town/person/phone')).toThrow(/2026-a is not configured/);
    expect(() => open([key('2026-a')], sealed, 'town/person/phone')).toThrow(EnvelopeError);
    for (let at = 0; at < sealed.length; at += 1) {
      const changed = Buffer.from(sealed);
      changed[at] = changed[at]! ^ 1;
      expect(() => open([first], changed, 'town/person/phone')).toThrow(EnvelopeError);
      expect(() => open([first], sealed.subarray(0, at), 'town/person/phone')).toThrow(EnvelopeError);
    }
  });
});

describe('a blind index', () => {
  const town = tenantId('town');
  const index = new BlindIndex([second, first]);

  it('is the same for the same value however it is written, and differs by tenant, field and key', () => {
    const phone = index.of(town, 'phone', '13800135678');
    expect(index.of(town, 'phone', '１３８ 0013 5678')).toEqual(phone);
    expect(index.of(tenantId('city'), 'phone', '13800135678')).not.toEqual(phone);
    expect(index.of(town, 'account', '13800135678')).not.toEqual(phone);
    expect(new BlindIndex([first]).of(town, 'phone', '13800135678')).not.toEqual(phone);
  });

  it('still finds what the older key wrote', () => {
    const old = new BlindIndex([first]).of(town, 'phone', '13800135678');
    expect(index.candidates(town, 'phone', '13800135678')).toContainEqual(old);
  });
});
