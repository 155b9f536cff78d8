import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import pg from 'pg';
import type { Refusal } from '../../../src/kernel/refusal.ts';
import type { ImportFile, ImportOptions } from '../../../src/needs/imports/commands.ts';
import type { ImportReport, RecordKind } from '../../../src/needs/imports/model.ts';
import { readSheets } from '../../../src/platform/tables/read.ts';
import { writeCsv, writeXlsx } from '../../../src/platform/tables/write.ts';
import { createTestDatabase, type TestDatabase } from '../../support/database.ts';
import { archive, bookOf, inline, number, row as xmlRow, sheet, styles } from './makers.ts';
import { AT, codeOf, createArea, createPlace, drafted, intent, narrowed, type Place } from '../support.ts';

const area = createArea();
const { imports, mappings, undos, needs, offers, proposals } = area;
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

const fileOf = async (bytes: Uint8Array): Promise<ImportFile> => ({ tables: await readSheets(bytes), bytes });
const csv = (headings: readonly string[], rows: readonly (readonly string[])[]): Promise<ImportFile> => fileOf(writeCsv({ headings, rows }));
const take = (kind: RecordKind, file: ImportFile, options: ImportOptions = {}, scope = place.scope): Promise<ImportReport> =>
  db.database.within(scope, (tx) => imports.take(tx, kind, file, options, intent()));
const preview = (kind: RecordKind, file: ImportFile, scope = place.scope): Promise<ImportReport> =>
  db.database.within(scope, (tx) => imports.preview(tx, kind, file, {}, AT));
const undo = (kind: RecordKind, id: string | null) => db.database.within(place.scope, (tx) => undos.undo(tx, kind, id!, '传错了文件', intent()));
const allNeeds = () => db.database.within(place.scope, (tx) => needs.page(tx, {}, 'raisedAt', { after: undefined, limit: 1000 }));
const rowsOf = async <Row>(sql: string): Promise<Row[]> => db.database.within(place.scope, (tx) => tx.query<Row>(sql));

function from1904(headings: readonly string[], texts: readonly string[], [people, day]: readonly [number, number]): Uint8Array {
  const rows = [xmlRow(1, headings.map(inline)), xmlRow(2, [...texts.map(inline), number(people), number(day, 1)])];
  return archive({
    ...bookOf([{ name: '表', file: 'worksheets/sheet1.xml' }], '<workbookPr date1904="true"/>'),
    'worksheets/sheet1.xml': sheet(rows),
    'styles.xml': styles('0'),
  });
}

const HEADINGS = ['需求编号', '社区', '需求内容', '类别', '姓名', '电话', '同意方式'];
const row = (number: string, community = '新城社区', category = '住'): string[] => [number, community, `${number}号院路灯不亮`, category, '', '', ''];

describe('a source whose headings nobody has confirmed', () => {
  const WJX = ['序号', '提交答卷时间', '所用时间', '来源', '来源详情', '来自IP', '1、您所在的社区', '2、您关注的需求类别', '3、请描述您的需求', '4、您的姓名', '5、联系电话'];
  const answer = (id: string, community: string, kind: string, need: string): string[] =>
    [id, '2026/1/3 9:05:00', '60秒', '微信', 'N/A', '203.0.113.9', community, kind, need, '示例丙', '13800001234'];
  const answers = [answer('1', '新城', '加装电梯（住）', '五楼老人下楼难'), answer('2', '新城', '社区食堂', '想吃热饭')];

  it('is previewed with a suggestion, refused until a person confirms, then remembered for every file from there', async () => {
    const file = await csv(WJX, answers);
    const seen = await preview('needs', file);
    expect(seen.preview).toMatchObject({ needsMapping: true, mapping: null, suggestion: { source: '问卷星', identity: ['序号', '提交答卷时间'] } });
    expect(seen.preview!.columns.find(({ column }) => column === 'F')).toMatchObject({ field: null, by: 'personal' });
    expect(seen.preview!.sample[0]!.values).toMatchObject({ name: '示＊＊', phone: '138****1234', publicText: '五楼老人下楼难' });
    expect(JSON.stringify(seen)).not.toMatch(/203\.0\.113|13800001234|示例丙/);
    expect(await allNeeds()).toEqual([]);
    expect(await codeOf(take('needs', file))).toBe('IMPORT_MAPPING_UNCONFIRMED');

    const { fingerprint, fields, identity } = seen.preview!.suggestion;
    const translated = fields.map((field) =>
      field.field === 'community'
        ? { ...field, values: { 新城: 'xincheng' } }
        : field.field === 'category'
          ? { ...field, values: { '加装电梯（住）': 'housing', 社区食堂: 'dining' } }
          : field,
    );
    const confirmed = { source: '2026年问卷星', identity, fields: [...translated, { field: 'consent', headings: [], unit: null, values: {}, fixed: 'form', first: false }] };
    const confirm = (content: typeof confirmed) => db.database.within(place.scope, (tx) => mappings.confirm(tx, 'needs', fingerprint, content, intent()));
    const mapping = await confirm(confirmed);
    expect(await codeOf(confirm(confirmed))).toBe('MAPPING_EXISTS');

    expect(await take('needs', file)).toMatchObject({ taken: 2, bad: 0 });
    const stored = await allNeeds();
    expect(stored.map(({ category, channel, communityId }) => [category, channel, communityId]).sort()).toEqual([
      ['dining', 'form', place.xincheng],
      ['housing', 'form', place.xincheng],
    ]);
    const everything = await rowsOf<{ text: string }>('SELECT row_to_json(n)::text AS text FROM needs_need n UNION ALL SELECT row_to_json(m)::text FROM needs_import_mapping m');
    expect(JSON.stringify(everything)).not.toMatch(/203\.0\.113|13800001234|示例丙/);

    // A later export holds the former answers too, and its columns may stand elsewhere.
    const turned = (cells: readonly string[]): string[] => [...cells].reverse();
    const later = await csv(turned(WJX), [...answers, answer('3', '新城', '社区食堂', '周末也开')].map(turned));
    expect(await take('needs', later, {}, narrowed(place.scope, '/mengyang/xincheng/'))).toMatchObject({ taken: 1, unchanged: 2, bad: 0 });

    // Next quarter's questionnaire asks one thing more: what was said about the others need not be said again.
    const more = await preview('needs', await csv([...WJX, '6、大约涉及人数'], [[...answer('7', '新城', '社区食堂', '菜太咸'), '12']]));
    expect(more).toMatchObject({ taken: 1, bad: 0, preview: { needsMapping: true, suggestion: { source: '2026年问卷星' } } });
    expect(more.preview!.suggestion.fields).toEqual(expect.arrayContaining([...confirmed.fields, expect.objectContaining({ field: 'peopleAffected', headings: ['6、大约涉及人数'] })]));

    const renamed = { ...confirmed, source: '问卷星（示例）' };
    const change = (version: number) => db.database.within(place.scope, (tx) => mappings.change(tx, 'needs', mapping.id, version, renamed, intent()));
    expect(await change(1)).toMatchObject({ version: 2, source: '问卷星（示例）' });
    expect(await codeOf(change(1))).toBe('MAPPING_STALE');
    const below = db.database.within(narrowed(place.scope, '/mengyang/xincheng/'), (tx) => mappings.get(tx, 'needs', mapping.id));
    expect(await codeOf(below)).toBe('MAPPING_UNKNOWN');
    const audited = await rowsOf<{ action: string }>("SELECT action FROM audit_event WHERE action LIKE 'needs.mapping%' ORDER BY action");
    expect(audited.map(({ action }) => action)).toEqual(['needs.mappingChanged', 'needs.mappingConfirmed']);
  });

  it('gets no mapping that is incomplete, reads what tracks people, or translates into nothing', async () => {
    const blank = { headings: [], unit: null, values: {}, fixed: null, first: false };
    const content = {
      source: '热线13800001234',
      identity: ['来自ip'],
      fields: [
        { ...blank, field: 'community', headings: ['a'] },
        { ...blank, field: 'publicText', headings: ['a', '身份证号'] },
        { ...blank, field: 'sourceNumber' },
        { ...blank, field: 'urgency', fixed: '也许' },
        { ...blank, field: 'urgency', headings: ['b'], values: { 高: '也许' } },
        { ...blank, field: 'nothing', headings: ['c'] },
      ],
    };
    const refused = db.database.within(place.scope, (tx) => mappings.confirm(tx, 'needs', 'f'.repeat(43), content, intent()));
    const { code, errors } = await refused.then(
      () => {
        throw new Error('was confirmed');
      },
      (error: unknown) => error as Refusal,
    );
    expect(code).toBe('MAPPING_INVALID');
    expect(errors.map((error) => [error.at, error.code])).toEqual([
      ['/source', 'PUBLIC_TEXT_PERSONAL'],
      ['/fields/1', 'MAPPING_COLUMN_PERSONAL'],
      ['/fields/1', 'MAPPING_HEADING_TWICE'],
      ['/fields/2', 'MAPPING_FIELD_EMPTY'],
      ['/fields/3', 'MAPPING_VALUE_UNREADABLE'],
      ['/fields/4', 'MAPPING_VALUE_UNREADABLE'],
      ['/fields/4', 'MAPPING_FIELD_TWICE'],
      ['/fields/5', 'MAPPING_FIELD_UNKNOWN'],
      ['/fields', 'MAPPING_FIELD_MISSING'],
      ['/identity', 'MAPPING_COLUMN_PERSONAL'],
    ]);
  });
});

describe('wrong rows', () => {
  it('come back alone with what is wrong, and corrected add themselves and nothing else', async () => {
    const headings = ['资源编号', '单位', '资源类别', '资源内容', '出资', '来自IP'];
    const lines = (first: string, second: string): string[][] => [
      ['Z1', 'gj01', '养老', '助浴', first, '203.0.113.9'],
      ['Z2', second, '医', '=cmd|calc', '0.5', '203.0.113.9'],
      ['', 'gj02', '吃', '老年食堂', '1', ''],
    ];
    const sheet = { title: '资源清单　单位：万元', headings, rows: lines('1.5', 'gj99') };
    const bytes = await writeXlsx(sheet);
    const file = await fileOf(bytes);
    const report = await take('offers', file, { takeGood: true });
    expect([report.taken, report.bad, report.errors.map(({ at, code }) => [at, code])]).toEqual([2, 1, [['4:4', 'CELL_FORMULA'], ['4:2', 'UNIT_UNKNOWN']]]);

    const words = { heading: '错误说明', say: ({ code }: { code: string }) => code };
    const wrong = await db.database.within(place.scope, (tx) => imports.wrongRows(tx, 'offers', file, {}, AT, words));
    expect(wrong).toEqual({
      title: '单位：万元',
      headings: [...headings, '错误说明'],
      rows: [['Z2', 'gj99', '医', '=cmd|calc', '0.5', '', 'D（资源内容）：CELL_FORMULA；B（单位）：UNIT_UNKNOWN']],
    });
    const corrected = await writeXlsx({ ...wrong, rows: wrong.rows.map(([id, , kind, , ...rest]) => [id!, 'gj02', kind!, '义诊', ...rest]) });
    for (const taken of [1, 0]) {
      const again = await take('offers', await fileOf(corrected));
      expect(again).toMatchObject({ rows: 1, taken, unchanged: 1 - taken, bad: 0, unknownHeadings: ['来自IP'] });
    }
    const stored = await db.database.within(place.scope, (tx) => offers.page(tx, {}, 'serial', { after: undefined, limit: 10 }));
    expect(stored.map(({ sourceNumber, fundsFen }) => [sourceNumber, fundsFen])).toEqual([['Z2', 500_000], [null, 1_000_000], ['Z1', 1_500_000]]);
    expect(await codeOf(db.database.within(place.scope, (tx) => imports.wrongRows(tx, 'offers', file, {}, AT, words)))).toBe('done');
  });
});

describe('undoing an import', () => {
  it('takes its records, words and keys away, keeps that they were there, and lets the file come again', async () => {
    const contact = ['U9', '新城社区', '扶手', '一老', '示例丁', '13900001234', '口头'];
    const file = await csv(HEADINGS, [row('U1'), row('U2'), contact]);
    const kept = await take('needs', await csv(HEADINGS, [row('K1')]));
    const { importId } = await take('needs', file);
    expect(await undo('needs', importId)).toMatchObject({ id: importId, taken: 3, undoneBy: 'staff', reason: '传错了文件' });
    expect((await allNeeds()).map(({ sourceNumber }) => sourceNumber)).toEqual(['K1']);
    expect(await rowsOf('SELECT 1 FROM needs_raiser')).toEqual([]);
    expect(await rowsOf('SELECT 1 FROM subject_key WHERE wrapped IS NOT NULL')).toEqual([]);
    const trace = await rowsOf<{ key: string }>('SELECT row_key AS key FROM needs_import_undone_row ORDER BY 1');
    expect(trace.map(({ key }) => key)).toEqual(['U1', 'U2', 'U9']);
    expect(await rowsOf("SELECT 1 FROM audit_event WHERE action = 'needs.importUndone'")).toHaveLength(1);

    expect(await codeOf(undo('needs', importId))).toBe('IMPORT_UNDONE');
    expect(await codeOf(undo('offers', kept.importId))).toBe('IMPORT_UNKNOWN');
    const elsewhere = db.database.within(narrowed(place.scope, '/mengyang/dongjie/'), (tx) => undos.undo(tx, 'needs', kept.importId!, '别处', intent()));
    expect(await codeOf(elsewhere)).toBe('IMPORT_UNKNOWN');
    expect(await take('needs', file)).toMatchObject({ taken: 3, unchanged: 0 });
  });

  it('says which rows are in use, whoever uses them, and then changes nothing', async () => {
    const { importId } = await take('needs', await csv(HEADINGS, ['V1', 'V2', 'V3', 'V4', 'V5'].map((number) => row(number))));
    const ids = new Map((await allNeeds()).map((need) => [need.sourceNumber, need.id]));
    await db.database.within(place.scope, async (tx) => {
      await needs.edit(tx, ids.get('V1')!, 1, { urgency: 'urgent' }, intent());
      const triaged = await needs.triage(tx, ids.get('V2')!, 1, { publicText: '路灯' }, intent());
      await proposals.draft(tx, drafted(place.xincheng, [triaged.id]), intent());
      const repeat = await take('needs', await csv(HEADINGS, [row('W1')]));
      expect(repeat.taken).toBe(1);
    });
    const other = (await allNeeds()).find(({ sourceNumber }) => sourceNumber === 'W1')!;
    await db.database.within(place.scope, (tx) => needs.merge(tx, other.id, 1, ids.get('V4')!, intent()));
    const { code, params, errors } = await undo('needs', importId).then(
      () => {
        throw new Error('was undone');
      },
      (error: unknown) => error as Refusal,
    );
    expect([code, params, errors.map(({ at }) => at)]).toEqual(['IMPORT_IN_USE', { used: 3, rows: 5 }, ['2:1', '3:1', '5:1']]);
    expect(await allNeeds()).toHaveLength(6);
  });

  it('works for offers and for proposals with their bundles', async () => {
    await take('needs', await csv(HEADINGS, [row('P1')]));
    const [need] = await allNeeds();
    await db.database.within(place.scope, (tx) => needs.triage(tx, need!.id, 1, { publicText: '路灯' }, intent()));
    const headings = ['项目编号', '项目名称', '社区', '类别', '对应需求', '预算', '实施起', '实施止', '项目概述'];
    const bundled = await take('proposals', await csv(headings, [['M1', '路灯', '新城社区', '住', 'P1', '1万元', '2026.2.1', '2026.5.1', '换灯']]));
    const given = await take('offers', await csv(['单位', '资源类别', '资源内容'], [['gj01', '住', '电工']]));
    expect(await undo('proposals', bundled.importId)).toMatchObject({ taken: 1 });
    expect(await undo('offers', given.importId)).toMatchObject({ taken: 1 });
    expect(await rowsOf('SELECT 1 FROM needs_proposal UNION ALL SELECT 1 FROM needs_proposal_need UNION ALL SELECT 1 FROM needs_offer')).toEqual([]);
  });
});

describe('a list that was saved in another format', () => {
  it('says the same: nothing is new', async () => {
    const headings = ['编号', '社区', '需求内容', '类别', '涉及人数', '登记日期'];
    expect(await take('needs', await csv(headings, [['S1', '新城社区', '路灯', '住', '３４', '2026.1.3']]))).toMatchObject({ taken: 1 });
    const workbook = (day: number): Promise<ImportFile> => fileOf(from1904(headings, ['S1', '新城社区', '路灯', '住房'], [34, day]));
    expect(await take('needs', await workbook(44_563))).toMatchObject({ taken: 0, unchanged: 1 });
    expect(await take('needs', await workbook(44_564), { takeGood: true })).toMatchObject({ unchanged: 0, errors: [{ at: '2:1', code: 'ROW_IMPORTED_DIFFERENTLY' }] });
  });
});

describe('a workbook with several sheets', () => {
  const sheetOf = (headings: readonly string[], rows: readonly (readonly string[])[], title: string[] = []): string =>
    sheet([...title.map((text, index) => xmlRow(index + 1, [inline(text)])), ...[headings, ...rows].map((cells, index) => xmlRow(title.length + index + 1, cells.map(inline)))]);
  const turned = [...HEADINGS].reverse();
  const book = (...dongjie: string[]): Uint8Array =>
    archive({
      ...bookOf([
        { name: '填表说明', file: 'worksheets/sheet1.xml' },
        { name: '新城', file: 'worksheets/sheet2.xml' },
        { name: '东街', file: 'worksheets/sheet3.xml' },
        { name: '旧系统', file: 'worksheets/sheet4.xml' },
      ]),
      'worksheets/sheet1.xml': sheet([xmlRow(1, [inline('请按要求填写')])]),
      'worksheets/sheet2.xml': sheetOf(HEADINGS, [row('S1'), row('S2')], ['新城社区需求清单']),
      'worksheets/sheet3.xml': sheetOf(turned, dongjie.map((number) => [...row(number)].reverse())),
      'worksheets/sheet4.xml': sheetOf(['编号', '社区', '需求内容', '类别'], [['O1', '新城社区', '老系统里的需求', '住']]),
    });
  const opened = (bytes: Uint8Array) => fileOf(Buffer.from(bytes));

  it('is read in one import: all sheets with the same headings, or those that a person picks', async () => {
    const file = await opened(book('S3', 'S4', 'S5'));
    const seen = await db.database.within(place.scope, (tx) => imports.preview(tx, 'needs', file, { sameHeadings: true }, AT));
    expect(seen.preview!.sheets.map(({ name, read }) => [name, read])).toEqual([['填表说明', false], ['新城', true], ['东街', true], ['旧系统', false]]);
    const taken = await take('needs', file, { sameHeadings: true });
    expect(taken).toMatchObject({ rows: 5, taken: 5, sheets: ['新城', '东街'] });
    expect((await allNeeds()).map(({ sourceNumber }) => sourceNumber).sort()).toEqual(['S1', 'S2', 'S3', 'S4', 'S5']);
    expect(await take('needs', file, { sheets: ['东街', '旧系统'] })).toMatchObject({ rows: 4, taken: 1, unchanged: 3, sheets: ['东街', '旧系统'] });
    expect(await codeOf(take('needs', file, { sheets: ['东街', '没有'] }))).toBe('TABLE_SHEET_UNKNOWN');

    const [used] = (await allNeeds()).filter(({ sourceNumber }) => sourceNumber === 'S4');
    await db.database.within(place.scope, (tx) => needs.triage(tx, used!.id, 1, { publicText: '看过' }, intent()));
    await expect(undo('needs', taken.importId)).rejects.toMatchObject({ code: 'IMPORT_IN_USE', errors: [{ at: '3:1', code: 'ROW_IN_USE', params: { sheet: '东街' } }] });
  });

  it('is one list: a number stands once in all of it, one wrong row stops all, and all go back together', async () => {
    const twice = await opened(book('S3', 'S1'));
    expect(await codeOf(take('needs', twice, { sameHeadings: true }))).toBe('IMPORT_HAS_BAD_ROWS');
    expect(await allNeeds()).toEqual([]);
    const report = await take('needs', twice, { sameHeadings: true, takeGood: true });
    expect(report).toMatchObject({ taken: 3, bad: 1, errors: [{ code: 'ROW_NUMBER_TWICE', params: { sheet: '东街' } }] });
    await undo('needs', report.importId);
    expect(await allNeeds()).toEqual([]);
  });
});

describe('an import that is killed', () => {
  it('half-way leaves nothing, and repeated doubles nothing', async () => {
    const file = await csv(HEADINGS, Array.from({ length: 250 }, (_, index) => row(`Q${index}`)));
    const admin = new pg.Client({ connectionString: db.adminUrl });
    await admin.connect();
    const same = { ...intent(), commandId: randomUUID() };
    const killed = db.database.within(place.scope, async (tx) => {
      const [me] = await tx.query<{ pid: number }>('SELECT pg_backend_pid() AS pid');
      // By then all needs are written, and nothing by which they are known again.
      const query: typeof tx.query = async (sql, parameters) => {
        const rows = await tx.query(sql, parameters);
        if (sql.includes('FROM needs_band')) {
          expect(await tx.query('SELECT 1 FROM needs_need')).toHaveLength(250);
          await admin.query('SELECT pg_terminate_backend($1)', [me!.pid]);
        }
        return rows as never;
      };
      return imports.take({ ...tx, query }, 'needs', file, {}, same);
    });
    expect(await codeOf(killed)).not.toBe('done');
    await admin.end();
    expect(await allNeeds()).toEqual([]);
    const again = await db.database.within(place.scope, (tx) => imports.take(tx, 'needs', file, {}, same));
    expect(again).toMatchObject({ taken: 250, unchanged: 0 });
    expect(await take('needs', file)).toMatchObject({ taken: 0, unchanged: 250 });
    expect(await rowsOf('SELECT 1 FROM needs_need')).toHaveLength(250);
  });
});

describe('an old ledger', () => {
  it('keeps numbers, dates and states, but only where it is said to be one', async () => {
    const headings = ['编号', '社区', '需求内容', '类别', '登记日期', '办理状态'];
    const file = await csv(headings, [
      ['T1', '新城社区', '路灯', '住', '2024.3.5', '已办结'],
      ['T2', '新城社区', '扶手', '一老', '2024年11月5日', '办理中'],
      ['T3', '新城社区', '绿化', '环境', '', ''],
    ]);
    const refused = await take('needs', file, { takeGood: true });
    expect([refused.taken, refused.errors]).toEqual([1, [{ at: '2:6', code: 'ROW_NEEDS_TAKE_OVER' }, { at: '3:6', code: 'ROW_NEEDS_TAKE_OVER' }]]);
    expect(await take('needs', file, { takeOver: true })).toMatchObject({ taken: 2, unchanged: 1 });
    const states = new Map((await allNeeds()).map(({ sourceNumber, state, raisedAt }) => [sourceNumber, [state, raisedAt.slice(0, 10)]]));
    expect(states).toEqual(new Map([['T1', ['closed', '2024-03-04']], ['T2', ['triaged', '2024-11-04']], ['T3', ['raised', '2026-01-05']]]));

    await take('offers', await csv(['资源编号', '单位', '资源类别', '资源内容', '资源状态'], [['R1', 'gj01', '住', '电工', '停用']]), { takeOver: true });
    const [offer] = await db.database.within(place.scope, (tx) => offers.page(tx, {}, 'serial', { after: undefined, limit: 1 }));
    expect([offer?.sourceNumber, offer?.state]).toEqual(['R1', 'withdrawn']);

    const columns = ['项目编号', '项目名称', '社区', '类别', '对应需求', '预算', '实施起', '实施止', '项目概述', '项目状态'];
    await take('proposals', await csv(columns, [['M1', '加装扶手', '新城社区', '一老', 'T2', '1万元', '2026.2.1', '2026.5.1', '扶手', '待认领']]), { takeOver: true });
    const [proposal] = await db.database.within(place.scope, (tx) => proposals.page(tx, {}, 'serial', { after: undefined, limit: 1 }));
    const listed = await db.database.within(place.scope, (tx) => needs.get(tx, proposal!.needIds[0]!));
    expect([proposal?.sourceNumber, proposal?.state, listed.state]).toEqual(['M1', 'ready', 'listed']);
  });
});
