import { Injectable } from '@nestjs/common';
import type { z } from 'zod';
import { UnitService } from '../../accounts/units/service.ts';
import { AuditService } from '../../audit/service.ts';
import { BusinessClock, WallClock } from '../../calendar/clock.ts';
import { refuse } from '../../kernel/refusal.ts';
import { WHOLE_TENANT, within, type Scope } from '../../kernel/scope.ts';
import { LedgerService } from '../../ledger/service.ts';
import { canonicalJson } from '../../platform/crypto/canonical.ts';
import { Database, type Tx } from '../../platform/database/database.ts';
import { scopeFor } from '../../platform/http/caller.ts';
import { once } from '../../platform/http/idempotency.ts';
import { deriveId, hashOf } from '../../platform/ids.ts';
import { PolicyService } from '../../policy/service.ts';
import type { Act } from '../commands.ts';
import { ProjectStore, type Project } from '../store.ts';
import { assertCoFunding, assertOpenFor, fundingLines, fundingPosting, type FundingStep } from './model.ts';
import type { ContributionBody, FundingView } from './schemas.ts';

const PERMISSION: Readonly<Record<FundingStep, string>> = {
  pledge: 'projects.claim',
  deliver: 'projects.claim',
  verify: 'projects.accept',
};

/** Contributions are records in the ledger, not decisions of the case: the caps and floors there guard them. */
@Injectable()
export class FundingCommands {
  readonly #db: Database;
  readonly #store: ProjectStore;
  readonly #ledger: LedgerService;
  readonly #units: UnitService;
  readonly #policy: PolicyService;
  readonly #audit: AuditService;
  readonly #clock: BusinessClock;
  readonly #wall: WallClock;

  constructor(
    db: Database,
    store: ProjectStore,
    ledger: LedgerService,
    units: UnitService,
    policy: PolicyService,
    audit: AuditService,
    clock: BusinessClock,
    wall: WallClock,
  ) {
    this.#db = db;
    this.#store = store;
    this.#ledger = ledger;
    this.#units = units;
    this.#policy = policy;
    this.#audit = audit;
    this.#clock = clock;
    this.#wall = wall;
  }

  /** Refuses `PROJECT_FUNDING_CLOSED`, `PROJECT_COFUNDING_OFF`, `LEDGER_CAP_EXCEEDED` (more than the project needs), `LEDGER_OVERDRAWN`. */
  async contribute(step: FundingStep, act: Act, body: z.output<typeof ContributionBody>): Promise<z.infer<typeof FundingView>> {
    const { caller, key, id } = act;
    const place = scopeFor(caller, PERMISSION[step]);
    // The accounts lie at the community; the caller's own place is checked on the rows below.
    const scope: Scope = { ...place, orgPath: WHOLE_TENANT };
    return once(this.#db, scope, key, this.#wall.now(), async (tx) => {
      const at = await this.#clock.now(tx);
      const project = await this.#store.holdStatus(tx, id);
      if (!project) refuse('PROJECT_UNKNOWN', 'unknown');
      await this.#assertPlace(tx, step, place, project, body.unitId);
      assertOpenFor(step, project.status);
      if (step === 'pledge' && project.policyVersion !== null) {
        const { values } = await this.#policy.pinned(tx, 'microProject', project.policyVersion);
        assertCoFunding(values, project, body.unitId);
      }
      const { unitId: funderId, book, amount, on = '', voucher = '' } = body;
      const { commandId, requestId, network } = key;
      await this.#ledger.post(tx, [
        fundingPosting(step, { commandId, projectId: id, orgPath: project.orgPath, funderId, book, amount, at }),
      ]);
      const content = { step, funderId, book, amount, on, voucher };
      await this.#store.addContent(
        tx,
        { id: deriveId(commandId, step), projectId: id, kind: `funding.${step}`, body: content, hash: hashOf(canonicalJson(content)) },
        at,
      );
      const { accountId, personId } = caller;
      const trace = { accountId, personId, commandId, requestId, network };
      const changes = { funderId, book, amount };
      await this.#audit.record(tx, { ...trace, at, action: `projects.${step}`, subject: `project/${id}`, outcome: 'done', changes });
      return this.#view(tx, id);
    });
  }

  async read(scope: Scope, id: string): Promise<z.infer<typeof FundingView>> {
    return this.#db.within({ ...scope, orgPath: WHOLE_TENANT }, async (tx) => {
      if (!(await this.#store.byId(tx, id))) refuse('PROJECT_UNKNOWN', 'unknown');
      return this.#view(tx, id);
    });
  }

  async #view(tx: Tx, id: string): Promise<z.infer<typeof FundingView>> {
    return { projectId: id, lines: [...fundingLines(await this.#ledger.balancesOf(tx, [id]))] };
  }

  async #assertPlace(tx: Tx, step: FundingStep, place: Scope, project: Project, unitId: string): Promise<void> {
    const unit = await this.#units.get(tx, unitId);
    if (step === 'verify') {
      if (!within(project.orgPath, place.orgPath)) refuse('PROJECT_ELSEWHERE', 'forbidden');
    } else if (!within(unit.orgPath, place.orgPath)) refuse('PROJECT_UNIT_FOREIGN', 'forbidden');
  }
}
