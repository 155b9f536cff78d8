import { Injectable } from '@nestjs/common';
import { isPartner } from '../../accounts/units/model.ts';
import { UnitService } from '../../accounts/units/service.ts';
import type { AuditChanges } from '../../audit/model.ts';
import { AuditService } from '../../audit/service.ts';
import { refuse } from '../../kernel/refusal.ts';
import { within, type OrgPath } from '../../kernel/scope.ts';
import { shanghaiDate } from '../../kernel/time.ts';
import { personalTraces, type Intent } from '../../needs/model.ts';
import { assertDatesInOrder } from '../../needs/offer/model.ts';
import { ProposalService } from '../../needs/proposal/service.ts';
import type { Tx } from '../../platform/database/database.ts';
import type { PageRequest } from '../../platform/http/cursor.ts';
import { deriveId } from '../../platform/ids.ts';
import type { DeclaredExclusion, Preference } from './model.ts';
import { ConditionStore, type NewExclusion } from './store.ts';

/** What people declare about pairs before a run: who may not lead what, and who would like to. */
@Injectable()
export class ConditionService {
  readonly #store: ConditionStore;
  readonly #units: UnitService;
  readonly #proposals: ProposalService;
  readonly #audit: AuditService;

  constructor(store: ConditionStore, units: UnitService, proposals: ProposalService, audit: AuditService) {
    this.#store = store;
    this.#units = units;
    this.#proposals = proposals;
    this.#audit = audit;
  }

  /** Refuses `UNIT_UNKNOWN`, `PROPOSAL_UNKNOWN`, `DATES_REVERSED`, `PUBLIC_TEXT_PERSONAL`. */
  async exclude(tx: Tx, exclusion: Omit<NewExclusion, 'id' | 'decidedAt'>, intent: Intent): Promise<DeclaredExclusion> {
    const unit = await this.#units.get(tx, exclusion.unitId);
    if (!isPartner(unit.kind)) refuse('UNIT_UNKNOWN', 'unknown');
    if (exclusion.proposalId !== null) await this.#proposals.get(tx, exclusion.proposalId);
    assertDatesInOrder(exclusion.fromOn, exclusion.untilOn);
    if (personalTraces(exclusion.note).length > 0) refuse('PUBLIC_TEXT_PERSONAL', 'rule', {}, [{ at: '/note', code: 'PUBLIC_TEXT_PERSONAL' }]);
    const id = deriveId(intent.commandId, 0);
    await this.#store.insertExclusion(tx, { ...exclusion, id, decidedAt: intent.at });
    const { unitId, proposalId, reasonCode } = exclusion;
    await this.#record(tx, intent, 'matching.unitExcluded', id, { unitId, proposalId, reasonCode });
    return this.#exclusion(tx, id);
  }

  /** On the day of the command. Refuses `EXCLUSION_UNKNOWN`, `EXCLUSION_STALE`. */
  async endExclusion(tx: Tx, id: string, version: number, intent: Intent): Promise<DeclaredExclusion> {
    await this.#exclusion(tx, id);
    const ended = await this.#store.endExclusion(tx, id, version, shanghaiDate(intent.at));
    if (!ended) return refuse('EXCLUSION_STALE', 'stale');
    await this.#record(tx, intent, 'matching.exclusionEnded', id, { untilOn: ended.untilOn });
    return ended;
  }

  /** Up to one more than the page holds. */
  async exclusions(tx: Tx, unitId: string | undefined, page: PageRequest): Promise<DeclaredExclusion[]> {
    return this.#store.exclusions(tx, unitId, page);
  }

  /**
   * `own`: the caller's place; the unit must stand there. `tx` sees the whole tenant, because units stand beside the
   * communities whose proposals they wish for. Refuses `UNIT_UNKNOWN`, `PROPOSAL_UNKNOWN`.
   */
  async prefer(tx: Tx, own: OrgPath, preference: Preference, intent: Intent): Promise<void> {
    await this.#assertOwn(tx, own, preference.unitId);
    const known = await this.#proposals.byIds(tx, [preference.proposalId]);
    if (known.get(preference.proposalId)?.state !== 'ready') refuse('PROPOSAL_UNKNOWN', 'unknown');
    if (await this.#store.prefer(tx, preference, intent.at)) {
      await this.#record(tx, intent, 'matching.preferenceDeclared', preference.unitId, { proposalId: preference.proposalId });
    }
  }

  async forget(tx: Tx, own: OrgPath, preference: Preference, intent: Intent): Promise<void> {
    await this.#assertOwn(tx, own, preference.unitId);
    if (await this.#store.forget(tx, preference)) {
      await this.#record(tx, intent, 'matching.preferenceWithdrawn', preference.unitId, { proposalId: preference.proposalId });
    }
  }

  async #assertOwn(tx: Tx, own: OrgPath, unitId: string): Promise<void> {
    const unit = await this.#units.get(tx, unitId);
    if (!isPartner(unit.kind) || !within(unit.orgPath, own)) refuse('UNIT_UNKNOWN', 'unknown');
  }

  async #exclusion(tx: Tx, id: string): Promise<DeclaredExclusion> {
    return (await this.#store.exclusion(tx, id)) ?? refuse('EXCLUSION_UNKNOWN', 'unknown');
  }

  async #record(tx: Tx, { commandId, at, trace }: Intent, action: string, subject: string, changes: AuditChanges): Promise<void> {
    await this.#audit.record(tx, { commandId, ...trace, at, action, subject: `matching:${subject}`, outcome: 'done', changes });
  }
}
