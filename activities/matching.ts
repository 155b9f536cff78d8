import type { TenantId } from '../src/kernel/scope.ts';
import type { Instant } from '../src/kernel/time.ts';

export interface NextUnitRequest {
  readonly tenant: TenantId;
  readonly projectId: string;
  /** Units that declined, let it lapse or withdrew: forbidden pairs. */
  readonly passedBy: readonly string[];
  readonly at: Instant;
}

export interface MatchingActivities {
  /** The best unit left for one project while all others stay as they are; null = none fits. */
  nextUnit(request: NextUnitRequest): Promise<string | null>;
}
