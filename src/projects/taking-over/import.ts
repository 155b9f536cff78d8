import { isPartner, type OrgUnit } from '../../accounts/units/model.ts';
import { quarter, type Quarter } from '../../calendar/model.ts';
import type { FieldError } from '../../kernel/refusal.ts';
import { NO_FEN, type Fen } from '../../kernel/money.ts';
import type { OrgPath } from '../../kernel/scope.ts';
import { shanghaiDate, type Instant, type LocalDate } from '../../kernel/time.ts';
import { unitNamed } from '../../needs/imports/lookup.ts';
import { CATEGORY_NAMES, type FileRow } from '../../needs/imports/model.ts';
import { personalTraces, type Category } from '../../needs/model.ts';
import type { Proposal } from '../../needs/proposal/model.ts';
import { dateOf, moneyOf, oneOf, textOf, wholeOf, yesNoOf, type CellReader, type Reading } from '../../platform/tables/cells.ts';
import { optional, required, type RecordOf, type Records } from '../../platform/tables/records.ts';
import { mapInTurns } from '../../platform/tables/turns.ts';
import type { CoFunder, TakenOverFunds, TakenOverStatus } from '../lifecycle/model.ts';
import { faultsOf } from './model.ts';

export interface AcceptedReport {
  readonly quarter: Quarter;
  readonly served: number;
  readonly spentFen: Fen;
}

const ORDINALS: Readonly<Record<string, string>> = { 一: '1', 二: '2', 三: '3', 四: '4' };
const REPORT = /^(\d{4})(?:年?[qQ]([1-4])|年第?([一二三四1-4])季度)[:,]?(?:服务)?(?:(\d{1,9})人次?)?[,、]?(?:支出)?([\d.]+(?:元|千元|万元?))?$/;

/** Reports that were accepted: `2026年第一季度：服务80人次，支出2.4万元；2026Q2：60人次`. */
export const reportsOf: CellReader<readonly AcceptedReport[]> = (cell, heading) => {
  const parts = cell.text.normalize('NFKC').split(/[;\n]/).map((part) => part.replace(/\s+/g, '')).filter((part) => part !== '');
  const reports: AcceptedReport[] = [];
  for (const part of parts) {
    const [, year, plain, ordinal = '', served = '0', spent] = REPORT.exec(part) ?? [];
    if (year === undefined) return { code: 'CELL_REPORTS_INVALID' };
    const money: Reading<Fen> = spent === undefined ? { value: NO_FEN } : moneyOf({ ...cell, kind: 'text', text: spent }, heading);
    if (!('value' in money)) return money;
    reports.push({ quarter: quarter(`${year}Q${plain ?? ORDINALS[ordinal] ?? ordinal}`), served: Number(served), spentFen: money.value });
  }
  return reports.length === 0 ? { code: 'CELL_REPORTS_INVALID' } : { value: reports };
};

/** Cash of a unit beside the lead, by the name that the ledger has for it. */
export type NamedShare = Omit<CoFunder, 'unitId'> & { readonly unit: string };

const SHARE = /^(.{1,100}?):(.+)$/;
const STEP = /^(承诺|认捐|到位|核实|pledged|delivered|verified)?([\d.]+(?:元|千元|万元?))$/i;
const STEPS: Readonly<Record<string, keyof Omit<CoFunder, 'unitId'>>> = {
  ...{ 承诺: 'pledgedFen', 认捐: 'pledgedFen', pledged: 'pledgedFen' },
  ...{ 到位: 'deliveredFen', delivered: 'deliveredFen' },
  ...{ 核实: 'verifiedFen', verified: 'verifiedFen' },
};

/** `区某局：承诺2万元，到位1万元；某公司：5000元`; an amount alone has arrived, a later step alone has the earlier ones by it. */
export const coFundersOf: CellReader<readonly NamedShare[]> = (cell, heading) => {
  const parts = cell.text.normalize('NFKC').split(/[;\n]/).map((part) => part.trim()).filter((part) => part !== '');
  const shares: NamedShare[] = [];
  for (const part of parts) {
    const [, unit = '', amounts = ''] = SHARE.exec(part) ?? [];
    const said: Partial<Record<keyof Omit<CoFunder, 'unitId'>, Fen>> = {};
    for (const text of amounts.split(/[,、]/).map((amount) => amount.replace(/\s+/g, ''))) {
      const [, step = '到位', sum] = STEP.exec(text) ?? [];
      if (sum === undefined) return { code: 'CELL_CO_FUNDERS_INVALID' };
      const money = moneyOf({ ...cell, kind: 'text', text: sum }, heading);
      if (!('value' in money)) return money;
      said[STEPS[step.toLowerCase()]!] = money.value;
    }
    const { verifiedFen = NO_FEN } = said;
    const { deliveredFen = verifiedFen } = said;
    const { pledgedFen = deliveredFen } = said;
    shares.push({ unit: unit.trim(), pledgedFen, deliveredFen, verifiedFen });
  }
  return shares.length === 0 ? { code: 'CELL_CO_FUNDERS_INVALID' } : { value: shares };
};

const STATUS_NAMES: Readonly<Record<TakenOverStatus, readonly string[]>> = {
  claimed: ['认领', '已认领', '待签约'],
  agreed: ['签约', '已签约', '待开工', '待实施'],
  implementing: ['实施', '实施中', '在实施', '进行中', '推进中'],
  acceptance: ['待验收', '验收中', '申请验收', '已完工'],
  rectifying: ['整改', '整改中', '待整改'],
  accepted: ['已验收', '验收通过', '验收合格', '待评价'],
};

/** 微项目台账: one project a row, with the step it has come to. */
export const PROJECT_COLUMNS = {
  sourceNumber: required(['项目编号', '编号', '微项目编号', '台账编号', 'project number', 'number'], textOf(40)),
  title: optional(['项目名称', '名称', '微项目名称', 'title'], textOf(100)),
  description: optional(['项目内容', '项目概述', '概述', '项目简介', 'description'], textOf(2000)),
  community: required(['社区', '所属社区', '社区名称', 'community'], textOf(60)),
  category: optional(['类别', '项目类别', 'category'], oneOf(CATEGORY_NAMES)),
  proposal: optional(['方案编号', '对应方案', 'proposal'], textOf(40)),
  peopleAffected: optional(['受益人数', '涉及人数', '覆盖人数', 'people affected'], wholeOf(1, 1_000_000)),
  budgetFen: optional(['预算', '项目预算', '预算金额', 'budget'], moneyOf),
  leadUnit: required(['认领单位', '领办单位', '牵头单位', '共建单位', 'lead unit'], textOf(100)),
  implementer: optional(['实施组织', '实施单位', '承接组织', 'implementer'], textOf(100)),
  status: required(['项目状态', '状态', '进展', '进度', 'status'], oneOf(STATUS_NAMES)),
  claimedOn: optional(['认领日期', '认领时间', 'claimed on'], dateOf),
  agreedOn: optional(['签约日期', '签约时间', '协议日期', 'agreed on'], dateOf),
  startedOn: optional(['开工日期', '开工时间', '实施日期', '启动日期', 'started on'], dateOf),
  reports: optional(['已验季报', '已通过季报', '季度报告', '季报', 'reports accepted'], reportsOf),
  isSolved: optional(['需求已解决', '是否解决', '是否已解决', 'solved'], yesNoOf),
  pledgedFen: optional(['承诺资金', '认捐资金', '认领资金', '承诺金额', 'pledged'], moneyOf),
  deliveredFen: optional(['到位资金', '已到位', '到位金额', '到账金额', 'delivered'], moneyOf),
  verifiedFen: optional(['核实资金', '已核实', '核实金额', 'verified'], moneyOf),
  coFunders: optional(['共同出资', '共同出资单位', '其他出资', '参与出资', 'co-funders'], coFundersOf),
  fundsOn: optional(['资金日期', '核实日期', '到位日期', 'funds on'], dateOf),
};

export type ProjectRecords = Records<typeof PROJECT_COLUMNS>;

/** A project as its row has it. */
export interface ProjectOfFile {
  readonly sourceNumber: string;
  readonly communityId: string;
  readonly orgPath: OrgPath;
  /** That is here already; null = need and proposal are made from the row. */
  readonly proposal: Proposal | null;
  readonly title: string;
  readonly description: string;
  readonly category: Category;
  readonly peopleAffected: number;
  readonly budgetFen: Fen;
  readonly leadUnit: string;
  readonly implementerId: string;
  readonly status: TakenOverStatus;
  readonly claimedOn: LocalDate | null;
  readonly agreedOn: LocalDate | null;
  readonly startedOn: LocalDate | null;
  readonly reports: readonly AcceptedReport[];
  readonly isSolved: boolean;
  readonly funds: TakenOverFunds;
  readonly coFunders: readonly CoFunder[];
}

export interface Known {
  readonly communities: readonly OrgUnit[];
  readonly units: readonly OrgUnit[];
  /** Those that wait to be taken on, by source number and by the number they got here. */
  readonly proposals: ReadonlyMap<string, Proposal>;
}

type Find = (named: string) => OrgUnit | undefined;
type Row = RecordOf<typeof PROJECT_COLUMNS>;

export async function projectsOf({ records }: ProjectRecords, known: Known, at: Instant): Promise<FileRow<ProjectOfFile>[]> {
  const findCommunity = unitNamed(known.communities);
  const findUnit = unitNamed(known.units.filter(({ kind }) => isPartner(kind)));
  const taken = new Set<string>();
  return mapInTurns(records, (record) => {
    const row = rowOf(record, { findCommunity, findUnit, proposals: known.proposals, taken, today: shanghaiDate(at) });
    if (row.content?.proposal) taken.add(row.content.proposal.id);
    return row;
  });
}

interface Judging {
  readonly findCommunity: Find;
  readonly findUnit: Find;
  readonly proposals: Known['proposals'];
  /** Proposals of rows before. */
  readonly taken: ReadonlySet<string>;
  readonly today: LocalDate;
}

function rowOf(record: Row, judging: Judging): FileRow<ProjectOfFile> {
  const { values } = record;
  const errors: FieldError[] = [...record.errors];
  const wrong = (field: keyof typeof PROJECT_COLUMNS, code: string, params?: FieldError['params']): void => {
    errors.push({ at: record.at(field), code, ...(params && { params }) });
  };
  const community = values.community === undefined ? undefined : judging.findCommunity(values.community);
  if (values.community !== undefined && !community) wrong('community', 'COMMUNITY_UNKNOWN');
  const lead = values.leadUnit === undefined ? undefined : judging.findUnit(values.leadUnit);
  if (values.leadUnit !== undefined && !lead) wrong('leadUnit', 'LEAD_UNKNOWN');
  const implementer = values.implementer === undefined ? lead : judging.findUnit(values.implementer);
  if (values.implementer !== undefined && !implementer) wrong('implementer', 'IMPLEMENTER_UNKNOWN');
  const proposal = values.proposal === undefined ? null : (judging.proposals.get(values.proposal) ?? undefined);
  if (proposal === undefined) wrong('proposal', 'PROPOSAL_NOT_READY');
  if (proposal && judging.taken.has(proposal.id)) wrong('proposal', 'PROPOSAL_TWICE');
  if (proposal && community && proposal.communityId !== community.id) wrong('proposal', 'PROPOSAL_ELSEWHERE');
  if (proposal && values.budgetFen !== undefined && values.budgetFen !== proposal.budgetFen) wrong('budgetFen', 'BUDGET_DIFFERS');
  for (const field of ['title', 'description'] as const) {
    const [trace] = personalTraces(values[field] ?? '');
    if (trace) wrong(field, 'PUBLIC_TEXT_PERSONAL', { trace });
  }
  // A proposal that is not there could have said what is missing.
  const isMissing = (field: keyof typeof PROJECT_COLUMNS): boolean => proposal === null && !record.errors.some(({ at }) => at === record.at(field));
  const title = values.title ?? proposal?.title;
  const category = values.category ?? proposal?.category;
  const budgetFen = values.budgetFen ?? proposal?.budgetFen;
  if (title === undefined && isMissing('title')) wrong('title', 'CELL_EMPTY');
  if (category === undefined && isMissing('category')) wrong('category', 'CELL_EMPTY');
  if (budgetFen === undefined && isMissing('budgetFen')) wrong('budgetFen', 'BUDGET_MISSING');

  const { claimedOn = null, agreedOn = null, startedOn = null, reports = [], isSolved = false, fundsOn = null } = values;
  if (isSolved && (reports.length === 0 || proposal)) wrong('isSolved', 'ANSWERED_WITHOUT_REPORT');
  // A ledger that names a later step alone has the earlier ones by it.
  const { verifiedFen = NO_FEN } = values;
  const { deliveredFen = verifiedFen } = values;
  const { pledgedFen = deliveredFen } = values;
  const funds = { pledgedFen, deliveredFen, verifiedFen, on: fundsOn };
  const coFunders = (values.coFunders ?? []).flatMap(({ unit, ...share }): CoFunder[] => {
    const found = judging.findUnit(unit);
    if (!found) wrong('coFunders', 'FUNDER_UNKNOWN', { unit });
    return found ? [{ ...share, unitId: found.id }] : [];
  });
  const { status } = values;
  if (status !== undefined && budgetFen !== undefined) {
    const faults = faultsOf({ status, leadUnit: lead?.id ?? '', claimedOn, agreedOn, startedOn, budgetFen, funds, coFunders, reports }, judging.today);
    for (const { field, code } of faults) wrong(field as keyof typeof PROJECT_COLUMNS, code);
  }
  const { sourceNumber = null } = values;
  const place = { row: record.row, sourceNumber, sourceAt: record.at('sourceNumber'), said: record.said };
  const complete = sourceNumber !== null && community && lead && implementer && proposal !== undefined && status && title !== undefined && category && budgetFen !== undefined;
  if (errors.length > 0 || !complete) return { ...place, content: undefined, errors };
  const content: ProjectOfFile = {
    sourceNumber,
    communityId: community.id,
    orgPath: community.orgPath,
    proposal,
    title,
    description: values.description ?? title,
    category,
    peopleAffected: values.peopleAffected ?? 1,
    budgetFen,
    leadUnit: lead.id,
    implementerId: implementer.id,
    status,
    claimedOn,
    agreedOn,
    startedOn,
    reports: [...reports].sort((a, b) => (a.quarter < b.quarter ? -1 : 1)),
    isSolved,
    funds,
    coFunders,
  };
  return { ...place, content, errors };
}
