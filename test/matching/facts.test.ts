import { describe, expect, it } from '@jest/globals';
import { fen } from '../../src/kernel/money.ts';
import type { LocalDate } from '../../src/kernel/time.ts';
import { HardFilters, type ExcludedUnit, type FilterReason, type OfferFacts, type ProposalFacts } from '../../src/matching/facts.ts';
import { Wordings } from '../../src/matching/likeness.ts';
import { SCORE_PARTS, type ScorePart } from '../../src/matching/points.ts';
import { askQuestion } from '../../src/matching/scoring.ts';
import { matchNeeds } from '../../src/matching/solver/match-needs.ts';
import { valuesOf, type MatchingPolicy } from '../../src/policy/model.ts';
import { matching } from '../../src/policy/packs/matching.ts';
import { pinnedDefault } from '../support/policies.ts';
import { facts, offer, proposal } from './support/street.ts';

function reason(asked: Partial<ProposalFacts>, offered: Partial<OfferFacts>, excluded: ExcludedUnit[] = []): FilterReason | undefined {
  return new HardFilters(valuesOf<'matching'>(matching), excluded).reason(proposal('p', asked), offer('o', { unitId: 'u', ...offered }));
}

const MISMATCHES: [FilterReason, Partial<ProposalFacts>, Partial<OfferFacts>, keyof MatchingPolicy | null][] = [
  ['CATEGORY', {}, { categories: ['elderly', 'care'] }, 'filterCategory'],
  ['CATEGORY', { capability: 'medical' }, {}, 'filterCategory'],
  ['AREA', {}, { communityIds: ['west'] }, 'filterArea'],
  ['DATES', {}, { fromOn: '2026-01-02' as LocalDate }, 'filterDates'],
  ['DATES', {}, { untilOn: '2026-09-29' as LocalDate }, 'filterDates'],
  ['CAPACITY', {}, { capacity: 0 }, null],
  ['CAPACITY', { hours: 101 }, {}, null],
  ['FUNDS', { budgetFen: fen(1_000_001) }, {}, 'filterFunds'],
];

describe('hard filters', () => {
  it('let an offer through that meets every point exactly', () => {
    const exact = { fromOn: '2026-01-01' as LocalDate, untilOn: '2026-09-30' as LocalDate };
    expect(reason({ hours: 100 }, exact)).toBeUndefined();
    expect(reason({}, { untilOn: null })).toBeUndefined();
  });

  it.each(MISMATCHES)('say %s', (code, asked, offered) => {
    expect(reason(asked, offered)).toBe(code);
  });

  it.each(MISMATCHES.filter(([, , , name]) => name !== null))('say nothing of %s when the policy switches that filter off', (_, asked, offered, name) => {
    const policy = pinnedDefault('matching', { [name!]: false });
    expect(new HardFilters(policy.values, []).reason(proposal('p', asked), offer('o', offered))).toBeUndefined();
  });

  it('ask for exclusions first, of the unit or of the pair, the strongest one', () => {
    expect(reason({}, { capacity: 0 }, [{ unitId: 'u', proposalId: null, reason: 'BLACKLIST' }])).toBe('BLACKLIST');
    const both: ExcludedUnit[] = [
      { unitId: 'u', proposalId: 'p', reason: 'REFUSED' },
      { unitId: 'u', proposalId: 'p', reason: 'CONFLICT' },
    ];
    expect(reason({}, {}, both)).toBe('CONFLICT');
    expect(reason({}, {}, [{ unitId: 'u', proposalId: 'other', reason: 'REFUSED' }])).toBeUndefined();
  });
});

function parts(asked: Partial<ProposalFacts>, offered: Partial<OfferFacts>, others: OfferFacts[] = []): Record<ScorePart, number> {
  const { edges } = askQuestion(facts({ proposals: [proposal('p', asked)], offers: [offer('o', offered), ...others] }));
  expect(edges.score[0]).toBe(edges.parts.subarray(0, SCORE_PARTS.length).reduce((total, part) => total + part));
  return Object.fromEntries(SCORE_PARTS.map((part, at) => [part, edges.parts[at]])) as Record<ScorePart, number>;
}

describe('score parts, in hundredths of the policy\u2019s points', () => {
  it('are full where every point is met', () => {
    const best = parts({ text: '社区助餐' }, { gradePercent: 100, text: '社区助餐', prefers: ['p'] });
    expect(best).toEqual({ category: 3000, distance: 1500, capacity: 1500, funds: 1500, grade: 1000, load: 1000, text: 500, preference: 1000 });
  });

  it.each<[ScorePart, number, Partial<ProposalFacts>, Partial<OfferFacts>]>([
    ['category', 1500, { category: 'elderly' }, {}],
    ['category', 3000, { category: 'elderly' }, { categories: ['dining', 'elderly'] }],
    ['distance', 0, {}, { pairedWith: ['west'] }],
    ['capacity', 495, {}, { capacity: 1, registeredCapacity: 3 }],
    ['funds', 1500, { budgetFen: fen(500_000) }, {}],
    ['grade', 910, {}, { gradePercent: 91 }],
    ['grade', 0, {}, { gradePercent: null }],
    ['load', 250, {}, { load: 3 }],
    ['text', 0, { text: '社区助餐' }, { text: '法律咨询' }],
    ['preference', 0, {}, { prefers: ['other'] }],
  ])('%s: %i', (part, points, asked, offered) => {
    expect(parts(asked, offered)[part]).toBe(points);
  });

  it('take a unit without a record for an average one of the run', () => {
    expect(parts({}, {}, [offer('a', { gradePercent: 80 }), offer('b', { gradePercent: 91 })]).grade).toBe(850);
  });

  it('count likeness of wording only within a category', () => {
    const { policy } = facts({});
    const open = { ...policy, values: { ...policy.values, filterCategory: false } };
    const frozen = facts({ proposals: [proposal('p', { text: '助餐' })], offers: [offer('o', { text: '助餐', categories: ['care'] })], policy: open });
    expect([...askQuestion(frozen).edges.parts][SCORE_PARTS.indexOf('text')]).toBe(0);
  });
});

describe('likeness of wording', () => {
  const like = (a: string, b: string): number => {
    const wordings = new Wordings(['别的', b]);
    wordings.compareWith(a);
    return wordings.percent(1);
  };

  it('counts shared pairs of letters, whatever the punctuation, width and case', () => {
    expect(like('为老人送餐！', '为 老人，送餐')).toBe(100);
    expect(like('ＡＢＣ', 'abc')).toBe(100);
    expect(like('老人送餐', '送餐老人')).toBe(50);
    expect(like('老人', '儿童')).toBe(0);
    expect(like('', '')).toBe(0);
  });
});

describe('the question', () => {
  const near = offer('near', { gradePercent: 10 });
  const good = offer('good', { gradePercent: 100, pairedWith: [] });
  const chosen = (frozen: ReturnType<typeof facts>): string | null | undefined => matchNeeds(askQuestion(frozen)).placed[0]?.unit;

  it('follows the weights of the policy pack', () => {
    const frozen = facts({ proposals: [proposal('p')], offers: [near, good] });
    expect(chosen(frozen)).toBe('near');
    expect(chosen({ ...frozen, policy: pinnedDefault('matching', { gradeWeight: 30 }) })).toBe('good');
  });

  it('bounds what a declared preference can move', () => {
    const wished = facts({ proposals: [proposal('p')], offers: [offer('near'), offer('wishes', { prefers: ['p'], pairedWith: [] })] });
    expect(chosen(wished)).toBe('near');
    expect(chosen({ ...wished, policy: pinnedDefault('matching', { preferenceBound: 20 }) })).toBe('wishes');
  });

  it('leaves out the less urgent proposal when there is one place', () => {
    const frozen = facts({ proposals: [proposal('calm'), proposal('urgent', { urgency: 3 })], offers: [offer('o', { prefers: ['calm'] })] });
    const plan = matchNeeds(askQuestion(frozen));
    expect(plan.placed.find(({ unit }) => unit === 'o')?.need).toBe('urgent');
    expect(plan.placed.find(({ need }) => need === 'calm')).toEqual({ need: 'calm', unit: null, value: -10_000 });
  });

  it('carries a person\u2019s choices, but none that a filter forbids', () => {
    const frozen = facts({ proposals: [proposal('p'), proposal('q')], offers: [near, good, offer('far', { communityIds: [] })] });
    const plan = matchNeeds(askQuestion(frozen, [{ proposalId: 'p', offerId: 'good' }, { proposalId: 'q', offerId: null }]));
    expect(Object.fromEntries(plan.placed.map(({ need, unit }) => [need, unit]))).toEqual({ p: 'good', q: null });
    expect(() => matchNeeds(askQuestion(frozen, [{ proposalId: 'p', offerId: 'far' }]))).toThrow('MATCHING_PIN_NOT_CANDIDATE');
  });
});
