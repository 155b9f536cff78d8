import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { strToU8, zipSync } from 'fflate';
import { constants, deflateRawSync } from 'node:zlib';
import { Refusal } from '../../../src/kernel/refusal.ts';
import { readTable } from '../../../src/platform/tables/read.ts';
import { TABLE_LIMITS, type Table } from '../../../src/platform/tables/table.ts';
import { workbook } from './support.ts';

const flat = (table: Table): [string, string, string][] =>
  table.rows.flatMap((row) => [...row.cells.values()].map((cell): [string, string, string] => [`${cell.row}:${cell.column}`, cell.kind, cell.text]));

async function codeOf(work: Promise<unknown>): Promise<string> {
  try {
    await work;
    return 'read';
  } catch (error) {
    if (error instanceof Refusal) return error.code;
    throw error;
  }
}

describe('workbooks', () => {
  it('reads the first visible sheet with the true places of its cells', async () => {
    const bytes = workbook(
      '<row r="2"><c r="B2" t="s"><v>0</v></c><c r="D2" t="inlineStr"><is><t>门 &amp; 窗</t></is></c></row>' +
        '<row r="7"><c r="A7"><v>12.5</v></c><c r="AB7" t="b"><v>1</v></c><c r="C7" t="e"><v>#REF!</v></c></row>',
      { shared: ['扶手 &#x4E00;'] },
    );
    expect(flat(await readTable(bytes))).toEqual([
      ['2:2', 'text', '扶手 一'],
      ['2:4', 'text', '门 & 窗'],
      ['7:1', 'number', '12.5'],
      ['7:28', 'boolean', '1'],
      ['7:3', 'error', '#REF!'],
    ]);
  });

  it('leaves references to what is no character as they stand', async () => {
    const bytes = workbook('<row r="1"><c r="A1" t="str"><v>a&#0;&#xD800;&#x110000;b</v></c></row>');
    expect(flat(await readTable(bytes))).toEqual([['1:1', 'text', 'a&#0;&#xD800;&#x110000;b']]);
  });

  it('keeps only the place of a formula, with or without a cached value', async () => {
    const bytes = workbook('<row r="1"><c r="A1"><f>1+1</f><v>2</v></c><c r="B1" t="str"><f t="shared" si="0"/><v>x</v></c></row>');
    expect(flat(await readTable(bytes))).toEqual([['1:1', 'formula', ''], ['1:2', 'formula', '']]);
  });

  it('knows dates by their number format, also the East Asian ones and those counted from 1904', async () => {
    const styles =
      '<styleSheet><numFmts><numFmt numFmtId="176" formatCode="yyyy&quot;年&quot;m&quot;月&quot;d&quot;日&quot;"/><numFmt numFmtId="177" formatCode="0.00&quot;day&quot;"/></numFmts>' +
      '<cellXfs><xf numFmtId="0"/><xf numFmtId="31"/><xf numFmtId="176"/><xf numFmtId="177"/></cellXfs></styleSheet>';
    const rows = [0, 1, 2, 3].map((style) => `<row r="${style + 1}"><c r="A${style + 1}" s="${style}"><v>46086</v></c></row>`).join('');
    expect(flat(await readTable(workbook(rows, { styles }))).map(([, kind]) => kind)).toEqual(['number', 'date', 'date', 'number']);
    const from1904 = workbook('<row r="1"><c r="A1" s="1"><v>44624</v></c></row>', { styles, workbookPr: '<workbookPr date1904="1"/>' });
    expect(flat(await readTable(from1904))).toEqual([['1:1', 'date', '46086']]);
  });

  it('reads prefixed elements, rich text without its reading aid, and rows without references', async () => {
    const bytes = zipSync({
      'xl/workbook.xml': strToU8('<x:workbook/>'),
      'xl/sharedStrings.xml': strToU8('<x:sst><x:si><x:r><x:t>重</x:t></x:r><x:r><x:t>庆</x:t></x:r><x:rPh sb="0"><x:t>zq</x:t></x:rPh></x:si></x:sst>'),
      'xl/worksheets/sheet1.xml': strToU8('<x:worksheet><x:sheetData><x:row><x:c t="s"><x:v>0</x:v></x:c><x:c><x:v>3</x:v></x:c></x:row></x:sheetData></x:worksheet>'),
    });
    expect(flat(await readTable(bytes))).toEqual([['1:1', 'text', '重庆'], ['1:2', 'number', '3']]);
  });

  it.each<[string, Uint8Array, string]>([
    ['an empty file', new Uint8Array(), 'TABLE_EMPTY'],
    ['an old workbook', Uint8Array.of(0xd0, 0xcf, 0x11, 0xe0, 0xa1), 'TABLE_OLD_FORMAT'],
    ['a workbook with a password', Buffer.concat([Uint8Array.of(0xd0, 0xcf, 0x11, 0xe0), Buffer.from('EncryptedPackage', 'utf16le')]), 'TABLE_ENCRYPTED'],
    ['a web page named as a workbook', strToU8('\uFEFF<html xmlns:x="urn:schemas-microsoft-com:office:excel"><table><tr><td>编号</td></tr></table>'), 'TABLE_WEB_PAGE'],
    ['an archive that is no workbook', zipSync({ 'a.txt': strToU8('hello') }), 'TABLE_NOT_A_WORKBOOK'],
    ['declared entities', workbook('<!DOCTYPE a [<!ENTITY b "c">]>'), 'TABLE_DAMAGED'],
    ['a character no database stores', workbook('<row r="1"><c r="A1" t="str"><v>a\u0000b</v></c></row>'), 'TABLE_DAMAGED'],
    ['too wide a row', workbook('<row r="1"><c r="XFD1"><v>1</v></c></row>'), 'TABLE_TOO_WIDE'],
    ['too long a cell', workbook(`<row r="1"><c r="A1" t="str"><v>${'长'.repeat(10_001)}</v></c></row>`), 'TABLE_CELL_TOO_LONG'],
    ['too many bytes', new Uint8Array(TABLE_LIMITS.fileBytes + 1), 'TABLE_TOO_BIG'],
  ])('answers %s with a code', async (_, bytes, code) => {
    expect(await codeOf(readTable(bytes))).toBe(code);
  });

  it('answers a workbook cut off anywhere with a code', async () => {
    const whole = workbook('<row r="1"><c r="A1"><v>1</v></c></row>');
    const codes = new Set<string>();
    for (let length = 4; length < whole.length; length += 13) codes.add(await codeOf(readTable(whole.subarray(0, length))));
    expect([...codes].sort()).toEqual(['TABLE_DAMAGED', 'TABLE_NOT_A_WORKBOOK', 'read']);
  });

  it('answers a workbook with any bytes changed', async () => {
    const whole = workbook('<row r="1"><c r="A1" t="s"><v>0</v></c></row><row r="2"><c r="A2" s="1"><v>46086</v></c></row>', { shared: ['需求'] });
    const change = fc.record({ at: fc.nat(whole.length - 1), byte: fc.nat(255) });
    await fc.assert(
      fc.asyncProperty(fc.array(change, { minLength: 1, maxLength: 8 }), async (changes) => {
        const bytes = whole.slice();
        for (const { at, byte } of changes) bytes[at] = byte;
        expect(await codeOf(readTable(bytes))).toMatch(/^(read|TABLE_[A-Z_]+)$/);
      }),
      { numRuns: 150 },
    );
  });

  it('refuses too many rows and too many entries', async () => {
    const rows = Array.from({ length: 21 }, (_, i) => `<row r="${i + 1}"><c r="A${i + 1}"><v>1</v></c></row>`).join('');
    expect(await codeOf(readTable(workbook(rows), { ...TABLE_LIMITS, rows: 20 }))).toBe('TABLE_TOO_LONG');
    const many = zipSync(Object.fromEntries(Array.from({ length: 501 }, (_, i) => [`f${i}`, strToU8('x')])));
    expect(await codeOf(readTable(many))).toBe('TABLE_TOO_MANY_ENTRIES');
  });
});

/** A workbook whose one part inflates to 1 GiB: the same flushed block of 1 MiB over and over. */
function gigabyte(name: string): Uint8Array {
  const block = deflateRawSync(`<row note="${'x'.repeat(4082)}"/>`.repeat(256), { finishFlush: constants.Z_FULL_FLUSH });
  const data = Buffer.concat([...Array.from({ length: 1024 }, () => block), Buffer.from([0x03, 0x00])]);
  const path = Buffer.from(name);
  const sizes = Buffer.alloc(12);
  sizes.writeUInt32LE(data.length, 4);
  sizes.writeUInt32LE(1024 ** 3, 8);
  const head = Buffer.concat([Buffer.from([20, 0, 0, 0, 8, 0, 0, 0, 0, 0]), sizes, Buffer.from([path.length, 0, 0, 0])]);
  const local = Buffer.concat([Buffer.from('PK\x03\x04', 'latin1'), head, path, data]);
  const central = Buffer.concat([Buffer.from('PK\x01\x02\x14\x00', 'latin1'), head, Buffer.alloc(14), path]);
  const end = Buffer.alloc(22);
  end.write('PK\x05\x06', 'latin1');
  end.writeUInt16LE(1, 8);
  end.writeUInt16LE(1, 10);
  end.writeUInt32LE(central.length, 12);
  end.writeUInt32LE(local.length, 16);
  return Buffer.concat([local, central, end]);
}

describe('import bombs', () => {
  const limits = { ...TABLE_LIMITS, inflatedBytes: 4 * 1024 * 1024 };
  const filler = strToU8(`<row note="${'x'.repeat(4000)}"/>`.repeat(2000));
  const bomb = (name: string): Uint8Array => zipSync({ [name]: filler }, { level: 6 });

  it.each(['xl/worksheets/sheet1.xml', 'xl/media/image1.png'])('counts what %s really inflates to', async (name) => {
    expect(await codeOf(readTable(bomb(name), limits))).toBe('TABLE_BOMB');
  });

  it('stops at its limits where a small file goes on for a gigabyte', async () => {
    const idle = process.memoryUsage().rss;
    const begun = performance.now();
    expect(await codeOf(readTable(gigabyte('xl/worksheets/sheet1.xml')))).toBe('TABLE_BOMB');
    // The limit is 100 MB, and nothing of it is held.
    expect(process.memoryUsage().rss - idle).toBeLessThan(150 * 1024 * 1024);
    expect(performance.now() - begun).toBeLessThan(20_000);
  });

  it('believes no header: the same bomb that declares ten bytes is counted all the same', async () => {
    const bytes = bomb('xl/worksheets/sheet1.xml').slice();
    const view = new DataView(bytes.buffer);
    for (let at = 0; at + 4 <= bytes.length; at += 1) {
      const signature = view.getUint32(at, true);
      if (signature === 0x04034b50) view.setUint32(at + 22, 10, true);
      if (signature === 0x02014b50) view.setUint32(at + 24, 10, true);
    }
    expect(await codeOf(readTable(bytes, limits))).toBe('TABLE_BOMB');
  });

  it.each<[string, Uint8Array, Partial<typeof TABLE_LIMITS>, string]>([
    ['elements', workbook('<row r="1"/>'.repeat(5000)), { xmlParts: 5000 }, 'TABLE_TOO_COMPLEX'],
    ['shared strings', workbook('<row r="1"/>', { shared: Array<string>(2000).fill('x') }), { xmlParts: 5000 }, 'TABLE_TOO_COMPLEX'],
    ['depth', workbook('<x>'.repeat(100)), {}, 'TABLE_TOO_COMPLEX'],
    ['a comment without an end', workbook(`<!--${'x'.repeat(200_000)}`), {}, 'TABLE_TOO_COMPLEX'],
    ['a tag without an end', workbook(`<row r="1"><c ${'a="1" '.repeat(10_000)}/></row>`), {}, 'TABLE_DAMAGED'],
    ['filled cells', workbook(`<row r="1">${'<c><v>1</v></c>'.repeat(60)}</row>`), { cells: 50 }, 'TABLE_TOO_COMPLEX'],
    ['merged cells', workbook('<row r="1"><c r="A1"><v>1</v></c></row>', { after: '<mergeCells><mergeCell ref="A1:A1048576"/></mergeCells>' }), {}, 'TABLE_TOO_COMPLEX'],
    ['one long string shown often', workbook(`<row r="1">${'<c t="s"><v>0</v></c>'.repeat(60)}</row>`, { shared: ['x'.repeat(1000)] }), { characters: 50_000 }, 'TABLE_TOO_COMPLEX'],
    ['sheets', workbook('<row r="1"/>'), { sheets: 1 }, 'TABLE_TOO_MANY_SHEETS'],
  ])('counts %s too', async (_, bytes, tight, code) => {
    expect(await codeOf(readTable(bytes, { ...TABLE_LIMITS, ...tight }))).toBe(code);
  });

  it('does not follow a central directory that names one entry a thousand times', async () => {
    const honest = workbook('<row r="1"><c r="A1"><v>7</v></c></row>');
    const directory = honest.findIndex((_, at) => honest[at] === 0x50 && honest[at + 1] === 0x4b && honest[at + 2] === 1 && honest[at + 3] === 2);
    const repeated = Buffer.concat([honest.subarray(0, directory), ...Array<Uint8Array>(1000).fill(honest.subarray(directory))]);
    expect((await readTable(repeated)).rows).toHaveLength(1);
  });
});
