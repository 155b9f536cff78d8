import type { Instant } from '../../kernel/time.ts';
import type { EffectiveGrant, Permission } from '../model.ts';

/** What a stolen password or an unlocked screen must not be enough for (trust.md §3): money, rules, rights, secrets. */
export const GUARDED: readonly Permission[] = [
  'policy.seal',
  'policy.amend',
  'accounts.manage',
  'accounts.grant',
  'money.prepare',
  'money.approve',
  'payee.approve',
  'people.reveal',
  'people.export',
  'system.keys',
  'system.recover',
  'system.decode',
];

export const RECOVERY_CODES = 10;

/** Six digits of an authenticator, or a recovery code of 16 small letters and digits. */
export const CODE_SHAPE = /^(\d{6}|[a-z2-7]{16})$/;

export interface SecondFactor {
  /** Null: none yet. */
  readonly confirmedAt: Instant | null;
  readonly recoveryCodesLeft: number;
}

/** As read from a screen or from paper: blanks and hyphens do not count. */
export function codeFrom(typed: string): string {
  return typed.normalize('NFKC').replace(/[\s-]/gu, '').toLowerCase();
}

export function isRecoveryCode(code: string): boolean {
  return code.length === 16;
}

/** What a session may do that has shown no second factor, and what it would open. */
export function withoutGuarded(grants: readonly EffectiveGrant[]): { grants: EffectiveGrant[]; withheld: string[] } {
  const guarded = new Set<string>(GUARDED);
  const withheld = new Set(grants.flatMap(({ permissions }) => permissions.filter((it) => guarded.has(it))));
  return {
    grants: grants.map((grant) => ({ ...grant, permissions: grant.permissions.filter((it) => !guarded.has(it)) })),
    withheld: [...withheld].sort(),
  };
}
