import { randomUUID } from 'node:crypto';
import { tenantId, tenantScope } from '../../src/kernel/scope.ts';
import { Database, type Tx } from '../../src/platform/database/database.ts';
import { ProjectStore, type ProjectFilter, type ProjectSort } from '../../src/projects/store.ts';
import { rounded } from './figures.ts';
import type { Stage } from './stage.ts';

export interface ListFigures {
  readonly listProjects: number;
  /** Rows read ÷ page size: the worst of all filters, orders and depths. */
  readonly listRowsRead: number;
  readonly listWorst: string;
}

const TENANT = tenantId('bench-list');
const PAGE = 50;
const STATUSES = ['listed', 'offered', 'claimed', 'implementing', 'accepted', 'closed'] as const;
const COMMUNITIES = 40;
const UNITS = 200;

/** Plans of the very statements the list sends, under the application's role and its row-level security. */
export async function measureList(stage: Stage, projects: number): Promise<ListFigures> {
  const { communityId, leadUnit } = await plantProjects(stage, projects);
  const { app } = stage.parts;
  const store = app.get(ProjectStore, { strict: false });
  let worst = { read: 0, name: '' };
  await app.get(Database).within(tenantScope(TENANT), async (tx) => {
    for (const filter of filters({ status: 'implementing', communityId, leadUnit })) {
      for (const sort of ['number', 'due'] as const) {
        for (const [depth, after] of await depths(tx, filter, sort)) {
          const read = await rowsRead(tx, store, filter, sort, after);
          const name = `${Object.keys(filter).join('+') || 'all'} by ${sort}, ${depth} page`;
          if (read / PAGE > worst.read) worst = { read: read / PAGE, name };
        }
      }
    }
  });
  return { listProjects: projects, listRowsRead: rounded(worst.read), listWorst: worst.name };
}

/** Every set of the filters that the list offers; what one body carries out for others is few, and filtered row by row. */
function filters(values: Required<Omit<ProjectFilter, 'implementerId'>>): ProjectFilter[] {
  const names = Object.keys(values) as (keyof typeof values)[];
  return Array.from({ length: 2 ** names.length }, (_, set) =>
    Object.fromEntries(names.filter((__, place) => set & (2 ** place)).map((name) => [name, values[name]])),
  );
}

type After = { readonly sort: string | number; readonly id: string } | undefined;

/** Where the first, the middle and the last page begin. */
async function depths(tx: Tx, filter: ProjectFilter, sort: ProjectSort): Promise<[string, After][]> {
  const column = sort === 'due' ? 'due_order' : 'ordinal';
  const rows = await tx.query<{ sort: string | number; id: string }>(
    `SELECT ${column} AS sort, id FROM project
      WHERE tenant_id = $1 AND ($2::text IS NULL OR status = $2)
        AND ($3::uuid IS NULL OR community_id = $3) AND ($4::uuid IS NULL OR lead_unit = $4)
      ORDER BY ${column}, id`,
    [TENANT, filter.status ?? null, filter.communityId ?? null, filter.leadUnit ?? null],
  );
  const middle = rows[Math.floor(rows.length / 2)];
  const last = rows[rows.length - PAGE - 1];
  const later: [string, After][] = [];
  if (middle) later.push(['middle', middle]);
  if (last) later.push(['last', last]);
  return [['first', undefined], ...later];
}

interface PlanNode {
  readonly 'Node Type': string;
  readonly 'Actual Rows': number;
  readonly 'Actual Loops': number;
  readonly 'Rows Removed by Filter'?: number;
  readonly 'Rows Removed by Index Recheck'?: number;
  readonly Plans?: readonly PlanNode[];
}

async function rowsRead(tx: Tx, store: ProjectStore, filter: ProjectFilter, sort: ProjectSort, after: After): Promise<number> {
  let read = 0;
  const explaining: Tx = {
    ...tx,
    query: async <Row>(sql: string, parameters: readonly unknown[] = []): Promise<Row[]> => {
      const [row] = await tx.query<{ 'QUERY PLAN': readonly { readonly Plan: PlanNode }[] }>(
        `EXPLAIN (ANALYZE, FORMAT JSON) ${sql}`,
        parameters,
      );
      read += scanned(row!['QUERY PLAN'][0]!.Plan);
      return [];
    },
  };
  await store.page(explaining, filter, sort, { limit: PAGE, after });
  return read;
}

function scanned(node: PlanNode): number {
  const removed = (node['Rows Removed by Filter'] ?? 0) + (node['Rows Removed by Index Recheck'] ?? 0);
  const own = node['Node Type'].includes('Scan') ? (node['Actual Rows'] + removed) * node['Actual Loops'] : 0;
  return (node.Plans ?? []).reduce((sum, child) => sum + scanned(child), own);
}

/** One unit leads a fifth and one community holds a fifth of all: the rest is even. */
export async function plantProjects({ admin }: Stage, projects: number): Promise<{ communityId: string; leadUnit: string }> {
  const communities = Array.from({ length: COMMUNITIES }, () => randomUUID());
  const units = Array.from({ length: UNITS }, () => randomUUID());
  await admin.query(
    `INSERT INTO project (tenant_id, id, ordinal, number, title, category, proposal_id, community_id, org_path, version,
                          status, budget_fen, lead_unit, due, created_at, moved_at)
     SELECT $1, gen_random_uuid(), n, 'MX-' || n, '示例', 'elderly', gen_random_uuid(),
            ($2::uuid[])[CASE WHEN n % 5 = 0 THEN 1 ELSE 1 + (n * 7919::bigint) % cardinality($2::uuid[]) END], '/xc/', 1,
            ($4::text[])[1 + (n * 104729::bigint) % cardinality($4::text[])], 500000,
            CASE WHEN n % 3 > 0 THEN ($3::uuid[])[CASE WHEN (n * 31) % 5 = 1 THEN 1 ELSE 1 + (n * 15485863::bigint) % cardinality($3::uuid[]) END] END,
            CASE WHEN n % 4 > 0 THEN timestamptz '2026-01-01' + (n * 7907::bigint % 400000) * interval '1 minute' END,
            timestamptz '2026-01-01', timestamptz '2026-01-01'
       FROM generate_series(1, $5::integer) AS n`,
    [TENANT, communities, units, STATUSES, projects],
  );
  await admin.query('VACUUM ANALYZE project');
  return { communityId: communities[0]!, leadUnit: units[0]! };
}
