import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import { ScheduleOverlapPolicy } from '@temporalio/client';
import { TenantStore } from '../../src/accounts/store.ts';
import { UnitStore } from '../../src/accounts/units/store.ts';
import { AuditService } from '../../src/audit/service.ts';
import { AuditStore } from '../../src/audit/store.ts';
import { quarter } from '../../src/calendar/model.ts';
import { CalendarStore } from '../../src/calendar/store.ts';
import { workflowIdOf } from '../../src/cases/messages.ts';
import { tenantId, tenantScope, type OrgPath, type TenantId } from '../../src/kernel/scope.ts';
import { localDate, shanghaiInstant } from '../../src/kernel/time.ts';
import { ensureDailyRun } from '../../src/platform/temporal/daily.ts';
import { PolicyService } from '../../src/policy/service.ts';
import { PolicyStore } from '../../src/policy/store.ts';
import { quarterCaseId, QUARTER_TICK_WORKFLOW } from '../../src/quarters/messages.ts';
import { QuarterStore, type QuarterCycle } from '../../src/quarters/store.ts';
import { createTestDatabase, type TestDatabase } from '../support/database.ts';
import { record } from '../support/histories.ts';
import { isRecording } from '../support/history-keys.ts';
import { startTestEngine, type TestEngine } from '../support/engine.ts';

const live = tenantId('tick-live');
const virtual = tenantId('tick-virtual');
const bare = tenantId('a-tick-bare');
const communityId = randomUUID();
const before = shanghaiInstant(localDate('2025-01-01'));
const scheduleId = `test-${randomUUID()}`;
const q3 = quarter('2025Q3');

jest.setTimeout(60_000);

let db: TestDatabase;
let engine: TestEngine;

beforeAll(async () => {
  db = await createTestDatabase();
  engine = await startTestEngine(db);
  for (const tenant of [bare, live, virtual]) {
    await db.database.within(tenantScope(tenant), async (tx) => {
      await new TenantStore().insert(tx, '示例区', before);
      const community = { id: communityId, kind: 'community', code: 'c1', name: '示例社区', orgPath: '/o/c1/' as OrgPath } as const;
      await new UnitStore().insert(tx, [community]);
      if (tenant !== bare) await new PolicyService(new PolicyStore(), new AuditService(new AuditStore())).installDefaults(tx, before);
      if (tenant === virtual) await new CalendarStore().insertClock(tx, 'virtual', before);
    });
  }
}, 60_000);

afterAll(async () => {
  if (isRecording) {
    const { info } = await engine.client.schedule.getHandle(scheduleId).describe();
    const { workflowId } = info.recentActions[0]!.action.workflow;
    await record(engine.client, 'quarter-tick', workflowId);
  }
  await engine?.client.schedule.getHandle(scheduleId).delete();
  await engine?.client.workflow.getHandle(workflowIdOf(live, quarterCaseId(communityId, q3))).terminate();
  await engine?.stop();
  await db?.drop();
});

const cycles = (tenant: TenantId): Promise<QuarterCycle[]> =>
  db.database.within(tenantScope(tenant), (tx) => new QuarterStore().page(tx, {}, { limit: 10 }));

describe('the daily tick', () => {
  it('is one Schedule in Asia/Shanghai, however many workers start', async () => {
    const run = { id: scheduleId, workflowType: QUARTER_TICK_WORKFLOW, taskQueue: engine.config.temporal.taskQueue };
    await ensureDailyRun(engine.client, { ...run, hour: 3 });
    await Promise.all([ensureDailyRun(engine.client, { ...run, hour: 0 }), ensureDailyRun(engine.client, { ...run, hour: 0 })]);
    const found = await engine.client.schedule.getHandle(scheduleId).describe();
    expect(found.spec.timezone).toBe('Asia/Shanghai');
    expect(found.spec.calendars).toMatchObject([{ hour: [{ start: 0, end: 0 }] }]);
    expect(found.policies).toMatchObject({ overlap: ScheduleOverlapPolicy.BUFFER_ONE, catchupWindow: 30 * 86_400_000 });
  });

  it('opens what was due on the day it was meant for, in live tenants only, and a poor tenant harms no other', async () => {
    const day = { start: new Date('2025-05-31T15:59:00Z'), end: new Date('2025-06-01T00:00:00Z') };
    await engine.client.schedule.getHandle(scheduleId).backfill({ ...day, overlap: ScheduleOverlapPolicy.ALLOW_ALL });
    while ((await cycles(live)).length === 0) await new Promise((resolve) => setTimeout(resolve, 100));
    expect(await cycles(live)).toMatchObject([{ communityId, quarter: q3, meetingOn: '2025-07-14' }]);
    expect(await cycles(virtual)).toEqual([]);
    expect(await cycles(bare)).toEqual([]);
  });
});
