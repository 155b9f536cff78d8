import type { Client } from '@temporalio/client';
import { workflowIdOf } from '../cases/messages.ts';
import { tenantScope, type TenantId } from '../kernel/scope.ts';
import { Database } from '../platform/database/database.ts';
import type { INestApplicationContext } from '@nestjs/common';
import type { YearOutcome } from './driver.ts';
import { historyLength } from '../platform/temporal/histories.ts';

export interface Figures {
  readonly communities: number;
  readonly units: number;
  readonly microProjects: number;
  readonly fundsFen: number;
  readonly problemsSolved: number;
  readonly reportsAccepted: number;
  readonly reportsLate: number;
  readonly peopleServed: number;
  readonly awardsFen: number;
  readonly events: number;
  readonly eventsPerProject: number;
  readonly eventsByKind: Readonly<Record<string, number>>;
  readonly refusedAsExpected: readonly string[];
  readonly seconds: number;
}

/** The loop report over HTTP, and what it cost: history events of all workflow types, as Temporal counts them. */
export async function figuresOf(app: INestApplicationContext, client: Client, tenant: TenantId, outcome: YearOutcome, seconds: number): Promise<Figures> {
  const path = `/api/v1/insights/loop-report?from=${outcome.from}&until=${outcome.until}`;
  const report = await outcome.manager.get<Omit<Figures, 'events'>>(path);
  const eventsByKind = await countEvents(app, client, tenant);
  const events = Object.values(eventsByKind).reduce((sum, count) => sum + count, 0);
  const { communities, units, microProjects, fundsFen, problemsSolved, reportsAccepted, reportsLate, peopleServed, awardsFen } = report;
  return {
    communities,
    units,
    microProjects,
    fundsFen,
    problemsSolved,
    reportsAccepted,
    reportsLate,
    peopleServed,
    awardsFen,
    events,
    eventsPerProject: Math.round((10 * events) / Math.max(1, microProjects)) / 10,
    eventsByKind,
    refusedAsExpected: outcome.refused,
    seconds,
  };
}

async function countEvents(app: INestApplicationContext, client: Client, tenant: TenantId): Promise<Record<string, number>> {
  const heads = await app
    .get(Database)
    .within(tenantScope(tenant), (tx) =>
      tx.query<{ caseId: string; kind: string }>('SELECT case_id AS "caseId", kind FROM case_head WHERE tenant_id = $1', [tenant]),
    );
  const events: Record<string, number> = {};
  for (const { caseId, kind } of heads) {
    events[kind] = (events[kind] ?? 0) + (await historyLength(client, workflowIdOf(tenant, caseId)));
  }
  return events;
}
