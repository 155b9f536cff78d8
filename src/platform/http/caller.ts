import { refuse } from '../../kernel/refusal.ts';
import type { ActorId, OrgPath, Scope, TenantId } from '../../kernel/scope.ts';
import type { Instant } from '../../kernel/time.ts';

/** One role held at one place of the organisation tree. */
export interface Grant {
  readonly role: string;
  readonly orgPath: OrgPath;
  readonly permissions: readonly string[];
  /** The person whose it is, where the caller acts as a deputy. */
  readonly for?: string;
}

/** Who sends this request. Numbers only: no name, no phone. */
export interface Caller {
  readonly tenant: TenantId;
  readonly accountId: string;
  readonly personId: string;
  readonly actor: ActorId;
  readonly via: 'session' | 'token';
  readonly grants: readonly Grant[];
  /** Whether this session has shown a second factor; a token never does. */
  readonly secondFactor: boolean;
  /** Permissions that are the caller's once the session has shown one; in no grant until then. */
  readonly withheld: readonly string[];
}

export interface Credentials {
  readonly cookie?: string;
  readonly bearer?: string;
}

/** The guard's port to whatever keeps sessions and tokens. */
export interface Authenticator {
  /** `at` is wall-clock time: sessions expire even while the business clock stands still. Undefined = not signed in. */
  authenticate(credentials: Credentials, at: Instant): Promise<Caller | undefined>;
}

/** Nest token under which an area binds its `Authenticator`. */
export const AUTHENTICATOR = Symbol('AUTHENTICATOR');

export function holds(caller: Caller, permission: string): boolean {
  return caller.grants.some((grant) => grant.permissions.includes(permission));
}

/** Refuses `SECOND_FACTOR_NEEDED` where one would open what is asked for. */
export function assertNotWithheld(caller: Caller, anyOf: readonly string[]): void {
  if (anyOf.some((permission) => caller.withheld.includes(permission))) refuse('SECOND_FACTOR_NEEDED', 'forbidden');
}

/**
 * The rows this caller may work on with that permission: the widest place among the grants that hold it
 * (of equally wide ones an own one, then the first by text, so that repeats agree). Refuses `FORBIDDEN`.
 */
export function scopeFor(caller: Caller, permission: string): Scope {
  const grants = caller.grants.filter((grant) => grant.permissions.includes(permission));
  if (grants.length === 0) assertNotWithheld(caller, [permission]);
  const [widest] = grants.sort(byWidth);
  if (!widest) return refuse('FORBIDDEN', 'forbidden', { permission });
  const { orgPath, for: onBehalfOf } = widest;
  return { tenant: caller.tenant, orgPath, actor: caller.actor, ...(onBehalfOf !== undefined && { onBehalfOf }) };
}

function byWidth(a: Grant, b: Grant): number {
  const own = Number(a.for !== undefined) - Number(b.for !== undefined);
  return a.orgPath.length - b.orgPath.length || own || (a.orgPath < b.orgPath ? -1 : 1);
}
