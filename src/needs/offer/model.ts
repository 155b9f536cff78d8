import { refuse } from '../../kernel/refusal.ts';
import type { Fen } from '../../kernel/money.ts';
import type { OrgPath } from '../../kernel/scope.ts';
import type { LocalDate } from '../../kernel/time.ts';
import type { Category } from '../model.ts';

export type OfferState = 'open' | 'withdrawn';

/** What a unit can give (资源清单). */
export interface Offer {
  readonly id: string;
  readonly number: string;
  /** The number it had in the file it came from. */
  readonly sourceNumber: string | null;
  readonly unitId: string;
  readonly orgPath: OrgPath;
  readonly categories: readonly Category[];
  /** Communities it is meant for; empty = every community the unit is a member of. */
  readonly communityIds: readonly string[];
  readonly description: string;
  /** Projects at the same time. */
  readonly capacity: number;
  readonly fundsFen: Fen;
  /** Hours of service in all. */
  readonly hours: number;
  /** First and last day on which it can be given; null = open end. */
  readonly fromOn: LocalDate;
  readonly untilOn: LocalDate | null;
  readonly state: OfferState;
  readonly version: number;
}

/** Refuses `DATES_REVERSED` (422): an end before its beginning. */
export function assertDatesInOrder(fromOn: LocalDate | null, untilOn: LocalDate | null, at = '/untilOn'): void {
  if (fromOn !== null && untilOn !== null && untilOn < fromOn) {
    refuse('DATES_REVERSED', 'rule', { fromOn, untilOn }, [{ at, code: 'DATES_REVERSED' }]);
  }
}
