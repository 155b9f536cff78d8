import { fen, NO_FEN } from '../../kernel/money.ts';
import type { Membership, OrgUnit } from '../../accounts/units/model.ts';
import { urgencyRank, type Need } from '../../needs/need/model.ts';
import type { Offer } from '../../needs/offer/model.ts';
import type { Proposal } from '../../needs/proposal/model.ts';
import type { Preference } from '../conditions/model.ts';
import type { OfferFacts, ProposalFacts } from '../facts.ts';
import type { UnitRecord } from '../messages.ts';

/** The most urgent of its needs speaks for a proposal. */
export function proposalFacts(proposal: Proposal, needs: ReadonlyMap<string, Need>, officeOf: ReadonlyMap<string, string>): ProposalFacts {
  const ranks = proposal.needIds.flatMap((id) => needs.get(id) ?? []).map(({ urgency }) => urgencyRank(urgency));
  return {
    id: proposal.id,
    category: proposal.category,
    capability: proposal.capability,
    communityId: proposal.communityId,
    ...(officeOf.has(proposal.communityId) && { office: officeOf.get(proposal.communityId) }),
    budgetFen: proposal.budgetFen,
    hours: proposal.hours,
    fromOn: proposal.fromOn,
    untilOn: proposal.untilOn,
    urgency: Math.max(1, ...ranks),
    text: `${proposal.title} ${proposal.description}`,
  };
}

export interface OfferSources {
  readonly offers: readonly Offer[];
  readonly memberships: readonly Membership[];
  /** Org path of each community's office. */
  readonly officeOf: ReadonlyMap<string, string>;
  readonly records: readonly UnitRecord[];
  readonly preferences: readonly Preference[];
  /** Projects that one unit may hold at a time, whatever it offers. */
  readonly openClaimsPerUnit: number;
}

/**
 * What is left of every offer. What a unit already leads and has promised is taken from its offers in the order of
 * their numbers, so that no place and no fen is given twice.
 */
export function offerFacts(sources: OfferSources): OfferFacts[] {
  const pairs = groupBy(sources.memberships, ({ unitId }) => unitId);
  const wishes = groupBy(sources.preferences, ({ unitId }) => unitId);
  const records = new Map(sources.records.map((record) => [record.unitId, record]));
  return [...groupBy(sources.offers, ({ unitId }) => unitId)].flatMap(([unitId, offers]) => {
    const record = records.get(unitId) ?? { unitId, load: 0, pledgedFen: NO_FEN, gradePercent: null };
    const load = new Remainder(record.load);
    const pledged = new Remainder(record.pledgedFen);
    const places = new Remainder(Math.max(0, sources.openClaimsPerUnit - record.load));
    const pairedWith = (pairs.get(unitId) ?? []).map(({ communityId }) => communityId).sort();
    const pairedOffices = [...new Set(pairedWith.flatMap((id) => sources.officeOf.get(id) ?? []))].sort();
    const prefers = (wishes.get(unitId) ?? []).map(({ proposalId }) => proposalId);
    return offers.map((offer): OfferFacts => {
      const free = offer.capacity - load.take(offer.capacity);
      return {
        id: offer.id,
        unitId,
        categories: offer.categories,
        communityIds: offer.communityIds.length > 0 ? offer.communityIds : pairedWith,
        pairedWith,
        pairedOffices,
        capacity: places.take(free),
        registeredCapacity: offer.capacity,
        fundsFen: fen(offer.fundsFen - pledged.take(offer.fundsFen)),
        hours: offer.hours,
        fromOn: offer.fromOn,
        untilOn: offer.untilOn,
        gradePercent: record.gradePercent,
        load: record.load,
        text: offer.description,
        prefers,
      };
    });
  });
}

/** Offices by their communities; a community that stands directly below the tenant has none. */
export function officesOf(communities: readonly Pick<OrgUnit, 'id' | 'orgPath'>[]): Map<string, string> {
  return new Map(communities.map(({ id, orgPath }) => [id, parentOf(orgPath)] as const).filter(([, office]) => office !== '/'));
}

function parentOf(orgPath: string): string {
  return orgPath.slice(0, orgPath.lastIndexOf('/', orgPath.length - 2) + 1);
}

/** An amount that is given out bit by bit until it is used up. */
class Remainder {
  #left: number;

  constructor(amount: number) {
    this.#left = amount;
  }

  take(most: number): number {
    const taken = Math.min(this.#left, most);
    this.#left -= taken;
    return taken;
  }
}

function groupBy<Row>(rows: readonly Row[], key: (row: Row) => string): Map<string, Row[]> {
  const groups = new Map<string, Row[]>();
  for (const row of rows) {
    const group = groups.get(key(row));
    if (group) group.push(row);
    else groups.set(key(row), [row]);
  }
  return groups;
}
