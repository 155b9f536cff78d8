import { Inject, Injectable } from '@nestjs/common';
import { AuditService } from '../../audit/service.ts';
import { BusinessClock } from '../../calendar/clock.ts';
import { refuse } from '../../kernel/refusal.ts';
import type { Scope } from '../../kernel/scope.ts';
import { instantFromMs } from '../../kernel/time.ts';
import { Database, type Tx } from '../../platform/database/database.ts';
import type { Caller } from '../../platform/http/caller.ts';
import { once, type RequestKey } from '../../platform/http/idempotency.ts';
import { LOG, type Log } from '../../platform/logging.ts';
import { Metrics } from '../../platform/metrics.ts';
import { CaseGateway } from '../../platform/temporal/gateway.ts';
import { RESYNC_SIGNAL, workflowIdOf } from '../messages.ts';
import { ParkedStore } from './store.ts';

/** Cases that stopped themselves, and how they go on. */
@Injectable()
export class ParkedCases {
  readonly #db: Database;
  readonly #store: ParkedStore;
  readonly #gateway: CaseGateway;
  readonly #audit: AuditService;
  readonly #clock: BusinessClock;
  readonly #log: Log;

  constructor(db: Database, store: ParkedStore, gateway: CaseGateway, audit: AuditService, clock: BusinessClock, metrics: Metrics, @Inject(LOG) log: Log) {
    this.#db = db;
    this.#store = store;
    this.#gateway = gateway;
    this.#audit = audit;
    this.#clock = clock;
    this.#log = log;
    metrics.counted('cobuild_cases_parked', 'Cases that stopped themselves, of all tenants, by code', 'code', async () => {
      const rows = await db.door<{ code: string; parked: number }>('door_parked');
      return rows.map(({ code, parked }) => ({ label: code, count: parked }));
    });
  }

  /**
   * Has the case read what its journal holds and go on; if the cause is still there it parks again. Refuses
   * `CASE_UNKNOWN`, `CASE_NOT_PARKED`, `CASE_NOT_RUNNING`.
   */
  async resync(caller: Caller, scope: Scope, key: RequestKey, caseId: string): Promise<{ caseId: string }> {
    return once(this.#db, scope, key, instantFromMs(Date.now()), async (tx: Tx) => {
      const code = await this.#store.release(tx, caseId);
      if (code === undefined) refuse('CASE_UNKNOWN', 'unknown');
      if (code === null) refuse('CASE_NOT_PARKED', 'state');
      // Before the commit: a signal that does not arrive leaves the case in the list.
      await this.#gateway.signal(workflowIdOf(scope.tenant, caseId), RESYNC_SIGNAL);
      await this.#audit.record(tx, {
        at: await this.#clock.now(tx),
        action: 'case.resynced',
        subject: caseId,
        outcome: 'done',
        accountId: caller.accountId,
        personId: caller.personId,
        commandId: key.commandId,
        requestId: key.requestId,
        network: key.network,
        changes: { code },
      });
      this.#log.info({ caseId, code }, 'case resynced');
      return { caseId };
    });
  }
}
