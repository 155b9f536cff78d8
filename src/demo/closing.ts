import { BusinessClock, WallClock } from '../calendar/clock.ts';
import { CaseDriver } from '../cases/driver/service.ts';
import { tenantScope } from '../kernel/scope.ts';
import { laterOf } from '../kernel/time.ts';
import { Database } from '../platform/database/database.ts';
import type { Stage } from './people.ts';

/** Drives a played year until each of its cases is closed, then lets real time take over. May be repeated until it is live. */
export async function endYear({ app, tenant }: Stage): Promise<void> {
  const db = app.get(Database);
  const driver = app.get(CaseDriver, { strict: false });
  const clock = app.get(BusinessClock, { strict: false });
  const latest = app.get(WallClock, { strict: false }).now();
  const scope = tenantScope(tenant);
  await driver.settle(tenant);
  for (let wake = await driver.nextWake(tenant); wake && wake <= latest; wake = await driver.nextWake(tenant)) {
    const now = await db.within(scope, (tx) => clock.now(tx));
    await driver.advanceTo(tenant, laterOf(wake, now));
  }
  await db.within(scope, async (tx) => {
    const open = await tx.query<{ caseId: string }>(
      'SELECT case_id AS "caseId" FROM case_head WHERE tenant_id = $1 AND NOT closed ORDER BY case_id',
      [tenant],
    );
    if (open.length > 0) throw new Error(`the year has not ended for ${open.length} cases, among them ${open[0]!.caseId}`);
    await clock.goLive(tx);
  });
}
