import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Quarter } from '../calendar/model.ts';
import type { Fen } from '../kernel/money.ts';
import type { LocalDate } from '../kernel/time.ts';
import { dateOf, listOf, moneyOf, oneOf, textOf, wholeOf, yesNoOf, type CellReader } from '../platform/tables/cells.ts';
import { optional, recordsOf, required, type ColumnRule } from '../platform/tables/records.ts';
import { readTable } from '../platform/tables/read.ts';

export interface ProjectLine {
  readonly number: string;
  readonly community: string;
  readonly needs: readonly string[];
  /** Code of a social organisation; none = the lead unit carries it out itself. */
  readonly implementer: string | undefined;
  readonly sharedProperty: boolean;
}

export interface DeliveryLine {
  readonly number: string;
  readonly project: string;
  readonly funder: string;
  readonly form: 'cash' | 'goods' | 'service';
  readonly amountFen: Fen;
  readonly pledgedOn: LocalDate;
  readonly deliveredOn: LocalDate | undefined;
  readonly verifiedOn: LocalDate | undefined;
}

export interface ReportLine {
  readonly project: string;
  readonly quarter: Quarter;
  readonly text: string;
  readonly closedNeeds: readonly string[];
  readonly served: number;
  readonly spentFen: Fen;
  readonly submittedOn: LocalDate;
}

type WrittenReport = Omit<ReportLine, 'closedNeeds'> & { readonly closedNeeds: readonly string[] | undefined };

interface OrganisationLine {
  readonly code: string;
  readonly kind: string;
}

export interface ConfirmationLine {
  readonly need: string;
  readonly by: 'raiser' | 'community';
  readonly on: LocalDate;
}

export interface RatingLine {
  readonly project: string;
  readonly slip: number;
  readonly score: number;
  readonly on: LocalDate;
}

export type EventKind = 'offerExpires' | 'offerDeclined' | 'withdrawal' | 'reportReturned' | 'rectification';

export interface EventLine {
  readonly on: LocalDate;
  readonly project: string;
  readonly kind: EventKind;
  readonly quarter: Quarter | undefined;
  readonly doneOn: LocalDate | undefined;
  readonly text: string;
}

/** What the actors of a year do, as the files of a street office say it; columns: examples/mengyang/README.md. */
export interface YearFiles {
  /** Codes of the co-building units. */
  readonly units: readonly string[];
  readonly projects: readonly ProjectLine[];
  readonly deliveries: readonly DeliveryLine[];
  readonly reports: readonly ReportLine[];
  readonly confirmations: readonly ConfirmationLine[];
  readonly ratings: readonly RatingLine[];
  readonly events: readonly EventLine[];
}

const short = textOf(60);
const long = textOf(2_000);
const count = wholeOf(0, 1_000_000);

/** `2025年第四季度` or `2025Q4`. */
const quarterOfCell: CellReader<Quarter> = (cell) => {
  const [, year, sign] = /^(\d{4})年?(?:第|Q)([一二三四1-4])(?:季度)?$/.exec(cell.text) ?? [];
  if (!year || !sign) return { code: 'CELL_NOT_IN_LIST' };
  return { value: `${year}Q${'一二三四'.indexOf(sign) + 1 || sign}` as Quarter };
};

const organisationRules = {
  code: required(['编号'], short),
  kind: required(['类别'], short),
};

const projectRules = {
  number: required(['项目编号'], short),
  community: required(['社区'], short),
  needs: required(['对应需求'], listOf(short)),
  implementer: optional(['实施组织'], short),
  sharedProperty: required(['涉及共有部分'], yesNoOf),
};

const deliveryRules = {
  number: required(['台账编号'], short),
  project: required(['项目编号'], short),
  funder: required(['出资单位编号'], short),
  form: required(['形式'], oneOf({ cash: ['资金'], goods: ['物资'], service: ['服务'] })),
  amountFen: required(['金额'], moneyOf),
  pledgedOn: required(['承诺日期'], dateOf),
  deliveredOn: optional(['到位日期'], dateOf),
  verifiedOn: optional(['核实日期'], dateOf),
};

const reportRules = {
  project: required(['项目编号'], short),
  quarter: required(['季度'], quarterOfCell),
  text: required(['工作开展情况'], long),
  closedNeeds: optional(['办结需求'], listOf(short)),
  served: required(['服务人次'], count),
  spentFen: required(['本季度支出'], moneyOf),
  submittedOn: required(['提交日期'], dateOf),
};

const confirmationRules = {
  need: required(['需求编号'], short),
  by: required(['确认方'], oneOf({ raiser: ['反映人'], community: ['社区'] })),
  on: required(['确认日期'], dateOf),
};

const ratingRules = {
  project: required(['项目编号'], short),
  slip: required(['评价券序号'], wholeOf(1, 100_000)),
  score: required(['评分'], count),
  on: required(['评价日期'], dateOf),
};

const eventRules = {
  on: required(['日期'], dateOf),
  project: required(['项目编号'], short),
  kind: required(
    ['事项'],
    oneOf<EventKind>({
      offerExpires: ['要约过期'],
      offerDeclined: ['谢绝要约'],
      withdrawal: ['中途退出'],
      reportReturned: ['报告退回'],
      rectification: ['验收整改'],
    }),
  ),
  quarter: optional(['季度'], quarterOfCell),
  doneOn: optional(['完成日期'], dateOf),
  text: required(['说明'], long),
};

/** Throws with the places of the wrong cells; refuses what the table reader refuses. */
export async function readYear(dir: string): Promise<YearFiles> {
  const organisations = await lines<OrganisationLine>(dir, 'organisations.xlsx', organisationRules);
  const reports = await lines<WrittenReport>(dir, 'reports.xlsx', reportRules);
  return {
    units: organisations.filter(({ kind }) => kind === '共建单位').map(({ code }) => code),
    projects: await lines<ProjectLine>(dir, 'proposals.xlsx', projectRules),
    deliveries: await lines<DeliveryLine>(dir, 'deliveries.xlsx', deliveryRules),
    reports: reports.map((line) => ({ ...line, closedNeeds: line.closedNeeds ?? [] })),
    confirmations: await lines<ConfirmationLine>(dir, 'confirmations.csv', confirmationRules),
    ratings: await lines<RatingLine>(dir, 'ratings.csv', ratingRules),
    events: await lines<EventLine>(dir, 'events.csv', eventRules),
  };
}

type RulesFor<Line> = { readonly [Key in keyof Line]-?: ColumnRule<NonNullable<Line[Key]>> };

async function lines<Line>(dir: string, file: string, rules: RulesFor<Line>): Promise<Line[]> {
  const { records } = recordsOf(await readTable(await readFile(join(dir, file))), rules);
  const errors = records.flatMap((record) => record.errors);
  if (errors.length > 0) throw new Error(`${file}: ${errors.map(({ at, code }) => `${at} ${code}`).join(', ')}`);
  return records.map(({ values }) => values as unknown as Line);
}
