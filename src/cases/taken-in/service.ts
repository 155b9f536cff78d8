import { setTimeout as delay } from 'node:timers/promises';
import { Injectable, type OnModuleDestroy } from '@nestjs/common';
import { tenantScope, type TenantId } from '../../kernel/scope.ts';
import { Database } from '../../platform/database/database.ts';
import { CaseStore } from '../store.ts';

/** Far shorter than the sweeper waits before it asks again, far longer than a click lasts. */
const ROUND_MS = 1000;
/** How long a process that stops waits for cases that have not answered. */
const PATIENCE_MS = 5000;

/**
 * Keeps in mind which commands the running case itself has answered, not only the journal (ADR 0027). What is not marked,
 * because the engine lost its task or this process ended, the sweeper sends again: the run then takes in what it missed.
 */
@Injectable()
export class TakenIn implements OnModuleDestroy {
  readonly #db: Database;
  readonly #store: CaseStore;
  readonly #asked = new Set<Promise<unknown>>();
  readonly #unmarked = new Map<TenantId, string[]>();
  #round: NodeJS.Timeout | undefined;

  constructor(db: Database, store: CaseStore) {
    this.#db = db;
    this.#store = store;
  }

  /** The case's own answer, which nobody may be waiting for any more; the command is marked with it, unless it is a refusal. */
  by<Answer>(tenant: TenantId, commandId: string, answer: Promise<Answer>): Promise<Answer> {
    const marked = answer.then((it) => {
      this.mark(tenant, commandId);
      return it;
    });
    const over = (): void => void this.#asked.delete(marked);
    this.#asked.add(marked);
    marked.then(over, over);
    return marked;
  }

  mark(tenant: TenantId, commandId: string): void {
    const commandIds = this.#unmarked.get(tenant) ?? [];
    commandIds.push(commandId);
    this.#unmarked.set(tenant, commandIds);
    this.#round ??= setTimeout(() => void this.written(), ROUND_MS).unref();
  }

  /** Writes what is marked so far. A failure only costs a repeat. */
  async written(): Promise<void> {
    clearTimeout(this.#round);
    this.#round = undefined;
    const marked = [...this.#unmarked];
    this.#unmarked.clear();
    const write = ([tenant, commandIds]: [TenantId, string[]]): Promise<void> =>
      this.#db.within(tenantScope(tenant), (tx) => this.#store.takeIn(tx, commandIds), { mayBeLost: true });
    await Promise.allSettled(marked.map(write));
  }

  /** A connection that is closed under a call still trying throws where nobody can catch it. */
  async onModuleDestroy(): Promise<void> {
    await Promise.race([Promise.allSettled(this.#asked), delay(PATIENCE_MS, undefined, { ref: false })]);
    await this.written();
  }
}
