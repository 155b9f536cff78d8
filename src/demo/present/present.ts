import { AuditService } from '../../audit/service.ts';
import { WallClock } from '../../calendar/clock.ts';
import { tenantScope } from '../../kernel/scope.ts';
import { Database } from '../../platform/database/database.ts';
import type { Stage } from '../people.ts';
import { carryOn } from './carrying.ts';
import { readLeft } from './inbox.ts';
import { openByHand, openMatched, openQuarters, raiseNeeds, reportsAsked } from './opening.ts';
import { presentCast } from './people.ts';
import { openSurvey } from './survey.ts';

/** The audit's word for it; written last, so that an interrupted opening is gone on with. */
const COMPLETED = 'sample.completed';

export async function isComplete({ app, tenant }: Stage): Promise<boolean> {
  const audit = app.get(AuditService, { strict: false });
  const events = await app.get(Database).within(tenantScope(tenant), (tx) => audit.page(tx, { action: COMPLETED, limit: 1 }));
  return events.length > 0;
}

/** On a live tenant: the quarter of today, in which something waits in every state. May be repeated, also half done. */
export async function openPresent(stage: Stage): Promise<void> {
  const { app, tenant } = stage;
  const cast = await presentCast(stage);
  for (const reader of [cast.manager, cast.worker, ...cast.units.map(({ sender }) => sender)]) await readLeft(reader);
  const day = await raiseNeeds(cast);
  await openQuarters(cast, day);
  await openMatched(cast, day);
  for (const project of await openByHand(cast, day)) await carryOn(cast, project, day);
  await reportsAsked(cast, day);
  await openSurvey(cast, day);
  await app.get(Database).within(tenantScope(tenant), async (tx) => {
    const at = app.get(WallClock, { strict: false }).now();
    await app.get(AuditService, { strict: false }).record(tx, { at, action: COMPLETED, subject: `tenant:${tenant}`, outcome: 'done' });
  });
}
