import type { Instant } from '../../kernel/time.ts';

/** What staff ask who raised a need, in words that name nobody. Open while the need is `asked` and it is the newest. */
export interface Question {
  /** From 1 on, for each need. */
  readonly number: number;
  readonly text: string;
  readonly askedAt: Instant;
  readonly answeredAt: Instant | null;
}

/** `answer`: null while there is none, and for an erased person. */
export interface AnsweredQuestion extends Question {
  readonly answer: string | null;
}
