import { calendarFrom, resolveDeadline } from '../../../src/calendar/model.ts';
import { builtInNotices } from '../../../src/calendar/notices/built-in.ts';
import { remember, blank, type Memory } from '../../../src/cases/model.ts';
import { fen } from '../../../src/kernel/money.ts';
import { SYSTEM_ACTOR, type OrgPath } from '../../../src/kernel/scope.ts';
import { localDate, shanghaiDate, shanghaiInstant } from '../../../src/kernel/time.ts';
import type { FilterReason, OfferFacts } from '../../../src/matching/facts.ts';
import { runMachine, type RunCommand, type RunEvent, type RunState } from '../../../src/matching/model.ts';
import { askQuestion, type Question } from '../../../src/matching/scoring.ts';
import type { Policies } from '../../../src/policy/model.ts';
import { facts, offer, proposal } from '../../matching/support/street.ts';
import { pinnedDefault } from '../../support/policies.ts';
import type { Row, Rows } from './row.ts';

type Values = Policies['matching'];

const calendar = calendarFrom(builtInNotices, 1);
const start = shanghaiInstant(localDate('2026-03-02'), 9);

/** A pair that meets every point in full, so that each weight counts by itself. */
const perfect: Partial<OfferFacts> = { gradePercent: 100, text: '助餐', prefers: ['p'] };

function question(values: Values, change: Partial<OfferFacts> = {}): Question {
  const policy = pinnedDefault('matching', values);
  return askQuestion(facts({ proposals: [proposal('p', { text: '助餐' })], offers: [offer('o', { ...perfect, ...change })], policy }));
}

/** In hundredths: 100 points of the weights and 10 of the preference. */
function weight(to: number, after: number): Row<'matching', number> {
  return { to, outcome: 'the score of a perfect pair', of: (values) => [...question(values).edges.score], becomes: [[11_000], [after]] };
}

function filter(reason: FilterReason, misfit: Partial<OfferFacts>): Row<'matching', boolean> {
  const pairs = (values: Values): number => question(values, misfit).edges.need.length;
  return { to: false, outcome: `whether ${reason} rules a pair out`, of: pairs, becomes: [0, 1] };
}

function confirmBy(values: Values): string | undefined {
  const asked = (id: string) => ({ id, actor: SYSTEM_ACTOR, at: start });
  const plan = { inputHash: 'i', planHash: 'p', seed: 1, value: 0, matched: 0, unmatched: 0 };
  const steps: RunCommand[] = [
    { ...asked('1'), type: 'open', orgPath: '/a/' as OrgPath, policy: pinnedDefault('matching', values) },
    { ...asked('2'), type: 'recordPlan', revision: 1, plan },
  ];
  const memory = steps.reduce<Memory<RunState>>((known, command) => {
    const { deadlines = {}, ...decided } = runMachine.decide(known.state, command, start);
    const due = Object.fromEntries(Object.entries(deadlines).map(([name, spec]) => [name, resolveDeadline(spec, calendar)]));
    const { id: commandId, actor, at } = command;
    return remember(runMachine, known, { ...decided, version: known.version + 1, commandId, actor, at, due } as RunEvent);
  }, blank());
  return memory.state?.due && shanghaiDate(memory.state.due);
}

export const matching: Rows<'matching'> = {
  categoryWeight: weight(40, 12_000),
  distanceWeight: weight(20, 11_500),
  neighbourPercent: {
    to: 20,
    outcome: 'the score of a unit paired with another community of the office',
    of: (values) => {
      const asked = proposal('p', { text: '助餐', office: '/street/' });
      const offered = offer('o', { ...perfect, pairedWith: ['west'], pairedOffices: ['/street/'] });
      return [...askQuestion(facts({ proposals: [asked], offers: [offered], policy: pinnedDefault('matching', values) })).edges.score];
    },
    becomes: [[10_250], [9_800]],
  },
  capacityWeight: weight(16, 11_100),
  fundsWeight: weight(14, 10_900),
  gradeWeight: weight(0, 10_000),
  loadWeight: weight(30, 13_000),
  textWeight: weight(0, 10_500),
  preferenceBound: weight(20, 12_000),
  outsidePenalty: {
    to: 50,
    outcome: 'what a need left without a unit costs',
    of: (values) => question(values).penalties,
    becomes: [[10_000], [5_000]],
  },
  filterCategory: filter('CATEGORY', { categories: ['medical'] }),
  filterArea: filter('AREA', { communityIds: ['west'] }),
  filterDates: filter('DATES', { untilOn: localDate('2026-03-01') }),
  filterFunds: filter('FUNDS', { fundsFen: fen(1) }),
  confirmWorkdays: {
    to: 6,
    outcome: 'the day until which a plan is confirmed',
    of: confirmBy,
    becomes: ['2026-03-10', '2026-03-11'],
  },
  candidatesPerNeed: {
    to: 1,
    outcome: 'how many of two fitting offers are compared',
    of: (values) => {
      const policy = pinnedDefault('matching', values);
      return askQuestion(facts({ proposals: [proposal('p')], offers: [offer('o'), offer('other')], policy })).edges.need.length;
    },
    becomes: [2, 1],
  },
  rule: { to: 'stable', outcome: 'what a plan is asked to be', of: (values) => question(values).rule, becomes: ['optimal', 'stable'] },
};
