import { describe, expect, it } from '@jest/globals';
import type { FastifyRequest } from 'fastify';
import fc from 'fast-check';
import { orgPath, tenantId, type ActorId } from '../../../src/kernel/scope.ts';
import { scopeFor, type Caller } from '../../../src/platform/http/caller.ts';
import { Cursors } from '../../../src/platform/http/cursor.ts';
import { fingerprintOf } from '../../../src/platform/http/fingerprint.ts';
import { languageOf } from '../../../src/platform/http/language.ts';
import { networkOf } from '../../../src/platform/http/request.ts';
import { testConfig } from '../../support/config.ts';

describe('the scope of a caller', () => {
  const caller = (...grants: [string, string][]): Caller => ({
    tenant: tenantId('mengyang'),
    accountId: 'a',
    personId: 'p',
    actor: 'p' as ActorId,
    via: 'session',
    secondFactor: false,
    withheld: [],
    grants: grants.map(([path, permission]) => ({ role: 'r', orgPath: orgPath(path), permissions: [permission] })),
  });

  it('is the widest place where the permission is held, not where another one is', () => {
    const held = caller(['/a/b/', 'read'], ['/a/', 'read'], ['/', 'write']);
    expect(scopeFor(held, 'read')).toEqual({ tenant: 'mengyang', orgPath: '/a/', actor: 'p' });
    expect(() => scopeFor(held, 'approve')).toThrow('FORBIDDEN');
  });

  it('does not depend on the order of the grants', () => {
    expect(scopeFor(caller(['/b/', 'read'], ['/a/', 'read']), 'read')).toEqual(scopeFor(caller(['/a/', 'read'], ['/b/', 'read']), 'read'));
  });
});

describe('cursors', () => {
  const { keys } = testConfig();
  const cursors = new Cursors(keys.payload);
  const sortValue = fc.oneof(fc.string(), fc.integer(), fc.constant(null));

  it('carry any position, and only for their own list', () => {
    fc.assert(
      fc.property(sortValue, fc.string(), (sort, id) => {
        const { next } = cursors.page('list', [1, 2], 1, () => ({ sort, id }));
        expect(cursors.read('list', { cursor: next ?? '', limit: 1 }).after).toEqual({ sort, id });
        expect(() => cursors.read('other', { cursor: next ?? '', limit: 1 })).toThrow('CURSOR_INVALID');
      }),
    );
  });

  it('survive a new key while the old one is configured, and no longer', () => {
    const [newest] = testConfig().keys.payload;
    const { next } = cursors.page('list', [1, 2], 1, () => ({ sort: 1, id: 'x' }));
    const query = { cursor: next ?? '', limit: 1 };
    expect(new Cursors([...(newest ? [newest] : []), ...keys.payload]).read('list', query).after).toEqual({ sort: 1, id: 'x' });
    expect(() => new Cursors(newest ? [newest] : []).read('list', query)).toThrow('CURSOR_INVALID');
  });

  it('end with the last row', () => {
    expect(cursors.page('list', [1], 1, () => ({ sort: 1, id: 'x' })).next).toBeNull();
    expect(cursors.page('list', [], 1, () => ({ sort: 1, id: 'x' })).next).toBeNull();
  });
});

describe('fingerprints', () => {
  it('are equal exactly for equal content', () => {
    fc.assert(
      fc.property(fc.jsonValue(), fc.jsonValue(), (a, b) => {
        const reordered = JSON.parse(JSON.stringify(a), (_, value: unknown) =>
          value !== null && typeof value === 'object' && !Array.isArray(value) ? Object.fromEntries(Object.entries(value).reverse()) : value,
        ) as unknown;
        expect(fingerprintOf(reordered)).toBe(fingerprintOf(JSON.parse(JSON.stringify(a))));
        if (!equal(a, b)) expect(fingerprintOf(a)).not.toBe(fingerprintOf(b));
      }),
    );
  });

  it('count files by their bytes', () => {
    const file = (text: string): unknown => ({ file: { fileName: 'a.csv', bytes: Buffer.from(text) } });
    expect(fingerprintOf(file('a'))).toBe(fingerprintOf(file('a')));
    expect(fingerprintOf(file('a'))).not.toBe(fingerprintOf(file('b')));
  });

  function equal(a: unknown, b: unknown): boolean {
    try {
      expect(JSON.parse(JSON.stringify(a))).toEqual(JSON.parse(JSON.stringify(b)));
      return true;
    } catch {
      return false;
    }
  }
});

it.each([
  [undefined, 'zh'],
  ['', 'zh'],
  ['en', 'en'],
  ['EN-us, zh;q=0.8', 'en'],
  ['zh-Hans-CN, en;q=0.9', 'zh'],
  ['fr, en;q=0.3, zh;q=0.2', 'en'],
  ['en;q=0, de', 'zh'],
  ['english', 'zh'],
  [';;;,q=,', 'zh'],
])('Accept-Language %p is read as %s', (header, language) => {
  expect(languageOf(header)).toBe(language);
});

it.each([
  ['203.0.113.7', '203.0.113.7'],
  ['::ffff:203.0.113.7', '203.0.113.7'],
  ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2::/64'],
  ['2001:db8::1', '2001:db8:0:0::/64'],
  ['::1', '0:0:0:0::/64'],
])('%s counts as the network %s', (ip, network) => {
  expect(networkOf({ ip } as FastifyRequest)).toBe(network);
});
