import { randomUUID } from 'node:crypto';
import type { INestApplicationContext } from '@nestjs/common';
import { permissionsOf, type Role } from '../accounts/model.ts';
import { TenantService, type Member } from '../accounts/service.ts';
import { TokenService } from '../accounts/tokens/service.ts';
import { BusinessClock } from '../calendar/clock.ts';
import { Refusal } from '../kernel/refusal.ts';
import { orgPath, tenantScope, WHOLE_TENANT, type OrgPath, type TenantId } from '../kernel/scope.ts';
import { addHours, instantFromMs, type Instant } from '../kernel/time.ts';
import { Database, type Tx } from '../platform/database/database.ts';
import { PolicyService } from '../policy/service.ts';
import { SAMPLE_ACCOUNTS } from './accounts.ts';
import { senderOf, type Sender } from './sender.ts';

/** Where the driver reaches the product: from inside for set-up and time, over HTTP for everything people do. */
export interface Stage {
  readonly app: INestApplicationContext;
  readonly tenant: TenantId;
  readonly base: string;
  readonly password: string;
}

/** Real time: a token outlives the longest demo. */
const TOKEN_HOURS = 24;

/** A tenant on a virtual clock with the product's policy packs and its office; the tenant comes last, so a repeat finds all or goes on. */
export async function setUpTenant({ app, tenant, password }: Stage, name: string, at: Instant): Promise<void> {
  const tenants = app.get(TenantService, { strict: false });
  if (await tenants.exists(tenant)) return;
  const inTenant = (work: (tx: Tx) => Promise<void>): Promise<void> => app.get(Database).within(tenantScope(tenant), work);
  await inTenant((tx) => app.get(BusinessClock, { strict: false }).declareVirtual(tx, at)).catch((error: unknown) => {
    if (!(error instanceof Refusal && error.code === 'CLOCK_DECLARED')) throw error;
  });
  await inTenant((tx) => app.get(PolicyService, { strict: false }).installDefaults(tx, at));
  const members = SAMPLE_ACCOUNTS.map(({ login, role }) => memberOf(login, role, WHOLE_TENANT, password));
  await tenants.createTenant(tenant, name, members);
}

/** One liaison for each unit, at the unit's own place. */
export async function enrolLiaisons({ app, tenant }: Stage, units: readonly { code: string; path: OrgPath }[]): Promise<void> {
  const known = await loginsOf(app, tenant);
  const fresh = units.filter(({ code }) => !known.has(liaison(code)));
  const members = fresh.map(({ code, path }) => ({ ...memberOf(liaison(code), 'unit', path, null), unit: code }));
  await app.get(TenantService, { strict: false }).enrol(tenantScope(tenant), members);
}

export function liaison(code: string): string {
  return `unit-${code.toLowerCase()}`;
}

/** Through a token with all that the role's tokens may hold. */
export async function withToken({ app, tenant, base }: Stage, login: string, role: Role): Promise<Sender> {
  const accountId = (await loginsOf(app, tenant)).get(login);
  if (accountId === undefined) throw new Error(`nobody is called ${login}`);
  const now = instantFromMs(Date.now());
  const permissions = permissionsOf(role).filter((permission) => permission !== 'money.approve');
  const wanted = { accountId, name: 'demo', permissions, expiresAt: addHours(now, TOKEN_HOURS) };
  const { secret } = await app
    .get(Database)
    .within(tenantScope(tenant), (tx) =>
      app.get(TokenService, { strict: false }).issue(tx, wanted, { commandId: randomUUID(), at: now }),
    );
  return senderOf(base, { authorization: `Bearer ${secret}` });
}

/** With a password, as everyone who approves money must. */
export async function signedIn({ base, tenant, password }: Stage, login: string): Promise<Sender> {
  const origin = new URL(base).origin;
  const answer = await fetch(`${base}/api/v1/sign-in`, {
    method: 'POST',
    headers: { origin, 'content-type': 'application/json' },
    body: JSON.stringify({ tenant, login, password }),
  });
  const cookie = answer.headers.get('set-cookie')?.split(';')[0];
  if (!answer.ok || !cookie) throw new Error(`${login} could not sign in (${answer.status})`);
  return senderOf(base, { origin, cookie });
}

export function memberOf(login: string, role: Role, path: OrgPath, password: string | null): Member {
  return {
    login,
    name: `示例${login}`,
    orgPath: path,
    roles: [{ role, orgPath: path }],
    password: password === null ? null : { text: password, oneTime: false },
  };
}

export async function loginsOf(app: INestApplicationContext, tenant: TenantId): Promise<ReadonlyMap<string, string>> {
  const rows = await app
    .get(Database)
    .within(tenantScope(tenant), (tx) =>
      tx.query<{ login: string; id: string }>('SELECT login, id FROM accounts_account WHERE tenant_id = $1', [tenant]),
    );
  return new Map(rows.map(({ login, id }) => [login, id]));
}

export function pathOf(text: string): OrgPath {
  return orgPath(text);
}
