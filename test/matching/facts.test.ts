import { describe, expect, it } from '@jest/globals';
import { fen } from '../../src/kernel/money.ts';
import type { OrgPath } from '../../src/kernel/scope.ts';
import type { LocalDate } from '../../src/kernel/time.ts';
import { HardFilters, type ExcludedPair, type FilterReason, type ProposalFacts, type UnitFacts } from '../../src/matching/facts.ts';
import { askQuestion, scoreParts } from '../../src/matching/scoring.ts';
import { matchNeeds } from '../../src/matching/solver/match-needs.ts';
import { facts, POLICY, proposal, unit } from './support/street.ts';

function reason(asked: Partial<ProposalFacts>, offered: Partial<UnitFacts>, excluded: ExcludedPair[] = []): FilterReason | undefined {
  return new HardFilters(POLICY, excluded).reason(proposal('p', asked), unit('u', offered));
}

describe('hard filters', () => {
  it('let a unit through that meets every point exactly', () => {
    expect(reason({ neededHours: 100, budgetFen: fen(2_000_000) }, { fromOn: '2026-01-01' as LocalDate, toOn: '2026-09-30' as LocalDate })).toBeUndefined();
  });

  it.each<[FilterReason, Partial<ProposalFacts>, Partial<UnitFacts>]>([
    ['CATEGORY', {}, { categories: ['elderly/visits', 'elderly/mealsy'] }],
    ['CATEGORY', { category: 'elderly' }, { categories: ['elderly/meals'] }],
    ['AREA', {}, { areas: ['/office/west/' as OrgPath] }],
    ['DATES', {}, { fromOn: '2026-01-02' as LocalDate }],
    ['DATES', {}, { toOn: '2026-09-29' as LocalDate }],
    ['CAPACITY', {}, { capacity: 0 }],
    ['CAPACITY', { neededHours: 101 }, {}],
    ['FUNDS', { budgetFen: fen(2_000_001) }, {}],
  ])('say %s', (code, asked, offered) => {
    expect(reason(asked, offered)).toBe(code);
  });

  it('ask for exclusions first, of the unit or of the pair, the strongest one', () => {
    expect(reason({}, { capacity: 0 }, [{ unit: 'u', proposal: null, reason: 'BLACKLIST' }])).toBe('BLACKLIST');
    expect(reason({}, {}, [{ unit: 'u', proposal: 'p', reason: 'REFUSED' }, { unit: 'u', proposal: 'p', reason: 'CONFLICT' }])).toBe('CONFLICT');
    expect(reason({}, {}, [{ unit: 'u', proposal: 'other', reason: 'REFUSED' }])).toBeUndefined();
  });
});

describe('score parts', () => {
  const parts = (asked: Partial<ProposalFacts>, offered: Partial<UnitFacts>): number[] => scoreParts(proposal('p', asked), unit('u', offered), POLICY);

  it('are whole points for facts that can be checked', () => {
    expect(parts({}, {})).toEqual([400, 200, 50, 150, 60, 100, 0]);
    expect(parts({}, { categories: ['elderly'] })[0]).toBe(320);
    expect(parts({ capabilities: ['cook', 'van', 'first-aid'] }, { capabilities: ['van', 'cook'] })[0]).toBe(264);
    expect(parts({}, { metresTo: { '/office/east/': 2500 } })[1]).toBe(150);
    expect(parts({}, { metresTo: { '/office/east/': 99_000 } })[1]).toBe(0);
    expect(parts({}, { capacity: 1, registeredCapacity: 3 })[2]).toBe(16);
    expect(parts({ budgetFen: fen(1_600_000) }, {})[3]).toBe(93);
    expect(parts({}, { gradePercent: 91 })[4]).toBe(91);
    expect(parts({}, { load: 3 })[5]).toBe(25);
    expect(parts({}, { prefers: ['p'] })[6]).toBe(50);
  });

  it('bound what a declared preference can move', () => {
    const wished = facts({ proposals: [proposal('p')], units: [unit('near'), unit('wishes', { prefers: ['p'], metresTo: { '/office/east/': 5000 } })] });
    expect(matchNeeds(askQuestion(wished)).placed[0]?.unit).toBe('near');
  });

  it('follow the weights of the policy pack', () => {
    const frozen = facts({ proposals: [proposal('p')], units: [unit('near', { gradePercent: 10 }), unit('good', { gradePercent: 100, metresTo: { '/office/east/': 6000 } })] });
    const weights = { ...POLICY.weights, grade: 300 };
    expect(matchNeeds(askQuestion(frozen)).placed[0]?.unit).toBe('near');
    expect(matchNeeds(askQuestion({ ...frozen, policy: { ...POLICY, weights } })).placed[0]?.unit).toBe('good');
  });
});

describe('the question', () => {
  it('keeps a pinned pair whatever the filters say by now', () => {
    const frozen = facts({ proposals: [proposal('p')], units: [unit('u', { categories: [] }), unit('v')], pinned: [{ need: 'p', unit: 'u' }] });
    expect(matchNeeds(askQuestion(frozen)).placed).toEqual([{ need: 'p', unit: 'u', value: 560 }]);
  });

  it('leaves out the less urgent proposal when there is one place', () => {
    const frozen = facts({ proposals: [proposal('calm'), proposal('urgent', { urgency: 3 })], units: [unit('u', { prefers: ['calm'] })] });
    const plan = matchNeeds(askQuestion(frozen));
    expect(plan.placed.find(({ unit: target }) => target === 'u')?.need).toBe('urgent');
    expect(plan.placed.find(({ need }) => need === 'calm')).toEqual({ need: 'calm', unit: null, value: -2000 });
  });
});
