import type { OrgUnit } from '../../accounts/units/model.ts';
import type { FieldError } from '../../kernel/refusal.ts';
import { dateOf, listOf, moneyOf, oneOf, textOf, wholeOf, yesNoOf } from '../../platform/tables/cells.ts';
import { optional, required, type RecordOf, type Records } from '../../platform/tables/records.ts';
import { mapInTurns } from '../../platform/tables/turns.ts';
import { unitNamed } from '../imports/lookup.ts';
import { CATEGORY_NAMES, type FileRow, type RowTerms } from '../imports/model.ts';
import { personalTraces } from '../model.ts';
import type { Need } from '../need/model.ts';
import type { PlacedProposal } from './service.ts';

/** `ready`: to be published with its needs once it is stored. */
export type ProposalOfFile = Omit<PlacedProposal, 'id'> & { readonly ready: boolean };

/** 项目清单: proposals with the needs they answer, which are named by their own numbers. */
export const PROPOSAL_COLUMNS = {
  sourceNumber: optional(['项目编号', '编号', '方案编号', 'proposal number', 'number'], textOf(40)),
  title: required(['项目名称', '名称', '方案名称', 'title'], textOf(100)),
  description: required(['项目概述', '项目内容', '概述', '项目简介', 'description'], textOf(2000)),
  community: required(['社区', '所属社区', '社区名称', 'community'], textOf(60)),
  category: required(['类别', '项目类别', 'category'], oneOf(CATEGORY_NAMES)),
  capability: optional(['所需能力', '能力类别', 'capability'], oneOf(CATEGORY_NAMES)),
  needs: required(['对应需求', '需求编号', 'needs'], listOf(textOf(40))),
  budgetFen: required(['预算', '项目预算', '预算金额', 'budget'], moneyOf),
  hours: optional(['服务时长', '工时', 'hours'], wholeOf(0, 1_000_000)),
  fromOn: required(['实施起', '开始日期', '起始日期', 'from'], dateOf),
  untilOn: required(['实施止', '结束日期', '截止日期', 'until'], dateOf),
  implementer: optional(['实施组织', '实施单位', '承接组织', 'implementer'], textOf(100)),
  sharedProperty: optional(['涉及共有部分', '共有部分', 'shared property'], yesNoOf),
  peopleExpected: optional(['预计受益人数', '受益人数', 'people expected'], wholeOf(0, 1_000_000)),
  status: optional(['项目状态', '状态', 'status'], oneOf({ draft: ['草拟', '拟实施', '储备', '入库'], ready: ['待对接', '待认领', '已发布'] })),
};

export type ProposalRecords = Records<typeof PROPOSAL_COLUMNS>;

/** Numbers of needs that the rows name: to be looked up before the rows are judged. */
export function needNumbersIn({ records }: ProposalRecords): string[] {
  return [...new Set(records.flatMap((record) => record.values.needs ?? []))];
}

export interface Known {
  readonly communities: readonly OrgUnit[];
  readonly implementers: readonly OrgUnit[];
  /** By source number, and by the number they got here. */
  readonly needs: ReadonlyMap<string, Need>;
}

export async function proposalsOf({ records }: ProposalRecords, known: Known, { takeOver }: RowTerms): Promise<FileRow<ProposalOfFile>[]> {
  const findCommunity = unitNamed(known.communities);
  const findImplementer = unitNamed(known.implementers);
  return mapInTurns(records, (record) => rowOf(record, findCommunity, findImplementer, known.needs, takeOver));
}

type Find = (named: string) => OrgUnit | undefined;

function rowOf(
  record: RecordOf<typeof PROPOSAL_COLUMNS>,
  findCommunity: Find,
  findImplementer: Find,
  needsByNumber: ReadonlyMap<string, Need>,
  takeOver: boolean,
): FileRow<ProposalOfFile> {
  const { values } = record;
  const errors: FieldError[] = [...record.errors];
  const community = values.community === undefined ? undefined : findCommunity(values.community);
  if (values.community !== undefined && !community) errors.push({ at: record.at('community'), code: 'COMMUNITY_UNKNOWN' });
  const implementer = values.implementer === undefined ? undefined : findImplementer(values.implementer);
  if (values.implementer !== undefined && !implementer) errors.push({ at: record.at('implementer'), code: 'IMPLEMENTER_UNKNOWN' });
  const needs = (values.needs ?? []).map((number) => needsByNumber.get(number));
  for (const [index, need] of needs.entries()) {
    const number = values.needs?.[index] ?? '';
    const code = needError(need, community);
    if (code) errors.push({ at: record.at('needs'), code, params: { number } });
  }
  for (const key of ['title', 'description'] as const) {
    const [trace] = personalTraces(values[key] ?? '');
    if (trace) errors.push({ at: record.at(key), code: 'PUBLIC_TEXT_PERSONAL', params: { trace } });
  }
  const { title, description, category, budgetFen, fromOn, untilOn, sourceNumber = null } = values;
  if (fromOn && untilOn && untilOn < fromOn) errors.push({ at: record.at('untilOn'), code: 'DATES_REVERSED', params: { fromOn, untilOn } });
  if (!takeOver && (values.status ?? 'draft') !== 'draft') errors.push({ at: record.at('status'), code: 'ROW_NEEDS_TAKE_OVER' });
  const place = { row: record.row, sourceNumber, sourceAt: record.at('sourceNumber'), said: record.said };
  const complete = community && title !== undefined && description !== undefined && category && budgetFen !== undefined && fromOn && untilOn;
  if (errors.length > 0 || !complete) return { ...place, content: undefined, errors };
  const content: ProposalOfFile = {
    sourceNumber,
    communityId: community.id,
    orgPath: community.orgPath,
    title,
    description,
    category,
    capability: values.capability ?? category,
    budgetFen,
    hours: values.hours ?? 0,
    fromOn,
    untilOn,
    sharedProperty: values.sharedProperty ?? false,
    peopleExpected: values.peopleExpected ?? 0,
    implementerId: implementer?.id ?? null,
    needIds: [...new Set(needs.flatMap((need) => (need ? [need.id] : [])))],
    ready: values.status === 'ready',
  };
  return { ...place, content, errors };
}

function needError(need: Need | undefined, community: OrgUnit | undefined): string | undefined {
  if (!need) return 'NEED_UNKNOWN';
  if (community && need.communityId !== community.id) return 'NEED_ELSEWHERE';
  return need.state === 'triaged' || need.state === 'listed' ? undefined : 'NEED_NOT_IN_STATE';
}
