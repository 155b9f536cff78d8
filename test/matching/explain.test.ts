import { describe, expect, it } from '@jest/globals';
import { explainPlan, type Decision } from '../../src/matching/explain.ts';
import type { FrozenFacts } from '../../src/matching/scoring.ts';
import { askQuestion } from '../../src/matching/scoring.ts';
import { matchNeeds, solve } from '../../src/matching/solver/match-needs.ts';
import { buildProblem } from '../../src/matching/solver/problem.ts';
import { facts, proposal, street, unit } from './support/street.ts';

function explain(frozen: FrozenFacts): Decision[] {
  const question = askQuestion(frozen);
  return explainPlan(frozen, question, solve(buildProblem(question)), 'hash-of-the-facts');
}

function decisionOn(frozen: FrozenFacts, subject: string): Decision {
  return explain(frozen).find((decision) => decision.subject === subject)!;
}

describe('the explanation of a proposal', () => {
  const far = { '/office/east/': 5000 };
  const frozen = facts({
    proposals: [proposal('a'), proposal('b', { urgency: 1 })],
    units: [
      unit('near', { prefers: ['b'] }),
      unit('far', { metresTo: far }),
      unit('poor', { fundsFen: 0 as never }),
      unit('rival'),
    ],
    excluded: [{ unit: 'rival', proposal: 'a', reason: 'CONFLICT' }, { unit: 'rival', proposal: 'b', reason: 'REFUSED' }],
  });

  it('says where it goes, with the points of each part', () => {
    expect(decisionOn(frozen, 'b').best).toEqual({
      target: 'near',
      score: 1010,
      scoreParts: { category: 400, distance: 200, capacity: 50, funds: 150, grade: 60, fairness: 100, preference: 50 },
    });
  });

  it('says of every other unit why not, at which price, and what was lacking', () => {
    const decision = decisionOn(frozen, 'a');
    expect(decision).toMatchObject({ outcome: 'matched', best: { target: 'far', score: 860 }, runnerUp: 'near', inputHash: 'hash-of-the-facts', ruleVersion: 'test-1' });
    expect(decision.alternatives[0]).toMatchObject({ target: 'near', eligible: true, reasonCode: 'OUTBID', score: 960, clearingPrice: 100, margin: 50, lastIn: 1010 });
    const stopped = decision.alternatives.filter(({ eligible }) => !eligible);
    expect(Object.fromEntries(stopped.map(({ target, reasonCode }) => [target, reasonCode]))).toEqual({ poor: 'FUNDS', rival: 'CONFLICT' });
    expect(decision.counterfactual).toEqual({ target: 'near', pointsNeeded: 51, onePlaceMore: true });
  });

  it('tells a lost draw from a lost comparison', () => {
    const equals = facts({ proposals: [proposal('a')], units: [unit('one'), unit('two'), unit('less', { load: 1 })] });
    const decision = decisionOn(equals, 'a');
    expect(decision.alternatives.map(({ reasonCode, margin }) => [reasonCode, margin])).toEqual([['DRAWN', 0], ['LESS_FITTING', 50]]);
  });

  it('has no alternatives for a settled pair, and none to name where every filter says no', () => {
    const settled = facts({ proposals: [proposal('a'), proposal('b')], units: [unit('u')], pinned: [{ need: 'a', unit: 'u' }] });
    expect(decisionOn(settled, 'a')).toMatchObject({ outcome: 'settled', best: { target: 'u' }, alternatives: [] });
    expect(decisionOn(settled, 'b')).toMatchObject({ outcome: 'unmatched', alternatives: [{ target: 'u', reasonCode: 'SETTLED', eligible: true }] });
    expect(decisionOn(settled, 'b').counterfactual).toBeUndefined();
    const hopeless = facts({ proposals: [proposal('a', { category: 'other' })], units: [unit('u')] });
    expect(decisionOn(hopeless, 'a')).toMatchObject({ outcome: 'unmatched', alternatives: [{ reasonCode: 'CATEGORY' }] });
    expect(decisionOn(hopeless, 'a').runnerUp).toBeUndefined();
  });
});

describe('explanations of a whole street office', () => {
  const frozen = street(5, 60, 30);
  const decisions = explain(frozen);

  it('cover every proposal and every unit once', () => {
    expect(decisions.map(({ subject }) => subject).sort()).toEqual(frozen.proposals.map(({ id }) => id).sort());
    for (const { best, alternatives } of decisions) {
      const targets = [...alternatives.map(({ target }) => target), ...(best ? [best.target] : [])];
      expect(targets.sort()).toEqual(frozen.units.map(({ id }) => id).sort());
    }
  });

  it('state margins that a new plan with the pair forced confirms', () => {
    const question = askQuestion(frozen);
    const { primal } = matchNeeds(question).certificate;
    const open = decisions.flatMap(({ subject, alternatives }) => alternatives.filter(({ margin }) => margin !== undefined).map(({ target, margin }) => ({ need: subject, unit: target, margin: margin! })));
    expect(open.length).toBeGreaterThan(50);
    for (const { need, unit: target, margin } of open) {
      const forced = matchNeeds({ ...question, pinned: [{ need, unit: target }] });
      expect(primal - forced.certificate.primal).toBe(margin);
    }
  });

  it('keep their word: with the points needed the proposal goes there, with two fewer it does not', () => {
    const question = askQuestion(frozen);
    const edgeOf = (need: string, target: string): number =>
      question.edges.need.findIndex((row, edge) => question.needs[row]!.id === need && question.units[question.edges.unit[edge]!]!.id === target);
    const goesTo = (need: string, edge: number, more: number): string | null => {
      const score = question.edges.score.with(edge, question.edges.score[edge]! + more);
      return matchNeeds({ ...question, edges: { ...question.edges, score } }).placed.find((row) => row.need === need)!.unit;
    };
    const lacking = decisions.filter(({ counterfactual }) => counterfactual && counterfactual.pointsNeeded > 1);
    expect(lacking.length).toBeGreaterThan(20);
    for (const { subject, counterfactual } of lacking) {
      const { target, pointsNeeded } = counterfactual!;
      const edge = edgeOf(subject, target);
      expect(goesTo(subject, edge, pointsNeeded)).toBe(target);
      expect(goesTo(subject, edge, pointsNeeded - 2)).not.toBe(target);
    }
  });

  it('say in outbid cases that another unit was preferred by the plan, not by the proposal', () => {
    const outbid = decisions.flatMap(({ best, alternatives }) => alternatives.filter(({ reasonCode }) => reasonCode === 'OUTBID').map((row) => ({ own: best?.score ?? -Infinity, row })));
    expect(outbid.length).toBeGreaterThan(0);
    for (const { own, row } of outbid) expect(row.score!).toBeGreaterThan(own);
  });
});
