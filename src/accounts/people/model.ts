import type { OrgPath } from '../../kernel/scope.ts';

/** A person of the office or of a unit, as numbers; name and phone are opened separately. */
export interface PersonFacts {
  readonly id: string;
  /** Employer: shared employers bar reviewers (trust.md §1). */
  readonly unitId: string | null;
  readonly orgPath: OrgPath;
  readonly version: number;
  readonly erased: boolean;
}

export interface Person extends PersonFacts {
  readonly name: string;
  readonly phone: string | null;
}
