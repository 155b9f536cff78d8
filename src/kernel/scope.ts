import { refuse } from './refusal.ts';

/** A district or city; short text, part of every key. */
export type TenantId = string & { readonly __tenant: unique symbol };

/** Place in the tenant's organisation tree, `/`-terminated: `/`, `/mengyang/`, `/mengyang/xincheng/`. */
export type OrgPath = string & { readonly __orgPath: unique symbol };

export const WHOLE_TENANT = '/' as OrgPath;

const TENANT = /^[a-z][a-z0-9-]{1,30}$/;
const ORG_PATH = /^\/([a-z0-9-]{1,40}\/){0,8}$/;

export function tenantId(text: string): TenantId {
  if (!TENANT.test(text)) refuse('TENANT_INVALID', 'invalid');
  return text as TenantId;
}

export function orgPath(text: string): OrgPath {
  if (!ORG_PATH.test(text)) refuse('ORG_PATH_INVALID', 'invalid');
  return text as OrgPath;
}

export function within(path: OrgPath, root: OrgPath): boolean {
  return path.startsWith(root);
}

/** Who acts, as numbers: never a name. `system` acts on due dates. */
export type ActorId = string & { readonly __actor: unique symbol };

export const SYSTEM_ACTOR = 'system' as ActorId;

/** The rows a piece of work may see: one tenant, one subtree, on whose behalf. */
export interface Scope {
  readonly tenant: TenantId;
  readonly orgPath: OrgPath;
  readonly actor: ActorId;
  /** The person whose right the actor uses as a deputy. */
  readonly onBehalfOf?: string;
}

export function tenantScope(tenant: TenantId, actor: ActorId = SYSTEM_ACTOR): Scope {
  return { tenant, orgPath: WHOLE_TENANT, actor };
}
