import type { Quarter } from '../calendar/model.ts';
import { caseInput, type CaseInput, type ClockSnapshot } from '../cases/messages.ts';
import type { TenantId } from '../kernel/scope.ts';
import type { QuarterCommand } from './model.ts';

/** Camel case, never renamed: running cases carry it. */
export const QUARTER_WORKFLOW = 'quarterCycle';
export const QUARTER_TICK_WORKFLOW = 'quarterTick';

export function quarterCaseId(communityId: string, quarter: Quarter): string {
  return `quarter/${communityId}/${quarter}`;
}

export function quarterKeyOf(caseId: string): { readonly communityId: string; readonly quarter: Quarter } {
  const [, communityId = '', of = ''] = caseId.split('/');
  return { communityId, quarter: of as Quarter };
}

export type OpenQuarter = Extract<QuarterCommand, { readonly type: 'open' }>;

/** A cycle to be started, or already there. */
export interface QuarterOpening {
  readonly caseId: string;
  readonly open: OpenQuarter;
}

export function openingInput(tenant: TenantId, { caseId, open }: QuarterOpening, clock: ClockSnapshot): CaseInput<QuarterCommand> {
  return caseInput({ tenant, caseId, open, clock });
}
