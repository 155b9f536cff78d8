import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { dateOf, listOf, momentText, moneyOf, oneOf, textOf, wholeOf, yesNoOf } from '../../../src/platform/tables/cells.ts';
import type { Cell, CellKind } from '../../../src/platform/tables/table.ts';
import { addDays, daysBetween, localDate } from '../../../src/kernel/time.ts';

const cell = (text: string, kind: CellKind = 'text'): Cell => ({ row: 2, column: 3, kind, text });

describe('money cells', () => {
  it.each([
    ['1541000', '金额', 154_100_000],
    ['1,541,000.00', '金额（元）', 154_100_000],
    ['154.1', '预算（万元）', 154_100_000],
    ['154.1万', '金额（元）', 154_100_000],
    ['￥３００．５', '金额', 30_050],
    ['0.000001', '预算（万元）', 1],
    ['1.2亿元', '金额', 12_000_000_000],
    ['2千元', '金额', 200_000],
  ])('reads %s under %s', (text, heading, value) => {
    expect(moneyOf(cell(text), heading)).toEqual({ value });
  });

  it.each([
    ['0.001', 'CELL_MONEY_BELOW_FEN'],
    ['-5', 'CELL_MONEY_INVALID'],
    ['1,54', 'CELL_MONEY_INVALID'],
    ['五万', 'CELL_MONEY_INVALID'],
    ['1e5', 'CELL_MONEY_INVALID'],
    ['99999999999999999999', 'CELL_MONEY_INVALID'],
    ['', 'CELL_MONEY_INVALID'],
  ])('refuses %s', (text, code) => {
    expect(moneyOf(cell(text), '金额')).toEqual({ code });
  });

  it('reads every amount back to the fen, in yuan and in 万元', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 10 ** 14 }), (fen) => {
        const yuan = `${Math.floor(fen / 100)}.${String(fen % 100).padStart(2, '0')}`;
        const wan = `${Math.floor(fen / 1_000_000)}.${String(fen % 1_000_000).padStart(6, '0')}`;
        expect(moneyOf(cell(yuan), '金额')).toEqual({ value: fen });
        expect(moneyOf(cell(`${wan}万元`), '金额')).toEqual({ value: fen });
      }),
    );
  });

  it('undoes the binary fraction that Excel leaves in a file', () => {
    expect(moneyOf(cell('8.0999999999999996', 'number'), '金额')).toEqual({ value: 810 });
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 10 ** 12 }), (fen) => {
        expect(moneyOf(cell((fen / 100).toPrecision(17), 'number'), '金额')).toEqual({ value: fen });
      }),
    );
  });
});

describe('date cells', () => {
  it.each(['2026-03-05', '2026/3/5', '2026.3.5', '2026年3月5日', '20260305', '２０２６．３．５', '2026-03-05 08:30:00', '46086'])(
    'reads %s',
    (text) => {
      expect(dateOf(cell(text), '日期')).toEqual({ value: '2026-03-05' });
    },
  );

  it.each(['2026-02-30', '2026-13-01', '26.3.5', '2026年3月', 'soon', '60', '99999', '-1'])('refuses %s', (text) => {
    expect(dateOf(cell(text), '日期')).toEqual({ code: 'CELL_DATE_INVALID' });
  });

  it('agrees with the day count of Excel and with every written form', () => {
    const first = localDate('2000-01-01');
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 36_000 }), (days) => {
        const date = addDays(first, days);
        const [year, month, day] = date.split('-').map(Number);
        expect(dateOf(cell(String(daysBetween(localDate('1899-12-30'), date)), 'date'), '日期')).toEqual({ value: date });
        expect(dateOf(cell(`${year}年${month}月${day}日`), '日期')).toEqual({ value: date });
        expect(dateOf(cell(`${year}.${month}.${day}`), '日期')).toEqual({ value: date });
      }),
    );
  });
});

describe('other cells', () => {
  it('keeps 18 digits of a text cell and refuses them in a number cell, where Excel has lost three', () => {
    expect(textOf(40)(cell('511802199001011234'), '编号')).toEqual({ value: '511802199001011234' });
    expect(textOf(40)(cell('5.1180219900101101E+17', 'number'), '编号')).toEqual({ code: 'CELL_DIGITS_LOST' });
    expect(textOf(40)(cell('13800001234', 'number'), '电话')).toEqual({ value: '13800001234' });
    expect(textOf(4)(cell('abcde'), '编号')).toEqual({ code: 'CELL_TOO_LONG', params: { most: 4 } });
  });

  it('reads whole numbers within bounds', () => {
    expect(wholeOf(0, 2000)(cell('1,200'), '人数')).toEqual({ value: 1200 });
    expect(wholeOf(0, 2000)(cell('12.0', 'number'), '人数')).toEqual({ value: 12 });
    expect(wholeOf(0, 2000)(cell('12.5', 'number'), '人数')).toEqual({ code: 'CELL_NUMBER_INVALID' });
    expect(wholeOf(0, 10)(cell('11'), '人数')).toEqual({ code: 'CELL_OUT_OF_RANGE', params: { least: 0, most: 10 } });
  });

  it('reads yes, no, one of a list and several of it', () => {
    const classes = oneOf({ elderly: ['养老', '一老'], dining: ['食', '助餐'] });
    expect(yesNoOf(cell('√'), '同意')).toEqual({ value: true });
    expect(yesNoOf(cell('否'), '同意')).toEqual({ value: false });
    expect(yesNoOf(cell('也许'), '同意')).toEqual({ code: 'CELL_YES_NO_INVALID' });
    expect(listOf(classes)(cell('养老、助餐；ELDERLY'), '类别')).toEqual({ value: ['elderly', 'dining'] });
    expect(listOf(classes)(cell('养老、体育'), '类别')).toEqual({ code: 'CELL_NOT_IN_LIST' });
  });
});

describe('moments', () => {
  it('are the same as text and as a day count, to the second', () => {
    const seconds = fc.integer({ min: 0, max: 86_399 });
    fc.assert(
      fc.property(fc.integer({ min: 40_000, max: 60_000 }), seconds, (days, second) => {
        const [year, month, day] = addDays(localDate('1899-12-30'), days).split('-').map(Number);
        const clock = `${Math.floor(second / 3600)}:${String(Math.floor(second / 60) % 60).padStart(2, '0')}:${String(second % 60).padStart(2, '0')}`;
        expect(momentText(cell(String(days + second / 86_400), 'date'))).toBe(momentText(cell(`${year}/${month}/${day} ${clock}`)));
      }),
    );
    expect(momentText(cell('微信'))).toBe('微信');
  });
});
