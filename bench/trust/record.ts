import { execFile } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { promisify } from 'node:util';
import { TenantService } from '../../src/accounts/service.ts';
import { auditRecord, type AuditEvent } from '../../src/audit/model.ts';
import { auditHash } from '../../src/audit/service.ts';
import { tenantId, tenantScope, type ActorId } from '../../src/kernel/scope.ts';
import { instantFromMs } from '../../src/kernel/time.ts';
import { canonicalBytes } from '../../src/platform/crypto/canonical.ts';
import { Database, type Tx } from '../../src/platform/database/database.ts';
import { hashOf } from '../../src/platform/ids.ts';
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
const [PEOPLE, ACCOUNTS] = [200, 200].map((count) => Array.from({ length: count }, () => randomUUID())) as [string[], string[]];
const POLICY = hashOf('bench');
const SEALED_WITHIN_MS = 600_000;
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

/** As `AuditService` writes them, many with one statement. */
async function plantRecord({ parts: { app } }: Stage, rows: number): Promise<void> {
  await app.get(TenantService, { strict: false }).createTenant(RECORD, '示例区', []);
  for (let written = 0; written < rows; written += ROWS_PER_TRANSACTION) {
    const events = Array.from({ length: Math.min(ROWS_PER_TRANSACTION, rows - written) }, (_, at) => eventAt(written + at));
    await app.get(Database).within(tenantScope(RECORD), (tx) => insert(tx, events));
  }
}

/** With everything that a person's command leaves. */
function eventAt(row: number): AuditEvent {
  const id = randomUUID();
  return {
    id,
    tenant: RECORD,
    actor: `person:${PEOPLE[row % PEOPLE.length]}` as ActorId,
    personId: PEOPLE[row % PEOPLE.length],
    accountId: ACCOUNTS[row % ACCOUNTS.length],
    at: instantFromMs(Date.now()),
    action: 'bench.written',
    subject: `row:${row}`,
    outcome: 'done',
    caseVersion: row % 20,
    commandId: hashOf(id),
    requestId: randomUUID(),
    network: '192.0.2.1',
    policyHash: POLICY,
    changes: { row, state: 'implementing', until: '2026-11-28T16:00:00.000000Z' },
  };
}

async function insert(tx: Tx, events: readonly AuditEvent[]): Promise<void> {
  const bytes = events.map((event) => canonicalBytes(auditRecord(event)));
  const of = <Name extends keyof AuditEvent>(name: Name): AuditEvent[Name][] => events.map((event) => event[name]);
  await tx.query(
    `INSERT INTO audit_event (tenant_id, id, at, actor, account_id, person_id, action, subject, outcome, case_version, command_id,
       request_id, network, policy_hash, event_bytes, hash)
     SELECT $1, row.* FROM unnest($2::uuid[], $3::timestamptz[], $4::text[], $5::uuid[], $6::uuid[], $7::text[], $8::text[], $9::text[],
       $10::integer[], $11::text[], $12::text[], $13::text[], $14::text[], $15::bytea[], $16::bytea[]) AS row`,
    // prettier-ignore
    [RECORD, of('id'), of('at'), of('actor'), of('accountId'), of('personId'), of('action'), of('subject'), of('outcome'), of('caseVersion'),
      of('commandId'), of('requestId'), of('network'), of('policyHash'), bytes, bytes.map(auditHash)],
  );
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
