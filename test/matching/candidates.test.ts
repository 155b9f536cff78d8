import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { candidates } from '../../src/matching/candidates.ts';
import { HardFilters, REASONS, type Choice, type FrozenFacts } from '../../src/matching/facts.ts';
import { Points } from '../../src/matching/points.ts';
import { drawOrder } from '../../src/matching/solver/lots.ts';
import { pinnedDefault } from '../support/policies.ts';
import { facts, offer, proposal, street } from './support/street.ts';

interface Pair {
  readonly offer: string;
  readonly score: number;
}

/** Every pair asked one after the other: what the index must find without doing so. */
function naive(frozen: FrozenFacts): Map<string, Pair[]> {
  const { policy, excluded, offers, proposals, seed } = frozen;
  const filters = new HardFilters(policy.values, excluded);
  const points = new Points(frozen);
  const order = [...drawOrder(seed, offers.map(({ id }) => id))];
  return new Map(
    proposals.map((asked) => {
      points.ofKind(asked);
      points.compareWith(asked);
      const open = offers.flatMap((offered, row) =>
        filters.reason(asked, offered) ? [] : [{ offer: offered.id, row, score: points.parts(asked, row).reduce((sum, part) => sum + part) }],
      );
      const best = open.sort((a, b) => b.score - a.score || order.indexOf(a.row) - order.indexOf(b.row));
      return [asked.id, best.slice(0, policy.values.candidatesPerNeed).map(({ offer: id, score }) => ({ offer: id, score }))];
    }),
  );
}

function found(frozen: FrozenFacts, choices: readonly Choice[] = []): Map<string, Pair[]> {
  const { edges } = candidates(frozen, choices);
  const pairs = new Map<string, Pair[]>(frozen.proposals.map(({ id }) => [id, []]));
  edges.need.forEach((row, edge) => pairs.get(frozen.proposals[row]!.id)!.push({ offer: frozen.offers[edges.unit[edge]!]!.id, score: edges.score[edge]! }));
  return pairs;
}

function stopped(frozen: FrozenFacts, choices: readonly Choice[] = [], row = 0): Record<string, number> {
  const counts = candidates(frozen, choices).stopped.subarray(row * REASONS.length, (row + 1) * REASONS.length);
  return Object.fromEntries(REASONS.map((reason, at) => [reason, counts[at]!]).filter(([, count]) => count !== 0));
}

const byOffer = (pairs: Map<string, Pair[]>): Map<string, Pair[]> =>
  new Map([...pairs].map(([id, list]) => [id, [...list].sort((a, b) => (a.offer < b.offer ? -1 : 1))]));

describe('candidates', () => {
  it('are the best so many of all pairs that pass every filter, however few are looked at', () => {
    const switches = fc.record({ filterCategory: fc.boolean(), filterArea: fc.boolean(), filterDates: fc.boolean(), filterFunds: fc.boolean() });
    fc.assert(
      fc.property(fc.nat(1_000_000), fc.constantFrom(1, 2, 5, 200), switches, (seed, candidatesPerNeed, filters) => {
        const frozen = { ...street(seed, 25, 20), policy: pinnedDefault('matching', { ...filters, candidatesPerNeed }) };
        const pairs = found(frozen);
        expect(byOffer(pairs)).toEqual(byOffer(naive(frozen)));
        frozen.proposals.forEach(({ id }, row) => {
          const counted = Object.values(stopped(frozen, [], row)).reduce((sum, count) => sum + count, 0);
          expect(counted + pairs.get(id)!.length).toBe(frozen.offers.length);
        });
      }),
      { numRuns: 25 },
    );
  });

  it('count why each of the other offers is none', () => {
    const offers = [
      offer('fits'),
      offer('fits less', { load: 1 }),
      offer('fits least', { load: 2 }),
      offer('other category', { categories: ['care'] }),
      offer('elsewhere', { communityIds: ['west'] }),
      offer('too late', { fromOn: '2026-05-01' as never }),
      offer('full', { capacity: 0 }),
      offer('poor', { fundsFen: 1 as never }),
      offer('barred', { unitId: 'barred', categories: ['care'] }),
      offer('biased', { unitId: 'biased' }),
    ];
    const frozen = facts({
      proposals: [proposal('p')],
      offers,
      policy: pinnedDefault('matching', { candidatesPerNeed: 1 }),
      excluded: [
        { unitId: 'barred', proposalId: null, reason: 'BLACKLIST' },
        { unitId: 'biased', proposalId: 'p', reason: 'CONFLICT' },
      ],
    });
    const rest = { BLACKLIST: 1, CONFLICT: 1, CATEGORY: 1, AREA: 1 };
    const filtered = { ...rest, DATES: 1, CAPACITY: 1, FUNDS: 1 };
    expect(found(frozen).get('p')).toMatchObject([{ offer: 'fits' }]);
    // What comes too low in points is not asked any further.
    expect(stopped({ ...frozen, policy: pinnedDefault('matching') })).toEqual(filtered);
    expect(Object.values(stopped(frozen)).reduce((sum, count) => sum + count)).toBe(9);
    expect(stopped(frozen)).toMatchObject(rest);
    const forbidden = [{ proposalId: 'p', offerId: 'fits', forbid: true }];
    expect(found(frozen, forbidden).get('p')).toMatchObject([{ offer: 'fits less' }]);
    expect(stopped(frozen, forbidden)).toMatchObject({ ...rest, RULED_OUT: 1 });
    expect(stopped(frozen, [{ proposalId: 'p', offerId: null }])).toEqual({ ...rest, LEFT_OUT: 6 });
  });

  it('always hold what a person has chosen, if no filter stops it', () => {
    const offers = [offer('good'), offer('less', { load: 3 }), offer('poor', { fundsFen: 1 as never })];
    const frozen = facts({ proposals: [proposal('p')], offers, policy: pinnedDefault('matching', { candidatesPerNeed: 1 }) });
    const pairs = (offerId: string): string[] | undefined => found(frozen, [{ proposalId: 'p', offerId }]).get('p')?.map((pair) => pair.offer);
    expect(pairs('less')).toEqual(['good', 'less']);
    expect(pairs('good')).toEqual(['good']);
    expect(pairs('poor')).toEqual(['good']);
  });
});
