import { execFile } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { promisify } from 'node:util';
import { TenantService } from '../../src/accounts/service.ts';
import { AuditService } from '../../src/audit/service.ts';
import { tenantId, tenantScope } from '../../src/kernel/scope.ts';
import { instantFromMs } from '../../src/kernel/time.ts';
import { Database } from '../../src/platform/database/database.ts';
import { quantile, rounded } from '../engine/figures.ts';
import { PROJECT, type Stage } from '../engine/stage.ts';

export interface SealingFigures {
  readonly sealedRows: number;
  /** From a row's commit to the commit of the block that holds it. */
  readonly sealingDelayP50Ms: number;
  readonly sealingDelayP99Ms: number;
}

export interface VerificationFigures {
  readonly verifiedRows: number;
  readonly verifiedBlocks: number;
  readonly verifiedRowsPerSecond: number;
}

const RECORD = tenantId('bench-record');
const ROWS_PER_TRANSACTION = 500;
const SEALED_WITHIN_MS = 120_000;
const LOOKS_EVERY_MS = 500;

/** Over every row that has been written so far, once all are sealed. */
export async function measureSealing(stage: Stage): Promise<SealingFigures> {
  await allSealed(stage);
  const { rows } = await stage.admin.query<{ ms: number }>(
    `SELECT 1000 * extract(epoch FROM pg_xact_commit_timestamp(b.xmin) - pg_xact_commit_timestamp(r.xmin))::float8 AS ms
       FROM audit_event r JOIN audit_block b ON b.tenant_id = r.tenant_id AND r.xid >= b.from_xid AND r.xid < b.until_xid`,
  );
  const delays = rows.map(({ ms }) => ms);
  return { sealedRows: delays.length, sealingDelayP50Ms: rounded(quantile(delays, 0.5)), sealingDelayP99Ms: rounded(quantile(delays, 0.99)) };
}

/** The verifier that shares no code with the product, from its start to its verdict, on a record of so many rows. */
export async function measureVerification(stage: Stage, rows: number): Promise<VerificationFigures> {
  await plantRecord(stage, rows);
  await allSealed(stage);
  const verifier = join(PROJECT, 'tools/verify-record.mjs');
  const { stdout } = await promisify(execFile)(process.execPath, [verifier, stage.adminUrl, '--tenant', RECORD, '--json']);
  const verdict = JSON.parse(stdout) as { proved: boolean; rows: number; blocks: number; seconds: number };
  if (!verdict.proved || verdict.rows < rows) throw new Error(`the record is not proved: ${stdout.slice(0, 500)}`);
  return { verifiedRows: verdict.rows, verifiedBlocks: verdict.blocks, verifiedRowsPerSecond: Math.round(verdict.rows / verdict.seconds) };
}

async function plantRecord({ parts: { app } }: Stage, rows: number): Promise<void> {
  await app.get(TenantService, { strict: false }).createTenant(RECORD, '示例区', []);
  const audit = app.get(AuditService, { strict: false });
  for (let written = 0; written < rows; written += ROWS_PER_TRANSACTION) {
    await app.get(Database).within(tenantScope(RECORD), async (tx) => {
      for (let row = written; row < Math.min(rows, written + ROWS_PER_TRANSACTION); row += 1) {
        await audit.record(tx, { at: instantFromMs(Date.now()), action: 'bench.written', subject: `row:${row}`, outcome: 'done', commandId: randomUUID(), changes: { row } });
      }
    });
  }
}

async function allSealed({ admin }: Stage): Promise<void> {
  for (let waited = 0; waited < SEALED_WITHIN_MS; waited += LOOKS_EVERY_MS) {
    const { rows } = await admin.query<{ open: boolean }>(
      `SELECT EXISTS (SELECT FROM audit_event r WHERE NOT EXISTS (
         SELECT FROM audit_block b WHERE b.tenant_id = r.tenant_id AND r.xid >= b.from_xid AND r.xid < b.until_xid)) AS open`,
    );
    if (!rows[0]!.open) return;
    await delay(LOOKS_EVERY_MS);
  }
  throw new Error('the record is not sealed');
}
