import type { Fen } from '../kernel/money.ts';
import type { OrgPath, TenantId } from '../kernel/scope.ts';
import type { Instant } from '../kernel/time.ts';
import type { PinnedPolicy } from '../policy/model.ts';
import type { Choice } from './facts.ts';

/** Camel case, never renamed: running cases carry it. */
export const MATCHING_WORKFLOW = 'matchingRun';

export function matchingCaseId(runId: string): string {
  return `matching/${runId}`;
}

export function matchingRunIdOf(caseId: string): string {
  return caseId.slice('matching/'.length);
}

export interface SolveRequest {
  readonly tenant: TenantId;
  readonly runId: string;
  readonly orgPath: OrgPath;
  readonly policy: PinnedPolicy<'matching'>;
  /** 1 for the first plan; each change by hand asks for the next. */
  readonly revision: number;
  /** Revision that gathers the facts: 1, or that of the last replanning. */
  readonly factsRevision?: number | undefined;
  readonly choices: readonly Choice[];
  /** Nobody knows yet what the best plan is worth without the choices. */
  readonly bestWanted?: boolean | undefined;
  readonly at: Instant;
}

/** What the case needs to know of a stored plan. */
export interface SolvedPlan {
  readonly inputHash: string;
  readonly planHash: string;
  readonly seed: number;
  /** Hundredths of points. */
  readonly value: number;
  readonly matched: number;
  readonly unmatched: number;
  /** Those that could be kept; all of them unless facts were gathered anew. */
  readonly choices?: readonly Choice[] | undefined;
  /** Of the plan without choices, where it was asked for. */
  readonly bestValue?: number | undefined;
}

/** One unit for one project whose unit declined, let it lapse or withdrew. */
export interface NextUnitRequest {
  readonly tenant: TenantId;
  readonly projectId: string;
  readonly proposalId: string;
  /** Never offered to again. */
  readonly passedBy: readonly string[];
  readonly at: Instant;
}

/** What matching must know of a unit from the areas after it; a unit that is not listed has done nothing yet. */
export interface UnitRecord {
  readonly unitId: string;
  /** Projects that it holds or has been offered. */
  readonly load: number;
  /** Budgets of those projects: the lead answers for them. */
  readonly pledgedFen: Fen;
  /** Last evaluation, 0 … 100; null without one. */
  readonly gradePercent: number | null;
}
