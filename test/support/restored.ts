import { expect } from '@jest/globals';
import { SNAPSHOT_QUERY, workflowIdOf, type CaseSnapshot } from '../../src/cases/messages.ts';
import { restore, wakeAt } from '../../src/cases/model.ts';
import { CaseService } from '../../src/cases/service.ts';
import type { Stage } from '../../src/demo/people.ts';
import { tenantScope } from '../../src/kernel/scope.ts';
import { Database } from '../../src/platform/database/database.ts';
import { CaseGateway } from '../../src/platform/temporal/gateway.ts';
import { machineOf } from './machines.ts';

interface Head {
  readonly caseId: string;
  readonly kind: string;
  readonly version: number;
  readonly parked: string | null;
}

/** Every case of the tenant is what its journal alone makes of it: state, answers and timers. Answers how many there are. */
export async function expectRestored({ app, tenant }: Pick<Stage, 'app' | 'tenant'>): Promise<number> {
  const heads = await app
    .get(Database)
    .within(tenantScope(tenant), (tx) =>
      tx.query<Head>('SELECT case_id AS "caseId", kind, version, parked_code AS parked FROM case_head WHERE tenant_id = $1', [tenant]),
    );
  for (const { caseId, kind, version, parked } of heads) {
    const machine = machineOf(kind);
    const restored = restore(machine, await app.get(CaseService, { strict: false }).journal(tenant, caseId));
    const running = await app.get(CaseGateway).query<CaseSnapshot>(workflowIdOf(tenant, caseId), SNAPSHOT_QUERY);
    expect({ caseId, parked, version: restored.version }).toEqual({ caseId, parked: null, version });
    expect(running.memory).toEqual(JSON.parse(JSON.stringify(restored)));
    expect(running.wakeAt).toBe(wakeAt(machine, restored.state) ?? null);
  }
  return heads.length;
}
