/** What is sealed together: the audit, the journals of all cases, the ledger's transfers. */
export type RecordKind = 'audit' | 'journal' | 'transfer';

/** Rows of one block at most, unless one transaction wrote more: a block is sealed well within a transaction's time. */
export const MOST_ROWS = 5000;
