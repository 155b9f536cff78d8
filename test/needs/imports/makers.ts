import { strToU8, Zip, ZipDeflate, zipSync } from 'fflate';
import writeXlsxFile from 'write-excel-file/node';

/** Parts of a workbook as one maker writes them; paths below `xl/`. */
export type Parts = Readonly<Record<string, string>>;

const HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n';
const MAIN = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main';
const RELATIONS = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';

export function archive(parts: Parts): Uint8Array {
  const entries = Object.entries(parts).map(([path, xml]): [string, Uint8Array] => [`xl/${path}`, strToU8(HEAD + xml)]);
  return zipSync({ '[Content_Types].xml': strToU8(`${HEAD}<Types/>`), ...Object.fromEntries(entries) });
}

/** As programs write that do not know an entry's size before it is written: it follows the data. */
export function streamedArchive(parts: Parts): Uint8Array {
  const chunks: Uint8Array[] = [];
  const zip = new Zip((error, chunk) => {
    if (error) throw error;
    chunks.push(chunk);
  });
  for (const [path, xml] of Object.entries(parts)) {
    const entry = new ZipDeflate(`xl/${path}`);
    zip.add(entry);
    entry.push(strToU8(HEAD + xml), true);
  }
  zip.end();
  return Buffer.concat(chunks);
}

/** `workbook.xml` and its relations for sheets in this order. */
export function bookOf(sheets: readonly { readonly name: string; readonly file: string; readonly hidden?: boolean }[], properties = ''): Parts {
  const named = sheets.map(({ name, hidden }, index) => `<sheet name="${name}" sheetId="${index + 7}"${hidden ? ' state="hidden"' : ''} r:id="rId${index + 1}"/>`);
  const related = sheets.map(({ file }, index) => `<Relationship Id="rId${index + 1}" Type="${RELATIONS}/worksheet" Target="${file}"/>`);
  return {
    'workbook.xml': `<workbook xmlns="${MAIN}" xmlns:r="${RELATIONS}">${properties}<sheets>${named.join('')}</sheets></workbook>`,
    '_rels/workbook.xml.rels': `<Relationships>${related.join('')}</Relationships>`,
  };
}

export function letters(index: number): string {
  return String.fromCharCode(65 + index);
}

/** A row of cells' XML, given by each cell's type and value; `''` leaves the cell out, as a style alone. */
export function row(number: number, cells: readonly (readonly [attributes: string, inside: string] | '')[]): string {
  const xml = cells.map((cell, index) => {
    const reference = `${letters(index)}${number}`;
    return cell === '' ? `<c r="${reference}" s="1"/>` : `<c r="${reference}" ${cell[0]}>${cell[1]}</c>`;
  });
  return `<row r="${number}" spans="1:${cells.length}" ht="14.4">${xml.join('')}</row>`;
}

/** Strings by their places in a shared table, as Excel, WPS and LibreOffice keep them. */
export class Shared {
  readonly #items: string[] = [];

  cell(text: string, style = 0): readonly [string, string] {
    return this.item(`<t xml:space="preserve">${text}</t>`, style);
  }

  item(xml: string, style = 0): readonly [string, string] {
    this.#items.push(`<si>${xml}</si>`);
    return [`s="${style}" t="s"`, `<v>${this.#items.length - 1}</v>`];
  }

  get xml(): string {
    return `<sst xmlns="${MAIN}" count="${this.#items.length}" uniqueCount="${this.#items.length}">${this.#items.join('')}</sst>`;
  }
}

export const number = (value: number | string, style = 0): readonly [string, string] => [`s="${style}"`, `<v>${value}</v>`];
export const inline = (text: string): readonly [string, string] => ['t="inlineStr"', `<is><t>${text}</t></is>`];

export function sheet(rows: readonly string[], after = ''): string {
  return `<worksheet xmlns="${MAIN}"><sheetPr/><dimension ref="A1:Z99"/><sheetData>${rows.join('')}</sheetData>${after}</worksheet>`;
}

export const merged = (...references: readonly string[]): string =>
  `<mergeCells count="${references.length}">${references.map((reference) => `<mergeCell ref="${reference}"/>`).join('')}</mergeCells>`;

/** Style 1 shows a date by a built-in format, style 2 by an own one. */
export function styles(format: string): string {
  return (
    `<styleSheet xmlns="${MAIN}"><numFmts count="1"><numFmt numFmtId="176" formatCode="${format}"/></numFmts><cellStyleXfs><xf numFmtId="14"/></cellStyleXfs>` +
    '<cellXfs count="3"><xf numFmtId="0" xfId="0"/><xf numFmtId="14" applyNumberFormat="1"/><xf numFmtId="176" applyNumberFormat="1"/></cellXfs></styleSheet>'
  );
}

/** A library that reporting tools use: typed cells, a title over all columns. */
export async function byLibrary(title: string, headings: readonly string[], rows: readonly (readonly (string | number | Date)[])[]): Promise<Uint8Array> {
  const cell = (value: string | number | Date): object =>
    value instanceof Date
      ? { value, type: Date, format: 'yyyy/mm/dd' }
      : typeof value === 'number'
        ? { value, type: Number }
        : { value, type: String };
  const lines = [
    [{ value: title, type: String, columnSpan: headings.length, fontWeight: 'bold' }, ...headings.slice(1).map(() => null)],
    headings.map(cell),
    ...rows.map((it) => it.map(cell)),
  ];
  return writeXlsxFile(lines as never).toBuffer();
}

let encoder: ReadonlyMap<string, number> | undefined;

/** GB18030 as Chinese Windows saves CSV; two bytes hold all that is written here. */
export function gb18030(text: string): Uint8Array {
  encoder ??= new Map(
    Array.from({ length: 126 * 190 }, (_, index) => {
      const low = 0x40 + (index % 190);
      const code = ((0x81 + Math.floor(index / 190)) << 8) | (low >= 0x7f ? low + 1 : low);
      return [new TextDecoder('gb18030').decode(Uint8Array.of(code >> 8, code & 0xff)), code];
    }),
  );
  return Uint8Array.from(
    [...text].flatMap((sign) => {
      const code = encoder?.get(sign);
      return code === undefined ? [sign.charCodeAt(0)] : [code >> 8, code & 0xff];
    }),
  );
}
