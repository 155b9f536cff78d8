/**
 * Areas and kinds of cases whose rows stay: money is accounted for over 15 years, which the application outlives by no
 * sweep of its own, and what proves the record itself must last as long as its chain.
 */
export const KEPT = ['audit', 'system', 'policy', 'ledger', 'approvals', 'evaluation', 'projects', 'microProject', 'resultBasedAward'] as const;

/** Blocks whose rows go together, at most; what went from them is one row of the record. */
export const MOST_BLOCKS = 500;

/** That rows past their term went from these blocks: sealed like any other row, it is what the verifier holds the gaps against. */
export const ROWS_REMOVED = 'audit.rowsRemoved';
