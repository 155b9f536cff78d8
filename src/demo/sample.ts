import { TenantService } from '../accounts/service.ts';
import { BusinessClock } from '../calendar/clock.ts';
import { tenantScope } from '../kernel/scope.ts';
import { Database } from '../platform/database/database.ts';
import { endYear } from './closing.ts';
import { playYear, type YearPlan } from './driver.ts';
import type { Stage } from './people.ts';
import { isComplete, openPresent } from './present/present.ts';

/** The whole sample: a year on the virtual clock, then today's quarter on the real one. A repeat goes on, or does nothing. */
export async function loadSample(stage: Stage, plan: YearPlan, say: (line: string) => void): Promise<void> {
  if (!(await isComplete(stage))) {
    if (!(await isLive(stage))) {
      await playYear(stage, plan);
      say('the year is over; closing its last cases');
      await endYear(stage);
    }
    say('opening the quarter of today');
    await openPresent(stage);
  }
  say('complete');
}

async function isLive({ app, tenant }: Stage): Promise<boolean> {
  if (!(await app.get(TenantService, { strict: false }).exists(tenant))) return false;
  const clock = app.get(BusinessClock, { strict: false });
  return (await app.get(Database).within(tenantScope(tenant), (tx) => clock.mode(tx))) === 'live';
}
