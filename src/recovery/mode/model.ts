import type { Instant } from '../../kernel/time.ts';

/**
 * `frozen`: commands are refused, no worker asks for work, nothing leaves the house. `repairing`: workers run, so that
 * cases can be repaired; everything else stays refused. `open`: the ordinary state, also of a tenant without a row.
 */
export type Mode = 'open' | 'frozen' | 'repairing';

export interface RecoveryState {
  readonly mode: Mode;
  /** Grows with every time that the past was put back: 1 = never. */
  readonly epoch: number;
  readonly reason: string | null;
  readonly since: Instant | null;
}

export const NEVER: RecoveryState = { mode: 'open', epoch: 1, reason: null, since: null };
