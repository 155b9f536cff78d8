import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { FROZEN_COLUMNS } from '../../src/needs/lists/snapshot/frozen.ts';
import { differenceOf, type FrozenRow } from '../../src/needs/lists/snapshot/model.ts';
import { differenceSheet, frozenSheet, type FrozenListName } from '../../src/needs/lists/snapshot/sheets.ts';
import { texts } from '../../src/needs/texts.ts';

const zh = (key: string): string => (texts as Readonly<Record<string, { zh: string }>>)[key]?.zh ?? `?${key}`;

const row = fc.record({ state: fc.constantFrom('listed', 'answered'), need: fc.constantFrom('灯', '路', null), peopleAffected: fc.integer({ min: 1, max: 3 }) });
const list = fc.uniqueArray(fc.tuple(fc.integer({ min: 1, max: 9 }), row), { selector: ([serial]) => serial, maxLength: 9 });
const rowsOf = (entries: [number, object][]): FrozenRow[] => entries.map(([serial, rest]) => ({ number: `XQ-000${serial}`, ...rest }) as FrozenRow);

describe('the difference of two frozen lists', () => {
  it('leads from the one to the other', () => {
    fc.assert(
      fc.property(list, list, (one, other) => {
        const [before, after] = [rowsOf(one), rowsOf(other)];
        const { added, gone, changed } = differenceOf(before, after);
        const away = new Set(gone.map((it) => it.number));
        const fields = new Map(changed.map((it) => [it.number, it.fields]));
        const moved = before
          .filter((it) => !away.has(it.number))
          .map((it) => Object.assign({}, it, ...(fields.get(it.number) ?? []).map(({ field, after: value }) => ({ [field]: value }))) as FrozenRow);
        const sorted = (rows: readonly FrozenRow[]): FrozenRow[] => [...rows].sort((a, b) => (a.number < b.number ? -1 : 1));
        expect(sorted([...moved, ...added])).toEqual(sorted(after));
      }),
      { numRuns: 100 },
    );
  });

  it('is told in words, money in yuan', () => {
    const before = rowsOf([[1, { title: '扶手', budgetFen: 350_050, category: 'elderly', state: 'ready', sharedProperty: false }]]);
    const after = rowsOf([[1, { title: '扶手', budgetFen: 400_000, category: 'housing', state: 'matched', sharedProperty: true }]]);
    expect(differenceSheet('projects', differenceOf(before, after), zh).rows).toEqual([
      ['变更', 'XQ-0001', '预算（元）', '3500.50', '4000.00'],
      ['变更', 'XQ-0001', '类别', '一老', '住'],
      ['变更', 'XQ-0001', '涉及共有部分', '否', '是'],
      ['变更', 'XQ-0001', '状态', '待对接', '已对接'],
    ]);
  });

  it.each(Object.keys(FROZEN_COLUMNS) as FrozenListName[])('has a heading for every column of %s', (name) => {
    expect(frozenSheet(name, [], zh).headings.filter((heading) => heading.startsWith('?'))).toEqual([]);
  });
});
