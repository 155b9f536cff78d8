import { Injectable } from '@nestjs/common';
import { AuditService } from '../../audit/service.ts';
import type { Trace } from '../../audit/model.ts';
import { refuse } from '../../kernel/refusal.ts';
import { tenantScope, type Scope, type TenantId } from '../../kernel/scope.ts';
import type { Instant } from '../../kernel/time.ts';
import { Database } from '../../platform/database/database.ts';
import type { Gate } from '../../platform/http/gate.ts';
import { NEVER, type Mode, type RecoveryState } from './model.ts';
import { ModeStore } from './store.ts';

/** What was known last is believed so long, in ms: a command costs no extra question. */
const BELIEVED_MS = 1000;

export interface Head {
  readonly block: number;
  readonly hash: string;
}

/** Whether a tenant is open, and how it leaves and enters recovery (operate.md). */
@Injectable()
export class RecoveryMode implements Gate {
  readonly #db: Database;
  readonly #store: ModeStore;
  readonly #audit: AuditService;
  #known: Promise<ReadonlyMap<TenantId, Mode>> | undefined;
  #knownAt = Number.NEGATIVE_INFINITY;

  constructor(db: Database, store: ModeStore, audit: AuditService) {
    this.#db = db;
    this.#store = store;
    this.#audit = audit;
  }

  /** Refuses `RECOVERING`, in recovery; without a tenant, while any is. */
  async assertOpen(tenant: TenantId | undefined): Promise<void> {
    const recovering = await this.#recent();
    if (tenant === undefined ? recovering.size > 0 : recovering.has(tenant)) refuse('RECOVERING', 'unavailable');
  }

  /** Tenants that are not open, as the database says now. */
  async recovering(): Promise<ReadonlyMap<TenantId, Mode>> {
    const rows = await this.#db.door<{ tenant_id: TenantId; mode: Mode }>('door_recovering');
    return new Map(rows.map(({ tenant_id: tenant, mode }) => [tenant, mode]));
  }

  async tenants(): Promise<TenantId[]> {
    const rows = await this.#db.door<{ tenant_id: TenantId }>('door_tenants');
    return rows.map(({ tenant_id: tenant }) => tenant);
  }

  async read(scope: Scope): Promise<RecoveryState> {
    return (await this.#db.within(scope, (tx) => this.#store.read(tx))) ?? NEVER;
  }

  /** `expected` is the head that an anchor outside tells of; both heads go into the record. Answers the one that is there. */
  async freeze(tenant: TenantId, reason: string, at: Instant, expected?: Head): Promise<Head> {
    const head = await this.#db.within(tenantScope(tenant), async (tx) => {
      const epoch = await this.#store.freeze(tx, reason, at);
      const found = await this.#store.lastBlock(tx);
      await this.#store.revokeAccess(tx, at);
      const changes = {
        reason,
        epoch,
        block: found?.number ?? 0,
        hash: found?.hash.toString('hex') ?? null,
        anchoredBlock: expected?.block ?? null,
        anchoredHash: expected?.hash ?? null,
      };
      await this.#audit.record(tx, { at, action: 'system.restored', subject: `tenant:${tenant}`, outcome: 'done', changes });
      return { block: found?.number ?? 0, hash: found?.hash.toString('hex') ?? '' };
    });
    this.#forget();
    return head;
  }

  async beginRepair(tenant: TenantId, at: Instant): Promise<boolean> {
    return this.#db.within(tenantScope(tenant), async (tx) => {
      if (!(await this.#store.change(tx, ['frozen'], 'repairing', at))) return false;
      await this.#audit.record(tx, { at, action: 'system.repairBegun', subject: `tenant:${tenant}`, outcome: 'done' });
      return true;
    });
  }

  /** Refuses `RECOVERY_UNEXPLAINED` while anything is, and `RECOVERY_OVER` when it is open already. */
  async leave(scope: Scope, unexplained: number, at: Instant, trace: Trace): Promise<void> {
    if (unexplained > 0) refuse('RECOVERY_UNEXPLAINED', 'rule', { unexplained });
    await this.#db.within(scope, async (tx) => {
      if (!(await this.#store.change(tx, ['frozen', 'repairing'], 'open', at))) refuse('RECOVERY_OVER', 'state');
      await this.#audit.record(tx, { ...trace, at, action: 'system.recoveryLeft', subject: `tenant:${scope.tenant}`, outcome: 'done' });
    });
    this.#forget();
  }

  /** Whether the database still has the block that an anchor outside tells of. */
  async holds(tenant: TenantId, { block, hash }: Head): Promise<boolean> {
    // Put back to before its first block.
    if (block === 0) return true;
    const found = await this.#db.within(tenantScope(tenant), (tx) => this.#store.blockHash(tx, block));
    return found?.toString('hex') === hash;
  }

  #forget(): void {
    this.#knownAt = Number.NEGATIVE_INFINITY;
  }

  async #recent(): Promise<ReadonlyMap<TenantId, Mode>> {
    const now = performance.now();
    if (!this.#known || now - this.#knownAt > BELIEVED_MS) {
      this.#knownAt = now;
      const asked = this.recovering();
      asked.catch(() => this.#forget());
      this.#known = asked;
    }
    return this.#known;
  }
}
