import { randomUUID } from 'node:crypto';
import { SessionStore } from '../../src/accounts/sessions/store.ts';
import { sessionEndsAt } from '../../src/accounts/sign-in/model.ts';
import { TenantService, type Enrolled, type Member } from '../../src/accounts/service.ts';
import { tenantId, tenantScope, WHOLE_TENANT, type OrgPath, type TenantId } from '../../src/kernel/scope.ts';
import { instantFromMs } from '../../src/kernel/time.ts';
import { newSecret } from '../../src/platform/crypto/secret.ts';
import { Database } from '../../src/platform/database/database.ts';
import type { Role } from '../../src/accounts/model.ts';
import type { TestApi } from './api.ts';
import type { HttpClient } from './http.ts';

export interface TestTenant {
  readonly tenant: TenantId;
  readonly people: ReadonlyMap<string, Enrolled>;
  /** A browser in which this person is signed in, without the half second that a password takes. */
  as(login: string): Promise<HttpClient>;
  /** The secret of such a browser's session. */
  secretOf(login: string): Promise<string>;
  enrol(...members: readonly Member[]): Promise<void>;
}

/** Somebody with these roles at one place, who has no password. */
export function member(login: string, roles: readonly Role[], orgPath = WHOLE_TENANT, unit?: string): Member {
  return {
    login,
    name: `示例${login}`,
    orgPath,
    roles: roles.map((role) => ({ role, orgPath })),
    password: null,
    ...(unit !== undefined && { unit }),
  };
}

export function at(path: string): OrgPath {
  return path as OrgPath;
}

/** A tenant of its own for each call, with these people. */
export async function createTestTenant(api: TestApi, members: readonly Member[] = []): Promise<TestTenant> {
  const { app } = api.api;
  const tenants = app.get(TenantService, { strict: false });
  const sessions = app.get(SessionStore, { strict: false });
  const database = app.get(Database, { strict: false });
  const tenant = tenantId(`t-${randomUUID().slice(0, 18)}`);
  const people = new Map<string, Enrolled>();
  const remember = (enrolled: readonly Enrolled[]): void => enrolled.forEach((it) => people.set(it.login, it));
  remember(await tenants.createTenant(tenant, '示例区', members));
  return {
    tenant,
    people,
    enrol: async (...more) => remember(await tenants.enrol(tenantScope(tenant), more)),
    as: async (login) => api.browser(await secretOf(login)),
    secretOf,
  };

  async function secretOf(login: string): Promise<string> {
    const accountId = people.get(login)?.accountId;
    if (accountId === undefined) throw new Error(`nobody is called ${login}`);
    const { secret, hash } = newSecret();
    const now = instantFromMs(Date.now());
    const session = { id: randomUUID(), accountId, tokenHash: hash, createdAt: now, expiresAt: sessionEndsAt(now) };
    await database.within(tenantScope(tenant), (tx) => sessions.open(tx, session, null));
    return secret;
  }
}
