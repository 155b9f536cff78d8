import { refuse } from '../../kernel/refusal.ts';
import type { RightsPolicy } from '../../policy/model.ts';

/** Behind which mask somebody may look, one field at a time. */
export const REVEALED_FIELDS = ['name', 'phone'] as const;

export type RevealedField = (typeof REVEALED_FIELDS)[number];

/** Where a masked field stands. */
export const REVEALED_RECORDS = ['need', 'submission', 'person'] as const;

export type RevealedRecord = (typeof REVEALED_RECORDS)[number];

/** So many in a day that an auditor should know. */
export function isManyReveals(today: number, { revealsAlarm }: Pick<RightsPolicy, 'revealsAlarm'>): boolean {
  return today >= revealsAlarm;
}

/** `before`: how many this person has looked behind today. Refuses `REVEALS_MANY`. */
export function assertMayReveal(before: number, { revealsPerDay: max }: Pick<RightsPolicy, 'revealsPerDay'>): void {
  if (before >= max) refuse('REVEALS_MANY', 'tooMany', { max });
}
