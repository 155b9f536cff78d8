import { randomUUID } from 'node:crypto';
import { permissionsOf, type Role } from '../../src/accounts/model.ts';
import { TenantService } from '../../src/accounts/service.ts';
import { TokenService } from '../../src/accounts/tokens/service.ts';
import { UnitService } from '../../src/accounts/units/service.ts';
import { BusinessClock } from '../../src/calendar/clock.ts';
import { senderOf, type Sender } from '../../src/demo/sender.ts';
import { orgPath, tenantId, tenantScope, WHOLE_TENANT, type TenantId } from '../../src/kernel/scope.ts';
import { addHours, instantFromMs, localDate } from '../../src/kernel/time.ts';
import { Database } from '../../src/platform/database/database.ts';
import { PolicyService } from '../../src/policy/service.ts';
import { plantProposals as plantIn } from '../../test/support/proposals.ts';
import type { Stage } from './stage.ts';

export interface Town {
  readonly tenant: TenantId;
  readonly manager: Sender;
  readonly worker: Sender;
  /** Speaks for every unit. */
  readonly liaison: Sender;
  readonly unitIds: readonly string[];
}

const COMMUNITY = 'xc';

/** A live tenant with one community and so many units, made from inside as `npm start` makes its own. */
export async function foundTown(stage: Stage, name: string, units: number): Promise<Town> {
  const { app } = stage.parts;
  const tenant = tenantId(name);
  const at = instantFromMs(Date.now());
  await app.get(TenantService, { strict: false }).createTenant(tenant, '示例区', []);
  const codes = Array.from({ length: units }, (_, index) => `u${index + 1}`);
  const unitIds = await app.get(Database).within(tenantScope(tenant), async (tx) => {
    await app.get(PolicyService, { strict: false }).installDefaults(tx, at);
    await app.get(BusinessClock, { strict: false }).goLive(tx);
    const rows = [
      { code: 'office', name: '示例街道', kind: 'subdistrictOffice' as const },
      { code: COMMUNITY, name: '示例社区', kind: 'community' as const },
      ...codes.map((code) => ({ code, name: `示例单位${code}`, kind: 'coBuildingUnit' as const, communities: [COMMUNITY] })),
    ];
    const registry = app.get(UnitService, { strict: false });
    const { errors } = await registry.registerUnits(tx, rows, { commandId: randomUUID(), at, joinedOn: localDate('2026-01-01') });
    if (errors.length > 0) throw new Error(JSON.stringify(errors));
    const known = await registry.byCodes(tx, codes);
    return codes.map((code) => known.get(code)!.id);
  });
  return {
    tenant,
    manager: await member(stage, tenant, 'manager', WHOLE_TENANT),
    worker: await member(stage, tenant, 'communityWorker', WHOLE_TENANT),
    liaison: await member(stage, tenant, 'unit', '/units/'),
    unitIds,
  };
}

async function member({ parts: { app }, base }: Stage, tenant: TenantId, role: Role, at: string): Promise<Sender> {
  const path = orgPath(at);
  const [enrolled] = await app.get(TenantService, { strict: false }).enrol(tenantScope(tenant), [
    { login: `${role.toLowerCase()}-1`, name: '示例人员', orgPath: path, roles: [{ role, orgPath: path }], password: null },
  ]);
  const now = instantFromMs(Date.now());
  const permissions = permissionsOf(role).filter((permission) => permission !== 'money.approve');
  const wanted = { accountId: enrolled!.accountId, name: 'bench', permissions, expiresAt: addHours(now, 24) };
  const issued = await app
    .get(Database)
    .within(tenantScope(tenant), (tx) => app.get(TokenService, { strict: false }).issue(tx, wanted, { commandId: randomUUID(), at: now }));
  return senderOf(base, { authorization: `Bearer ${issued.secret}` });
}

/** Ready proposals, each answering one need of its own. */
export function plantProposals({ parts: { app } }: Stage, { tenant }: Town, count: number): Promise<string[]> {
  return plantIn(app, tenant, COMMUNITY, count);
}

/** A case that waits on the open list; answers the project's id. */
export async function openProject({ manager }: Town, proposalId: string): Promise<string> {
  const { id } = await manager.post<{ id: string }>('/api/v1/projects', { proposalId }, randomUUID());
  return id;
}
