import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { Refusal } from '../../../src/kernel/refusal.ts';
import { textOf } from '../../../src/platform/tables/cells.ts';
import { decodeText } from '../../../src/platform/tables/encoding.ts';
import { optional, recordsOf } from '../../../src/platform/tables/records.ts';
import { readTable } from '../../../src/platform/tables/read.ts';
import { TABLE_LIMITS } from '../../../src/platform/tables/table.ts';
import { writeCsv, writeXlsx } from '../../../src/platform/tables/write.ts';

const GB18030 = Uint8Array.of(0xd0, 0xe8, 0xc7, 0xf3, 0x2c, 0xc8, 0xcb, 0xca, 0xfd); // 需求,人数
const bytesOf = (text: string): Uint8Array => new TextEncoder().encode(text);
const rules = { first: optional(['甲'], textOf(1000)), second: optional(['乙'], textOf(1000)) };

/** Text as people write it in a cell, with every dangerous beginning among it. */
const written = fc
  .tuple(fc.constantFrom('', '=', '+', '-', '@', '＝', '＋', '－', '＠', '"', ',', '老人'), fc.string({ unit: fc.constantFrom('a', '1', '，', '"', ',', '\n', ' ', '门', '=', "'") }))
  .map((parts) => parts.join('').trim())
  .filter((text) => text !== '' && !text.startsWith("'"));

describe('CSV', () => {
  it('is decoded from UTF-8 with and without a mark, GB18030 and UTF-16, and from nothing else', async () => {
    expect(await decodeText(bytesOf('\uFEFF需求'))).toBe('需求');
    expect(await decodeText(bytesOf('需求'))).toBe('需求');
    expect(await decodeText(GB18030)).toBe('需求,人数');
    expect(await decodeText(Uint8Array.of(0xff, 0xfe, 0x00, 0x97, 0x42, 0x6c))).toBe('需求');
    const latin = Uint8Array.from('Bésoins;Café', (letter) => letter.charCodeAt(0));
    const shiftJis = Uint8Array.of(0x8e, 0xf7, 0x97, 0x76, 0x2c, 0xb6, 0xc0, 0xb6, 0xc5, 0xff);
    for (const bytes of [Uint8Array.of(0xff, 0xff, 0x80), latin.subarray(0, 2), shiftJis, Uint8Array.of(0xaa, 0xa1, 0x2c)]) {
      await expect(decodeText(bytes)).rejects.toMatchObject({ code: 'TABLE_ENCODING' });
    }
  });

  it('keeps the row numbers a spreadsheet shows, over quoted line breaks and blank lines', async () => {
    const { rows } = await readTable(bytesOf('a;b\n"1\n2";x\n\n;y\n'));
    expect(rows.map((row) => [row.number, [...row.cells.values()].map((cell) => [cell.column, cell.text])])).toEqual([
      [1, [[1, 'a'], [2, 'b']]],
      [2, [[1, '1\n2'], [2, 'x']]],
      [4, [[2, 'y']]],
    ]);
  });

  it('stops at the rows and characters it may hold', async () => {
    const codeOf = async (text: string): Promise<string> => readTable(bytesOf(text), { ...TABLE_LIMITS, rows: 50, columns: 3, cellCharacters: 20 }).then(() => 'read', (error: unknown) => (error as Refusal).code);
    expect(await codeOf('a,b\n'.repeat(50))).toBe('read');
    expect(await codeOf('a,b\n'.repeat(51))).toBe('TABLE_TOO_LONG');
    expect(await codeOf('\n'.repeat(51) + 'a')).toBe('TABLE_TOO_LONG');
    expect(await codeOf('a,b,c,d\n')).toBe('TABLE_TOO_WIDE');
    expect(await codeOf(`${'长'.repeat(21)}\n`)).toBe('TABLE_CELL_TOO_LONG');
    expect(await codeOf(`"${'长'.repeat(1000)}`)).toBe('TABLE_DAMAGED');
  });

  it('reads cells that lie across the pieces it is parsed in', async () => {
    const cells = Array.from({ length: 9_000 }, (_, index) => `第${index}项，"引号"\n换行`);
    const { rows } = await readTable(writeCsv({ headings: ['甲'], rows: cells.map((cell) => [cell]) }));
    expect(rows.slice(1).map((row) => row.cells.get(1)?.text)).toEqual(cells);
  });

  it('survives any bytes: read or refused with a code', async () => {
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 400 }), async (bytes) => {
        const answer = await readTable(bytes).catch((error: unknown) => error);
        expect(answer instanceof Refusal || Array.isArray((answer as { rows: unknown }).rows)).toBe(true);
      }),
    );
  });
});

describe('written files', () => {
  it.each(['=1+1', '+1+cmd', '-2+3', '@SUM(1)', '\tx', '\rx', '＝1', '＋1', '－1', '＠1'])('a CSV never begins a cell with %s', (text) => {
    const line = writeCsv({ headings: ['甲'], rows: [[text]] }).toString('utf8').split('\r\n')[1]!;
    expect(line.replace(/^"/, '')).toMatch(/^'/);
  });

  it('a CSV read back says what was written', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.tuple(written, written), { minLength: 1, maxLength: 10 }), async (rows) => {
        const table = await readTable(writeCsv({ headings: ['甲', '乙'], rows }));
        const read = recordsOf(table, rules).records.map((record) => [record.errors, record.values.first, record.values.second]);
        expect(read).toEqual(rows.map(([first, second]) => [[], first, second]));
      }),
      { numRuns: 50 },
    );
  });

  it('a workbook keeps 18 digits, line breaks and leading zeros, and drops what XML forbids', async () => {
    const bytes = await writeXlsx({ headings: ['甲', '乙'], rows: [['511802199001011234', '第一行\n第二行'], ['007', 'a\u0000<b>&"']] });
    const values = recordsOf(await readTable(bytes), rules).records.map((record) => [record.values.first, record.values.second]);
    expect(values).toEqual([['511802199001011234', '第一行\n第二行'], ['007', 'a<b>&"']]);
  });

  it('a big workbook, which is written beside the process, says the same', async () => {
    const rows = Array.from({ length: 3_000 }, (_, index) => [`第${index}行`, index % 7 === 0 ? '' : `=${index}`]);
    const { rows: read } = await readTable(await writeXlsx({ title: '单位：万元', headings: ['甲', '乙'], rows }));
    expect(read.slice(2).map(({ cells }) => [cells.get(1)?.text, cells.get(2)?.text ?? ''])).toEqual(rows);
    expect([...read[0]!.cells.values()].map(({ text }) => text)).toEqual(['单位：万元']);
  });
});
