import { readFileSync } from 'node:fs';
import type { UnitRow } from '../../src/accounts/units/model.ts';
import { listOf, oneOf, textOf } from '../../src/platform/tables/cells.ts';
import { readTable } from '../../src/platform/tables/read.ts';
import { optional, recordsOf, required } from '../../src/platform/tables/records.ts';

const COLUMNS = {
  code: required(['编号'], textOf(40)),
  name: required(['名称'], textOf(100)),
  kind: required(['类别'], oneOf({ subdistrictOffice: ['街道办事处'], community: ['社区'], coBuildingUnit: ['共建单位'], socialOrganization: ['社会组织'] })),
  communities: optional(['结对社区'], listOf(textOf(60))),
};

/** The organisations of an office's list. */
export async function organisationsOf(file: URL): Promise<UnitRow[]> {
  const { records } = recordsOf(await readTable(readFileSync(file)), COLUMNS);
  return records.map(({ values }) => ({ code: values.code!, name: values.name!, kind: values.kind!, communities: values.communities ?? [] }));
}
