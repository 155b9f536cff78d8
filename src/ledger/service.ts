import { Injectable } from '@nestjs/common';
import { refuse } from '../kernel/refusal.ts';
import type { Tx } from '../platform/database/database.ts';
import type {
  AccountName,
  Balance,
  Book,
  Cap,
  CapLimit,
  CapName,
  Posting,
  Settlement,
  StatementCursor,
  Transfer,
} from './model.ts';
import { accountId, LedgerStore, transferId } from './store.ts';

/**
 * Money and points move here and nowhere else. Every entry is posted once per (command, ordinal). Hand all
 * entries of a transaction over in one call: accounts are locked in one order per call, so two calls could
 * deadlock with another transaction's two.
 */
@Injectable()
export class LedgerService {
  readonly #store: LedgerStore;

  constructor(store: LedgerStore) {
    this.#store = store;
  }

  /** Refuses `LEDGER_OVERDRAWN`, `LEDGER_CAP_EXCEEDED`, `LEDGER_BOOK_MIXED`, `LEDGER_REPLAY_DIFFERS`. */
  async post(tx: Tx, postings: readonly Posting[]): Promise<void> {
    await this.#insert(tx, 'post', postings);
  }

  /** Reserves on the debit account until `settle` or `release`; answers the holds' ids in the order given. */
  async hold(tx: Tx, postings: readonly Posting[]): Promise<readonly string[]> {
    await this.#insert(tx, 'hold', postings);
    return postings.map((posting) => transferId(posting));
  }

  /** Moves what was held, or a part of it; the rest is free again. Refuses `LEDGER_HOLD_SETTLED` the second time. */
  async settle(tx: Tx, settlement: Settlement): Promise<void> {
    await this.#end(tx, 'settle', settlement);
  }

  /** Frees what was held; nothing moves. */
  async release(tx: Tx, settlement: Omit<Settlement, 'amount'>): Promise<void> {
    await this.#end(tx, 'void', settlement);
  }

  async limit(tx: Tx, limits: readonly CapLimit[]): Promise<void> {
    if (limits.length > 0) await this.#store.insertCapLimits(tx, limits);
  }

  async cap(tx: Tx, cap: CapName): Promise<Cap | undefined> {
    return this.#store.capByName(tx, cap);
  }

  /** Accounts nothing was ever posted to have no row: they are missing, not zero. */
  async balances(
    tx: Tx,
    accounts: readonly { readonly book: Book; readonly name: AccountName }[],
  ): Promise<readonly Balance[]> {
    return this.#store.balancesById(
      tx,
      accounts.map((account) => accountId(account.book, account.name)),
      [],
    );
  }

  /** All accounts about these projects, awards, units or communities; `ownUnits` see theirs outside the scope too. */
  async balancesOf(
    tx: Tx,
    subjectIds: readonly string[],
    ownUnits: readonly string[] = [],
  ): Promise<readonly Balance[]> {
    return this.#store.balancesOfSubjects(tx, subjectIds, ownUnits);
  }

  /** Newest first. Refuses `LEDGER_ACCOUNT_UNKNOWN` for an account outside the scope as for none. */
  async statement(
    tx: Tx,
    accountId: string,
    page: { readonly limit: number; readonly after?: StatementCursor },
    ownUnits: readonly string[] = [],
  ): Promise<{ readonly account: Balance; readonly transfers: readonly Transfer[] }> {
    const [account] = await this.#store.balancesById(tx, [accountId], ownUnits);
    if (!account) refuse('LEDGER_ACCOUNT_UNKNOWN', 'unknown');
    return { account, transfers: await this.#store.transfersOf(tx, accountId, page) };
  }

  async #insert(tx: Tx, kind: 'post' | 'hold', postings: readonly Posting[]): Promise<void> {
    if (postings.length === 0) return;
    await this.#store.insertPlans(tx, postings);
    const fresh = new Set(await this.#store.insertTransfers(tx, kind, postings));
    const repeated = postings.filter((posting) => !fresh.has(transferId(posting)));
    if (repeated.length > 0) await this.#assertSame(tx, kind, repeated);
  }

  async #assertSame(tx: Tx, kind: 'post' | 'hold', postings: readonly Posting[]): Promise<void> {
    const ids = postings.map((posting) => transferId(posting));
    const recorded = new Map((await this.#store.transfersById(tx, ids)).map((transfer) => [transfer.id, transfer]));
    for (const posting of postings) {
      const before = recorded.get(transferId(posting));
      const isSame =
        before?.kind === kind &&
        before.book === posting.book &&
        before.debit === posting.debit &&
        before.credit === posting.credit &&
        before.amount === posting.amount;
      if (!isSame) refuse('LEDGER_REPLAY_DIFFERS', 'state', { ordinal: posting.ordinal });
    }
  }

  async #end(tx: Tx, kind: 'settle' | 'void', settlement: Settlement): Promise<void> {
    const fresh = await this.#store.insertSettlement(tx, kind, settlement);
    if (fresh.length > 0) return;
    const recorded = await this.#store.transfersById(tx, [transferId(settlement), settlement.holdId]);
    const own = recorded.find((transfer) => transfer.id === transferId(settlement));
    if (own?.holdId === settlement.holdId && own.kind === kind) return;
    if (!recorded.some((transfer) => transfer.id === settlement.holdId)) refuse('LEDGER_HOLD_UNKNOWN', 'unknown');
    refuse(own ? 'LEDGER_REPLAY_DIFFERS' : 'LEDGER_HOLD_SETTLED', 'state');
  }
}
