import type { OrgUnit } from '../../accounts/units/model.ts';
import { NO_FEN } from '../../kernel/money.ts';
import type { FieldError } from '../../kernel/refusal.ts';
import { shanghaiDate } from '../../kernel/time.ts';
import { dateOf, listOf, moneyOf, oneOf, textOf, wholeOf } from '../../platform/tables/cells.ts';
import { optional, required, type RecordOf, type Records } from '../../platform/tables/records.ts';
import { mapInTurns } from '../../platform/tables/turns.ts';
import { unitNamed } from '../imports/lookup.ts';
import { CATEGORY_NAMES, type FileRow, type RowTerms } from '../imports/model.ts';
import { personalTraces } from '../model.ts';
import type { PlacedOffer } from './service.ts';

export type OfferOfFile = Omit<PlacedOffer, 'id'>;

/** 资源清单: what units put on their sheets. */
export const OFFER_COLUMNS = {
  sourceNumber: optional(['资源编号', '编号', '资源号', 'offer number', 'number'], textOf(40)),
  unitCode: optional(['单位编号', '单位代码', 'unit code'], textOf(60)),
  unit: optional(['单位名称', '单位', '共建单位', 'unit'], textOf(100)),
  categories: required(['资源类别', '服务类别', '可提供类别', '类别', 'categories'], listOf(oneOf(CATEGORY_NAMES))),
  description: required(['资源内容', '资源描述', '服务内容', 'description', 'offer'], textOf(1000)),
  communities: optional(['可服务社区', '服务社区', '社区', 'communities'], listOf(textOf(60))),
  capacity: optional(['可领办项目数', '可承接项目数', '项目数', 'capacity'], wholeOf(1, 1000)),
  fundsFen: optional(['可投入资金', '资金', '出资金额', '出资', 'funds'], moneyOf),
  hours: optional(['可投入服务时长', '服务时长', '工时', 'hours'], wholeOf(0, 1_000_000)),
  fromOn: optional(['有效期起', '开始日期', '起始日期', 'from'], dateOf),
  untilOn: optional(['有效期止', '结束日期', '截止日期', 'until'], dateOf),
  status: optional(['资源状态', '状态', 'status'], oneOf({ open: ['可对接', '有效', '在用', '正常'], withdrawn: ['已撤回', '失效', '停用', '已结束', '已过期'] })),
};

/** Rows of an offer list; `units` and `communities` are those that the caller may write for and to. */
export async function offersOf(
  { records }: Records<typeof OFFER_COLUMNS>,
  units: readonly OrgUnit[],
  communities: readonly OrgUnit[],
  terms: RowTerms,
): Promise<FileRow<OfferOfFile>[]> {
  const findUnit = unitNamed(units);
  const findCommunity = unitNamed(communities);
  return mapInTurns(records, (record) => rowOf(record, findUnit, findCommunity, terms));
}

type Find = (named: string) => OrgUnit | undefined;

function rowOf(record: RecordOf<typeof OFFER_COLUMNS>, findUnit: Find, findCommunity: Find, { takeOver, at }: RowTerms): FileRow<OfferOfFile> {
  const { values } = record;
  const errors: FieldError[] = [...record.errors];
  const named = values.unitCode ?? values.unit;
  const unit = named === undefined ? undefined : findUnit(named);
  if (!unit) errors.push({ at: record.at(values.unitCode === undefined ? 'unit' : 'unitCode'), code: 'UNIT_UNKNOWN' });
  const communities = (values.communities ?? []).map(findCommunity);
  if (communities.includes(undefined)) errors.push({ at: record.at('communities'), code: 'COMMUNITY_UNKNOWN' });
  const [trace] = personalTraces(values.description ?? '');
  if (trace) errors.push({ at: record.at('description'), code: 'PUBLIC_TEXT_PERSONAL', params: { trace } });
  const fromOn = values.fromOn ?? shanghaiDate(at);
  const untilOn = values.untilOn ?? null;
  if (untilOn !== null && untilOn < fromOn) errors.push({ at: record.at('untilOn'), code: 'DATES_REVERSED', params: { fromOn, untilOn } });
  if (!takeOver && (values.status ?? 'open') !== 'open') errors.push({ at: record.at('status'), code: 'ROW_NEEDS_TAKE_OVER' });
  const { categories, description, sourceNumber = null } = values;
  const place = { row: record.row, sourceNumber, sourceAt: record.at('sourceNumber'), said: record.said };
  if (errors.length > 0 || !unit || !categories || description === undefined) return { ...place, content: undefined, errors };
  const content: OfferOfFile = {
    sourceNumber,
    unitId: unit.id,
    orgPath: unit.orgPath,
    categories,
    communityIds: communities.flatMap((community) => (community ? [community.id] : [])),
    description,
    capacity: values.capacity ?? 1,
    fundsFen: values.fundsFen ?? NO_FEN,
    hours: values.hours ?? 0,
    fromOn,
    untilOn,
    state: values.status ?? 'open',
  };
  return { ...place, content, errors };
}
