import PDFDocument from 'pdfkit';
import { encode } from 'uqr';
import { fill } from '../../kernel/texts.ts';
import type { Align, Paper, PaperBlock, PaperColumn } from '../../kernel/paper.ts';
import { FONT_FILES, MISSING } from './fonts.ts';
import { A4, LETTERHEAD, letterheadPt, MM, OFFICIAL, PROOF_SQUARE_MM, REPORT } from './layout.ts';

type Doc = InstanceType<typeof PDFDocument>;

const INK = '#111111';
const GREY = '#4b5563';
const LINE = '#9ca3af';
const SHADE = '#f3f4f6';
const CELL = 3.5;
/** Of a column's head, so that narrow columns keep their words whole. */
const HEAD_SIZE = 0.9;
/** Organisation and time, page, check code: each its share of the width. */
const FOOT = [
  ['left', 0.5],
  ['center', 0.18],
  ['right', 0.32],
] as const;

interface Glyphs {
  hasGlyphForCodePoint(codePoint: number): boolean;
}

/** The same paper gives the same bytes. Takes some tenths of a second, most of them for the fonts: for a thread. */
export async function pdfBytes(paper: Paper): Promise<Buffer> {
  return new PdfWriter(paper).write();
}

class PdfWriter {
  readonly #paper: Paper;
  readonly #layout: typeof OFFICIAL | typeof REPORT;
  readonly #doc: Doc;
  readonly #glyphs: Glyphs;

  constructor(paper: Paper) {
    this.#paper = paper;
    this.#layout = paper.style === 'official' ? OFFICIAL : REPORT;
    const { top, right, bottom, left } = this.#layout.margins;
    const date = new Date(paper.printedAt);
    this.#doc = new PDFDocument({
      size: 'A4',
      bufferPages: true,
      lang: paper.language === 'zh' ? 'zh-CN' : 'en',
      displayTitle: true,
      margins: { top: top * MM, right: right * MM, bottom: bottom * MM, left: left * MM },
      info: { Title: paper.title, Producer: 'Cobuild', Creator: 'Cobuild', CreationDate: date, ModDate: date },
    });
    this.#doc.registerFont('regular', FONT_FILES.regular);
    this.#doc.registerFont('bold', FONT_FILES.bold);
    this.#doc.font('regular').fillColor(INK);
    this.#glyphs = (this.#doc as unknown as { _font: { font: Glyphs } })._font.font;
  }

  async write(): Promise<Buffer> {
    const parts: Buffer[] = [];
    this.#doc.on('data', (part: Buffer) => parts.push(part));
    const ended = new Promise<void>((resolve) => this.#doc.on('end', resolve));
    this.#head();
    for (const block of this.#paper.blocks) this.#block(block);
    this.#proof();
    this.#feet();
    this.#doc.end();
    await ended;
    return Buffer.concat(parts);
  }

  get #left(): number {
    return this.#doc.page.margins.left;
  }

  get #width(): number {
    return this.#doc.page.width - this.#left - this.#doc.page.margins.right;
  }

  get #floor(): number {
    return this.#doc.page.height - this.#doc.page.margins.bottom;
  }

  /** Everything that is printed passes here: no character is left out without a sign. */
  #legible(text: string): string {
    const known = [...text.replace(/[\r\t]/g, ' ')];
    return known.map((sign) => (sign === '\n' || this.#glyphs.hasGlyphForCodePoint(sign.codePointAt(0)!) ? sign : MISSING)).join('');
  }

  #font(name: 'regular' | 'bold', size: number): number {
    this.#doc.font(name).fontSize(size);
    return this.#layout.pitchPt * (size / this.#layout.bodyPt) - this.#doc.currentLineHeight();
  }

  /** On a new page unless so much room is left. */
  #room(height: number): void {
    if (this.#doc.y + height > this.#floor) this.#doc.addPage();
  }

  #text(text: string, { font = 'regular' as 'regular' | 'bold', size = this.#layout.bodyPt as number, align = 'left' as Align, indent = 0, color = INK } = {}): void {
    const lineGap = this.#font(font, size);
    this.#doc.fillColor(color).text(this.#legible(text), this.#left, this.#doc.y, { width: this.#width, align, indent, lineGap });
  }

  /** With its line below (§7.2.7). */
  #letterhead(text: string): void {
    const color = `#${LETTERHEAD.color}`;
    this.#text(text, { font: 'bold', size: letterheadPt(text), align: 'center', color });
    const y = this.#doc.y;
    this.#doc.moveTo(this.#left, y).lineTo(this.#left + this.#width, y).lineWidth(1.5).strokeColor(color).stroke();
    this.#doc.y = y + this.#layout.pitchPt;
  }

  #head(): void {
    const { letterhead, title, subtitle } = this.#paper;
    if (letterhead !== undefined) this.#letterhead(letterhead);
    this.#text(title, { font: 'bold', size: this.#layout.titlePt, align: 'center' });
    if (subtitle) this.#text(subtitle, { align: 'center', color: GREY });
    this.#doc.y += this.#layout.pitchPt;
  }

  #block(block: PaperBlock): void {
    const { bodyPt, pitchPt } = this.#layout;
    switch (block.type) {
      case 'heading':
        if (this.#paper.style === 'report') this.#doc.y += pitchPt * 0.5;
        this.#room(pitchPt * 3);
        this.#text(block.text, { font: 'bold', size: this.#paper.style === 'report' ? bodyPt + 2 : bodyPt, indent: this.#paper.style === 'official' ? bodyPt * 2 : 0 });
        break;
      case 'paragraph': {
        const size = block.small ? bodyPt * 0.8 : bodyPt;
        this.#text(block.text, { size, align: block.align ?? 'left', indent: block.indent ? size * 2 : 0, color: block.small ? GREY : INK });
        break;
      }
      case 'facts':
        this.#table([{ text: '', share: 1 }, { text: '', share: 3 }], block.rows, { labels: true });
        break;
      case 'table':
        this.#table(block.columns, block.rows, { total: block.total ?? false });
        break;
      case 'signatures':
        this.#signatures(block.parties);
    }
  }

  #table(columns: readonly PaperColumn[], rows: readonly (readonly string[])[], { labels = false, total = false }): void {
    const size = Math.min(this.#layout.bodyPt, columns.length > 6 ? 8 : 12);
    const shares = columns.reduce((sum, { share }) => sum + share, 0);
    const widths = columns.map(({ share }) => (this.#width * share) / shares);
    const headed = columns.some(({ text }) => text !== '');
    const heightOf = (cells: readonly string[], font: 'regular' | 'bold'): number => {
      this.#doc.font(font).fontSize(size);
      const heights = cells.map((cell, index) => this.#doc.heightOfString(this.#legible(cell) || ' ', { width: widths[index]! - CELL * 2 }));
      return Math.max(...heights) + CELL * 2;
    };
    const row = (cells: readonly string[], { font = 'regular' as 'regular' | 'bold', shaded = false } = {}): void => {
      const height = heightOf(cells, font);
      const top = this.#doc.y;
      let left = this.#left;
      for (const [index, cell] of cells.entries()) {
        const width = widths[index]!;
        if (shaded || (labels && index === 0)) this.#doc.rect(left, top, width, height).fill(SHADE);
        this.#doc.lineWidth(0.5).rect(left, top, width, height).stroke(LINE);
        const align = font === 'bold' && shaded ? 'center' : (columns[index]?.align ?? 'left');
        this.#doc.font(labels && index === 0 ? 'bold' : font).fontSize(shaded ? size * HEAD_SIZE : size).fillColor(INK);
        this.#doc.text(this.#legible(cell), left + CELL, top + CELL, { width: width - CELL * 2, align });
        left += width;
      }
      this.#doc.y = top + height;
    };
    const head = (): void => {
      if (headed) row(columns.map(({ text }) => text), { font: 'bold', shaded: true });
    };
    this.#doc.y += CELL;
    this.#room(heightOf(columns.map(({ text }) => text), 'bold') * 3);
    head();
    for (const [index, cells] of rows.entries()) {
      const font = total && index === rows.length - 1 ? 'bold' : 'regular';
      if (this.#doc.y + heightOf(cells, font) > this.#floor) {
        this.#doc.addPage();
        head();
      }
      row(cells, { font });
    }
    this.#doc.x = this.#left;
    this.#doc.y += this.#layout.pitchPt * 0.5;
  }

  #signatures(parties: readonly (readonly string[])[]): void {
    const { pitchPt } = this.#layout;
    this.#doc.y += pitchPt;
    const across = Math.min(parties.length, 2);
    const width = this.#width / across;
    for (let first = 0; first < parties.length; first += across) {
      const row = parties.slice(first, first + across);
      this.#room(pitchPt * (Math.max(...row.map((lines) => lines.length)) + 2));
      const top = this.#doc.y;
      const ends = row.map((lines, index) => {
        this.#doc.y = top;
        const lineGap = this.#font('regular', this.#layout.bodyPt);
        for (const line of lines) {
          this.#doc.fillColor(INK).text(this.#legible(line), this.#left + index * width, this.#doc.y, { width: width - CELL * 2, lineGap });
        }
        return this.#doc.y;
      });
      this.#doc.y = Math.max(...ends) + pitchPt;
    }
    this.#doc.x = this.#left;
  }

  #proof(): void {
    const { link, lines } = this.#paper.proof;
    const side = PROOF_SQUARE_MM * MM;
    this.#doc.y += this.#layout.pitchPt;
    this.#room(side + CELL * 2);
    const top = this.#doc.y;
    const { data, size } = encode(link, { ecc: 'M', border: 0 });
    const module = side / size;
    for (const [y, line] of data.entries()) {
      for (const [x, dark] of line.entries()) if (dark) this.#doc.rect(this.#left + x * module, top + y * module, module, module);
    }
    this.#doc.fill(INK);
    this.#doc.font('regular').fontSize(8).fillColor(GREY);
    this.#doc.text(this.#legible(lines.join('\n')), this.#left + side + CELL * 3, top + CELL, { width: this.#width - side - CELL * 3, lineGap: 2 });
    this.#doc.y = top + side;
  }

  #feet(): void {
    const { start, count } = this.#doc.bufferedPageRange();
    const { left, page, right } = this.#paper.foot;
    for (let index = start; index < start + count; index += 1) {
      this.#doc.switchToPage(index);
      const { bottom } = this.#doc.page.margins;
      // Below the type area, where text would otherwise begin a new page.
      this.#doc.page.margins.bottom = 0;
      // 7 mm below the type area, as GB/T 9704 has its page numbers.
      const y = A4.height * MM - bottom + 7 * MM;
      const size = this.#paper.style === 'official' ? 9 : this.#layout.footPt;
      this.#doc.font('regular').fontSize(size).fillColor(GREY);
      const shown = [left, fill(page, { page: index + 1, pages: count }), right];
      let x = this.#left;
      for (const [at, [align, share]] of FOOT.entries()) {
        this.#doc.text(this.#legible(shown[at]!), x, y, { width: this.#width * share, align });
        x += this.#width * share;
      }
      this.#doc.page.margins.bottom = bottom;
    }
  }
}
