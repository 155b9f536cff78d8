import { Injectable } from '@nestjs/common';
import { AuditService } from '../../audit/service.ts';
import { refuse } from '../../kernel/refusal.ts';
import type { Tx } from '../../platform/database/database.ts';
import type { PageRequest } from '../../platform/http/cursor.ts';
import { deriveId } from '../../platform/ids.ts';
import type { Intent } from '../model.ts';
import type { HeldKind, HeldRecord, Hold, HoldGround } from './model.ts';
import { HoldStore } from './store.ts';

/** Legal holds. Whoever destroys personal data asks here first, in the transaction that destroys. */
@Injectable()
export class HoldService {
  readonly #store: HoldStore;
  readonly #audit: AuditService;

  constructor(store: HoldStore, audit: AuditService) {
    this.#store = store;
    this.#audit = audit;
  }

  /** Refuses `HOLD_EXISTS`. The caller has made sure that the record may be seen. */
  async place(tx: Tx, hold: Pick<Hold, 'record' | 'orgPath' | 'ground' | 'note'>, intent: Intent): Promise<Hold> {
    await this.#store.lock(tx, hold.record);
    const id = deriveId(intent.commandId, 'hold');
    await this.#store.insert(tx, { ...hold, id, placedAt: intent.at });
    await this.#note(tx, intent, 'needs.holdPlaced', hold.record, { holdId: id, ground: hold.ground });
    return this.get(tx, id);
  }

  /** Refuses `HOLD_UNKNOWN`, also outside the subtree, and `HOLD_LIFTED`. */
  async lift(tx: Tx, id: string, intent: Intent): Promise<Hold> {
    const { record } = await this.get(tx, id);
    await this.#store.lock(tx, record);
    if (!(await this.#store.lift(tx, id, intent.at))) refuse('HOLD_LIFTED', 'state');
    await this.#note(tx, intent, 'needs.holdLifted', record, { holdId: id });
    return this.get(tx, id);
  }

  async get(tx: Tx, id: string): Promise<Hold> {
    return (await this.#store.byId(tx, id)) ?? refuse('HOLD_UNKNOWN', 'unknown');
  }

  async page(tx: Tx, filter: { readonly open?: boolean | undefined; readonly recordId?: string | undefined }, page: PageRequest): Promise<Hold[]> {
    return this.#store.page(tx, filter, page);
  }

  /** Why a record must be kept; undefined = nothing holds it, and nothing will until the transaction ends. */
  async groundOf(tx: Tx, record: HeldRecord): Promise<HoldGround | undefined> {
    await this.#store.lock(tx, record);
    return (await this.#store.grounds(tx, record.kind, [record.id])).get(record.id);
  }

  /** Of many at once, for jobs that destroy what is over; without waiting for holds that are being placed. */
  async groundsOf(tx: Tx, kind: HeldKind, ids: readonly string[]): Promise<ReadonlyMap<string, HoldGround>> {
    return this.#store.grounds(tx, kind, ids);
  }

  async #note(tx: Tx, { commandId, at, trace }: Intent, action: string, { kind, id }: HeldRecord, changes: Readonly<Record<string, string>>): Promise<void> {
    await this.#audit.record(tx, { commandId, ...trace, at, action, subject: `${kind}:${id}`, outcome: 'done', changes });
  }
}
