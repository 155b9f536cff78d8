import { quarterEnd } from '../../calendar/model.ts';
import { refuse } from '../../kernel/refusal.ts';
import { shanghaiDate, shanghaiInstant, type Instant, type LocalDate } from '../../kernel/time.ts';
import { accountOf, capOf, type Posting } from '../../ledger/model.ts';
import type { FundingLine } from '../funding/model.ts';
import type { CoFunder, ProjectCommand, ProjectEvent, ProjectProposal, ProjectState, Report, TakeOverFacts, TakenOverStatus } from '../lifecycle/model.ts';
import { dueBy } from '../recounting/model.ts';

type Asked<Type extends ProjectCommand['type']> = Extract<ProjectCommand, { type: Type }>;

/** In the order in which they are passed: the dates and reports of a later step stand with none before it. */
const ORDER = ['claimed', 'agreed', 'implementing', 'acceptance', 'rectifying', 'accepted'] as const satisfies readonly TakenOverStatus[];

const SINCE = { claimedOn: 'claimed', agreedOn: 'agreed', startedOn: 'implementing' } as const satisfies Readonly<Record<string, TakenOverStatus>>;

export interface Fault {
  readonly field: string;
  readonly code: string;
}

/** What a row is judged by besides its cells; the case judges it again when it opens. */
export type JudgedFacts = Pick<TakeOverFacts, 'status' | 'leadUnit' | 'claimedOn' | 'agreedOn' | 'startedOn' | 'budgetFen' | 'funds' | 'coFunders'> & {
  readonly reports: readonly Pick<TakeOverFacts['reports'][number], 'quarter'>[];
};

export function faultsOf(facts: JudgedFacts, today: LocalDate): Fault[] {
  return [...dateFaults(facts, today), ...fundFaults(facts, today), ...reportFaults(facts, today)];
}

function hasReached(status: TakenOverStatus, step: TakenOverStatus): boolean {
  return ORDER.indexOf(status) >= ORDER.indexOf(step);
}

function dateFaults(facts: JudgedFacts, today: LocalDate): Fault[] {
  const dates = (Object.keys(SINCE) as (keyof typeof SINCE)[]).flatMap((field) => {
    const on = facts[field];
    return on === null ? [] : [{ field, on }];
  });
  return dates.flatMap(({ field, on }, index): Fault[] => {
    if (on > today) return [{ field, code: 'DATE_IN_FUTURE' }];
    if (!hasReached(facts.status, SINCE[field])) return [{ field, code: 'DATE_BEYOND_STATE' }];
    const before = dates[index - 1];
    return before && on < before.on ? [{ field, code: 'STEPS_REVERSED' }] : [];
  });
}

function fundFaults({ budgetFen, leadUnit, funds, coFunders = [] }: JudgedFacts, today: LocalDate): Fault[] {
  const { pledgedFen, deliveredFen, verifiedFen, on } = funds;
  const units = [leadUnit, ...coFunders.map(({ unitId }) => unitId)];
  const allPledged = coFunders.reduce((sum, share) => sum + share.pledgedFen, Number(pledgedFen));
  return [
    ...(budgetFen > 0 ? [] : [{ field: 'budgetFen', code: 'BUDGET_MISSING' }]),
    ...(pledgedFen > budgetFen ? [{ field: 'pledgedFen', code: 'FUNDS_ABOVE_BUDGET' }] : []),
    ...(deliveredFen > pledgedFen ? [{ field: 'deliveredFen', code: 'FUNDS_REVERSED' }] : []),
    ...(verifiedFen > deliveredFen ? [{ field: 'verifiedFen', code: 'FUNDS_REVERSED' }] : []),
    ...(pledgedFen <= budgetFen && allPledged > budgetFen ? [{ field: 'coFunders', code: 'FUNDS_ABOVE_BUDGET' }] : []),
    ...(coFunders.some((share) => share.deliveredFen > share.pledgedFen || share.verifiedFen > share.deliveredFen) ? [{ field: 'coFunders', code: 'FUNDS_REVERSED' }] : []),
    ...(new Set(units).size < units.length ? [{ field: 'coFunders', code: 'FUNDER_TWICE' }] : []),
    ...(on !== null && on > today ? [{ field: 'fundsOn', code: 'DATE_IN_FUTURE' }] : []),
  ];
}

function reportFaults({ reports, status }: JudgedFacts, today: LocalDate): Fault[] {
  const field = 'reports';
  const quarters = reports.map(({ quarter }) => quarter);
  return [
    ...(quarters.length > 0 && !hasReached(status, 'implementing') ? [{ field, code: 'REPORT_TOO_EARLY' }] : []),
    ...(new Set(quarters).size < quarters.length ? [{ field, code: 'REPORT_TWICE' }] : []),
    // What is still running is asked for here.
    ...(quarters.some((quarter) => quarterEnd(quarter) > today) ? [{ field, code: 'REPORT_QUARTER_OPEN' }] : []),
  ];
}

/** Every step that is open has its full time from here on: nobody is late on the day of the take-over. */
export function takenOver(command: Asked<'takeOver'>, now: Instant): ProjectProposal {
  if (command.needs.length === 0) refuse('PROJECT_NEEDS_MISSING', 'rule');
  const [fault] = faultsOf(command, shanghaiDate(now));
  if (fault) refuse('PROJECT_TAKE_OVER_UNSOUND', 'rule', { field: fault.field, fault: fault.code });
  const { agreementWorkdays, acceptanceWorkdays, rectificationWorkdays, evaluationWorkdays } = command.policy.values;
  const days: Partial<Record<TakenOverStatus, number>> = {
    claimed: agreementWorkdays,
    acceptance: acceptanceWorkdays,
    rectifying: rectificationWorkdays,
    accepted: evaluationWorkdays,
  };
  const n = days[command.status];
  const { proposalId, communityId, orgPath, budgetFen, needs, policy, points, status, leadUnit, implementerId } = command;
  const { claimedOn, agreedOn, startedOn, reports, funds, coFunders = [], drawnUp, source } = command;
  return {
    type: 'takenOver',
    schema: 2,
    proposalId,
    communityId,
    orgPath,
    budgetFen,
    needs,
    policy,
    points,
    status,
    leadUnit,
    implementerId,
    claimedOn,
    agreedOn,
    startedOn,
    reports,
    funds,
    coFunders,
    drawnUp,
    source,
    ...(n !== undefined && { deadlines: { due: { from: now, n, unit: 'workday' } } }),
  };
}

/** Refuses `PROJECT_TAKE_OVER_USED`. */
export function undone({ takenOver }: ProjectState): ProjectProposal {
  if (takenOver === undefined || takenOver.touched) refuse('PROJECT_TAKE_OVER_USED', 'state');
  return { type: 'takeOverUndone', schema: 1 };
}

export function begun(event: Extract<ProjectEvent, { type: 'takenOver' }>): ProjectState {
  const { status, proposalId, communityId, orgPath, budgetFen, needs, policy, points, leadUnit, implementerId, funds, coFunders = [], drawnUp } = event;
  return {
    status,
    proposalId,
    communityId,
    orgPath,
    budgetFen,
    needs,
    policy,
    points,
    late: [],
    passedBy: [],
    formerLeads: [],
    leadUnit,
    ...(hasReached(status, 'agreed') && { implementerId }),
    reports: Object.fromEntries(event.reports.map(({ quarter, ...report }): [string, Report] => [quarter, { ...report, status: 'accepted' }])),
    rectified: status === 'rectifying',
    takenOver: { funds, coFunders, at: event.at, drawnUp, touched: false },
    ...dueBy(event.due.due),
  };
}

/** Time alone is nobody's doing. */
const BY_ITSELF: readonly ProjectEvent['type'][] = ['calendarRecounted', 'waitLate'];

export function touched(state: ProjectState, { type }: ProjectEvent): ProjectState {
  if (!state.takenOver || BY_ITSELF.includes(type)) return state;
  return { ...state, takenOver: { ...state.takenOver, touched: true } };
}

export interface OpeningEntry {
  readonly projectId: string;
  readonly orgPath: ProjectState['orgPath'];
  readonly leadUnit: string;
  readonly funds: TakeOverFacts['funds'];
  readonly coFunders: readonly CoFunder[];
  readonly commandId: string;
  /** When the project came. */
  readonly at: Instant;
}

/** Opening entries (期初): what lies where, each amount straight from the unit. */
export function openingPostings({ projectId, orgPath, leadUnit, funds, coFunders, commandId, at }: OpeningEntry): readonly Posting[] {
  const shares = [{ unitId: leadUnit, ...funds }, ...coFunders].flatMap(({ unitId, pledgedFen, deliveredFen, verifiedFen }) => [
    { unitId, kind: 'pledged' as const, amount: pledgedFen - deliveredFen },
    { unitId, kind: 'delivered' as const, amount: deliveredFen - verifiedFen },
    { unitId, kind: 'verified' as const, amount: verifiedFen },
  ]);
  return shares.flatMap(({ unitId, kind, amount }, ordinal): Posting[] => {
    if (amount === 0) return [];
    const credit = accountOf(kind, projectId, unitId);
    return [
      {
        commandId,
        ordinal: ordinal + 1,
        memo: 'opening',
        at: funds.on === null ? at : shanghaiInstant(funds.on),
        book: 'money',
        orgPath,
        debit: accountOf('funder', unitId),
        credit,
        amount,
        plan: { cap: capOf('projectNeed', projectId), amount },
      },
    ];
  });
}

/** The project's money is still what it came with. */
export function isUntouched(lines: readonly FundingLine[], { leadUnit, funds, coFunders }: Pick<OpeningEntry, 'leadUnit' | 'funds' | 'coFunders'>): boolean {
  const came = new Map([{ unitId: leadUnit, ...funds }, ...coFunders].filter(({ pledgedFen }) => pledgedFen > 0).map((share) => [share.unitId, share]));
  const there = lines.filter(({ pledged }) => pledged > 0);
  return (
    there.length === came.size &&
    there.every(({ funderId, book, pledged, delivered, verified }) => {
      const share = came.get(funderId);
      return book === 'money' && pledged === share?.pledgedFen && delivered === share.deliveredFen && verified === share.verifiedFen;
    })
  );
}
