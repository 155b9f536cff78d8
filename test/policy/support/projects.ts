import { fen } from '../../../src/kernel/money.ts';
import { Refusal } from '../../../src/kernel/refusal.ts';
import { localDate, shanghaiDate, shanghaiInstant, type Instant } from '../../../src/kernel/time.ts';
import type { Policies } from '../../../src/policy/model.ts';
import { assertConsented } from '../../../src/projects/consent/model.ts';
import { assertCoFunding } from '../../../src/projects/funding/model.ts';
import type { OpeningFacts } from '../../../src/projects/lifecycle/model.ts';
import { opening, Played, QUARTERS, report, way } from '../../projects/support/played.ts';
import type { Rows } from './row.ts';
import type { Stored } from './stored.ts';

type Values = Policies['microProject'];

const { claim, agree, start, requestAcceptance, accept } = way;
const opened = (values: Values, facts: Partial<OpeningFacts> = {}): Played => Played.opened(facts, values);
const implementing = (values: Values): Played => opened(values).pass(claim, agree, start);
const everybody = { matter: 'ordinary', householdsAsked: 12, householdsVoted: 12, householdsAgreed: 12, areaAsked: 12, areaVoted: 12, areaAgreed: 12 } as const;
/** The first day on which it is too late. */
const day = (due: Instant | undefined): string | undefined => due && shanghaiDate(due);

export function codeOf(work: () => unknown): string {
  try {
    work();
  } catch (error) {
    if (error instanceof Refusal) return error.code;
    throw error;
  }
  return 'done';
}

/** All begins on Monday, 26 January 2026; the Spring Festival is a rest from 15 to 23 February, 14 and 28 are worked. */
export const microProject = (stored: () => Stored): Rows<'microProject'> => ({
  consentWorkdays: {
    to: 16,
    outcome: 'the day until which consent is awaited',
    of: (values) => day(opened(values, { consentNeeded: true }).state.due),
    becomes: ['2026-02-15', '2026-02-25'],
  },
  consentTurnoutTwelfths: {
    to: 9,
    outcome: 'how many owners must vote',
    of: (values) => codeOf(() => assertConsented({ ...everybody, householdsVoted: 8, householdsAgreed: 8 }, values)),
    becomes: ['done', 'PROJECT_CONSENT_TURNOUT'],
  },
  consentOrdinaryTwelfths: {
    to: 7,
    outcome: 'how many votes must agree to upkeep',
    of: (values) => codeOf(() => assertConsented({ ...everybody, householdsAgreed: 7 }, values)),
    becomes: ['done', 'PROJECT_CONSENT_SHORT'],
  },
  consentMajorTwelfths: {
    to: 10,
    outcome: 'how many votes must agree to rebuilding',
    of: (values) => codeOf(() => assertConsented({ ...everybody, matter: 'major', householdsAgreed: 9 }, values)),
    becomes: ['done', 'PROJECT_CONSENT_SHORT'],
  },
  offerWorkdays: {
    to: 11,
    outcome: 'the day until which an offer stands',
    of: (values) => day(opened(values, { firstOffer: 'u1' }).state.due),
    becomes: ['2026-02-10', '2026-02-11'],
  },
  claimWorkdays: {
    to: 5,
    outcome: 'the day after which an unclaimed project is assigned',
    of: (values) => {
      const project = opened(values).moveTo(shanghaiInstant(localDate('2026-02-03')));
      return project.ask({ type: 'assignUnclaimed', unitId: 'u1' });
    },
    becomes: ['PROJECT_CLAIM_WINDOW_OPEN', 'assigned'],
  },
  agreementWorkdays: {
    to: 5,
    outcome: 'the day on which a claim lapses',
    of: (values) => opened(values).pass(claim).moveTo(shanghaiInstant(localDate('2026-02-03'))).state.status,
    becomes: ['claimed', 'seeking'],
  },
  reviewWorkdays: {
    to: 3,
    outcome: 'the day until which a report is answered',
    of: (values) => day(implementing(values).pass(report(QUARTERS[0]!)).state.reports[QUARTERS[0]!]?.reviewBy),
    becomes: ['2026-02-03', '2026-01-30'],
  },
  acceptanceWorkdays: {
    to: 12,
    outcome: 'the day until which acceptance is awaited',
    of: (values) => day(implementing(values).pass(requestAcceptance).state.due),
    becomes: ['2026-02-10', '2026-02-12'],
  },
  rectificationWorkdays: {
    to: 5,
    outcome: 'the day until which faults are put right',
    of: (values) => day(implementing(values).pass(requestAcceptance, { type: 'requireRectification' }).state.due),
    becomes: ['2026-02-15', '2026-02-03'],
  },
  evaluationWorkdays: {
    to: 1,
    outcome: 'the day until which a project is evaluated',
    of: (values) => day(implementing(values).pass(requestAcceptance, accept).state.due),
    becomes: ['2026-02-10', '2026-01-28'],
  },
  openClaimsPerUnit: {
    to: 1,
    outcome: 'how many projects one unit may hold',
    of: (values) => stored().claims(values),
    becomes: [
      ['claimed', 'claimed'],
      ['claimed', 'PROJECT_CLAIM_LIMIT'],
    ],
  },
  budgetCapFen: {
    to: 20_000_000,
    outcome: 'which budgets are refused',
    of: (values) => new Played().ask(opening({ budgetFen: fen(15_000_000) }, values)),
    becomes: ['PROJECT_BUDGET_CAP', 'opened'],
  },
  coFunding: {
    to: false,
    outcome: 'who may pledge',
    of: (values) => ['lead', 'other'].map((unitId) => codeOf(() => assertCoFunding(values, { leadUnit: 'lead' }, unitId))),
    becomes: [
      ['done', 'done'],
      ['done', 'PROJECT_COFUNDING_OFF'],
    ],
  },
});
