import { Zip, ZipDeflate } from 'fflate';
import { startsLikeFormula } from './formulas.ts';
import { printable } from './workbook-bytes.ts';

type Row = readonly string[];

/** What a file says about itself on every page. */
export interface Marks {
  /** First line of the sheet. */
  readonly line: string;
  readonly head: string;
  readonly foot: string;
}

/** CSV as spreadsheet programs take it (UTF-8 with its mark, CRLF), page by page; what they would run stands behind an apostrophe. */
export async function* csvBytes(headings: Row, pages: AsyncIterable<readonly Row[]>): AsyncGenerator<Buffer> {
  yield Buffer.from(`\uFEFF${csvLine(headings)}`, 'utf8');
  for await (const rows of pages) yield Buffer.from(rows.map(csvLine).join(''), 'utf8');
}

export function csvLine(row: Row): string {
  return `${row.map(csvCell).join(',')}\r\n`;
}

function csvCell(value: string): string {
  const text = startsLikeFormula(value) ? `'${value}` : value;
  return /[",\r\n\t;']/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

const MAIN = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main';
const RELATIONS = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
const PACKAGE = 'http://schemas.openxmlformats.org/package/2006';
const HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n';
const TYPE = 'application/vnd.openxmlformats-officedocument.spreadsheetml';

/** Everything but the sheet; the second style is bold, both show text as it is. */
const PARTS: Readonly<Record<string, string>> = {
  '[Content_Types].xml': `<Types xmlns="${PACKAGE}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType="${TYPE}.sheet.main+xml"/><Override PartName="/xl/worksheets/sheet1.xml" ContentType="${TYPE}.worksheet+xml"/><Override PartName="/xl/styles.xml" ContentType="${TYPE}.styles+xml"/></Types>`,
  '_rels/.rels': `<Relationships xmlns="${PACKAGE}/relationships"><Relationship Id="rId1" Type="${RELATIONS}/officeDocument" Target="xl/workbook.xml"/></Relationships>`,
  'xl/workbook.xml': `<workbook xmlns="${MAIN}" xmlns:r="${RELATIONS}"><sheets><sheet name="Sheet1" sheetId="1" r:id="rId1"/></sheets></workbook>`,
  'xl/_rels/workbook.xml.rels': `<Relationships xmlns="${PACKAGE}/relationships"><Relationship Id="rId1" Type="${RELATIONS}/worksheet" Target="worksheets/sheet1.xml"/><Relationship Id="rId2" Type="${RELATIONS}/styles" Target="styles.xml"/></Relationships>`,
  'xl/styles.xml': `<styleSheet xmlns="${MAIN}"><fonts count="2"><font><sz val="11"/><name val="Calibri"/></font><font><b/><sz val="11"/><name val="Calibri"/></font></fonts><fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill></fills><borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders><cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs><cellXfs count="2"><xf numFmtId="49" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/><xf numFmtId="49" fontId="1" fillId="0" borderId="0" xfId="0" applyNumberFormat="1" applyFont="1"/></cellXfs></styleSheet>`,
};

/** XLSX of text cells, which are never run, page by page: nobody holds the whole of it. Marks stand on top and on every printed page. */
export async function* xlsxBytes(headings: Row, pages: AsyncIterable<readonly Row[]>, marks: Marks): AsyncGenerator<Buffer> {
  const ready: Buffer[] = [];
  let failure: Error | null = null;
  const zip = new Zip((error, chunk) => {
    failure ??= error;
    if (chunk) ready.push(Buffer.from(chunk));
  });
  const take = (): Buffer => {
    if (failure) throw failure;
    return Buffer.concat(ready.splice(0));
  };
  for (const [name, content] of Object.entries(PARTS)) {
    const part = new ZipDeflate(name);
    zip.add(part);
    part.push(Buffer.from(HEAD + content, 'utf8'), true);
  }
  const sheet = new ZipDeflate('xl/worksheets/sheet1.xml');
  zip.add(sheet);
  const write = (text: string, last = false): void => sheet.push(Buffer.from(text, 'utf8'), last);
  let number = 0;
  const line = (cells: Row, style: 0 | 1): string => xmlRow((number += 1), cells, style);
  write(`${HEAD}<worksheet xmlns="${MAIN}"><sheetData>${line([marks.line], 1)}${line(headings, 1)}`);
  yield take();
  for await (const rows of pages) {
    write(rows.map((row) => line(row, 0)).join(''));
    yield take();
  }
  const ends = `<headerFooter><oddHeader>${inMargin(marks.head)}</oddHeader><oddFooter>${inMargin(marks.foot)}</oddFooter></headerFooter>`;
  write(`</sheetData>${ends}</worksheet>`, true);
  zip.end();
  yield take();
}

function xmlRow(number: number, cells: Row, style: 0 | 1): string {
  const written = cells.map((value, column) =>
    value === '' ? '' : `<c r="${columnName(column)}${number}" s="${style}" t="inlineStr"><is><t xml:space="preserve">${xmlText(value)}</t></is></c>`,
  );
  return `<row r="${number}">${written.join('')}</row>`;
}

function columnName(index: number): string {
  const letter = String.fromCharCode(65 + (index % 26));
  return index < 26 ? letter : columnName(Math.floor(index / 26) - 1) + letter;
}

/** What looks like an escape of the format (ECMA-376 part 1, 22.9.2.19) is escaped itself. */
function xmlText(value: string): string {
  const text = printable(value).replace(/_x(?=[0-9A-Fa-f]{4}_)/g, '_x005F_x');
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}

/** `&` begins a code there, and 255 characters are all that is allowed. */
function inMargin(text: string): string {
  return xmlText(`&C${text.replaceAll('&', '&&').slice(0, 240)}`);
}
