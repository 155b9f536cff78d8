import { Injectable } from '@nestjs/common';
import { refuse, type RefusalKind } from '../kernel/refusal.ts';
import type { Instant } from '../kernel/time.ts';
import type { Tx } from '../platform/database/database.ts';
import { violatedConstraint } from '../platform/database/violation.ts';
import { deriveId } from '../platform/ids.ts';
import {
  assertAmount,
  openingsOf,
  type AccountName,
  type Balance,
  type Book,
  type Cap,
  type CapLimit,
  type CapName,
  type Posting,
  type Settlement,
  type StatementCursor,
  type Transfer,
} from './model.ts';

const VIOLATIONS: Readonly<Record<string, readonly [code: string, kind: RefusalKind]>> = {
  ledger_account_floor: ['LEDGER_OVERDRAWN', 'rule'],
  ledger_transfer_debit: ['LEDGER_BOOK_MIXED', 'rule'],
  ledger_transfer_credit: ['LEDGER_BOOK_MIXED', 'rule'],
  ledger_transfer_within_hold: ['LEDGER_HOLD_EXCEEDED', 'rule'],
  ledger_cap_limit: ['LEDGER_CAP_EXCEEDED', 'rule'],
  ledger_cap_planned: ['LEDGER_CAP_BELOW_ZERO', 'rule'],
  ledger_cap_entry_cap: ['LEDGER_CAP_UNKNOWN', 'rule'],
};

async function refusing<Result>(work: Promise<Result>): Promise<Result> {
  try {
    return await work;
  } catch (error) {
    const violation = VIOLATIONS[violatedConstraint(error) ?? ''];
    if (violation) refuse(...violation);
    throw error;
  }
}

export function accountId(book: Book, name: AccountName): string {
  return deriveId(`ledger/${book}`, name);
}

export function transferId(entry: { readonly commandId: string; readonly ordinal: number }): string {
  return deriveId(entry.commandId, `ledger/${entry.ordinal}`);
}

interface PlanRow {
  readonly commandId: string;
  readonly ordinal: number;
  readonly cap: CapName;
  readonly amount: number;
  readonly at: Instant;
}

const TRANSFER_COLUMNS = `t.id, t.command_id AS "commandId", t.ordinal, t.kind, t.book, debit.name AS debit,
  credit.name AS credit, t.amount, t.hold_id AS "holdId", t.memo, t.at`;

const TRANSFER_SIDES = `JOIN ledger_account debit ON debit.tenant_id = t.tenant_id AND debit.id = t.debit_id
  JOIN ledger_account credit ON credit.tenant_id = t.tenant_id AND credit.id = t.credit_id`;

const BALANCE_COLUMNS = `id, book, name, kind, subject_id AS "subjectId", party_id AS "partyId", posted, held`;

/** Accounts inside the transaction's subtree (`$2` = its root), and those of the reader's own units (`$3`). */
const VISIBLE = `($2 = '/' OR (org_path >= $2 AND org_path < left($2, -1) || '0')
  OR subject_id = ANY($3::text[]) OR party_id = ANY($3::text[]))`;

@Injectable()
export class LedgerStore {
  /** The transfers that were new; those that an earlier run of the same command posted are missing from it. */
  async insertTransfers(tx: Tx, kind: 'post' | 'hold', postings: readonly Posting[]): Promise<string[]> {
    const openings = openingsOf(postings).map((opening) => ({ ...opening, id: accountId(opening.book, opening.name) }));
    const transfers = postings.map((posting) => ({
      id: transferId(posting),
      commandId: posting.commandId,
      ordinal: posting.ordinal,
      book: posting.book,
      debitId: accountId(posting.book, posting.debit),
      creditId: accountId(posting.book, posting.credit),
      amount: posting.amount,
      memo: posting.memo,
      at: posting.at,
    }));
    const rows = await refusing(
      tx.query<{ id: string }>(
        `WITH opened AS (
           INSERT INTO ledger_account (tenant_id, id, book, name, kind, subject_id, party_id, org_path, floor)
           SELECT $1, id, book, name, kind, "subjectId", "partyId", "orgPath", floor
           FROM jsonb_to_recordset($2::jsonb) AS o(id uuid, book text, name text, kind text, "subjectId" text,
             "partyId" text, "orgPath" text, floor bigint)
           ORDER BY id
           ON CONFLICT DO NOTHING
         ), transferred AS (
           INSERT INTO ledger_transfer
             (tenant_id, id, command_id, ordinal, kind, book, debit_id, credit_id, amount, memo, at)
           SELECT $1, id, "commandId", ordinal, $4, book, "debitId", "creditId", amount, memo, at
           FROM jsonb_to_recordset($3::jsonb) AS t(id uuid, "commandId" text, ordinal integer, book text, "debitId" uuid,
             "creditId" uuid, amount bigint, memo text, at timestamptz)
           ORDER BY id
           ON CONFLICT DO NOTHING
           RETURNING id
         )
         SELECT id FROM transferred`,
        [tx.scope.tenant, JSON.stringify(openings), JSON.stringify(transfers), kind],
      ),
    );
    return rows.map((row) => row.id);
  }

  /** Empty if the hold is unknown, was ended before, or the same command ended it already. */
  async insertSettlement(tx: Tx, kind: 'settle' | 'void', settlement: Settlement): Promise<string[]> {
    if (settlement.amount !== undefined) assertAmount(settlement.amount);
    const rows = await refusing(
      tx.query<{ id: string }>(
        `INSERT INTO ledger_transfer
           (tenant_id, id, command_id, ordinal, kind, book, debit_id, credit_id, amount, hold_id, memo, at)
         SELECT $1, $2::uuid, $3, $4::integer, $5, h.book, h.debit_id, h.credit_id, coalesce($6::bigint, h.amount), h.id, $8, $9::timestamptz
         FROM ledger_transfer h WHERE h.tenant_id = $1 AND h.id = $7::uuid
         ON CONFLICT DO NOTHING
         RETURNING id`,
        [
          tx.scope.tenant,
          transferId(settlement),
          settlement.commandId,
          settlement.ordinal,
          kind,
          settlement.amount ?? null,
          settlement.holdId,
          settlement.memo,
          settlement.at,
        ],
      ),
    );
    return rows.map((row) => row.id);
  }

  async #insertCapEntries(tx: Tx, kind: 'limit' | 'plan', entries: readonly PlanRow[]): Promise<void> {
    await refusing(
      tx.query(
        `INSERT INTO ledger_cap_entry (tenant_id, command_id, ordinal, cap, kind, amount, at)
         SELECT $1, "commandId", ordinal, cap, $3, amount, at
         FROM jsonb_to_recordset($2::jsonb) AS e("commandId" text, ordinal integer, cap text, amount bigint, at timestamptz)
         ORDER BY "commandId", ordinal
         ON CONFLICT DO NOTHING`,
        [tx.scope.tenant, JSON.stringify(entries), kind],
      ),
    );
  }

  async insertPlans(tx: Tx, postings: readonly Posting[]): Promise<void> {
    const plans = postings.flatMap(({ commandId, ordinal, at, plan }) => (plan ? [{ commandId, ordinal, at, ...plan }] : []));
    if (plans.length > 0) await this.#insertCapEntries(tx, 'plan', plans);
  }

  async insertCapLimits(tx: Tx, limits: readonly CapLimit[]): Promise<void> {
    await tx.query(
      `INSERT INTO ledger_cap (tenant_id, name, book, org_path)
       SELECT $1, cap, book, "orgPath"
       FROM jsonb_to_recordset($2::jsonb) AS c(cap text, book text, "orgPath" text)
       ORDER BY cap
       ON CONFLICT DO NOTHING`,
      [tx.scope.tenant, JSON.stringify(limits)],
    );
    // Nothing may be planned on a cap of nothing; it is there all the same.
    const raised = limits.filter((limit) => limit.amount !== 0);
    if (raised.length > 0) await this.#insertCapEntries(tx, 'limit', raised);
  }

  async transfersById(tx: Tx, ids: readonly string[]): Promise<Transfer[]> {
    return tx.query<Transfer>(
      `SELECT ${TRANSFER_COLUMNS} FROM ledger_transfer t ${TRANSFER_SIDES} WHERE t.tenant_id = $1 AND t.id = ANY($2::uuid[])`,
      [tx.scope.tenant, ids],
    );
  }

  async balancesById(tx: Tx, ids: readonly string[], ownUnits: readonly string[]): Promise<Balance[]> {
    return tx.query<Balance>(
      `SELECT ${BALANCE_COLUMNS} FROM ledger_account
       WHERE tenant_id = $1 AND ${VISIBLE} AND id = ANY($4::uuid[]) ORDER BY book, name`,
      [tx.scope.tenant, tx.scope.orgPath, ownUnits, ids],
    );
  }

  async balancesOfSubjects(
    tx: Tx,
    subjectIds: readonly string[],
    ownUnits: readonly string[],
  ): Promise<Balance[]> {
    return tx.query<Balance>(
      `SELECT ${BALANCE_COLUMNS} FROM ledger_account
       WHERE tenant_id = $1 AND ${VISIBLE} AND subject_id = ANY($4::text[]) ORDER BY book, name`,
      [tx.scope.tenant, tx.scope.orgPath, ownUnits, subjectIds],
    );
  }

  /** Newest first; each side has its own index in this order, so a page reads at most twice its size. */
  async transfersOf(
    tx: Tx,
    account: string,
    page: { readonly limit: number; readonly after?: StatementCursor },
  ): Promise<Transfer[]> {
    const side = (column: string): string =>
      `(SELECT * FROM ledger_transfer WHERE tenant_id = $1 AND ${column} = $2
        AND ($3::timestamptz IS NULL OR (at, id) < ($3::timestamptz, $4::uuid)) ORDER BY at DESC, id DESC LIMIT $5)`;
    return tx.query<Transfer>(
      `SELECT ${TRANSFER_COLUMNS}
       FROM (${side('debit_id')} UNION ALL ${side('credit_id')}) AS t ${TRANSFER_SIDES}
       ORDER BY t.at DESC, t.id DESC LIMIT $5`,
      [tx.scope.tenant, account, page.after?.at ?? null, page.after?.id ?? null, page.limit],
    );
  }

  async capByName(tx: Tx, cap: CapName): Promise<Cap | undefined> {
    const rows = await tx.query<Cap>(
      'SELECT name AS cap, book, amount, planned FROM ledger_cap WHERE tenant_id = $1 AND name = $2',
      [tx.scope.tenant, cap],
    );
    return rows[0];
  }
}
