import type { Need } from '../../need/model.ts';
import type { Offer } from '../../offer/model.ts';
import type { Proposal } from '../../proposal/model.ts';
import type { FrozenRow } from './model.ts';

/** Names of communities and units are frozen too: a later name is another list's. */
export type NameOf = (unitId: string) => string;

export function frozenNeed(need: Need, nameOf: NameOf): FrozenRow {
  const { number, place, publicText, category, urgency, peopleAffected, state } = need;
  return { number, community: nameOf(need.communityId), place, need: publicText, category, urgency, peopleAffected, state };
}

export function frozenOffer(offer: Offer, nameOf: NameOf): FrozenRow {
  const { number, description, categories, capacity, fundsFen, hours, fromOn, untilOn } = offer;
  return {
    number,
    unit: nameOf(offer.unitId),
    offer: description,
    categories,
    communities: offer.communityIds.map(nameOf),
    capacity,
    fundsFen,
    hours,
    from: fromOn,
    until: untilOn,
  };
}

export function frozenProposal(proposal: Proposal, nameOf: NameOf): FrozenRow {
  const { number, title, category, capability, budgetFen, hours, fromOn, untilOn, peopleExpected, description, sharedProperty, state } = proposal;
  return {
    number,
    title,
    community: nameOf(proposal.communityId),
    category,
    capability,
    budgetFen,
    hours,
    from: fromOn,
    until: untilOn,
    peopleExpected,
    description,
    sharedProperty,
    state,
  };
}

/** Columns of each list in the order of its file; a field that is not named here is not in the file. */
export const FROZEN_COLUMNS = {
  needs: ['number', 'community', 'place', 'need', 'category', 'urgency', 'peopleAffected', 'state'],
  resources: ['number', 'unit', 'offer', 'categories', 'communities', 'capacity', 'fundsFen', 'hours', 'from', 'until'],
  projects: ['number', 'title', 'community', 'category', 'capability', 'budgetFen', 'hours', 'from', 'until', 'peopleExpected', 'description', 'state'],
} as const;
