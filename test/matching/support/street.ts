import { fen } from '../../../src/kernel/money.ts';
import type { OrgPath } from '../../../src/kernel/scope.ts';
import type { LocalDate } from '../../../src/kernel/time.ts';
import type { MatchingPolicy, ProposalFacts, UnitFacts } from '../../../src/matching/facts.ts';
import type { FrozenFacts } from '../../../src/matching/scoring.ts';
import { numbers } from './instances.ts';

export const POLICY: MatchingPolicy = {
  version: 'test-1',
  weights: { category: 400, distance: 200, capacity: 50, funds: 150, grade: 100, fairness: 100, preference: 50 },
  branchFitPercent: 80,
  farMetres: 10_000,
  leadFundsPercent: 50,
  ungradedPercent: 60,
  unmatchedPoints: 2000,
  urgencyPoints: 500,
};

export function proposal(id: string, change: Partial<ProposalFacts> = {}): ProposalFacts {
  return {
    id,
    category: 'elderly/meals',
    orgPath: '/office/east/' as OrgPath,
    budgetFen: fen(1_000_000),
    neededHours: 0,
    fromOn: '2026-01-01' as LocalDate,
    toOn: '2026-09-30' as LocalDate,
    capabilities: [],
    urgency: 0,
    ...change,
  };
}

export function unit(id: string, change: Partial<UnitFacts> = {}): UnitFacts {
  return {
    id,
    categories: ['elderly/meals'],
    capabilities: [],
    areas: ['/office/' as OrgPath],
    capacity: 1,
    registeredCapacity: 1,
    fundsFen: fen(1_000_000),
    hours: 100,
    fromOn: '2025-09-01' as LocalDate,
    toOn: '2026-12-31' as LocalDate,
    gradePercent: null,
    load: 0,
    metresTo: {},
    prefers: [],
    ...change,
  };
}

export function facts(change: Partial<FrozenFacts>): FrozenFacts {
  return { proposals: [], units: [], excluded: [], pinned: [], policy: POLICY, seed: 20261122, ...change };
}

/** A street office's quarter: a few categories and communities, uneven units, some pairs ruled out. */
export function street(seed: number, proposals: number, units: number): FrozenFacts {
  const draw = numbers(seed);
  const categories = ['elderly/meals', 'elderly/visits', 'children/classes', 'housing', 'medical'];
  const communities = ['east', 'west', 'south', 'north'].map((name) => `/office/${name}/` as OrgPath);
  const one = <T>(list: readonly T[]): T => list[draw(0, list.length - 1)]!;
  return facts({
    proposals: Array.from({ length: proposals }, (_, at) =>
      proposal(`p-${at}`, { category: one(categories), orgPath: one(communities), budgetFen: fen(draw(1, 40) * 100_000), urgency: draw(0, 3) }),
    ),
    units: Array.from({ length: units }, (_, at) => {
      const capacity = draw(0, 4);
      return unit(`u-${at}`, {
        categories: [one(['elderly', ...categories]), one(categories)],
        areas: [one(communities), one(communities)],
        capacity,
        registeredCapacity: capacity + draw(0, 2),
        fundsFen: fen(draw(1, 60) * 100_000),
        gradePercent: one([null, draw(40, 100)]),
        load: draw(0, 3),
        metresTo: Object.fromEntries(communities.map((path) => [path, draw(100, 12_000)])),
        prefers: [`p-${draw(0, proposals - 1)}`],
      });
    }),
    excluded: Array.from({ length: Math.ceil(units / 4) }, () => ({
      unit: `u-${draw(0, units - 1)}`,
      proposal: `p-${draw(0, proposals - 1)}`,
      reason: one(['CONFLICT', 'REFUSED'] as const),
    })),
    seed: draw(0, 1_000_000),
  });
}
