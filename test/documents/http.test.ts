import { createHash, randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { unzipSync } from 'fflate';
import readXlsxFile from 'read-excel-file/node';
import { UnitService } from '../../src/accounts/units/service.ts';
import { localDate } from '../../src/kernel/time.ts';
import { START, Street, type Project } from '../projects/support/street.ts';
import type { Claimant } from '../support/claimants.ts';
import { textOf } from './support/pdf.ts';

let street: Street;
let lead: Claimant;
let project: Project;
let organisation: string;

beforeAll(async () => {
  street = await Street.open(1);
  [lead] = street.units as [Claimant];
  organisation = await street.within(async (tx) => {
    const units = street.get(UnitService);
    const rows = [{ code: 'so1', name: '示例社会组织', kind: 'socialOrganization' as const, communities: ['xc'] }];
    await units.registerUnits(tx, rows, { commandId: randomUUID(), at: START, joinedOn: localDate('2026-01-01') });
    return (await units.byCodes(tx, ['so1'])).get('so1')!.id;
  });
  project = await street.project();
}, 120_000);
afterAll(() => street?.close());

const zh = { 'accept-language': 'zh-CN' };
const sha = (bytes: Buffer): string => createHash('sha256').update(bytes).digest('hex');

async function printed(path: string, language = 'zh-CN'): Promise<{ bytes: Buffer; name: string; code: string }> {
  const { status, headers, bytes } = await street.manager.client.bytes(path, { 'accept-language': language });
  expect({ status, text: status === 200 ? '' : bytes.toString() }).toEqual({ status: 200, text: '' });
  expect(headers.get('content-security-policy')).toContain('sandbox');
  const disposition = headers.get('content-disposition') ?? '';
  expect(disposition).toMatch(/^attachment; /);
  const text = bytes.subarray(0, 4).toString() === '%PDF' ? await textOf(bytes) : wordsOf(bytes);
  return { bytes, name: decodeURIComponent(/filename\*=UTF-8''(.+)$/.exec(disposition)?.[1] ?? ''), code: /[2-9A-Z]{4}-[2-9A-Z]{4}-[2-9A-Z]{4}/.exec(text)?.[0] ?? '' };
}

function wordsOf(docx: Buffer): string {
  const part = unzipSync(docx)['word/document.xml'];
  return part ? Buffer.from(part).toString('utf8').replace(/<\/w:p>/g, '\n').replace(/<[^>]+>/g, '') : '';
}

const verified = async (code: string) => street.api.page().get(`/api/v1/public/verify/${code}`, zh);

describe('a claim letter', () => {
  it('cannot be printed before somebody leads the project, and not of a project that there is not', async () => {
    const early = await street.manager.client.get(`${project.path}/documents/claim-letter`);
    expect(early).toMatchObject({ status: 409, body: { code: 'DOCUMENT_TOO_EARLY' } });
    expect((await street.manager.client.get(`/api/v1/projects/${randomUUID()}/documents/claim-letter`)).status).toBe(404);
    expect((await street.api.page().get(`${project.path}/documents/claim-letter`)).status).toBe(401);
  });

  it('says who claims what for how much, in figures and capitals, the same bytes each time', async () => {
    await project.done(lead, 'claim', { unitId: lead.id });
    const { number, title, budgetFen } = (await project.seen()) as { number: string; title: string; budgetFen: number };
    const { bytes, name, code } = await printed(`${project.path}/documents/claim-letter`);
    expect(name).toBe(`认领函-${number}.pdf`);
    const text = (await textOf(bytes)).replace(/\s/g, '');
    for (const part of [number, title, '示例社区', '示例单位u1', '人民币', (budgetFen / 100).toLocaleString('en-US', { minimumFractionDigits: 2 }), '第1页']) {
      expect(text).toContain(part.replace(/\s/g, ''));
    }
    expect((await printed(`${project.path}/documents/claim-letter`)).bytes.equals(bytes)).toBe(true);

    const docx = await printed(`${project.path}/documents/claim-letter?format=docx`);
    expect(wordsOf(docx.bytes)).toContain('自愿认领贵社区微项目');
    expect(docx.code).toBe(code);
    expect((await printed(`${project.path}/documents/claim-letter?format=docx`)).bytes.equals(docx.bytes)).toBe(true);
    expect(wordsOf((await printed(`${project.path}/documents/claim-letter?format=docx`, 'en')).bytes)).toContain('takes the lead in it');
  });
});

describe('a check code', () => {
  it('tells whoever holds the paper when and by whom it was printed, and the hash of each file', async () => {
    const { bytes, code } = await printed(`${project.path}/documents/claim-letter`);
    const { number } = (await project.seen()) as { number: string };
    const { status, body } = await verified(code.toLowerCase().replaceAll('-', ' '));
    expect(status).toBe(200);
    expect(body).toMatchObject({ code, kind: 'claimLetter', name: '认领函', label: number, issuer: '示例单位u1', printedAt: START, current: true });
    expect(body.prints).toContainEqual({ format: 'pdf', language: 'zh', bytesHash: sha(bytes), printedAt: START });
    expect(JSON.stringify(body)).not.toContain(lead.personId);
    for (const wrong of ['2222-2222-2222', 'no code', '0'.repeat(12)]) expect(await verified(encodeURIComponent(wrong))).toMatchObject({ status: 404, body: { code: 'DOCUMENT_UNKNOWN' } });
  });

  it('says when the paper is no longer current', async () => {
    const path = `${project.path}/documents/agreement?implementerId=${organisation}`;
    const before = await printed(path);
    expect((await verified(before.code)).body.current).toBe(true);
    expect((await street.manager.client.get(`${project.path}/funding`)).status).toBe(200);
    await project.done(lead, 'pledge', { unitId: lead.id, book: 'money', amount: 123_400 });
    expect((await verified(before.code)).body.current).toBe(false);
    const after = await printed(path);
    expect(after.code).not.toBe(before.code);
    expect((await verified(after.code)).body.current).toBe(true);
    expect((await textOf(after.bytes)).replace(/\s/g, '')).toContain('1,234.00元');
  });

  it('of a printing leaves a trace', async () => {
    const rows = await street.within((tx) =>
      tx.query<{ n: number }>("SELECT count(*)::integer AS n FROM audit_event WHERE tenant_id = $1 AND action = 'documents.printed'", [tx.scope.tenant]),
    );
    expect(rows[0]!.n).toBeGreaterThan(5);
  });
});

describe('an agreement', () => {
  it('has three parties where another body does the work, and two otherwise', async () => {
    const three = wordsOf((await printed(`${project.path}/documents/agreement?format=docx&implementerId=${organisation}`)).bytes);
    expect(three).toContain('丙方（实施单位）');
    expect(three).toContain('本协议一式3份');
    const two = wordsOf((await printed(`${project.path}/documents/agreement?format=docx`)).bytes);
    expect(two).not.toContain('丙方');
    expect(two).toContain('本协议一式2份');
  });

  it('shows what was agreed, once it is', async () => {
    const terms = '示例：每月第一周上门';
    await project.done(lead, 'agree', { unitId: lead.id, implementerId: organisation, signedOn: '2026-12-01', terms });
    const text = wordsOf((await printed(`${project.path}/documents/agreement?format=docx`)).bytes);
    expect(text).toContain('丙方（实施单位）（盖章）');
    expect(text.match(/示例社会组织/g)!.length).toBeGreaterThan(1);
    expect(text).toContain(terms);
  });

  it('bears head and full name of the body that issues it; what was printed before is no longer current', async () => {
    const path = `${project.path}/documents/claim-letter`;
    const before = await printed(path);
    const { client } = street.manager;
    const unit = (await client.get(`/api/v1/org-units/${lead.id}`)).body;
    const paper = { letterhead: '示例集团有限公司文件', signsAs: '示例集团有限公司（党委）' };
    expect(await client.send('PATCH', `/api/v1/org-units/${lead.id}`, paper, { 'if-match': `"${unit.version}"` })).toMatchObject({ status: 200, body: paper });
    const letter = wordsOf((await printed(`${path}?format=docx`)).bytes);
    expect(letter.startsWith('示例集团有限公司文件')).toBe(true);
    expect(letter).toContain('示例集团有限公司（党委）（盖章）');
    expect((await textOf((await printed(path)).bytes)).replace(/\s/g, '')).toContain('示例集团有限公司文件');
    // Of another body’s paper it is a party, not the head.
    const agreement = wordsOf((await printed(`${project.path}/documents/agreement?format=docx`)).bytes);
    expect(agreement).toContain('示例集团有限公司（党委）');
    expect(agreement).not.toContain(paper.letterhead);
    expect((await verified(before.code)).body.current).toBe(false);
    expect(await client.send('PATCH', `/api/v1/org-units/${lead.id}`, { letterhead: '长'.repeat(41) }, { 'if-match': `"${unit.version + 1}"` })).toMatchObject({ status: 400 });
    const { version } = (await client.get(`/api/v1/org-units/${lead.id}`)).body;
    await client.send('PATCH', `/api/v1/org-units/${lead.id}`, { letterhead: null, signsAs: null }, { 'if-match': `"${version}"` });
    // As it was: the same paper with the same code.
    expect((await printed(path)).code).toBe(before.code);
  });
});

describe('a case file', () => {
  it('holds history, money and rating, organisations by name', async () => {
    await project.done(lead, 'start', { unitId: lead.id });
    const { bytes, name, code } = await printed(`${project.path}/documents/case-file`);
    const { number, title } = (await project.seen()) as { number: string; title: string };
    expect(name).toBe(`项目档案-${number}.pdf`);
    const text = (await textOf(bytes)).replace(/\s/g, '');
    for (const part of [title, '示例单位u1认领', '签订协议', '开工', '1,234.00', '示例社会组织', '评价人数不足']) {
      expect(text).toContain(part.replace(/\s/g, ''));
    }
    expect((await verified(code)).body).toMatchObject({ kind: 'caseFile', name: '项目档案', current: true });
    await project.done(street.manager, 'suspend', { reason: '示例' });
    expect((await verified(code)).body.current).toBe(false);
  });
});

describe('the loop report', () => {
  const path = '/api/v1/insights/loop-report/document?from=2026Q1&until=2026Q4';

  it('is printed with its figures and sums', async () => {
    const { bytes, name } = await printed(path);
    expect(name).toBe('社区共建闭环报告-2026Q1-2026Q4.pdf');
    const text = (await textOf(bytes)).replace(/\s/g, '');
    for (const part of ['社区共建闭环报告', '2026年第1季度至2026年第4季度', '按社区', '按共建单位', '示例单位u1', '合计', '示例区']) expect(text).toContain(part);
    expect((await street.manager.client.get('/api/v1/insights/loop-report/document?from=2026Q4&until=2026Q1')).body.code).toBe('INSIGHTS_PERIOD_REVERSED');
  });

  it('opens as a workbook whose figures are numbers, the same bytes each time', async () => {
    const { bytes } = await printed(`${path}&format=xlsx`);
    expect((await printed(`${path}&format=xlsx`)).bytes.equals(bytes)).toBe(true);
    const sheets = await readXlsxFile(bytes);
    expect(sheets.map(({ sheet }) => sheet)).toEqual(['总体', '按社区', '按共建单位']);
    const rows = sheets[2]!.data;
    const report = (await street.manager.client.get('/api/v1/insights/loop-report?from=2026Q1&until=2026Q4')).body;
    const row = rows.find(([code]) => code === 'u1')!;
    expect(row.slice(0, 3)).toEqual(['u1', '示例单位u1', report.byUnit[0].microProjects]);
    expect(rows.find(([, name]) => name === '合计')!.slice(2)).toEqual([
      report.microProjects,
      report.fundsFen / 100,
      report.inKindFen / 100,
      report.problemsSolved,
      report.reportsAccepted,
      report.reportsLate,
      report.peopleServed,
    ]);
  });
});
