import { fen } from '../../../src/kernel/money.ts';
import type { LocalDate } from '../../../src/kernel/time.ts';
import type { FrozenFacts, OfferFacts, ProposalFacts } from '../../../src/matching/facts.ts';
import { pinnedDefault } from '../../support/policies.ts';
import { numbers } from './instances.ts';

export function proposal(id: string, change: Partial<ProposalFacts> = {}): ProposalFacts {
  return {
    id,
    category: 'dining',
    capability: 'dining',
    communityId: 'east',
    budgetFen: fen(1_000_000),
    hours: 0,
    fromOn: '2026-01-01' as LocalDate,
    untilOn: '2026-09-30' as LocalDate,
    urgency: 1,
    text: '',
    ...change,
  };
}

/** Meets every point of `proposal`, and is paired with its community. */
export function offer(id: string, change: Partial<OfferFacts> = {}): OfferFacts {
  return {
    id,
    unitId: `unit of ${id}`,
    categories: ['dining'],
    communityIds: ['east'],
    pairedWith: ['east'],
    capacity: 1,
    registeredCapacity: 1,
    fundsFen: fen(1_000_000),
    hours: 100,
    fromOn: '2025-09-01' as LocalDate,
    untilOn: '2026-12-31' as LocalDate,
    gradePercent: null,
    load: 0,
    text: '',
    prefers: [],
    ...change,
  };
}

export function facts(change: Partial<FrozenFacts>): FrozenFacts {
  return { proposals: [], offers: [], excluded: [], policy: pinnedDefault('matching'), seed: 20261122, ...change };
}

/** A street office's quarter: a few categories and communities, uneven units, some pairs ruled out. */
export function street(seed: number, proposals: number, offers: number): FrozenFacts {
  const draw = numbers(seed);
  const categories = ['dining', 'elderly', 'children', 'housing', 'medical'];
  const communities = ['east', 'west', 'south', 'north'];
  const words = ['老人', '助餐', '课堂', '儿童', '义诊', '楼道', '照明', '维修', '陪伴', '健康'];
  const one = <T>(list: readonly T[]): T => list[draw(0, list.length - 1)]!;
  const wording = (): string => Array.from({ length: draw(2, 6) }, () => one(words)).join('，');
  return facts({
    proposals: Array.from({ length: proposals }, (_, at) => {
      const category = one(categories);
      return proposal(`p-${at}`, {
        category,
        capability: one([category, category, one(categories)]),
        communityId: one(communities),
        budgetFen: fen(draw(1, 40) * 100_000),
        urgency: draw(1, 3),
        text: wording(),
      });
    }),
    offers: Array.from({ length: offers }, (_, at) => {
      const capacity = draw(0, 4);
      const communityIds = [one(communities), one(communities)];
      return offer(`o-${at}`, {
        categories: [one(categories), one(categories)],
        communityIds,
        pairedWith: communityIds.slice(0, 1),
        capacity,
        registeredCapacity: capacity + draw(0, 2),
        fundsFen: fen(draw(10, 60) * 100_000),
        gradePercent: one([null, draw(40, 100)]),
        load: draw(0, 3),
        text: wording(),
        prefers: [`p-${draw(0, proposals - 1)}`],
      });
    }),
    excluded: Array.from({ length: Math.ceil(offers / 4) }, () => ({
      unitId: `unit of o-${draw(0, offers - 1)}`,
      proposalId: `p-${draw(0, proposals - 1)}`,
      reason: one(['CONFLICT', 'REFUSED'] as const),
    })),
    seed: draw(0, 1_000_000),
  });
}
