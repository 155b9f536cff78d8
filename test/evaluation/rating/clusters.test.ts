import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { countedRatings, doubtsOf, type RatingMark } from '../../../src/evaluation/rating/clusters/model.ts';
import { instantFromMs } from '../../../src/kernel/time.ts';

const LIMITS = { clusterRatings: 3, clusterSeconds: 60 };
const START = Date.parse('2026-03-02T01:00:00Z');
const mark = (second: number, network: string, stars = 5): RatingMark => ({ stars, network, receivedAt: instantFromMs(START + second * 1000) });

describe('clusters of ratings', () => {
  it('are many of one network, whenever they came', () => {
    const marks = [mark(0, 'hall', 5), mark(4000, 'hall', 4), mark(9000, 'hall', 3), mark(300, 'home', 1), mark(5000, 'phone', 2)];
    expect(doubtsOf(marks, LIMITS)).toMatchObject({ clusters: [{ kind: 'network', raters: 3 }], doubtful: { raters: 3, stars: 12 } });
    expect(doubtsOf(marks.slice(1), LIMITS).clusters).toEqual([]);
  });

  it('are many at almost the same time, from wherever, and one that goes on is one', () => {
    const marks = [0, 30, 60, 90, 120].map((second, place) => mark(second, `n${place}`));
    const found = doubtsOf([...marks, mark(1000, 'far'), mark(2000, 'off')], LIMITS);
    expect(found).toEqual({
      clusters: [{ kind: 'minute', raters: 5, from: instantFromMs(START), until: instantFromMs(START + 120_000) }],
      doubtful: { raters: 5, stars: 25 },
    });
    expect(doubtsOf([mark(0, 'a'), mark(31, 'b'), mark(61, 'c')], LIMITS).clusters).toEqual([]);
  });

  it('hold exactly the ratings that share a network or a minute with enough others, each once', () => {
    const some = fc.array(fc.record({ second: fc.integer({ min: 0, max: 600 }), network: fc.constantFrom('a', 'b', 'c', 'd'), stars: fc.integer({ min: 1, max: 5 }) }), { maxLength: 25 });
    fc.assert(
      fc.property(some, (drawn) => {
        const marks = drawn.map(({ second, network, stars }) => mark(second, network, stars));
        const seconds = drawn.map(({ second }) => second);
        const isDoubtful = ({ second, network }: (typeof drawn)[number]): boolean =>
          drawn.filter((other) => other.network === network).length >= 3 ||
          // Some span of a minute that holds this one holds enough.
          seconds.some((from) => from <= second && second <= from + 60 && seconds.filter((it) => it >= from && it <= from + 60).length >= 3);
        const doubtful = drawn.filter(isDoubtful);
        const stars = doubtful.reduce((sum, it) => sum + it.stars, 0);
        expect(doubtsOf(marks, LIMITS).doubtful).toEqual({ raters: doubtful.length, stars });
      }),
    );
  });

  it('are counted or left out by a person, and by nobody else', () => {
    const doubts = doubtsOf([mark(0, 'hall'), mark(1, 'hall'), mark(2, 'hall')], LIMITS);
    const all = { raters: 7, stars: 30 };
    expect(() => countedRatings(all, doubts, undefined)).toThrow(expect.objectContaining({ code: 'RATINGS_DOUBTFUL' }));
    expect(countedRatings(all, doubts, 'count')).toEqual(all);
    expect(countedRatings(all, doubts, 'leaveOut')).toEqual({ raters: 4, stars: 15 });
    expect(countedRatings(all, doubtsOf([], LIMITS), undefined)).toEqual(all);
  });
});
