import { randomUUID } from 'node:crypto';
import { UnitService } from '../../src/accounts/units/service.ts';
import { tenantScope } from '../../src/kernel/scope.ts';
import { instantFromMs, localDate } from '../../src/kernel/time.ts';
import { Database } from '../../src/platform/database/database.ts';
import { PolicyService } from '../../src/policy/service.ts';
import type { TestApi } from './api.ts';
import type { Staff, StaffMember } from './staff.ts';

export interface Claimant extends StaffMember {
  /** Of the unit that this person acts for. */
  readonly id: string;
}

/** The community of all claimants. */
export const COMMUNITY = 'xc';

/** An office, one community and so many co-building units in it, each with a person of its own; with default policies. */
export async function plantClaimants(api: TestApi, staff: Staff, count: number): Promise<Claimant[]> {
  const { app } = api.api;
  const units = app.get(UnitService, { strict: false });
  const at = instantFromMs(Date.now());
  const codes = Array.from({ length: count }, (_, index) => `u${index + 1}`);
  const known = await app.get(Database, { strict: false }).within(tenantScope(staff.tenant), async (tx) => {
    await app.get(PolicyService, { strict: false }).installDefaults(tx, at);
    const rows = [
      { code: 'office', name: '示例街道', kind: 'subdistrictOffice' as const },
      { code: COMMUNITY, name: '示例社区', kind: 'community' as const },
      ...codes.map((code) => ({ code, name: `示例单位${code}`, kind: 'coBuildingUnit' as const, communities: [COMMUNITY] })),
    ];
    const { errors } = await units.registerUnits(tx, rows, { commandId: randomUUID(), at, joinedOn: localDate('2026-01-01') });
    if (errors.length > 0) throw new Error(`a planted unit was refused: ${JSON.stringify(errors[0])}`);
    return units.byCodes(tx, codes);
  });
  const claimants: Claimant[] = [];
  for (const code of codes) {
    const { id, orgPath } = known.get(code)!;
    claimants.push({ ...(await staff.member('unit', orgPath, code)), id });
  }
  return claimants;
}
