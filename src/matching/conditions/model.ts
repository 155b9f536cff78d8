import type { Instant, LocalDate } from '../../kernel/time.ts';

export const DECLARED = ['BLACKLIST', 'CONFLICT'] as const;

/** A unit that may not lead: one proposal, or (null) any; for a time, or (null) until somebody ends it. */
export interface DeclaredExclusion {
  readonly id: string;
  readonly unitId: string;
  readonly proposalId: string | null;
  readonly reasonCode: (typeof DECLARED)[number];
  readonly note: string;
  readonly fromOn: LocalDate;
  readonly untilOn: LocalDate | null;
  readonly decidedBy: string;
  readonly decidedAt: Instant;
  readonly version: number;
}

/** A unit would like to lead a proposal; worth a bounded number of points. */
export interface Preference {
  readonly unitId: string;
  readonly proposalId: string;
}
