import { gzipSync, gunzipSync } from 'node:zlib';
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Client } from '@temporalio/client';
import { historyToJSON } from '@temporalio/common/lib/proto-utils.js';
import { workflowIdOf } from '../../src/cases/messages.ts';
import { CaseService } from '../../src/cases/service.ts';
import { tenantScope } from '../../src/kernel/scope.ts';
import type { TestStage } from './stage.ts';

const FOLDER = join(process.cwd(), 'test/histories');

export interface Recorded {
  readonly name: string;
  readonly workflowId: string;
  readonly history: unknown;
}

/** Keeps one run's history under a name that says what happened in it. */
export async function record(client: Client, name: string, workflowId: string, runId?: string): Promise<void> {
  const history = await client.workflow.getHandle(workflowId, runId).fetchHistory();
  mkdirSync(FOLDER, { recursive: true });
  const content: Recorded = { name, workflowId, history: JSON.parse(historyToJSON(history)) };
  writeFileSync(join(FOLDER, `${name}.json.gz`), gzipSync(JSON.stringify(content), { level: 9 }));
}

export function recorded(): Recorded[] {
  if (!existsSync(FOLDER)) return [];
  return readdirSync(FOLDER)
    .filter((file) => file.endsWith('.json.gz'))
    .sort()
    .map((file) => JSON.parse(gunzipSync(readFileSync(join(FOLDER, file))).toString('utf8')) as Recorded);
}

/** Of which stories one case each is kept: kind of case, and an event that happened in it. */
const STORIES = [
  { name: 'micro-project-rewarded', kind: 'microProject', event: 'rewarded' },
  { name: 'micro-project-withdrawn', kind: 'microProject', event: 'withdrawn' },
  { name: 'micro-project-offer-expired', kind: 'microProject', event: 'offerExpired' },
  { name: 'micro-project-rectified', kind: 'microProject', event: 'rectificationRequired' },
  { name: 'micro-project-report-returned', kind: 'microProject', event: 'reportReturned' },
  { name: 'quarter-cycle', kind: 'quarterCycle', event: 'opened' },
  { name: 'matching-run', kind: 'matchingRun', event: 'opened' },
  { name: 'result-based-award', kind: 'resultBasedAward', event: 'granted' },
] as const;

/** After a year was played with `RECORD_HISTORIES=1`. */
export async function recordYear({ stage, db, engine }: TestStage): Promise<void> {
  const { tenant } = stage;
  const cases = stage.app.get(CaseService, { strict: false });
  const heads = await db.database.within(tenantScope(tenant), (tx) =>
    tx.query<{ caseId: string; kind: string }>(
      'SELECT case_id AS "caseId", kind FROM case_head WHERE tenant_id = $1 ORDER BY opened_at, case_id',
      [tenant],
    ),
  );
  const missing = new Map(STORIES.map((story) => [story.name, story]));
  for (const { caseId, kind } of heads) {
    const types = new Set((await cases.journal(tenant, caseId)).map(({ type }) => type));
    for (const { name } of [...missing.values()].filter((story) => story.kind === kind && types.has(story.event))) {
      await record(engine.client, name, workflowIdOf(tenant, caseId));
      missing.delete(name);
    }
  }
  if (missing.size > 0) throw new Error(`no case had the story ${[...missing.keys()].join(', ')}`);
}
