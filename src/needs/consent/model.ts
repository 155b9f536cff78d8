import type { OrgPath } from '../../kernel/scope.ts';

/** By the follow-up code, or told to staff in writing or by word of mouth: as easy as it was given (个人信息保护法 15). */
export const WITHDRAWALS = ['followUp', 'paper', 'oral'] as const;

export type Withdrawal = (typeof WITHDRAWALS)[number];

/** `restored`: done again after a backup had brought the person back. */
export type RecordedWithdrawal = Withdrawal | 'restored';

/** What a resident wants put right of their own (个人信息保护法 46). */
export interface Correction {
  readonly words?: string;
  readonly name?: string;
  readonly phone?: string;
}

/** Who speaks in a need or a submission, by number. */
export interface Speaker {
  readonly subjectId: string;
  readonly orgPath: OrgPath;
  /** The need that came of it, or would come of it: photographs belong to it from the first. */
  readonly needId: string;
}
