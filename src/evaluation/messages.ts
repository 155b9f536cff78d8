/** Camel case, never renamed: running cases carry it. */
export const AWARD_WORKFLOW = 'resultBasedAward';

const PREFIX = 'award/';

export function awardCaseId(awardId: string): string {
  return `${PREFIX}${awardId}`;
}

export function awardIdOf(caseId: string): string {
  return caseId.slice(PREFIX.length);
}
