import type { FieldError } from '../../kernel/refusal.ts';
import { listOf, oneOf, textOf } from '../../platform/tables/cells.ts';
import { optional, recordsOf, required, type RecordOf } from '../../platform/tables/records.ts';
import type { Table } from '../../platform/tables/table.ts';
import type { UnitRow } from './model.ts';
import type { RowError } from './registration/model.ts';

/** Columns of a street office's list of organisations (组织名册). */
const COLUMNS = {
  code: required(['编号', '编码', '代码', 'code'], textOf(40)),
  name: required(['名称', '单位名称', '组织名称', 'name'], textOf(100)),
  kind: required(
    ['类别', '类型', 'kind'],
    oneOf({
      subdistrictOffice: ['街道办事处', '街道', '乡镇'],
      community: ['社区'],
      coBuildingUnit: ['共建单位'],
      socialOrganization: ['社会组织'],
      bureau: ['职能部门', '主管部门'],
    }),
  ),
  level: optional(
    ['级别', '层级', 'level'],
    oneOf({ city: ['市级'], district: ['区级', '县级', '区县级'], street: ['街道级', '乡镇级'] }),
  ),
  parent: optional(['上级', '所属街道', 'parent'], textOf(100)),
  communities: optional(['结对社区', '共建社区', 'communities'], listOf(textOf(100))),
  contactPost: optional(['联络岗位', '联络人岗位', 'contact post'], textOf(200)),
  note: optional(['备注', 'note'], textOf(200)),
};

export interface UnitList {
  readonly rows: readonly UnitRow[];
  /** Wrong cells; their lines are not among `rows`. */
  readonly errors: readonly FieldError[];
  readonly unknownHeadings: readonly string[];
  /** Lines in the file, right or wrong. */
  readonly total: number;
  /** Where in the file a line's error stands. */
  place(error: RowError): FieldError;
}

/** Refuses what `recordsOf` refuses; wrong cells are errors of their line. */
export function readUnits(table: Table): UnitList {
  const { records, unknownHeadings } = recordsOf(table, COLUMNS);
  const good = records.flatMap((record) => {
    const row = rowOf(record);
    return row ? [{ record, row }] : [];
  });
  return {
    rows: good.map(({ row }) => row),
    errors: records.flatMap(({ errors }) => errors),
    unknownHeadings,
    total: records.length,
    place: ({ index, field, code, params }) => {
      const at = good[index]?.record.at(field) ?? '';
      return { at, code, ...(params && { params }) };
    },
  };
}

function rowOf({ values, errors }: RecordOf<typeof COLUMNS>): UnitRow | undefined {
  const { code, name, kind } = values;
  if (errors.length > 0 || code === undefined || name === undefined || kind === undefined) return undefined;
  return { ...values, code, name, kind };
}
