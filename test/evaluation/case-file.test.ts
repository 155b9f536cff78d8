import { expect, it } from '@jest/globals';
import { caseFilePaper, type CaseFileFacts } from '../../src/evaluation/case-file/model.ts';
import { fen } from '../../src/kernel/money.ts';
import { parseInstant } from '../../src/kernel/time.ts';

const facts: CaseFileFacts = {
  issuer: '示例社区',
  label: 'MX-001',
  title: '助浴上门（示例）',
  community: '示例社区',
  lead: '甲单位（示例）',
  implementer: null,
  budgetFen: fen(5_000_000),
  events: [{ type: 'reportAccepted', at: parseInstant('2026-10-20T16:30:00Z'), unit: '', quarter: '2026Q3' }],
  reports: [{ quarter: '2026Q3', status: 'accepted', late: true, served: 12, spentFen: fen(123_456), done: '上门十次' }],
  funding: [{ funder: '甲单位（示例）', book: 'hours', pledged: 90, delivered: 60, verified: 30 }],
  grade: 'good',
  scoreHundredths: 8550,
  raters: 12,
  satisfactionHundredths: 9260,
  awardFen: fen(100_000),
  files: [{ hash: 'a'.repeat(64), mediaType: 'application/pdf', receivedAt: parseInstant('2026-10-01T02:00:00Z') }],
};

it('a case file reads its facts in local time, yuan and hours, and says where there is nothing', () => {
  const say = (key: string, params: object = {}): string => `${key.replace('evaluation.caseFile.', '')}${Object.values(params).map((value) => `|${String(value)}`).join('')}`;
  const rows = caseFilePaper(facts, say).blocks.flatMap((block): readonly (readonly string[])[] => ('rows' in block ? block.rows : []));
  expect(rows).toEqual(
    expect.arrayContaining([
      ['implementer', '—'],
      ['score', '85.50'],
      ['satisfaction', 'satisfaction.shown|92.60|12'],
      ['award', '1,000.00'],
      ['2026-10-21 00:30', 'stage.microProject.event.reportAccepted||2026Q3'],
      ['2026Q3', 'report.acceptedlate', '12', '1,234.56', '上门十次'],
      ['甲单位（示例）', 'book.hours', '1.5', '1', '0.5'],
      ['2026-10-01 10:00', 'scan', 'aaaaaaaaaaaaaaaa'],
    ]),
  );
  const empty = caseFilePaper({ ...facts, reports: [], satisfactionHundredths: null, raters: 3 }, say).blocks;
  expect(empty).toContainEqual({ type: 'paragraph', text: 'none' });
  expect(JSON.stringify(empty)).toContain('satisfaction.hidden|3');
});
