import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { texts } from '../../src/accounts/texts.ts';
import { assertCompatible, overlap, PERMISSIONS, permissionsOf, ROLES, type Period, type Role } from '../../src/accounts/model.ts';
import { afterFailure, assertPassword, assertUnlocked, type Attempts } from '../../src/accounts/sign-in/model.ts';
import { assertToken, narrowed } from '../../src/accounts/tokens/model.ts';
import type { OrgPath } from '../../src/kernel/scope.ts';
import { instantFromMs, msOf, type Instant } from '../../src/kernel/time.ts';

const START = msOf('2026-10-20T00:00:00.000000Z' as Instant);
const minutes = (count: number): Instant => instantFromMs(START + count * 60_000);
const days = (count: number): Instant => minutes(count * 1440);

const roles = Object.keys(ROLES) as Role[];
const exclusive = roles.filter((role) => 'exclusive' in ROLES[role]);

const period = fc
  .tuple(fc.integer({ min: 0, max: 50 }), fc.option(fc.integer({ min: 1, max: 50 })))
  .map(([from, length]): Period => ({ from: days(from), until: length === null ? null : days(from + length) }));

describe('roles', () => {
  it('hold permissions that exist, each at least once, and have a name in both languages', () => {
    const given = new Set(roles.flatMap((role) => permissionsOf(role)));
    expect([...given].filter((permission) => !PERMISSIONS.includes(permission))).toEqual([]);
    expect(PERMISSIONS.filter((permission) => !given.has(permission))).toEqual([]);
    for (const role of roles) expect(Object.keys(texts)).toContain(`accounts.role.${role}`);
  });

  it('give nothing for a role that is not known', () => {
    expect(permissionsOf('toString')).toEqual([]);
    expect(permissionsOf('formerRole')).toEqual([]);
  });

  it('separate administration from business, and both halves of a payment', () => {
    expect(exclusive.sort()).toEqual(['auditAdministrator', 'securityAdministrator', 'systemAdministrator']);
    const business = /^(needs|offers|matching|projects|evaluation|rounds|money|payee)\./;
    for (const role of exclusive) expect(permissionsOf(role).filter((it) => business.test(it))).toEqual([]);
    for (const role of roles) {
      const permissions = permissionsOf(role);
      expect(permissions.includes('money.prepare') && permissions.includes('money.approve')).toBe(false);
      expect(permissions.includes('payee.edit') && permissions.includes('payee.approve')).toBe(false);
    }
  });

  it('of an administrator meet no other role at any instant, whichever came first', () => {
    fc.assert(
      fc.property(fc.constantFrom(...roles), fc.constantFrom(...exclusive), period, period, (role, admin, a, b) => {
        fc.pre(role !== admin);
        const meet = overlap(a, b);
        for (const [held, wanted] of [
          [{ role, ...a }, { role: admin, ...b }],
          [{ role: admin, ...b }, { role, ...a }],
        ] as const) {
          const grant = (): void => assertCompatible([held], wanted);
          if (meet) expect(grant).toThrow('GRANT_EXCLUSIVE');
          else expect(grant).not.toThrow();
        }
      }),
    );
  });

  it('overlap exactly where some instant lies in both', () => {
    fc.assert(
      fc.property(period, period, (a, b) => {
        const shared = Array.from({ length: 102 }, (_, day) => days(day)).some((at) =>
          [a, b].every(({ from, until }) => from <= at && (until === null || at < until)),
        );
        expect(overlap(a, b)).toBe(shared);
        expect(overlap(b, a)).toBe(shared);
      }),
    );
  });

  it('for preparing and approving payments are not held by one person at once', () => {
    const held = { role: 'fundPreparer', from: days(0), until: days(10) };
    expect(() => assertCompatible([held], { role: 'fundApprover', from: days(9), until: null })).toThrow('GRANT_CONFLICT');
    expect(() => assertCompatible([held], { role: 'fundApprover', from: days(10), until: null })).not.toThrow();
  });
});

describe('failed sign-ins', () => {
  const fail = (times: readonly number[]): Attempts | undefined =>
    times.reduce<Attempts | undefined>((attempts, at) => afterFailure(attempts, minutes(at)), undefined);

  it('lock at the fifth within a quarter of an hour, for a quarter of an hour', () => {
    expect(() => assertUnlocked(fail([0, 1, 2, 3]), minutes(3))).not.toThrow();
    const locked = fail([0, 1, 2, 3, 14]);
    expect(() => assertUnlocked(locked, minutes(14))).toThrow('SIGN_IN_LOCKED');
    expect(() => assertUnlocked(locked, minutes(28.9))).toThrow('SIGN_IN_LOCKED');
    expect(() => assertUnlocked(locked, minutes(29))).not.toThrow();
    expect(afterFailure(locked, minutes(29)).failures).toBe(1);
  });

  it('are forgotten after a quarter of an hour', () => {
    expect(fail([0, 1, 2, 3, 15])).toMatchObject({ failures: 1, lockedUntil: null });
  });

  it('let at most nine guesses through in any quarter of an hour and 25 in any hour', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 9 }), { maxLength: 60 }), (gaps) => {
        let attempts: Attempts | undefined;
        let at = 0;
        const guessed: number[] = [];
        for (const gap of gaps) {
          at += gap;
          const open = !attempts?.lockedUntil || attempts.lockedUntil <= minutes(at);
          if (!open) continue;
          guessed.push(at);
          attempts = afterFailure(attempts, minutes(at));
        }
        // Four, forgotten after the quarter of an hour, then five more.
        const bursts = guessed.map((first) => guessed.filter((it) => it >= first && it < first + 15).length);
        expect(Math.max(0, ...bursts)).toBeLessThanOrEqual(9);
        const perHour = guessed.map((first) => guessed.filter((it) => it >= first && it < first + 60).length);
        expect(Math.max(0, ...perHour)).toBeLessThanOrEqual(25);
      }),
    );
  });
});

describe('passwords', () => {
  it.each(['short-one-1', 'aaaaaaaaaaaa', 'my name is Wang', 'x'.repeat(120) + 'abcdefghij'])('refuses %s', (password) => {
    expect(() => assertPassword(password, 'wang')).toThrow('PASSWORD_WEAK');
  });

  it.each(['correct horse', '这是一个足够长的示例口令句子'])('takes %s', (password) => {
    expect(() => assertPassword(password, 'wang')).not.toThrow();
  });
});

describe('tokens', () => {
  const held = new Set<string>(['projects.read', 'projects.claim', 'money.approve']);

  it('live up to ninety days and hold nothing their owner lacks, never the approval of payments', () => {
    expect(() => assertToken(['projects.read'], days(90), days(0), held)).not.toThrow();
    expect(() => assertToken(['projects.read'], instantFromMs(msOf(days(90)) + 1), days(0), held)).toThrow('TOKEN_LIFE');
    expect(() => assertToken(['projects.read'], days(0), days(0), held)).toThrow('TOKEN_LIFE');
    expect(() => assertToken(['projects.accept'], days(9), days(0), held)).toThrow('TOKEN_PERMISSION');
    expect(() => assertToken(['money.approve'], days(9), days(0), held)).toThrow('TOKEN_PERMISSION');
  });

  it('do at each place what both token and grant allow there', () => {
    const permission = fc.constantFrom(...PERMISSIONS);
    const grant = fc.record({
      role: fc.constant('any'),
      orgPath: fc.constantFrom('/', '/a/', '/a/b/').map((path) => path as OrgPath),
      permissions: fc.uniqueArray(permission, { maxLength: 6 }),
    });
    fc.assert(
      fc.property(fc.array(grant, { maxLength: 4 }), fc.uniqueArray(permission, { maxLength: 6 }), (grants, allowed) => {
        const seen = narrowed(grants, allowed);
        const pairs = (from: typeof seen): string[] =>
          from.flatMap(({ orgPath, permissions }) => permissions.map((it) => `${orgPath} ${it}`)).sort();
        const expected = pairs(grants).filter((pair) => {
          const name = pair.split(' ')[1]!;
          return name !== 'money.approve' && (allowed as string[]).includes(name);
        });
        expect(pairs(seen)).toEqual(expected);
      }),
    );
  });
});
