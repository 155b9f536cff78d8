import type { Instant } from '../../kernel/time.ts';

export type AccountState = 'active' | 'closed';

/** How a person comes in. A person may have several; roles and approvals belong to the person. */
export interface Account {
  readonly id: string;
  readonly personId: string;
  readonly login: string;
  readonly state: AccountState;
  /** Null once the holder has set an own password. */
  readonly oneTimePasswordUntil: Instant | null;
  /** False: an account of a program, which has tokens only. */
  readonly canSignIn: boolean;
  /** Whether the holder has put the page's first-visit guide away. */
  readonly guideSeen: boolean;
}

/** 3 to 40 small letters, digits, `.`, `_`, `-`, `@`. */
export const LOGIN = /^[a-z0-9][a-z0-9._@-]{2,39}$/;

/** As typed, in any case or width. */
export function loginFrom(typed: string): string {
  return typed.normalize('NFKC').trim().toLowerCase();
}
