import type { OrgUnit } from '../../accounts/units/model.ts';
import type { FieldError } from '../../kernel/refusal.ts';
import { shanghaiInstant, type Instant } from '../../kernel/time.ts';
import { dateOf, oneOf, textOf, wholeOf } from '../../platform/tables/cells.ts';
import { optional, required, type RecordOf, type Records } from '../../platform/tables/records.ts';
import { mapInTurns } from '../../platform/tables/turns.ts';
import { unitNamed } from '../imports/lookup.ts';
import { CATEGORY_NAMES, type FileRow, type RowTerms } from '../imports/model.ts';
import { needsConsent, type Raiser } from './model.ts';
import type { PlacedNeed } from './service.ts';

export type NeedOfFile = Omit<PlacedNeed, 'id'>;

/** 需求清单: the headings under which offices keep it. */
export const NEED_COLUMNS = {
  sourceNumber: optional(['需求编号', '编号', '需求号', 'need number', 'number'], textOf(40)),
  community: required(['社区', '所属社区', '社区名称', 'community'], textOf(60)),
  place: optional(['小区', '院落', '小区名称', 'place', 'estate'], textOf(60)),
  publicText: required(['需求内容', '需求描述', '公开内容', '需求', 'public text', 'need'], textOf(500)),
  words: optional(['居民原话', '原话', '诉求原文', 'own words'], textOf(2000)),
  category: required(['类别', '需求类别', '需求分类', '需求类型', 'category'], oneOf(CATEGORY_NAMES)),
  urgency: optional(
    ['紧急程度', '紧急度', 'urgency'],
    oneOf({ routine: ['一般', '普通', '不急'], soon: ['较急', '比较急'], urgent: ['紧急', '急', '特急'] }),
  ),
  peopleAffected: optional(['涉及人数', '受益人数', '影响人数', 'people affected'], wholeOf(1, 1_000_000)),
  channel: optional(
    ['来源', '需求来源', '收集方式', 'channel', 'source'],
    oneOf({
      form: ['线上表单', '问卷', '小程序'],
      resident: ['居民反映', '群众反映', '居民来访'],
      visit: ['入户走访', '走访', '敲门行动'],
      meeting: ['坝坝会', '居民会议', '座谈会', '议事会'],
      hotline: ['社区热线', '热线', '12345'],
      gridWorker: ['网格员上报', '网格上报', '网格员'],
      case: ['吹哨', '工单'],
      other: ['其他', '其它'],
    }),
  ),
  evidence: optional(['佐证', '依据', '证据', 'evidence'], textOf(1000)),
  name: optional(['姓名', '反映人', '联系人', 'name'], textOf(60)),
  phone: optional(['电话', '联系电话', '手机', '手机号', 'phone'], textOf(25)),
  consent: optional(
    ['本人同意', '同意方式', '知情同意', 'consent'],
    oneOf({ form: ['线上', '表单'], paper: ['书面', '纸质', '签字'], oral: ['口头', '电话同意', '是', '同意', 'yes'] }),
  ),
  raisedOn: optional(['登记日期', '提出日期', '反映日期', '日期', 'raised on', 'date'], dateOf),
  status: optional(
    ['办理状态', '状态', '办理情况', 'status'],
    oneOf({
      raised: ['待处理', '待办', '未处理', '未办理', '新增'],
      triaged: ['已受理', '已梳理', '办理中', '处理中', '正在办理'],
      closed: ['已办结', '办结', '已解决', '已完成', '已办理'],
    }),
  ),
};

/** Rows of a need list; `communities` are those that the caller may write to. */
export async function needsOf(
  { records }: Records<typeof NEED_COLUMNS>,
  communities: readonly OrgUnit[],
  { takeOver, at }: RowTerms,
): Promise<FileRow<NeedOfFile>[]> {
  const find = unitNamed(communities);
  return mapInTurns(records, (record) => rowOf(record, find, takeOver, at));
}

type Find = (name: string) => OrgUnit | undefined;

function rowOf(record: RecordOf<typeof NEED_COLUMNS>, find: Find, takeOver: boolean, at: Instant): FileRow<NeedOfFile> {
  const { values } = record;
  const errors: FieldError[] = [...record.errors];
  const community = values.community === undefined ? undefined : find(values.community);
  if (values.community !== undefined && !community) errors.push({ at: record.at('community'), code: 'COMMUNITY_UNKNOWN' });
  const raiser: Raiser = {
    words: values.words ?? null,
    name: values.name ?? null,
    phone: values.phone ?? null,
    consent: values.consent ?? null,
  };
  if (needsConsent('staffOnBehalf', raiser)) errors.push({ at: record.at('consent'), code: 'CONSENT_MISSING' });
  if (!takeOver && (values.status ?? 'raised') !== 'raised') errors.push({ at: record.at('status'), code: 'ROW_NEEDS_TAKE_OVER' });
  const { category, publicText, sourceNumber = null } = values;
  const place = { row: record.row, sourceNumber, sourceAt: record.at('sourceNumber'), said: record.said };
  if (errors.length > 0 || !community || !category || publicText === undefined) return { ...place, content: undefined, errors };
  const content: NeedOfFile = {
    sourceNumber,
    communityId: community.id,
    orgPath: community.orgPath,
    channel: values.channel ?? 'other',
    place: values.place ?? null,
    category,
    urgency: values.urgency ?? 'routine',
    peopleAffected: values.peopleAffected ?? 1,
    evidence: values.evidence ?? null,
    publicText,
    raiserKind: 'staffOnBehalf',
    raiser,
    state: values.status ?? 'raised',
    raisedAt: values.raisedOn === undefined ? at : shanghaiInstant(values.raisedOn),
  };
  return { ...place, content, errors };
}
