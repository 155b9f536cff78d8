import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import type { FieldError, Refusal } from '../../src/kernel/refusal.ts';
import { localDate } from '../../src/kernel/time.ts';
import type { ImportKind, ImportReport } from '../../src/needs/imports/model.ts';
import type { ImportFile } from '../../src/needs/imports/commands.ts';
import { readSheets } from '../../src/platform/tables/read.ts';
import { writeCsv, writeXlsx } from '../../src/platform/tables/write.ts';
import { createTestDatabase, type TestDatabase } from '../support/database.ts';
import { organisationsOf } from './organisations.ts';
import { AT, createArea, createPlace, intent, narrowed, type Place } from './support.ts';

const area = createArea();
const { imports, needs, offers, proposals } = area;
let db: TestDatabase;
let place: Place;

beforeAll(async () => {
  db = await createTestDatabase();
}, 60_000);
afterAll(async () => {
  await db?.drop();
});
beforeEach(async () => {
  place = await createPlace(db.database, area);
});

/** CSV as someone else's program writes it: nothing is made harmless. */
const rawCsv = (headings: readonly string[], rows: readonly (readonly string[])[]): Uint8Array =>
  new TextEncoder().encode([headings, ...rows].map((row) => row.map((cell) => `"${cell.replaceAll('"', '""')}"`).join(',')).join('\n'));

const fileOf = async (bytes: Uint8Array): Promise<ImportFile> => ({ tables: await readSheets(bytes), bytes });
const take = (kind: ImportKind, file: ImportFile, takeGood = false, scope = place.scope): Promise<ImportReport> =>
  db.database.within(scope, (tx) => imports.take(tx, kind, file, { takeGood }, { ...intent(), commandId: randomUUID() }));
const allNeeds = () => db.database.within(place.scope, (tx) => needs.page(tx, {}, 'raisedAt', { after: undefined, limit: 20_000 }));

async function refusalOf(work: Promise<unknown>): Promise<Refusal> {
  return work.then(
    () => {
      throw new Error('was not refused');
    },
    (error: unknown) => error as Refusal,
  );
}

const HEADINGS = ['需求编号', '社区', '需求内容', '类别', '紧急程度', '涉及人数', '登记日期'];
/** Texts that resemble one another are a matter of their own. */
const unlike = (number: number): string => Array.from({ length: 9 }, (_, place) => String.fromCharCode(0x4e00 + ((number * 7919 * (place + 3)) % 20_000))).join('');
const rowOf = (number: number): string[] => [
  `A${number}`,
  number % 2 === 0 ? '新城社区' : '东街社区（示例）',
  unlike(number),
  '住',
  '一般',
  String((number % 90) + 1),
  '2025/09/01',
];
const thousand = (changes: Readonly<Record<number, readonly string[]>> = {}): (readonly string[])[] =>
  Array.from({ length: 1000 }, (_, index) => changes[index + 2] ?? rowOf(index + 2));

const BAD = {
  17: ['A17', '西城社区', '楼道照明', '住', '一般', '3', '2025/09/01'],
  500: ['A500', '新城社区', '楼道照明', '住', '不明', '3', '2025/09/01'],
  999: ['A999', '新城社区', '=1+1', '飞行', '一般', '0', '2025/13/01'],
};
const BAD_ERRORS: FieldError[] = [
  { at: '17:2', code: 'COMMUNITY_UNKNOWN' },
  { at: '500:5', code: 'CELL_NOT_IN_LIST' },
  { at: '999:3', code: 'CELL_FORMULA' },
  { at: '999:4', code: 'CELL_NOT_IN_LIST' },
  { at: '999:6', code: 'CELL_OUT_OF_RANGE', params: { least: 1, most: 1_000_000 } },
  { at: '999:7', code: 'CELL_DATE_INVALID' },
];

describe('a need list of a thousand rows with three bad ones', () => {
  it('says which and why and imports nothing, unless told to take the good ones; repeated it doubles nothing', async () => {
    const file = await fileOf(rawCsv(HEADINGS, thousand(BAD)));

    const preview = await db.database.within(place.scope, (tx) => imports.preview(tx, 'needs', file, {}, AT));
    expect(preview).toMatchObject({ importId: null, rows: 1000, taken: 997, unchanged: 0, bad: 3, errors: BAD_ERRORS });

    const refusal = await refusalOf(take('needs', file));
    expect([refusal.code, refusal.kind, refusal.params]).toEqual(['IMPORT_HAS_BAD_ROWS', 'rule', { bad: 3, rows: 1000 }]);
    expect(refusal.errors).toEqual(BAD_ERRORS);
    expect(await allNeeds()).toEqual([]);

    expect(await take('needs', file, true)).toMatchObject({ rows: 1000, taken: 997, unchanged: 0, bad: 3 });
    expect(await take('needs', file, true)).toMatchObject({ rows: 1000, taken: 0, unchanged: 997, bad: 3, errors: BAD_ERRORS });
    expect(await allNeeds()).toHaveLength(997);

    const corrected = await fileOf(await writeXlsx({ headings: HEADINGS, rows: thousand() }));
    expect(await take('needs', corrected)).toMatchObject({ taken: 3, unchanged: 997, bad: 0 });
    const stored = await allNeeds();
    expect(new Set(stored.map((need) => need.sourceNumber)).size).toBe(1000);
    expect(stored.map((need) => Number(need.number.slice(3))).sort((a, b) => a - b)).toEqual(Array.from({ length: 1000 }, (_, i) => i + 1));
    expect(stored.every((need) => need.state === 'raised' && need.raisedAt === '2025-08-31T16:00:00.000000Z')).toBe(true);
  }, 30_000);

  it('taken by two at once stands once', async () => {
    const file = await fileOf(writeCsv({ headings: HEADINGS, rows: thousand().slice(0, 60) }));
    const reports = await Promise.all([take('needs', file), take('needs', file), take('needs', file)]);
    expect(reports.map((report) => report.taken).sort((a, b) => a - b)).toEqual([0, 0, 60]);
    expect(await allNeeds()).toHaveLength(60);
  });
});

describe('rows of a need list', () => {
  const csv = (...rows: string[][]): Promise<ImportFile> => fileOf(rawCsv(['编号', '社区', '需求', '类别', '姓名', '电话', '同意方式', '居民原话'], rows));

  it('with the same number say the same, or are told apart', async () => {
    expect(await take('needs', await csv(['B1', '新城社区', '扶手', '一老', '', '', '', '']))).toMatchObject({ taken: 1 });
    const other = await refusalOf(take('needs', await csv(['B1', '新城社区', '扶手和坡道', '一老', '', '', '', ''])));
    expect(other.errors).toEqual([{ at: '2:1', code: 'ROW_IMPORTED_DIFFERENTLY' }]);
    const twice = await refusalOf(take('needs', await csv(['B2', '新城社区', '扶手', '一老', '', '', '', ''], ['B2', '新城社区', '灯', '住', '', '', '', ''])));
    expect(twice.errors).toEqual([{ at: '3:1', code: 'ROW_NUMBER_TWICE' }]);
  });

  it('without a number are known by what they say, equal ones counted', async () => {
    const file = await csv(['', '新城社区', '扶手', '一老', '', '', '', ''], ['', '新城社区', '扶手', '一老', '', '', '', '']);
    expect(await take('needs', file)).toMatchObject({ taken: 2 });
    expect(await take('needs', file)).toMatchObject({ taken: 0, unchanged: 2 });
  });

  it('keep a contact only with consent, and words sealed', async () => {
    const refusal = await refusalOf(take('needs', await csv(['C1', '新城社区', '扶手', '一老', '示例甲', '13800000000', '', ''])));
    expect(refusal.errors).toEqual([{ at: '2:7', code: 'CONSENT_MISSING' }]);
    await take('needs', await csv(['C1', '新城社区', '扶手', '一老', '示例甲', '13800000000', '口头', '上下楼不方便']));
    const [need] = await allNeeds();
    const raiser = await db.database.within(place.scope, (tx) => needs.raiserOf(tx, need!.id, intent()));
    expect(raiser).toEqual({ words: '上下楼不方便', name: '示例甲', phone: '13800000000', consent: 'oral' });
  });

  it('reach only communities of the caller', async () => {
    const refusal = await refusalOf(take('needs', await csv(['D1', '新城社区', '扶手', '一老', '', '', '', '']), false, narrowed(place.scope, '/mengyang/dongjie/')));
    expect(refusal.errors).toEqual([{ at: '2:2', code: 'COMMUNITY_UNKNOWN' }]);
  });

  it('become needs exactly where they are right, whatever is wrong with the others', async () => {
    const cell = fc.record({
      community: fc.constantFrom('新城社区', 'dongjie', '无此社区', ''),
      text: fc.constantFrom('扶手', '电话13800000000', '=A1', ''),
      category: fc.constantFrom('一老', 'housing', '飞行', ''),
    });
    await fc.assert(
      fc.asyncProperty(fc.array(cell, { minLength: 1, maxLength: 12 }), async (cells) => {
        const fresh = await createPlace(db.database, area);
        const rows = cells.map((it, index) => [`R${index}`, it.community, it.text, it.category, '', '', '', '']);
        const report = await take('needs', await csv(...rows), true, fresh.scope);
        const right = cells.filter((it) => ['新城社区', 'dongjie'].includes(it.community) && ['扶手', '电话13800000000'].includes(it.text) && ['一老', 'housing'].includes(it.category)).length;
        expect([report.taken, report.bad]).toEqual([right, cells.length - right]);
        const places = new Set(report.errors.map((error) => error.at.split(':')[0]));
        expect(places.size).toBe(report.bad);
      }),
      { numRuns: 15 },
    );
  }, 30_000);
});

describe('offer and proposal lists', () => {
  it('read money, dates and lists of names as offices write them', async () => {
    const headings = ['资源编号', '单位编号', '单位名称', '资源内容', '资源类别', '可服务社区', '可领办项目数', '可投入资金（万元）', '可投入服务时长（小时）', '有效期起', '有效期止'];
    const rows = [
      ['ZY-1', 'gj01', '区某局（示例）', '志愿服务', '住、治理', '新城社区、东街社区（示例）', '2', '24.5', '120', '2025.9.1', '2026年12月31日'],
      ['ZY-2', '', '区另一局（示例）', '=cmd', '吃', '', '0', '-1', '', '', '2020-01-01'],
      ['ZY-3', 'gj99', '', '资金', '吃', '', '', '', '', '', ''],
    ];
    const report = await take('offers', await fileOf(await writeXlsx({ headings, rows })), true);
    expect(report.errors.map((error) => [error.at, error.code])).toEqual([
      ['3:4', 'CELL_FORMULA'],
      ['3:7', 'CELL_OUT_OF_RANGE'],
      ['3:8', 'CELL_MONEY_INVALID'],
      ['3:11', 'DATES_REVERSED'],
      ['4:2', 'UNIT_UNKNOWN'],
    ]);
    const [offer] = await db.database.within(place.scope, (tx) => offers.page(tx, {}, 'serial', { after: undefined, limit: 10 }));
    expect(offer).toMatchObject({
      number: 'ZY-0001',
      sourceNumber: 'ZY-1',
      unitId: place.unit,
      categories: ['housing', 'governance'],
      communityIds: [place.xincheng, place.dongjie],
      capacity: 2,
      fundsFen: 24_500_000,
      hours: 120,
      fromOn: '2025-09-01',
      untilOn: '2026-12-31',
      state: 'open',
    });
  });

  it('let a community office write for units that take part in it, not for others', async () => {
    const file = await fileOf(writeCsv({ headings: ['编号', '单位', '资源内容', '类别'], rows: [['1', 'gj01', '义诊', '医'], ['2', 'gj02', '义诊', '医']] }));
    const report = await take('offers', file, true, narrowed(place.scope, '/mengyang/xincheng/'));
    expect([report.taken, report.errors]).toEqual([1, [{ at: '3:2', code: 'UNIT_UNKNOWN' }]]);
  });

  it('tie proposals to needs by their own numbers and stay repeatable once these have moved on', async () => {
    const csv = (rows: string[][]) => writeCsv({ headings: ['需求编号', '社区', '需求内容', '类别'], rows });
    await take('needs', await fileOf(csv([['X1', '新城社区', '扶手', '一老'], ['X2', '新城社区', '灯', '住'], ['X3', '东街社区（示例）', '灯', '住']])));
    const stored = new Map((await allNeeds()).map((need) => [need.sourceNumber, need]));
    const triaged = ['X1', 'X3'].map((number) => ({ id: stored.get(number)!.id, version: 1, triage: {} }));
    await db.database.within(place.scope, (tx) => needs.triageAll(tx, triaged, intent()));

    const headings = ['项目编号', '项目名称', '社区', '类别', '对应需求', '预算（万元）', '实施起', '实施止', '实施组织', '涉及共有部分', '预计受益人数', '项目概述'];
    const row = (number: string, wanted: string): string[] => [number, '扶手加装', '新城社区', '一老', wanted, '11.11', '2025-10-15', '2026-09-30', 'sz01', '是', '310', '惠及34户居民'];
    const file = await fileOf(await writeXlsx({ headings, rows: [row('MX-1', 'X1'), row('MX-2', 'X1、X2'), row('MX-3', 'X3'), row('MX-4', 'X9')] }));
    const report = await take('proposals', file, true);
    expect(report.errors.map((error) => [error.at, error.code])).toEqual([['3:5', 'NEED_NOT_IN_STATE'], ['4:5', 'NEED_ELSEWHERE'], ['5:5', 'NEED_UNKNOWN']]);
    const [proposal] = await db.database.within(place.scope, (tx) => proposals.page(tx, {}, 'serial', { after: undefined, limit: 10 }));
    expect(proposal).toMatchObject({
      sourceNumber: 'MX-1',
      budgetFen: 11_110_000,
      needIds: [stored.get('X1')!.id],
      implementerId: place.organisation,
      sharedProperty: true,
      peopleExpected: 310,
      state: 'draft',
    });
    await db.database.within(place.scope, async (tx) => {
      await proposals.makeReady(tx, proposal!.id, 1, intent());
      await needs.markAnswered(tx, proposal!.needIds, intent());
    });
    expect(await take('proposals', file, true)).toMatchObject({ taken: 0, unchanged: 1, bad: 3 });
  });
});

const SAMPLE = new URL('../../examples/mengyang/', import.meta.url);

describe('the files of the sample street office', () => {
  it('are read to the last row once their organisations are there', async () => {
    const records = await organisationsOf(new URL('organisations.xlsx', SAMPLE));
    await db.database.within(place.scope, (tx) =>
      area.units.registerUnits(tx, records, { commandId: randomUUID(), at: AT, joinedOn: localDate('2025-01-01') }),
    );
    const load = async (name: string): Promise<ImportFile> => fileOf(readFileSync(new URL(name, SAMPLE)));
    expect(await take('offers', await load('offers.xlsx'))).toMatchObject({ rows: 34, taken: 34, bad: 0 });
    expect(await take('needs', await load('needs.csv'))).toMatchObject({ rows: 203, taken: 203, bad: 0 });
    const rows = (await allNeeds()).map((need) => ({ id: need.id, version: need.version, triage: {} }));
    await db.database.within(place.scope, (tx) => needs.triageAll(tx, rows, intent()));
    expect(await take('proposals', await load('proposals.xlsx'))).toMatchObject({ rows: 49, taken: 49, bad: 0 });
  }, 30_000);
});
