import type { OrgPath } from '../../kernel/scope.ts';
import type { Instant } from '../../kernel/time.ts';

/** Why something must not be destroyed though its person or its term asks for it (个人信息保护法 47, second paragraph). */
export const HOLD_GROUNDS = ['litigation', 'investigation', 'statutoryTerm'] as const;

export type HoldGround = (typeof HOLD_GROUNDS)[number];

/** `need`: all that is kept of who raised it, also before a submission became one · `import`: the file and its rows. */
export const HELD_KINDS = ['need', 'import'] as const;

export type HeldKind = (typeof HELD_KINDS)[number];

export interface HeldRecord {
  readonly kind: HeldKind;
  readonly id: string;
}

/** A legal hold: nothing of the record is destroyed until it is lifted, whoever asks and whatever is due. */
export interface Hold {
  readonly id: string;
  readonly record: HeldRecord;
  readonly orgPath: OrgPath;
  readonly ground: HoldGround;
  /** File number of the court or authority and the like; working text that names nobody. */
  readonly note: string;
  readonly placedAt: Instant;
  readonly placedBy: string;
  readonly liftedAt: Instant | null;
  readonly liftedBy: string | null;
}
