import { Injectable } from '@nestjs/common';
import type { Trace } from '../../audit/model.ts';
import { AuditService } from '../../audit/service.ts';
import { refuse } from '../../kernel/refusal.ts';
import type { Instant } from '../../kernel/time.ts';
import { secretHash } from '../../platform/crypto/secret.ts';
import type { Tx } from '../../platform/database/database.ts';
import { idleSince, type Session } from './model.ts';
import { SessionStore } from './store.ts';

/** Where somebody is signed in, as they see it themselves; times are real. */
@Injectable()
export class SessionService {
  readonly #store: SessionStore;
  readonly #audit: AuditService;

  constructor(store: SessionStore, audit: AuditService) {
    this.#store = store;
    this.#audit = audit;
  }

  /** Seen last first. `current`: the secret that the browser came with. */
  async of(tx: Tx, accountId: string, current: string | undefined, at: Instant): Promise<Session[]> {
    return this.#store.of(tx, accountId, current === undefined ? null : secretHash(current), idleSince(at), at);
  }

  /** One, or all but the current one; answers how many ended. Refuses `SESSION_UNKNOWN`, for another's as for none. */
  async end(tx: Tx, accountId: string, which: { readonly id: string } | { readonly allBut: string }, { at, trace }: { readonly at: Instant; readonly trace: Trace }): Promise<number> {
    const ended = 'id' in which ? await this.#store.endOne(tx, accountId, which.id) : await this.#store.endOthers(tx, accountId, secretHash(which.allBut));
    if (ended === 0 && 'id' in which) refuse('SESSION_UNKNOWN', 'unknown');
    if (ended > 0) await this.#audit.record(tx, { ...trace, at, action: 'accounts.sessionsEnded', subject: `account:${accountId}`, outcome: 'done', changes: { ended } });
    return ended;
  }
}
