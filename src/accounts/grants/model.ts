import type { OrgPath } from '../../kernel/scope.ts';
import { PERMISSIONS, permissionsOf, ROLES, type Period, type Permission } from '../model.ts';

/** A role given to a person at a place, from an instant on. Counted in real time, not in the tenant's business time. */
export interface Grant extends Period {
  readonly id: string;
  readonly personId: string;
  readonly role: string;
  readonly orgPath: OrgPath;
  /** Actor. */
  readonly grantedBy: string;
}

export interface Holder {
  readonly personId: string;
  readonly orgPath: OrgPath;
}

export function isPermission(text: string): text is Permission {
  return (PERMISSIONS as readonly string[]).includes(text);
}

export function rolesWith(permission: Permission): string[] {
  return Object.keys(ROLES).filter((role) => permissionsOf(role).includes(permission));
}

/** Whatever the roles allow, wherever they hold. */
export function permissionsAmong(grants: readonly { readonly role: string }[]): ReadonlySet<string> {
  return new Set(grants.flatMap(({ role }) => permissionsOf(role)));
}
