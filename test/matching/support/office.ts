import { randomUUID } from 'node:crypto';
import { fen } from '../../../src/kernel/money.ts';
import { localDate } from '../../../src/kernel/time.ts';
import type { Category } from '../../../src/needs/model.ts';
import type { Tx } from '../../../src/platform/database/database.ts';
import { PolicyService } from '../../../src/policy/service.ts';
import { PolicyStore } from '../../../src/policy/store.ts';
import { AuditService } from '../../../src/audit/service.ts';
import { AuditStore } from '../../../src/audit/store.ts';
import type { TestDatabase } from '../../support/database.ts';
import { AT, createArea, createPlace, drafted, intent, raised, type Place } from '../../needs/support.ts';

export const area = createArea();
export const audit = new AuditService(new AuditStore());
export const policies = new PolicyService(new PolicyStore(), audit);

export interface Office extends Place {
  within<Result>(work: (tx: Tx) => Promise<Result>): Promise<Result>;
}

/** A tenant with policy packs; units `gj01` (of 新城) and `gj02` (of 东街). */
export async function createOffice(db: TestDatabase): Promise<Office> {
  const place = await createPlace(db.database, area);
  const within: Office['within'] = (work) => db.database.within(place.scope, work);
  await within((tx) => policies.installDefaults(tx, AT));
  return { ...place, within };
}

/** A proposal that is ready, of one need. */
export async function readyProposal(tx: Tx, communityId: string, changes: Parameters<typeof drafted>[2] = {}): Promise<string> {
  const need = await area.needs.raise(tx, raised(communityId), intent());
  const { category, urgency, peopleAffected, evidence, place } = need;
  await area.needs.triage(tx, need.id, need.version, { category, urgency, peopleAffected, evidence, place, publicText: '楼道需要加装扶手' }, intent());
  const proposal = await area.proposals.draft(tx, drafted(communityId, [need.id], changes), intent());
  await area.proposals.makeReady(tx, proposal.id, proposal.version, intent());
  return proposal.id;
}

export interface OfferShape {
  readonly unitId: string;
  readonly communityIds?: readonly string[];
  readonly capacity?: number;
  readonly fundsFen?: number;
  readonly categories?: readonly Category[];
}

export async function openOffer(tx: Tx, { unitId, communityIds = [], capacity = 1, fundsFen = 1_000_000, categories = ['elderly', 'housing'] }: OfferShape): Promise<string> {
  const offer = {
    sourceNumber: null,
    unitId,
    categories,
    communityIds,
    description: '志愿维修队（示例）',
    capacity,
    fundsFen: fen(fundsFen),
    hours: 200,
    fromOn: localDate('2025-09-01'),
    untilOn: localDate('2026-12-31'),
  };
  return (await area.offers.register(tx, offer, { commandId: randomUUID(), at: AT })).id;
}
