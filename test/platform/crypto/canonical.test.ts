import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { canonicalBytes, canonicalJson, type CanonicalValue } from '../../../src/platform/crypto/canonical.ts';

const text = fc.string({ unit: 'grapheme', maxLength: 12 }).filter((it) => !/\p{Surrogate}/u.test(it));

const { value } = fc.letrec<{ value: CanonicalValue }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 4 },
    fc.maxSafeInteger(),
    text,
    fc.boolean(),
    fc.constant(null),
    fc.array(tie('value'), { maxLength: 4 }),
    fc.uniqueArray(fc.tuple(text, tie('value')), { maxLength: 4, selector: ([key]) => key.normalize('NFC') }).map(Object.fromEntries),
  ),
}));

function shuffled(input: CanonicalValue): CanonicalValue {
  if (Array.isArray(input)) return input.map(shuffled);
  if (input === null || typeof input !== 'object') return input;
  return Object.fromEntries(Object.entries(input).reverse().map(([key, item]) => [key, shuffled(item as CanonicalValue)]));
}

function composed(input: unknown): unknown {
  if (typeof input === 'string') return input.normalize('NFC');
  if (Array.isArray(input)) return input.map(composed);
  if (input === null || typeof input !== 'object') return input;
  return Object.fromEntries(Object.entries(input).map(([key, item]) => [key.normalize('NFC'), composed(item)]));
}

describe('canonical JSON', () => {
  it('gives the bytes of RFC 8785 where they are within integers and strings', () => {
    // Appendix B of the RFC orders these keys by UTF-16 code units.
    const keys = { '€': 'Euro', '\r': 'CR', '1': 'One', '\u0080': 'Control', '😀': 'Smiley', 'ö': 'O', 'דּ': 'Hebrew' };
    const order = ['CR', 'One', 'Control', 'O', 'Euro', 'Smiley', 'Hebrew'];
    const found = [...canonicalJson(keys).matchAll(/:"(\w+)"/g)].map(([, name]) => name);
    // The last key is excluded from NFC, so its composed form sorts before the Euro sign.
    expect(found).toEqual(['CR', 'One', 'Control', 'O', 'Hebrew', 'Euro', 'Smiley']);
    expect(found.filter((name) => name !== 'Hebrew')).toEqual(order.filter((name) => name !== 'Hebrew'));
    expect(canonicalJson({ b: [true, null, -1], a: '"\\\n' })).toBe('{"a":"\\"\\\\\\n","b":[true,null,-1]}');
  });

  it('does not depend on the order of keys and reads back as what was written', () => {
    fc.assert(
      fc.property(value, (input) => {
        const json = canonicalJson(input);
        expect(canonicalJson(shuffled(input))).toBe(json);
        expect(JSON.stringify(sorted(JSON.parse(json)))).toBe(JSON.stringify(sorted(composed(input))));
        expect(canonicalJson(JSON.parse(json) as CanonicalValue)).toBe(json);
      }),
    );
  });

  it('gives composed and decomposed text the same bytes', () => {
    expect(canonicalBytes('e\u0301')).toEqual(canonicalBytes('\u00e9'));
  });

  it('leaves out what is undefined, like JSON', () => {
    expect(canonicalJson({ a: undefined, b: 1 })).toBe('{"b":1}');
  });

  it.each([
    ['a fraction', 0.5],
    ['an unsafe integer', 2 ** 53],
    ['no number', Number.NaN],
    ['half a character', '\ud800'],
    ['an instance', new Date(0)],
    ['two keys that are one in NFC', { 'e\u0301': 1, '\u00e9': 2 }],
    ['undefined itself', undefined],
    ['a function', () => 1],
  ])('refuses %s rather than hash a guess', (_, input) => {
    expect(() => canonicalJson(input as never)).toThrow(TypeError);
  });
});

function sorted(input: unknown): unknown {
  if (Array.isArray(input)) return input.map(sorted);
  if (input === null || typeof input !== 'object') return input;
  return Object.entries(input).sort(([a], [b]) => (a < b ? -1 : 1)).map(([key, item]) => [key, sorted(item)]);
}
