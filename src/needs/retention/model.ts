import type { OrgPath } from '../../kernel/scope.ts';
import type { Instant } from '../../kernel/time.ts';

/** Somebody of whom words, contact or photographs are kept past their term. */
export interface ExpiredSpeaker {
  readonly subjectId: string;
  readonly orgPath: OrgPath;
  readonly needId: string;
  /** When the matter was settled, and the record that tells so: where a next page goes on. */
  readonly at: Instant;
  readonly id: string;
}

export type After = Pick<ExpiredSpeaker, 'at' | 'id'>;
