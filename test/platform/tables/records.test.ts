import { describe, expect, it } from '@jest/globals';
import { Refusal } from '../../../src/kernel/refusal.ts';
import { dateOf, moneyOf, textOf } from '../../../src/platform/tables/cells.ts';
import { readTable } from '../../../src/platform/tables/read.ts';
import { optional, recordsOf, required } from '../../../src/platform/tables/records.ts';
import { workbook } from './support.ts';

const rules = {
  name: required(['名称', 'name'], textOf(20)),
  funds: optional(['预算', 'budget'], moneyOf),
  from: optional(['开始日期', 'from'], dateOf),
};
const read = async (text: string) => recordsOf(await readTable(new TextEncoder().encode(text)), rules);

describe('records', () => {
  it('finds headings by name below a title, in any order, with marks and units', async () => {
    const { records, unknownHeadings } = await read('2026年台账,,\n\n开始日期,* 预算（万元）,备注,名称\n2026.3.5,1.5,x,扶手\n');
    expect(records.map(({ row, values, errors }) => ({ row, values, errors }))).toEqual([
      { row: 4, values: { name: '扶手', funds: 1_500_000, from: '2026-03-05' }, errors: [] },
    ]);
    expect(unknownHeadings).toEqual(['备注']);
  });

  it('names the place and reason of every wrong cell and keeps the good ones', async () => {
    const { records } = await read('name,budget,from\n,abc,2026-02-30\n好,1,2026-02-28\n');
    expect(records[0]?.errors).toEqual([
      { at: '2:1', code: 'CELL_EMPTY' },
      { at: '2:2', code: 'CELL_MONEY_INVALID' },
      { at: '2:3', code: 'CELL_DATE_INVALID' },
    ]);
    expect(records[1]).toMatchObject({ row: 3, errors: [], values: { name: '好', funds: 100, from: '2026-02-28' } });
  });

  it.each([
    '=1+1', '=HYPERLINK("http://example.invalid","x")', "=cmd|' /C calc'!A0", '+1+1', "-2+3+cmd|' /C calc'!A0", '@SUM(1+1)',
    '＝1+1', '＋A1', '－A1', '＠SUM(1)', '\t=1', '=1\n+2',
  ])('answers the formula %j with a row error', async (payload) => {
    const { records } = await read(`name\n"${payload.replaceAll('"', '""')}"\n`);
    expect(records[0]?.errors).toEqual([{ at: '2:1', code: 'CELL_FORMULA' }]);
  });

  it('takes phone numbers, negative numbers and quoted text for what they are', async () => {
    const { records } = await read("name\n+86 138-0000-0000\n-3\n'=1+1\n");
    expect(records.map((record) => record.values.name)).toEqual(['+86 138-0000-0000', '-3', '=1+1']);
  });

  it('answers formulas and error values of a workbook with row errors', async () => {
    const table = await readTable(
      workbook('<row r="1"><c r="A1" t="str"><v>name</v></c></row><row r="2"><c r="A2"><f>1+1</f><v>2</v></c></row><row r="3"><c r="A3" t="e"><v>#N/A</v></c></row>'),
    );
    expect(recordsOf(table, rules).records.flatMap((record) => record.errors)).toEqual([
      { at: '2:1', code: 'CELL_FORMULA' },
      { at: '3:1', code: 'CELL_ERROR' },
    ]);
  });

  it.each([
    ['预算\n1\n', 'TABLE_HEADINGS_MISSING'],
    ['名称,name\na,b\n', 'TABLE_HEADING_TWICE'],
    ['名称\n', 'TABLE_NO_ROWS'],
  ])('refuses the file %j', async (text, code) => {
    const refusal: unknown = await read(text).catch((error: unknown) => error);
    expect(refusal).toBeInstanceOf(Refusal);
    expect((refusal as Refusal).code).toBe(code);
  });
});
