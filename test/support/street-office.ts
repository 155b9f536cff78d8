import { randomUUID } from 'node:crypto';
import { UnitService } from '../../src/accounts/units/service.ts';
import { tenantScope, type TenantId } from '../../src/kernel/scope.ts';
import { localDate } from '../../src/kernel/time.ts';
import { Database } from '../../src/platform/database/database.ts';
import { PolicyService } from '../../src/policy/service.ts';
import { AT } from '../needs/support.ts';
import type { TestApi } from './api.ts';
import { Staff } from './staff.ts';

export interface StreetOffice {
  readonly staff: Staff;
  readonly units: ReadonlyMap<string, string>;
}

/** A street office with two communities, one co-building unit and the policies delivered with the product. */
export async function foundStreetOffice(api: TestApi): Promise<StreetOffice> {
  const staff = await Staff.of(api);
  return { staff, units: await furnishStreetOffice(api, staff.tenant) };
}

/** The same for a tenant that is there; answers the units' ids by their codes. */
export async function furnishStreetOffice({ api: { app } }: TestApi, tenant: TenantId): Promise<ReadonlyMap<string, string>> {
  return app.get(Database, { strict: false }).within(tenantScope(tenant), async (tx) => {
    await app.get(PolicyService, { strict: false }).installDefaults(tx, AT);
    const service = app.get(UnitService, { strict: false });
    await service.registerUnits(
      tx,
      [
        { code: 'mengyang', name: '蒙阳街道办事处', kind: 'subdistrictOffice' },
        { code: 'xincheng', name: '新城社区', kind: 'community' },
        { code: 'dongjie', name: '东街社区（示例）', kind: 'community' },
        { code: 'gj01', name: '区某局（示例）', kind: 'coBuildingUnit', communities: ['xincheng'] },
      ],
      { commandId: randomUUID(), at: AT, joinedOn: localDate('2025-01-01') },
    );
    return new Map((await service.all(tx)).map((it) => [it.code, it.id]));
  });
}
