import type { FastifyRequest } from 'fastify';
import { refuse } from '../../kernel/refusal.ts';
import type { Scope } from '../../kernel/scope.ts';
import type { Instant } from '../../kernel/time.ts';
import type { Database, Tx } from '../database/database.ts';
import { hashOf } from '../ids.ts';
import { fingerprintOf } from './fingerprint.ts';
import { callerOf, networkOf, pathOf } from './request.ts';

/** One intended change, however often it is sent. */
export interface RequestKey {
  readonly commandId: string;
  /** Hash of the body: the same key with another body is another intention. */
  readonly fingerprint: string;
  readonly requestId: string;
  readonly network: string;
}

/** What an earlier sending of the same key left behind; without `status` it has not been answered yet. */
export interface Claimed {
  readonly answer?: unknown;
  readonly status?: number;
}

export const KEY_HEADER = 'idempotency-key';
const KEY = /^[\x21-\x7e]{8,200}$/;

/** Refuses `IDEMPOTENCY_KEY_MISSING` and `IDEMPOTENCY_KEY_INVALID` (8–200 visible ASCII characters). */
export function keyText(request: FastifyRequest): string {
  const text = request.headers[KEY_HEADER];
  if (text === undefined || text === '') return refuse('IDEMPOTENCY_KEY_MISSING', 'invalid');
  if (typeof text !== 'string' || !KEY.test(text)) return refuse('IDEMPOTENCY_KEY_INVALID', 'invalid');
  return text;
}

/** The path is the concrete one: it holds the case, so one key used on two cases is two commands. */
export function requestKey(request: FastifyRequest): RequestKey {
  const caller = callerOf(request);
  const sender = caller ? [caller.tenant, caller.actor] : ['', 'public'];
  return {
    commandId: hashOf(...sender, `${request.method} ${pathOf(request)}`, keyText(request)),
    fingerprint: fingerprintOf(request.body),
    requestId: request.id,
    network: networkOf(request),
  };
}

interface KeyRow {
  readonly fingerprint: string;
  readonly status: number | null;
  readonly answer: unknown;
}

/**
 * Takes the key inside the caller's transaction: undefined = it is new and now ours. A rival holding the same key
 * makes the INSERT wait for its commit. Refuses `IDEMPOTENCY_KEY_REUSED` for another body.
 */
export async function claimKey(tx: Tx, key: RequestKey, at: Instant): Promise<Claimed | undefined> {
  const fresh = await tx.lookup(
    `INSERT INTO idempotency_key (tenant_id, command_id, actor, fingerprint, at)
     VALUES ($1, $2, $3, $4, $5) ON CONFLICT DO NOTHING RETURNING command_id`,
    [tx.scope.tenant, key.commandId, tx.scope.actor, key.fingerprint, at],
  );
  if (fresh.length > 0) return undefined;
  const [row] = await tx.query<KeyRow>(
    'SELECT fingerprint, status, answer FROM idempotency_key WHERE tenant_id = $1 AND command_id = $2',
    [tx.scope.tenant, key.commandId],
  );
  if (row?.fingerprint !== key.fingerprint) refuse('IDEMPOTENCY_KEY_REUSED', 'rule');
  return row.status === null ? {} : { status: row.status, answer: row.answer };
}

export async function storeAnswer(tx: Tx, key: RequestKey, status: number, answer: unknown): Promise<void> {
  tx.send(
    'UPDATE idempotency_key SET status = $3, answer = $4::jsonb WHERE tenant_id = $1 AND command_id = $2',
    [tx.scope.tenant, key.commandId, status, JSON.stringify(answer ?? null)],
  );
}

/**
 * A change of content: claim, work and answer in one transaction. A refusal rolls the claim back with the work,
 * so the key may be tried again when the obstacle is gone.
 */
export async function once<Result>(
  db: Database,
  scope: Scope,
  key: RequestKey,
  at: Instant,
  work: (tx: Tx) => Promise<Result>,
): Promise<Result> {
  return db.within(scope, async (tx) => {
    const earlier = await claimKey(tx, key, at);
    if (earlier?.status !== undefined) return earlier.answer as Result;
    if (earlier) refuse('IDEMPOTENCY_KEY_IN_USE', 'state');
    const result = await work(tx);
    await storeAnswer(tx, key, 200, result);
    return result;
  });
}
