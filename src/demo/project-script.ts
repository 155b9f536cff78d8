import { addWorkdays, nextQuarter, quarterStart, rollToWorkday, type Calendar, type Quarter } from '../calendar/model.ts';
import type { LocalDate } from '../kernel/time.ts';
import type { ProjectDeed } from './acts.ts';
import type { DeliveryLine, EventKind, EventLine, ProjectLine, RatingLine, ReportLine, YearFiles } from './files.ts';

export interface YearDates {
  readonly calendar: Calendar;
  readonly offerDays: number;
  readonly planOn: LocalDate;
  readonly quarters: readonly Quarter[];
}

export interface ProjectPlace {
  readonly year: YearDates;
  /** Spreads the units' answers over days and hours. */
  readonly answer: number;
  readonly awarded: boolean;
}

export type DatedDeed = ProjectDeed & { readonly on: LocalDate; readonly hour: number };

/** A report that never came is waived on this day of the month after its quarter, so that the year can end. */
const WAIVER_DAY = '12';

/** The life of one project from the plan's confirmation to its award; not yet in order of time. */
export function projectDeeds(files: YearFiles, line: ProjectLine, { year, answer, awarded }: ProjectPlace): DatedDeed[] {
  const own = <Line extends { readonly project: string }>(lines: readonly Line[]): Line[] =>
    lines.filter(({ project }) => project === line.number);
  const events = own(files.events);
  const accounting = accounts(own(files.reports), events, year);
  const handOver = acceptance(accounting.settledOn, events, year.calendar);
  return [
    ...adoption(line, events, year, answer),
    ...funding(own(files.deliveries).filter(({ funder }) => files.units.includes(funder))),
    ...accounting.deeds,
    ...rating(own(files.ratings)),
    ...handOver.deeds,
    ...reward(addWorkdays(handOver.acceptedOn, 1, year.calendar), awarded, year.calendar),
  ];
}

function adoption(line: ProjectLine, events: readonly EventLine[], year: YearDates, answer: number): DatedDeed[] {
  const after = (on: LocalDate, workdays: number): LocalDate => addWorkdays(on, workdays, year.calendar);
  const { implementer } = line;
  const startsAtOnce = implementer === undefined;
  const takenUp = (on: LocalDate, hour: number): DatedDeed[] => [
    { on, hour, type: 'claim' },
    { on: after(on, 1), hour: 10, type: 'agree', implementer, startsAtOnce },
    ...(startsAtOnce ? [] : [{ on: after(on, 2), hour: 9, type: 'start' } as const]),
  ];
  const declined = eventOf(events, 'offerDeclined');
  const withdrawal = eventOf(events, 'withdrawal');
  const deeds: DatedDeed[] = [];
  if (line.sharedProperty) deeds.push({ on: year.planOn, hour: 15, type: 'recordConsent' });
  if (declined) {
    deeds.push({ on: declined.on, hour: 10, type: 'declineOffer', text: declined.text });
    deeds.push(...takenUp(after(declined.on, 2), 11));
  } else if (eventOf(events, 'offerExpires')) {
    deeds.push(...takenUp(after(year.planOn, year.offerDays + 2), 11));
  } else {
    deeds.push(...takenUp(after(year.planOn, 1 + (answer % 4)), 9 + (answer % 8)));
  }
  if (withdrawal) {
    deeds.push({ on: withdrawal.on, hour: 10, type: 'withdraw', text: withdrawal.text });
    deeds.push(...takenUp(after(withdrawal.on, 2), 11));
  }
  return deeds;
}

function funding(deliveries: readonly DeliveryLine[]): DatedDeed[] {
  return deliveries.flatMap((delivery): DatedDeed[] => [
    { on: delivery.pledgedOn, hour: 10, type: 'pledge', delivery },
    ...(delivery.deliveredOn ? [{ on: delivery.deliveredOn, hour: 11, type: 'deliver', delivery } as const] : []),
    ...(delivery.verifiedOn ? [{ on: delivery.verifiedOn, hour: 15, type: 'verify', delivery } as const] : []),
  ]);
}

interface Accounting {
  readonly deeds: readonly DatedDeed[];
  /** When the last quarter was accepted or waived. */
  readonly settledOn: LocalDate;
}

function accounts(reports: readonly ReportLine[], events: readonly EventLine[], year: YearDates): Accounting {
  const { quarters, calendar } = year;
  const deeds = quarters.flatMap((quarter) => {
    const report = reports.find((line) => line.quarter === quarter);
    const returned = events.find((line) => line.kind === 'reportReturned' && line.quarter === quarter);
    return report ? reported(report, returned, calendar) : waived(quarter, calendar);
  });
  return { deeds, settledOn: deeds.map(({ on }) => on).reduce(latest) };
}

function reported(report: ReportLine, returned: EventLine | undefined, calendar: Calendar): DatedDeed[] {
  const { quarter, submittedOn } = report;
  const deeds: DatedDeed[] = [{ on: submittedOn, hour: 10, type: 'submitReport', report }];
  const lastOn = returned?.doneOn ?? submittedOn;
  if (returned) {
    deeds.push({ on: returned.on, hour: 14, type: 'returnReport', quarter, text: returned.text });
    deeds.push({ on: lastOn, hour: 10, type: 'submitReport', report });
  }
  return [...deeds, { on: addWorkdays(lastOn, 1, calendar), hour: 15, type: 'acceptReport', quarter }];
}

function waived(quarter: Quarter, calendar: Calendar): DatedDeed[] {
  const day = `${quarterStart(nextQuarter(quarter)).slice(0, 8)}${WAIVER_DAY}` as LocalDate;
  return [{ on: rollToWorkday(day, 'forward', calendar), hour: 9, type: 'waiveReport', quarter }];
}

function rating(ratings: readonly RatingLine[]): DatedDeed[] {
  if (ratings.length === 0) return [];
  const firstOn = ratings.map(({ on }) => on).reduce((a, b) => (a < b ? a : b));
  const slips = Math.max(...ratings.map(({ slip }) => slip));
  const deeds: DatedDeed[] = [{ on: firstOn, hour: 8, type: 'issueSlips', count: slips }];
  const used = new Set<number>();
  for (const line of ratings) {
    const slipUsedBefore = used.has(line.slip);
    deeds.push({ on: line.on, hour: slipUsedBefore ? 13 : 12, type: 'rate', rating: line, slipUsedBefore });
    used.add(line.slip);
  }
  return deeds;
}

interface HandOver {
  readonly deeds: readonly DatedDeed[];
  readonly acceptedOn: LocalDate;
}

function acceptance(settledOn: LocalDate, events: readonly EventLine[], calendar: Calendar): HandOver {
  const askedOn = addWorkdays(settledOn, 1, calendar);
  const inspectedOn = addWorkdays(askedOn, 1, calendar);
  const asked: DatedDeed = { on: askedOn, hour: 9, type: 'requestAcceptance' };
  const defect = eventOf(events, 'rectification');
  if (!defect) return { deeds: [asked, { on: inspectedOn, hour: 14, type: 'accept' }], acceptedOn: inspectedOn };
  const foundOn = latest(defect.on, inspectedOn);
  const repairedOn = latest(defect.doneOn ?? foundOn, addWorkdays(foundOn, 1, calendar));
  const acceptedOn = addWorkdays(repairedOn, 1, calendar);
  return {
    deeds: [
      asked,
      { on: foundOn, hour: 14, type: 'requireRectification', text: defect.text },
      { on: repairedOn, hour: 10, type: 'submitRectification' },
      { on: acceptedOn, hour: 14, type: 'accept' },
    ],
    acceptedOn,
  };
}

function reward(evaluatedOn: LocalDate, awarded: boolean, calendar: Calendar): DatedDeed[] {
  const evaluated: DatedDeed = { on: evaluatedOn, hour: 10, type: 'evaluate', awardExpected: awarded };
  if (!awarded) return [evaluated];
  const approvedOn = addWorkdays(evaluatedOn, 1, calendar);
  return [
    evaluated,
    { on: evaluatedOn, hour: 15, type: 'proposeAward' },
    { on: approvedOn, hour: 10, type: 'approveAward' },
    { on: approvedOn, hour: 15, type: 'approveAward' },
  ];
}

function eventOf(events: readonly EventLine[], kind: EventKind): EventLine | undefined {
  return events.find((line) => line.kind === kind);
}

function latest(a: LocalDate, b: LocalDate): LocalDate {
  return a > b ? a : b;
}
