import {
  AlignmentType,
  BorderStyle,
  convertMillimetersToTwip,
  Document,
  Footer,
  Packer,
  PageNumber,
  Paragraph,
  Table,
  TableCell,
  TableLayoutType,
  TableRow,
  TabStopType,
  TextRun,
  VerticalAlignTable,
  WidthType,
  type IParagraphOptions,
} from 'docx';
import type { Align, Paper, PaperBlock, PaperColumn } from '../../kernel/paper.ts';
import { A4, LETTERHEAD, letterheadPt, OFFICIAL, REPORT } from './layout.ts';
import { repacked } from './repacked.ts';

/** Named, not embedded: every office that writes official documents has them. */
const FACES = { body: '仿宋_GB2312', title: '方正小标宋简体', heading: '黑体', table: '仿宋_GB2312', latin: 'Times New Roman' } as const;

type Face = keyof typeof FACES;

const TWIPS_PER_PT = 20;
const HALF_POINTS = 2;
const THIN = { style: BorderStyle.SINGLE, size: 4, color: '808080' } as const;
const NONE = { style: BorderStyle.NONE, size: 0, color: 'auto' } as const;
const OPEN = { top: NONE, bottom: NONE, left: NONE, right: NONE } as const;

const ALIGN = { left: AlignmentType.LEFT, center: AlignmentType.CENTER, right: AlignmentType.RIGHT } as const;

/** To be edited, printed and stamped. The same paper gives the same bytes. */
export async function docxBytes(paper: Paper): Promise<Buffer> {
  const layout = paper.style === 'official' ? OFFICIAL : REPORT;
  const { top, right, bottom, left } = layout.margins;
  const document = new Document({
    title: paper.title,
    creator: 'Cobuild',
    lastModifiedBy: 'Cobuild',
    styles: { default: { document: { run: { font: fontOf('body'), size: layout.bodyPt * HALF_POINTS } } } },
    sections: [
      {
        properties: {
          page: {
            size: { width: convertMillimetersToTwip(A4.width), height: convertMillimetersToTwip(A4.height) },
            margin: {
              top: convertMillimetersToTwip(top),
              right: convertMillimetersToTwip(right),
              bottom: convertMillimetersToTwip(bottom),
              left: convertMillimetersToTwip(left),
              footer: convertMillimetersToTwip(bottom - 12),
            },
          },
        },
        footers: { default: footer(paper) },
        children: [...head(paper), ...paper.blocks.flatMap((block) => blockParts(paper, block)), ...proof(paper)],
      },
    ],
  });
  return repacked(await Packer.toBuffer(document), paper.printedAt);
}

function fontOf(face: Face): { ascii: string; hAnsi: string; eastAsia: string } {
  return { ascii: FACES.latin, hAnsi: FACES.latin, eastAsia: FACES[face] };
}

function layoutOf({ style }: Paper): typeof OFFICIAL | typeof REPORT {
  return style === 'official' ? OFFICIAL : REPORT;
}

interface Looks {
  readonly face?: Face;
  readonly pt?: number;
  readonly bold?: boolean;
  readonly color?: string;
  readonly options?: IParagraphOptions;
}

function line(paper: Paper, text: string, { face = 'body', pt = layoutOf(paper).bodyPt, bold = false, color, options = {} }: Looks = {}): Paragraph {
  const { pitchPt, bodyPt } = layoutOf(paper);
  const pitch = Math.round(pitchPt * Math.max(1, pt / bodyPt) * TWIPS_PER_PT);
  const runs = text.split('\n').map((part, index) => new TextRun({ text: part, font: fontOf(face), size: Math.round(pt * HALF_POINTS), bold, ...(color !== undefined && { color }), ...(index > 0 && { break: 1 }) }));
  return new Paragraph({ spacing: { line: pitch, lineRule: 'exact' }, ...options, children: runs });
}

function head(paper: Paper): Paragraph[] {
  const { titlePt } = layoutOf(paper);
  const centred = { options: { alignment: AlignmentType.CENTER } };
  return [
    ...(paper.letterhead === undefined ? [] : letterhead(paper, paper.letterhead)),
    line(paper, paper.title, { face: 'title', pt: titlePt, ...centred }),
    ...(paper.subtitle ? [line(paper, paper.subtitle, centred)] : []),
    line(paper, ''),
  ];
}

/** With its line below (GB/T 9704 §7.2.7). */
function letterhead(paper: Paper, text: string): Paragraph[] {
  const below = { style: BorderStyle.SINGLE, size: 12, color: LETTERHEAD.color, space: 8 } as const;
  return [
    line(paper, text, { face: 'title', pt: letterheadPt(text), color: LETTERHEAD.color, options: { alignment: AlignmentType.CENTER, border: { bottom: below } } }),
    line(paper, ''),
  ];
}

function blockParts(paper: Paper, block: PaperBlock): (Paragraph | Table)[] {
  const { bodyPt } = layoutOf(paper);
  switch (block.type) {
    case 'heading':
      return [line(paper, block.text, { face: 'heading', options: { keepNext: true, indent: indentOf(paper.style === 'official', bodyPt) } })];
    case 'paragraph': {
      const pt = block.small ? bodyPt * 0.8 : bodyPt;
      return [line(paper, block.text, { pt, options: { alignment: ALIGN[block.align ?? 'left'], indent: indentOf(block.indent ?? false, pt) } })];
    }
    case 'facts':
      return [table(paper, [{ text: '', share: 1 }, { text: '', share: 3 }], block.rows, { labels: true }), line(paper, '')];
    case 'table':
      return [table(paper, block.columns, block.rows, { total: block.total ?? false }), line(paper, '')];
    case 'signatures':
      return [line(paper, ''), signatures(paper, block.parties)];
  }
}

/** Two characters, as paragraphs begin in Chinese. */
function indentOf(indented: boolean, pt: number): { firstLine?: number } {
  return indented ? { firstLine: pt * 2 * TWIPS_PER_PT } : {};
}

function widthOf(paper: Paper): number {
  const { left, right } = layoutOf(paper).margins;
  return convertMillimetersToTwip(A4.width - left - right);
}

function cellText(text: string, { align = 'left' as Align, bold = false, pt = 12 }): Paragraph[] {
  return text.split('\n').map(
    (part) => new Paragraph({ alignment: ALIGN[align], children: [new TextRun({ text: part, bold, font: fontOf('table'), size: pt * HALF_POINTS })] }),
  );
}

function table(paper: Paper, columns: readonly PaperColumn[], rows: readonly (readonly string[])[], { labels = false, total = false }): Table {
  const shares = columns.reduce((sum, { share }) => sum + share, 0);
  const widths = columns.map(({ share }) => Math.floor((widthOf(paper) * share) / shares));
  const pt = Math.min(layoutOf(paper).bodyPt, columns.length > 6 ? 8 : 12);
  const row = (cells: readonly string[], { bold = false, header = false } = {}): TableRow =>
    new TableRow({
      tableHeader: header,
      cantSplit: true,
      children: cells.map(
        (cell, index) =>
          new TableCell({
            width: { size: widths[index]!, type: WidthType.DXA },
            verticalAlign: VerticalAlignTable.CENTER,
            margins: { top: 60, bottom: 60, left: 80, right: 80 },
            ...((header || (labels && index === 0)) && { shading: { fill: 'F3F4F6' } }),
            children: cellText(cell, { align: header ? 'center' : (columns[index]?.align ?? 'left'), bold: bold || (labels && index === 0), pt }),
          }),
      ),
    });
  const headed = columns.some(({ text }) => text !== '');
  return new Table({
    width: { size: widths.reduce((sum, width) => sum + width, 0), type: WidthType.DXA },
    columnWidths: widths,
    layout: TableLayoutType.FIXED,
    borders: { top: THIN, bottom: THIN, left: THIN, right: THIN, insideHorizontal: THIN, insideVertical: THIN },
    rows: [
      ...(headed ? [row(columns.map(({ text }) => text), { bold: true, header: true })] : []),
      ...rows.map((cells, index) => row(cells, { bold: total && index === rows.length - 1 })),
    ],
  });
}

function signatures(paper: Paper, parties: readonly (readonly string[])[]): Table {
  const across = Math.min(parties.length, 2);
  const width = Math.floor(widthOf(paper) / across);
  const rows: TableRow[] = [];
  for (let first = 0; first < parties.length; first += across) {
    const cells = Array.from({ length: across }, (_, index) => parties[first + index] ?? []);
    rows.push(
      new TableRow({
        cantSplit: true,
        children: cells.map(
          (lines) =>
            new TableCell({
              width: { size: width, type: WidthType.DXA },
              borders: OPEN,
              children: [...lines.map((text) => line(paper, text)), line(paper, '')],
            }),
        ),
      }),
    );
  }
  const borders = { ...OPEN, insideHorizontal: NONE, insideVertical: NONE };
  return new Table({ width: { size: width * across, type: WidthType.DXA }, columnWidths: Array.from({ length: across }, () => width), layout: TableLayoutType.FIXED, borders, rows });
}

function proof({ proof: { lines } }: Paper): Paragraph[] {
  return lines.map(
    (text, index) =>
      new Paragraph({ spacing: { before: index === 0 ? 240 : 0 }, children: [new TextRun({ text, font: fontOf('body'), size: 16, color: '4B5563' })] }),
  );
}

function footer(paper: Paper): Footer {
  const { left, page, right } = paper.foot;
  const pt = paper.style === 'official' ? 9 : REPORT.footPt;
  const run = { font: fontOf('body'), size: pt * HALF_POINTS } as const;
  const numbered = page.split(/(\{page\}|\{pages\})/).map((part) => {
    if (part === '{page}') return PageNumber.CURRENT;
    return part === '{pages}' ? PageNumber.TOTAL_PAGES : part;
  });
  const width = widthOf(paper);
  return new Footer({
    children: [
      new Paragraph({
        tabStops: [
          { type: TabStopType.CENTER, position: Math.floor(width / 2) },
          { type: TabStopType.RIGHT, position: width },
        ],
        children: [new TextRun({ ...run, children: [left, '\t', ...numbered, '\t', right] })],
      }),
    ],
  });
}
