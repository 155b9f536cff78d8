import { describe, expect, it } from '@jest/globals';
import { unzipSync } from 'fflate';
import type { Paper } from '../../../src/kernel/paper.ts';
import { docxBytes } from '../../../src/platform/documents/docx.ts';
import { pdfBytes } from '../../../src/platform/documents/pdf.ts';
import { writePaper } from '../../../src/platform/documents/write.ts';
import { pagesOf, textOf } from '../../documents/support/pdf.ts';

const paper: Paper = {
  style: 'official',
  title: '关于认领“楼道扶手（示例）”微项目的函',
  language: 'zh',
  blocks: [
    { type: 'paragraph', text: '示例社区：' },
    { type: 'heading', text: '一、项目' },
    { type: 'facts', rows: [['编号', 'MX-001'], ['预算', '人民币伍万元整（¥50,000.00）']] },
    { type: 'paragraph', text: '为推进社区共建，经研究，现将有关事项函告如下。'.repeat(60), indent: true },
    {
      type: 'table',
      columns: [{ text: '名称', share: 2 }, { text: '数额', share: 1, align: 'right' }],
      rows: Array.from({ length: 60 }, (_, index) => [`第${index + 1}行`, `${index}.00`]),
      total: true,
    },
    { type: 'signatures', parties: [['甲方（盖章）'], ['乙方（盖章）'], ['丙方（盖章）']] },
  ],
  foot: { left: '示例街道　2026-10-20 14:30 打印', page: '第{page}页 共{pages}页', right: '校验码 7K2M-9QXA-34TB' },
  proof: { link: 'https://cobuild.example.org/p/verify/7K2M-9QXA-34TB', lines: ['校验码：7K2M-9QXA-34TB'] },
  printedAt: '2026-10-20T06:30:00.000Z',
};

/** How often others had their turn meanwhile. */
async function turnsDuring(work: () => Promise<unknown>): Promise<number> {
  let turns = 0;
  let isOver = false;
  const turn = (): void => {
    turns += 1;
    if (!isOver) setImmediate(turn);
  };
  setImmediate(turn);
  await work();
  isOver = true;
  return turns;
}

const partOf = (docx: Buffer, name: string): string => Buffer.from(unzipSync(docx)[name] ?? []).toString('utf8');

describe('a PDF', () => {
  it('holds every word, repeats table heads, and numbers its pages', async () => {
    const bytes = await pdfBytes(paper);
    const text = await textOf(bytes);
    const pages = await pagesOf(bytes);
    expect(pages).toBeGreaterThan(3);
    expect(text.replace(/\s/g, '')).toContain('人民币伍万元整（¥50,000.00）');
    expect(text).toContain('第60行');
    expect(text.match(/校验码 7K2M-9QXA-34TB/g)).toHaveLength(pages);
    expect(text).toContain(`第${pages}页 共${pages}页`);
    expect(text.match(/数额/g)!.length).toBeGreaterThan(1);
  });

  it('carries its fonts within, only what is used of them', async () => {
    const bytes = await pdfBytes(paper);
    const plain = bytes.toString('latin1');
    const fonts = plain.match(/\/BaseFont \/[A-Z]{6}\+NotoSansSC-(Regular|Bold)/g) ?? [];
    expect(new Set(fonts).size).toBe(2);
    expect(plain.match(/\/FontFile2/g)).toHaveLength(2);
    expect(bytes.length).toBeLessThan(200_000);
  });

  it('has a sign for every character, also for those without a type', async () => {
    const text = await textOf(await pdfBytes({ ...paper, title: '𠮷野家与㐂' }));
    expect(text).toContain('〓野家与㐂');
    expect(text).not.toContain('\u0000');
    expect(text).not.toContain('\ufffd');
  });

  it('is the same bytes for the same paper, and others for another', async () => {
    const bytes = await pdfBytes(paper);
    expect((await pdfBytes(paper)).equals(bytes)).toBe(true);
    expect((await writePaper(paper, 'pdf')).equals(bytes)).toBe(true);
    expect((await pdfBytes({ ...paper, title: '另一份' })).equals(bytes)).toBe(false);
  });

  it('does not hold up the process that asks for it', async () => {
    expect(await turnsDuring(() => writePaper(paper, 'pdf'))).toBeGreaterThan(10 * (await turnsDuring(() => pdfBytes(paper))));
  });
});

describe('a DOCX', () => {
  it('has the layout of GB/T 9704: margins, faces, sizes, pitch', async () => {
    const docx = await docxBytes(paper);
    const body = partOf(docx, 'word/document.xml');
    const twips = (mm: number): string => String(Math.floor((mm / 25.4) * 1440));
    const margins = /<w:pgMar ([^>]*)\/>/.exec(body)![1]!;
    expect(margins).toContain(`w:top="${twips(37)}"`);
    expect(margins).toContain(`w:left="${twips(28)}"`);
    expect(margins).toContain(`w:right="${twips(26)}"`);
    expect(margins).toContain(`w:bottom="${twips(35)}"`);
    expect(body).toMatch(/<w:pgSz w:w="11905" w:h="16837"/);
    expect(body).toMatch(/方正小标宋简体[^>]*>(?:<[^>]+>)*?<w:sz w:val="44"\/>/);
    expect(body).toContain('w:eastAsia="仿宋_GB2312"');
    expect(body).toContain('w:eastAsia="黑体"');
    expect(body).toMatch(/w:line="580" w:lineRule="exact"|w:lineRule="exact" w:line="580"/);
  });

  it('is the same bytes whenever it is written', async () => {
    const first = await docxBytes(paper);
    await new Promise((resolve) => setTimeout(resolve, 1100));
    expect((await docxBytes(paper)).equals(first)).toBe(true);
    expect(partOf(first, 'docProps/core.xml')).toContain('2026-10-20T06:30:00Z');
  });
});
