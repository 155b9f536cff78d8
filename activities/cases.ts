import type { CaseActivities } from '../src/cases/messages.ts';
import type { CaseService } from '../src/cases/service.ts';

/** The part of `CaseActivities` that is the same for every kind of case. */
export function caseActivities(cases: CaseService): Omit<CaseActivities, 'publish'> {
  return {
    journal: ({ tenant, caseId, after }) => cases.journal(tenant, caseId, after),
    park: ({ tenant, caseId, code, at }) => cases.park(tenant, caseId, code, at),
    dropFact: ({ tenant, caseId, commandId, code, at }) => cases.dropFact(tenant, caseId, commandId, code, at),
  };
}
