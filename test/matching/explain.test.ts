import { describe, expect, it } from '@jest/globals';
import { fen } from '../../src/kernel/money.ts';
import type { Decision } from '../../src/matching/decision.ts';
import { explainPlan } from '../../src/matching/explain.ts';
import type { Choice, FrozenFacts } from '../../src/matching/facts.ts';
import { askQuestion } from '../../src/matching/scoring.ts';
import { answer, matchNeeds } from '../../src/matching/solver/match-needs.ts';
import { pinnedDefault } from '../support/policies.ts';
import { facts, offer, proposal, street } from './support/street.ts';

function explain(frozen: FrozenFacts, choices: readonly Choice[] = []): Decision[] {
  const question = askQuestion(frozen, choices);
  return [...explainPlan({ facts: frozen, choices, question, ...answer(question), inputHash: 'hash-of-the-facts' })];
}

function decisionOn(frozen: FrozenFacts, subject: string, choices: readonly Choice[] = []): Decision {
  return explain(frozen, choices).find((decision) => decision.subject === subject)!;
}

describe('the explanation of a proposal', () => {
  const frozen = facts({
    proposals: [proposal('a'), proposal('b', { urgency: 2 })],
    offers: [offer('near', { prefers: ['b'] }), offer('far', { pairedWith: [] }), offer('poor', { fundsFen: fen(0) }), offer('rival', { unitId: 'r' })],
    excluded: [
      { unitId: 'r', proposalId: 'a', reason: 'CONFLICT' },
      { unitId: 'r', proposalId: 'b', reason: 'REFUSED' },
    ],
  });

  it('says where it goes, with the points of each part', () => {
    expect(decisionOn(frozen, 'b').best).toEqual({
      target: 'near',
      unitId: 'unit of near',
      score: 9500,
      scoreParts: { category: 3000, distance: 1500, capacity: 1500, funds: 1500, grade: 0, load: 1000, text: 0, preference: 1000 },
    });
  });

  it('says of every other offer why not, at which price, and what was lacking', () => {
    const decision = decisionOn(frozen, 'a');
    expect(decision).toMatchObject({ outcome: 'matched', best: { target: 'far', score: 7000 }, runnerUp: 'near', inputHash: 'hash-of-the-facts', ruleVersion: 1 });
    expect(decision.alternatives[0]).toMatchObject({ target: 'near', eligible: true, reasonCode: 'OUTBID', score: 8500, clearingPrice: 1500, margin: 1000, lastIn: 9500 });
    const stopped = decision.alternatives.filter(({ eligible }) => !eligible);
    expect(Object.fromEntries(stopped.map(({ target, reasonCode }) => [target, reasonCode]))).toEqual({ poor: 'FUNDS', rival: 'CONFLICT' });
    expect(decision.counterfactual).toEqual({ target: 'near', pointsNeeded: 1001, onePlaceMore: true });
  });

  it('tells a lost draw from a lost comparison', () => {
    const equals = facts({ proposals: [proposal('a')], offers: [offer('one'), offer('two'), offer('less', { load: 1 })] });
    const decision = decisionOn(equals, 'a');
    expect(decision.alternatives.map(({ reasonCode, margin }) => [reasonCode, margin])).toEqual([['DRAWN', 0], ['LESS_FITTING', 500]]);
  });

  it('has no alternatives for a chosen pair, and none to name where nothing is open', () => {
    const two = facts({ proposals: [proposal('a'), proposal('b')], offers: [offer('o')] });
    const chosen = [{ proposalId: 'a', offerId: 'o' }];
    expect(decisionOn(two, 'a', chosen)).toMatchObject({ outcome: 'settled', best: { target: 'o' }, alternatives: [] });
    expect(decisionOn(two, 'b', chosen)).toMatchObject({ outcome: 'unmatched', alternatives: [{ target: 'o', reasonCode: 'SETTLED', eligible: true }] });
    expect(decisionOn(two, 'b', chosen).counterfactual).toBeUndefined();
    expect(decisionOn(two, 'a', [{ proposalId: 'a', offerId: null }])).toMatchObject({ outcome: 'unmatched', alternatives: [{ reasonCode: 'LEFT_OUT' }] });
    const hopeless = facts({ proposals: [proposal('a', { capability: 'care' })], offers: [offer('o')] });
    expect(decisionOn(hopeless, 'a')).toMatchObject({ outcome: 'unmatched', alternatives: [{ reasonCode: 'CATEGORY' }] });
    expect(decisionOn(hopeless, 'a').runnerUp).toBeUndefined();
  });
});

describe('the explanation of a stable plan', () => {
  const policy = pinnedDefault('matching', { rule: 'stable' });

  it('names the cut-off of each unit that the proposal would rather have', () => {
    const frozen = facts({
      policy,
      proposals: [proposal('a'), proposal('b'), proposal('c')],
      offers: [offer('near', { prefers: ['b'] }), offer('far', { pairedWith: [] }), offer('chosen', { prefers: ['c'] })],
    });
    const decision = decisionOn(frozen, 'a', [{ proposalId: 'c', offerId: 'chosen' }]);
    expect(decision).toMatchObject({ ruleId: 'matching.stable', outcome: 'matched', best: { target: 'far' }, runnerUp: 'near' });
    expect(decision.alternatives.find(({ target }) => target === 'chosen')).toMatchObject({ reasonCode: 'SETTLED' });
    expect(decision.alternatives.find(({ target }) => target === 'near')).toMatchObject({ reasonCode: 'CUT_OFF', lastIn: 9500, score: 8500 });
    expect(decision.counterfactual).toEqual({ target: 'near', pointsNeeded: 1001, onePlaceMore: false });
    expect(decision.certificate).toBeUndefined();
    expect(decisionOn(frozen, 'b')).toMatchObject({ best: { target: 'near' }, alternatives: [{ reasonCode: 'LESS_FITTING' }, { reasonCode: 'LESS_FITTING' }] });
    expect(decisionOn(frozen, 'c', [{ proposalId: 'c', offerId: 'chosen' }])).toMatchObject({ outcome: 'settled', best: { target: 'chosen' }, alternatives: [] });
  });

  it('keeps its word for a whole street office: below the cut-off no proposal goes there', () => {
    const frozen = { ...street(5, 60, 30), policy };
    const question = askQuestion(frozen);
    const lacking = explain(frozen).filter(({ counterfactual }) => counterfactual);
    expect(lacking.length).toBeGreaterThan(5);
    for (const { subject, counterfactual } of lacking) {
      const { target, pointsNeeded } = counterfactual!;
      const edge = question.edges.need.findIndex((row, at) => question.needs[row]!.id === subject && question.units[question.edges.unit[at]!]!.id === target);
      const goes = (more: number): string | null => {
        const score = question.edges.score.with(edge, question.edges.score[edge]! + more);
        return matchNeeds({ ...question, edges: { ...question.edges, score } }).placed.find(({ need }) => need === subject)!.unit;
      };
      expect(goes(pointsNeeded - 2)).not.toBe(target);
    }
  });
});

describe('explanations of a whole street office', () => {
  const frozen = street(5, 60, 30);
  const decisions = explain(frozen);

  it('cover every proposal and every offer once', () => {
    expect(decisions.map(({ subject }) => subject).sort()).toEqual(frozen.proposals.map(({ id }) => id).sort());
    for (const { best, alternatives } of decisions) {
      const targets = [...alternatives.map(({ target }) => target), ...(best ? [best.target] : [])];
      expect(targets.sort()).toEqual(frozen.offers.map(({ id }) => id).sort());
    }
  });

  it('state margins that a new plan with the pair forced confirms', () => {
    const question = askQuestion(frozen);
    const { primal } = matchNeeds(question).certificate!;
    const open = decisions.flatMap(({ subject, alternatives }) => alternatives.filter(({ margin }) => margin !== undefined).map(({ target, margin }) => ({ need: subject, unit: target, margin: margin! })));
    expect(open.length).toBeGreaterThan(50);
    for (const { need, unit: target, margin } of open) {
      const forced = matchNeeds({ ...question, pinned: [{ need, unit: target }] });
      expect(primal - forced.certificate!.primal).toBe(margin);
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
