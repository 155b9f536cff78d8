import type { Instant } from '../../kernel/time.ts';

/** What somebody has begun to write in a form of the page; a text of the page's own, which nobody else reads. */
export interface Draft {
  /** Form and what it is about: `report:<project>:<quarter>`. */
  readonly form: string;
  readonly version: number;
  readonly savedAt: Instant;
  readonly text: string;
}

/** Of one account: beyond that something saves without end. */
export const MOST_DRAFTS = 100;
