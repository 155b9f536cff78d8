import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import proto from '@temporalio/proto';
import { workflowIdOf } from '../../src/cases/messages.ts';
import { playYear } from '../../src/demo/driver.ts';
import { figuresOf } from '../../src/demo/figures.ts';
import { tenantId, tenantScope } from '../../src/kernel/scope.ts';
import { Database } from '../../src/platform/database/database.ts';
import { rounded } from './figures.ts';
import { PROJECT, type Stage } from './stage.ts';

const { EventType } = proto.temporal.api.enums.v1;

export interface YearFigures {
  readonly microProjects: number;
  readonly eventsPerProject: number;
  /** By kind of case, events of all its cases ÷ micro-projects. */
  readonly eventsPerProjectByKind: Readonly<Record<string, number>>;
  /** Of one case of each kind, on average: its cases, its journal's entries, and its events by type. */
  readonly eventsOfOneCase: Readonly<Record<string, Readonly<Record<string, number>>>>;
}

/** The example year, four reports a project, on the virtual clock: what history it costs and where. */
export async function measureYear(stage: Stage, progress: (done: number, day: string) => void): Promise<YearFigures> {
  const { app, client } = stage.parts;
  const tenant = tenantId('bench-year');
  const place = { app, tenant, base: stage.base, password: randomBytes(18).toString('base64url') };
  const outcome = await playYear(place, { dir: join(PROJECT, 'examples/mengyang'), seed: 1, name: '示例街道', progress });
  const { events, eventsByKind, eventsPerProject, microProjects } = await figuresOf(app, client, tenant, outcome, 0);
  if (events === 0 || microProjects === 0) throw new Error('the year has left no history');
  const share = Object.entries(eventsByKind).map(([kind, count]) => [kind, rounded(count / microProjects, 1)] as const);
  return {
    microProjects,
    eventsPerProject,
    eventsPerProjectByKind: Object.fromEntries(share),
    eventsOfOneCase: await byType(stage, tenant),
  };
}

async function byType({ parts: { app, client } }: Stage, tenant: ReturnType<typeof tenantId>): Promise<YearFigures['eventsOfOneCase']> {
  const heads = await app
    .get(Database)
    .within(tenantScope(tenant), (tx) =>
      tx.query<{ caseId: string; kind: string; version: number }>(
        'SELECT case_id AS "caseId", kind, version FROM case_head WHERE tenant_id = $1 ORDER BY case_id',
        [tenant],
      ),
    );
  const kinds = new Map<string, Map<string, number>>();
  for (const { caseId, kind, version } of heads) {
    const counts = kinds.get(kind) ?? new Map<string, number>();
    kinds.set(kind, counts);
    const add = (name: string, count: number): void => void counts.set(name, (counts.get(name) ?? 0) + count);
    add('cases', 1);
    add('journal', version);
    const { events } = await client.workflow.getHandle(workflowIdOf(tenant, caseId)).fetchHistory();
    for (const event of events ?? []) add(nameOf(event), 1);
  }
  return Object.fromEntries(
    [...kinds].map(([kind, counts]) => {
      const cases = counts.get('cases')!;
      return [kind, Object.fromEntries([...counts].map(([name, count]) => [name, name === 'cases' ? count : rounded(count / cases, 1)]))];
    }),
  );
}

type HistoryEvent = proto.temporal.api.history.v1.IHistoryEvent;

/** Accepted Updates by their name: a driver's step in time is not a person's command. */
function nameOf(event: HistoryEvent): string {
  const type = EventType[event.eventType ?? 0]!.replace('EVENT_TYPE_', '').toLowerCase();
  const update = event.workflowExecutionUpdateAcceptedEventAttributes?.acceptedRequest?.input?.name;
  return update ? `${type} ${update}` : type;
}
