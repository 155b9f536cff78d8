import { describe, expect, it } from '@jest/globals';
import type { OrgUnit } from '../../../src/accounts/units/model.ts';
import type { OrgPath } from '../../../src/kernel/scope.ts';
import { parseInstant } from '../../../src/kernel/time.ts';
import { namedColumns, planOf, suggestionFor, withoutErrors } from '../../../src/needs/imports/mapping/import.ts';
import type { Suggestion } from '../../../src/needs/imports/mapping/model.ts';
import { wrongRowsSheet } from '../../../src/needs/imports/wrong-rows/import.ts';
import { NEED_COLUMNS, needsOf } from '../../../src/needs/need/import.ts';
import { OFFER_COLUMNS, offersOf } from '../../../src/needs/offer/import.ts';
import { bare, findLayout, type Layout } from '../../../src/platform/tables/headings.ts';
import { knownHeadings, readRecords } from '../../../src/platform/tables/records.ts';
import { readSheets } from '../../../src/platform/tables/read.ts';
import { writeXlsx } from '../../../src/platform/tables/write.ts';
import type { Table } from '../../../src/platform/tables/table.ts';

import { archive, bookOf, byLibrary, gb18030, inline, merged, number, row, Shared, sheet, streamedArchive, styles } from './makers.ts';

const unit = (code: string, name: string, kind: OrgUnit['kind']): OrgUnit => ({ id: code, code, name, kind, orgPath: `/${code}/` as OrgPath }) as OrgUnit;
const COMMUNITIES = [unit('xincheng', '新城社区', 'community'), unit('dongjie', '东街社区（示例）', 'community')];
const UNITS = [unit('gj01', '区某局（示例）', 'coBuildingUnit'), unit('gj02', '区另一局（示例）', 'coBuildingUnit')];
const TERMS = { takeOver: false, at: parseInstant('2026-01-05T02:00:00Z') };

const RULES = { needs: NEED_COLUMNS, offers: OFFER_COLUMNS };

interface Opened {
  readonly table: Table;
  readonly layout: Layout;
  readonly suggestion: Suggestion;
}

/** The sheet that knows most headings, as the importer chooses it, read by what it suggests. */
async function open(kind: 'needs' | 'offers', bytes: Uint8Array): Promise<Opened> {
  const known = knownHeadings(RULES[kind]);
  const candidates = (await readSheets(bytes)).map((table): Opened => {
    const layout = withoutErrors(findLayout(table, (heading) => known.has(bare(heading))));
    return { table, layout, suggestion: suggestionFor(kind, table, layout, RULES[kind]) };
  });
  return candidates.reduce((best, next) => (next.suggestion.fields.length > best.suggestion.fields.length ? next : best));
}

async function needsIn(bytes: Uint8Array) {
  const { table, layout, suggestion } = await open('needs', bytes);
  const records = await readRecords(table, layout, planOf(suggestion, namedColumns(layout), NEED_COLUMNS), NEED_COLUMNS);
  const rows = await needsOf(records, COMMUNITIES, TERMS);
  return {
    rows: rows.map(({ row: at, sourceNumber, content, errors }) =>
      content ? [at, sourceNumber, content.communityId, content.publicText, content.category, content.peopleAffected, content.raisedAt.slice(0, 10)] : [at, errors],
    ),
    asides: records.asides,
    suggestion,
    content: rows.map(({ content }) => content),
  };
}

/** Days begin at 16:00 of the day before in UTC. */
const THREE = (first: number): unknown[] => [
  [first, '202603050000000001', 'xincheng', '楼道需要加装扶手', 'elderly', 34, '2026-03-04'],
  [first + 1, '202603050000000002', 'xincheng', '路灯不亮', 'housing', 120, '2026-03-05'],
  [first + 2, '202603050000000003', 'dongjie', '路面积水', 'mobility', 9, '2026-12-30'],
];
const HEADINGS = ['编号', '所属社区', '需求内容', '需求类别', '涉及人数', '登记日期'];
/** Excel's day counts of 5 and 6 March and 31 December 2026. */
const DAYS = [46086, 46087, 46387] as const;

describe('need lists of different makers', () => {
  it('a reporting library: title over all columns, real dates and numbers', async () => {
    const day = (text: string): Date => new Date(`${text}T00:00:00Z`);
    const bytes = await byLibrary('2026年一季度居民需求清单', HEADINGS, [
      ['202603050000000001', '新城社区', '楼道需要加装扶手', '养老', 34, day('2026-03-05')],
      ['202603050000000002', '新城社区', '路灯不亮', '住', 120, day('2026-03-06')],
      ['202603050000000003', '东街社区（示例）', '路面积水', '行', 9, day('2026-12-31')],
    ]);
    expect((await needsIn(bytes)).rows).toEqual(THREE(3));
  });

  it('Excel: shared strings, rich text, reading aids, a total by formula, headings printed again', async () => {
    const text = new Shared();
    const line = (at: number, id: string, community: string, need: string, kind: string, people: number, day: number): string =>
      row(at, [text.cell(id), text.cell(community), text.item(need), text.cell(kind), number(people), number(day, 1)]);
    const rows = [
      row(1, [text.cell('蒙阳街道居民需求台账（示例）')]),
      row(2, HEADINGS.map((heading) => text.cell(heading))),
      line(3, '202603050000000001', '新城社区', '<r><rPr><b/></rPr><t>楼道需要</t></r><r><t>加装扶手</t></r><rPh sb="0" eb="2"><t>loudao</t></rPh>', '养老', 34, DAYS[0]),
      row(4, HEADINGS.map((heading) => text.cell(heading))),
      line(5, '202603050000000002', '新城社区', '<t>路灯不亮</t><phoneticPr fontId="1"/>', '住', 120, DAYS[1]),
      line(6, '202603050000000003', '东街社区（示例）', '<t>路面积水_x000D_</t>', '行', 9, DAYS[2]),
      row(7, [text.cell('合　计'), '', '', '', ['s="0"', '<f>SUM(E3:E6)</f><v>163</v>']]),
      row(8, [text.cell('填表人：示例甲　　审核人：示例乙')]),
    ];
    const bytes = archive({
      ...bookOf([{ name: 'Sheet1', file: 'worksheets/sheet1.xml' }]),
      'worksheets/sheet1.xml': sheet(rows, merged('A1:F1')),
      'styles.xml': styles('0.00'),
      'sharedStrings.xml': text.xml,
    });
    const { rows: read, asides } = await needsIn(bytes);
    expect(read).toEqual([THREE(3)[0], THREE(4)[1], THREE(4)[2]]);
    expect(asides).toEqual([{ row: 4, is: 'headings' }, { row: 7, is: 'total' }, { row: 8, is: 'note' }]);
  });

  it('Excel on a Mac: days counted from 1904, full-width digits', async () => {
    const text = new Shared();
    const line = (at: number, cells: readonly string[], day: number): string => row(at, [...cells.map((cell) => text.cell(cell)), number(day - 1462, 2)]);
    const rows = [
      row(1, HEADINGS.map((heading) => text.cell(`* ${heading}`))),
      line(2, ['202603050000000001', '新城社区', '楼道需要加装扶手', '一老', '３４'], DAYS[0]),
      line(3, ['202603050000000002', '新城社区', '路灯不亮', '住房', '１２０'], DAYS[1]),
      line(4, ['202603050000000003', '东街社区（示例）', '路面积水', '出行', '９'], DAYS[2]),
    ];
    const bytes = archive({
      ...bookOf([{ name: '需求', file: '/xl/worksheets/sheet1.xml' }], '<workbookPr date1904="1"/>'),
      'worksheets/sheet1.xml': sheet(rows),
      'styles.xml': styles('yyyy&quot;年&quot;m&quot;月&quot;d&quot;日&quot;'),
      'sharedStrings.xml': text.xml,
    });
    expect((await needsIn(bytes)).rows).toEqual(THREE(2));
  });

  it('LibreOffice: explanations on a sheet before, empty columns, community merged over its rows', async () => {
    const text = new Shared();
    const line = (at: number, [id, community, ...rest]: readonly string[], people: number, day: number): string =>
      row(at, ['', text.cell(id!), '', community ? text.cell(community) : '', ...rest.map((cell) => text.cell(cell)), number(people), number(day, 2)]);
    const rows = [
      row(3, ['', text.cell('编号'), '', ...HEADINGS.slice(1).map((heading) => text.cell(heading))]),
      line(4, ['202603050000000001', '新城社区', '楼道需要加装扶手', '养老'], 34, DAYS[0]),
      line(5, ['202603050000000002', '', '路灯不亮', '住'], 120, DAYS[1]),
      line(6, ['202603050000000003', '东街社区（示例）', '路面积水', '行'], 9, DAYS[2]),
    ];
    const bytes = archive({
      'styles.xml': styles('yyyy\\-mm\\-dd;@'),
      'sharedStrings.xml': text.xml,
      ...bookOf([
        { name: '旧表', file: 'worksheets/sheet3.xml', hidden: true },
        { name: '填表说明', file: 'worksheets/sheet1.xml' },
        { name: '需求清单', file: 'worksheets/sheet2.xml' },
      ]),
      'worksheets/sheet1.xml': sheet([row(1, [inline('请勿修改表头。')]), row(2, [inline('类别'), inline('一老、一小、吃、住、行')])]),
      'worksheets/sheet2.xml': sheet(rows, merged('D4:D5')),
      'worksheets/sheet3.xml': sheet([row(1, HEADINGS.map(inline))]),
    });
    expect((await needsIn(bytes)).rows).toEqual(THREE(4));
  });

  it('Numbers: a summary first, one table to a sheet, dates as text', async () => {
    const rows = [
      row(1, [inline('表格 1')]),
      row(2, HEADINGS.map(inline)),
      row(3, ['202603050000000001', '新城社区', '楼道需要加装扶手', '养老', '34', '2026年3月5日'].map(inline)),
      row(4, ['202603050000000002', '新城社区', '路灯不亮', '住', '120', '2026.3.6'].map(inline)),
      row(5, ['202603050000000003', '东街社区（示例）', '路面积水', '行', '9', '2026/12/31 08:30'].map(inline)),
    ];
    const bytes = archive({
      ...bookOf([{ name: '导出摘要', file: 'worksheets/sheet1.xml' }, { name: '工作表 1 - 表格 1', file: 'worksheets/sheet2.xml' }]),
      'worksheets/sheet1.xml': sheet([row(3, [inline('本文稿从 Numbers 表格导出。')]), row(7, ['Numbers 表格工作表名称', '类别'].map(inline))]),
      'worksheets/sheet2.xml': sheet(rows),
    });
    expect((await needsIn(bytes)).rows).toEqual(THREE(3));
  });

  it('a server program: prefixed names, no cell references, ISO dates, sizes after the data', async () => {
    const cell = (text: string): string => `<x:c t="inlineStr"><x:is><x:r><x:t>${text}</x:t></x:r><x:rPh sb="0" eb="1"><x:t>pinyin</x:t></x:rPh></x:is></x:c>`;
    const line = (cells: readonly string[], people: number, day: string): string => `<x:row>${cells.map(cell).join('')}<x:c><x:v>${people}</x:v></x:c><x:c t='d'><x:v>${day}T00:00:00</x:v></x:c></x:row>`;
    const bytes = streamedArchive({
      'worksheets/sheet1.xml': `<x:worksheet xmlns:x="m"><x:sheetData><x:row>${HEADINGS.map(cell).join('')}</x:row>${[
        line(['202603050000000001', '新城社区', '楼道需要加装扶手', '养老'], 34, '2026-03-05'),
        line(['202603050000000002', '新城社区', '路灯不亮', '住'], 120, '2026-03-06'),
        line(['202603050000000003', '东街社区（示例）', '路面积水', '行'], 9, '2026-12-31'),
      ].join('')}</x:sheetData></x:worksheet>`,
      'workbook.xml': '<x:workbook xmlns:x="m"><x:sheets><x:sheet name="导出" sheetId="1" r:id="R1"/></x:sheets></x:workbook>',
      '_rels/workbook.xml.rels': '<Relationships><Relationship Id="R1" Target="worksheets/sheet1.xml"/></Relationships>',
    });
    expect((await needsIn(bytes)).rows).toEqual(THREE(2));
  });

  it.each<[string, (text: string) => Uint8Array, string]>([
    ['GB18030 with commas, as WPS saves CSV', gb18030, ','],
    ['UTF-8 with a mark and semicolons', (text) => new TextEncoder().encode(`\uFEFF${text}`), ';'],
    ['a tab-separated .csv in "Unicode text"', (text) => Buffer.from(`\uFEFF${text}`, 'utf16le'), '\t'],
    ['a tab-separated .csv in GB18030', gb18030, '\t'],
  ])('%s', async (_, encode, delimiter) => {
    const lines = [
      ['居民需求清单', '', '', '', '', ''],
      HEADINGS,
      ['202603050000000001', '新城社区', '楼道需要加装扶手', '养老', '34', '2026.3.5'],
      ['202603050000000002', '新城社区', '路灯不亮', '住', '120', '2026-03-06'],
      ['202603050000000003', '东街社区（示例）', '路面积水', '行', '9', '20261231'],
      ['合计', '', '', '', '163', ''],
    ];
    const { rows, asides } = await needsIn(encode(lines.map((line) => line.join(delimiter)).join('\r\n')));
    expect([rows, asides]).toEqual([THREE(3), [{ row: 6, is: 'total' }]]);
  });
});

describe('questionnaires of 问卷星', () => {
  const ANSWERS = ['序号', '提交答卷时间', '所用时间', '来源', '来源详情', '来自IP'];
  const head = ANSWERS.map(inline);
  const aside = (id: number): readonly (readonly [string, string])[] => [number(id), inline('2026/3/5 10:12:33'), inline('68秒'), inline('微信'), inline('N/A'), inline('203.0.113.7(四川-雅安)')];

  it('suggest what each question asks, translate choices, leave out what tracks a person', async () => {
    const bytes = archive({
      ...bookOf([{ name: 'Sheet1', file: 'worksheets/sheet1.xml' }]),
      'worksheets/sheet1.xml': sheet([
        row(1, [...head, ...['1、您所在的社区：', '2、您最关注的需求类别[单选题]', '3、请描述您的需求内容', '4、您的联系电话'].map(inline)]),
        row(2, [...aside(1), ...['新城社区', '为老服务（助浴、陪诊）', '楼道需要加装扶手', '(空)'].map(inline)]),
        row(3, [...aside(2), ...['新城社区', '其他〖路灯〗', '路灯不亮', '(跳过)'].map(inline)]),
        row(4, [...aside(3), ...['东街社区（示例）', '行┋住', '路面积水', '（空）'].map(inline)]),
      ]),
    });
    const { rows, suggestion, content } = await needsIn(bytes);
    expect(rows).toEqual([
      [2, null, 'xincheng', '楼道需要加装扶手', 'elderly', 1, '2026-03-04'],
      [3, null, 'xincheng', '路灯不亮', 'other', 1, '2026-03-04'],
      [4, [{ at: '4:8', code: 'CELL_SEVERAL' }]],
    ]);
    expect(content[0]).toMatchObject({ channel: 'form', raiser: { phone: null, consent: null } });
    expect([suggestion.source, suggestion.identity]).toEqual(['问卷星', ['序号', '提交答卷时间']]);
    expect(JSON.stringify(suggestion)).not.toMatch(/ip|详情|用时/);
  });

  it('with a column for each choice: what is ticked is chosen', async () => {
    const choices = ['2、可提供的服务类别(养老)', '2、可提供的服务类别(就餐)', '2、可提供的服务类别(文体活动)'];
    const bytes = archive({
      ...bookOf([{ name: 'Sheet1', file: 'worksheets/sheet1.xml' }]),
      'worksheets/sheet1.xml': sheet([
        row(1, [...head, inline('1、您的单位名称'), ...choices.map(inline), inline('3、请描述服务内容'), inline('4、可服务社区[多选题]')]),
        row(2, [...aside(1), inline('区某局（示例）'), number(1), number(0), inline('1'), inline('义诊和演出'), inline('新城社区┋东街社区（示例）')]),
        row(3, [...aside(2), inline('区另一局（示例）'), inline('(空)'), inline('就餐'), number(0), inline('老年食堂'), inline('(跳过)')]),
      ]),
    });
    const { table, layout, suggestion } = await open('offers', bytes);
    const records = await readRecords(table, layout, planOf(suggestion, namedColumns(layout), OFFER_COLUMNS), OFFER_COLUMNS);
    const rows = await offersOf(records, UNITS, COMMUNITIES, TERMS);
    expect(rows.map(({ content, errors }) => content ?? errors)).toEqual([
      expect.objectContaining({ unitId: 'gj01', categories: ['elderly', 'culture'], communityIds: ['xincheng', 'dongjie'], description: '义诊和演出' }),
      expect.objectContaining({ unitId: 'gj02', categories: ['dining'], communityIds: [], description: '老年食堂' }),
    ]);
  });
});

describe('resource lists with amounts', () => {
  const EXPECTED = [
    ['ZY-1', 'gj01', ['elderly', 'housing'], 24_500_000, '2026-03-05', '2026-12-31'],
    ['ZY-2', 'gj02', ['medical'], 8, '2026-03-06', null],
  ];

  async function offersIn(bytes: Uint8Array) {
    const { table, layout, suggestion } = await open('offers', bytes);
    const records = await readRecords(table, layout, planOf(suggestion, namedColumns(layout), OFFER_COLUMNS), OFFER_COLUMNS);
    const rows = await offersOf(records, UNITS, COMMUNITIES, TERMS);
    return rows.map(({ sourceNumber, content, errors }) =>
      content ? [sourceNumber, content.unitId, content.categories, content.fundsFen, content.fromOn, content.untilOn] : [sourceNumber, errors],
    );
  }

  it('WPS: two rows of headings, merged groups, 万元 in the group, own date format', async () => {
    const text = new Shared();
    const cells = (...texts: readonly string[]) => texts.map((it) => (it === '' ? '' : text.cell(it)));
    const rows = [
      row(1, cells('共建单位资源清单（示例）')),
      row(2, cells('资源编号', '单位名称', '资源', '', '资金（万元）', '', '有效期', '')),
      row(3, cells('', '', '资源类别', '资源内容', '可投入资金', '已投入', '开始日期', '结束日期')),
      row(4, [...cells('ZY-1', '区某局（示例）', '养老、住', '维修队'), number('24.5'), number(3), number(DAYS[0], 2), number(DAYS[2], 2)]),
      row(5, [...cells('ZY-2', '区另一局（示例）', '医', '义诊'), number('7.9999999999999996E-6'), '', number(DAYS[1], 2)]),
    ];
    const bytes = archive({
      ...bookOf([{ name: '资源清单', file: 'worksheets/sheet1.xml' }], '<workbookPr/>'),
      'worksheets/sheet1.xml': sheet(rows, merged('A1:H1', 'A2:A3', 'B2:B3', 'C2:D2', 'E2:F2', 'G2:H2')),
      'styles.xml': styles('yyyy&quot;年&quot;m&quot;月&quot;d&quot;日&quot;;@'),
      'sharedStrings.xml': text.xml,
    });
    expect(await offersIn(bytes)).toEqual(EXPECTED);
  });

  it('wrong rows go out under the same two rows of headings and are known again', async () => {
    const rows = [
      row(1, ['资源', '', '资金（万元）', '', '联系人', ''].map((it) => (it === '' ? '' : inline(it)))),
      row(2, ['单位', '资源内容', '可投入资金', '资源类别', '姓名', '身份证号'].map(inline)),
      row(3, [...['gj09', '助浴'].map(inline), number('1.5'), inline('养老'), inline('示例戊'), inline('511802199001011234')]),
      row(4, [...['gj01', '助浴'].map(inline), ['', '<f>1+1</f><v>2</v>'], inline('养老')]),
    ];
    const bytes = archive({ ...bookOf([{ name: '表', file: 'worksheets/sheet1.xml' }]), 'worksheets/sheet1.xml': sheet(rows, merged('A1:B1', 'C1:D1', 'E1:F1')) });
    const before = await open('offers', bytes);
    const errors = [{ at: '3:1', code: 'UNIT_UNKNOWN' }, { at: '4:3', code: 'CELL_FORMULA' }];
    const wrong = wrongRowsSheet(before.table, before.layout, errors, { heading: '错误说明', say: ({ code }) => code });
    expect(wrong.rows.slice(1)).toEqual([
      ['gj09', '助浴', '1.5', '养老', '示例戊', '', 'A（单位）：UNIT_UNKNOWN'],
      ['gj01', '助浴', '=？', '养老', '', '', 'C（可投入资金）：CELL_FORMULA'],
    ]);
    const after = await open('offers', await writeXlsx(wrong));
    expect(after.suggestion).toEqual(before.suggestion);
    expect(await offersIn(await writeXlsx(wrong))).toEqual([
      [null, [{ at: '3:1', code: 'UNIT_UNKNOWN' }]],
      [null, [{ at: '4:3', code: 'CELL_FORMULA' }]],
    ]);
  });

  it('a CSV with 单位：万元 above; a unit in heading or cell goes before it', async () => {
    const csv = (heading: string, first: string, second: string): Uint8Array =>
      gb18030(
        `资源清单,,,,,单位：万元,\r\n资源编号,单位名称,资源类别,资源内容,${heading},开始日期,结束日期\r\nZY-1,区某局（示例）,养老、住,维修队,${first},2026.3.5,2026年12月31日\r\nZY-2,gj02,医,义诊,${second},2026/3/6,\r\n`,
      );
    expect(await offersIn(csv('出资', '24.5', '0.000008'))).toEqual(EXPECTED);
    expect(await offersIn(csv('出资（元）', '245000', '0.08'))).toEqual(EXPECTED);
    expect(await offersIn(csv('出资', '245000元', '0.08元'))).toEqual(EXPECTED);
  });

  it('a number merged over rows is asked for, not counted twice', async () => {
    const rows = [
      row(1, ['单位', '资源类别', '资源内容', '资金'].map(inline)),
      row(2, [...['gj01', '养老', '助浴'].map(inline), number(100)]),
      row(3, ['gj01', '医', '义诊'].map(inline)),
    ];
    const bytes = archive({ ...bookOf([{ name: '表', file: 'worksheets/sheet1.xml' }]), 'worksheets/sheet1.xml': sheet(rows, merged('D2:D3')) });
    const [first, second] = await offersIn(bytes);
    expect([first?.[3], second?.[1]]).toEqual([10_000, [{ at: '3:4', code: 'CELL_MERGED' }]]);
  });
});
