import { Injectable } from '@nestjs/common';
import { tenantScope } from '../../kernel/scope.ts';
import { Database } from '../../platform/database/database.ts';
import type { Forbidden, Witness } from '../../platform/http/witness.ts';
import { AuditService } from '../service.ts';

/** Records commands that were stopped at the door; what a case or a service refuses it records itself. */
@Injectable()
export class AttemptRecorder implements Witness {
  readonly #db: Database;
  readonly #audit: AuditService;

  constructor(db: Database, audit: AuditService) {
    this.#db = db;
    this.#audit = audit;
  }

  async forbidden({ caller, route, permission, requestId, network, at }: Forbidden): Promise<void> {
    const { accountId, personId } = caller;
    await this.#db.within(tenantScope(caller.tenant, caller.actor), (tx) =>
      this.#audit.record(tx, {
        at,
        action: 'access.forbidden',
        subject: `route:${route}`,
        outcome: 'refused',
        accountId,
        personId,
        requestId,
        network,
        changes: { permission },
      }),
    );
  }
}
