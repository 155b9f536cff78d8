import { log } from '@temporalio/activity';
import type { BusinessClock } from '../src/calendar/clock.ts';
import { FACT_SIGNAL, workflowIdOf, type PublishAnswer, type PublishRequest } from '../src/cases/messages.ts';
import type { Command } from '../src/cases/model.ts';
import type { CaseRecounts } from '../src/cases/recounting/service.ts';
import { Refusal } from '../src/kernel/refusal.ts';
import { tenantScope, type TenantId } from '../src/kernel/scope.ts';
import type { Instant } from '../src/kernel/time.ts';
import type { Database } from '../src/platform/database/database.ts';
import type { CaseGateway } from '../src/platform/temporal/gateway.ts';
import { openingInput, QUARTER_WORKFLOW } from '../src/quarters/messages.ts';
import type { QuarterProposal } from '../src/quarters/model.ts';
import type { QuarterPublishing } from '../src/quarters/publishing/service.ts';
import type { QuarterService } from '../src/quarters/service.ts';

export interface QuarterActivities {
  publishQuarter(request: PublishRequest): Promise<PublishAnswer>;
  /**
   * Opens what is due on that day, for one tenant or for every live one, and has all cases recounted whose calendar was
   * revised. Repeats open nothing twice. A normal activity, because it starts workflows.
   */
  openDueQuarters(request: { readonly tenant?: TenantId; readonly at: Instant }): Promise<{ readonly opened: number }>;
}

export interface QuarterServices {
  readonly db: Database;
  readonly gateway: CaseGateway;
  readonly clock: BusinessClock;
  readonly recounts: CaseRecounts;
  readonly quarters: QuarterService;
  readonly publishing: QuarterPublishing;
}

export function quarterActivities({ db, gateway, clock, recounts, quarters, publishing }: QuarterServices): QuarterActivities {
  async function openFor(tenant: TenantId, at: Instant): Promise<number> {
    const { mode, openings, revised } = await db.within(tenantScope(tenant), async (tx) => ({
      mode: await clock.mode(tx),
      openings: await quarters.openings(tx, at),
      revised: await recounts.all(tx, at),
    }));
    for (const opening of openings) {
      const input = openingInput(tenant, opening, { mode, now: at });
      await gateway.start({ type: QUARTER_WORKFLOW, workflowId: workflowIdOf(tenant, opening.caseId), input });
    }
    for (const { caseId, command } of revised) await tell(tenant, caseId, command);
    return openings.length;
  }

  /** A case that does not run must not keep the others from their dates; it is named again tomorrow. */
  async function tell(tenant: TenantId, caseId: string, command: Command): Promise<void> {
    try {
      await gateway.signal(workflowIdOf(tenant, caseId), FACT_SIGNAL, command);
    } catch (error) {
      if (!(error instanceof Refusal && error.code === 'CASE_NOT_RUNNING')) throw error;
      log.warn('case not recounted', { code: error.code });
    }
  }

  return {
    publishQuarter: (request) => publishing.publish(request as PublishRequest<QuarterProposal>),
    openDueQuarters: async ({ tenant, at }) => {
      const tenants = tenant ? [tenant] : await quarters.liveTenants(db);
      let opened = 0;
      for (const each of tenants) {
        try {
          opened += await openFor(each, at);
        } catch (error) {
          // One tenant without a policy must not keep the others from their quarter.
          if (!(error instanceof Refusal) || error.kind === 'unavailable') throw error;
          log.warn('quarters not opened', { code: error.code });
        }
      }
      return { opened };
    },
  };
}
