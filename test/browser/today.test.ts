import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { furnishStreetOffice } from '../support/street-office.ts';
import { member, type TestTenant } from '../support/people.ts';
import { describeInBrowser } from './support/chromium.ts';
import { DESK, PHONE, startBrowserStage, type BrowserStage } from './support/stage.ts';
import { plantWaits } from './support/waits.ts';

const FIRST = randomUUID();

describeInBrowser('today, and who holds the ball', () => {
  let stage: BrowserStage;
  let tenant: TestTenant;

  beforeAll(async () => {
    stage = await startBrowserStage();
    tenant = await stage.tenant([member('anna', ['manager']), member('rest', ['leader']), member('guard', ['securityAdministrator']), member('worker', ['communityWorker'])]);
    const units = await furnishStreetOffice(stage.api, tenant.tenant);
    const worker = await tenant.as('worker');
    for (const publicText of ['示例：楼道扶手', '示例：夜间路灯']) {
      expect((await worker.post('/api/v1/needs', { communityId: units.get('xincheng'), category: 'elderly', publicText })).status).toBe(201);
    }
    await plantWaits(stage.db, tenant, [
      { caseId: `project/${FIRST}`, name: 'claim', role: 'manager', dueInDays: -4 },
      { caseId: `project/${randomUUID()}`, name: 'evaluation', role: 'manager', dueInDays: 20 },
      { caseId: `project/${randomUUID()}`, name: 'offer', role: 'unit', dueInDays: -9 },
      { caseId: `project/${randomUUID()}`, name: 'acceptance', role: 'communityWorker', dueInDays: 30 },
      { caseId: `quarter/${randomUUID()}/2026Q4`, name: 'notice', kind: 'quarterCycle', role: 'system', dueInDays: 12 },
      { caseId: `quarter/${randomUUID()}/2026Q3`, name: 'notice', kind: 'quarterCycle', role: 'communityWorker', dueInDays: 0.01 },
      ...Array.from({ length: 160 }, () => ({ caseId: `project/${randomUUID()}`, name: 'implementation', role: 'unit', dueInDays: 40 })),
    ]);
  }, 120_000);
  afterAll(async () => stage?.stop());

  const manager = async (options = {}) => stage.visitor({ as: { tenant, login: 'anna' }, ...options });

  it.each([
    [/^轮到我/, 2],
    [/^他人逾期/, 1],
    [/^本周到期/, 1],
    [/日（.*）到期1件/, 1],
  ])('opens behind the number %s as many rows as it says', async (door, count) => {
    const visitor = await manager();
    const { page } = visitor;
    await visitor.open('/today');
    const link = page.getByRole('link', { name: door }).first();
    expect((await link.innerText()).replace(/[^\d]/g, '')).toBe(String(count));
    await link.click();
    await page.getByRole('heading', { name: '球在谁手里' }).waitFor();
    await page.getByText(`共${count}条`).waitFor();
    expect(await page.getByRole('row').count()).toBe(count + 1);
    await visitor.leave();
  });

  it('asks who is signed in, once, and for its own code while the libraries are still on their way', async () => {
    const visitor = await manager();
    const { page } = visitor;
    const asked: string[] = [];
    page.on('request', (request) => void asked.push(new URL(request.url()).pathname));
    let letPass = (): void => undefined;
    const held = new Promise<void>((resolve) => (letPass = resolve));
    await page.route(/\/assets\/core-.*\.js$/, async (route) => {
      await held;
      await route.continue();
    });
    const early = Promise.all([/\/api\/v1\/me$/, /\/assets\/page-/, /\/api\/v1\/today$/].map((url) => page.waitForRequest(url)));
    await page.goto('/today', { waitUntil: 'commit' });
    await early;
    letPass();
    await page.getByRole('heading', { name: '今日' }).waitFor();
    for (const once of ['/api/v1/me', '/api/v1/today']) expect(asked.filter((path) => path === once)).toHaveLength(1);
    expect(asked.filter((path) => path.startsWith('/assets/')).length).toBeLessThan(20);
    await visitor.leave();
  });

  it('asks early for just what each page begins with', async () => {
    const begins = [...readFileSync('web/staff/page-list.ts', 'utf8').replaceAll(':kind', 'needs').matchAll(/path: '([^']+)'.* begins: \[([^\]]+)\]/g)].flatMap(([, path = '', questions = '']) =>
      [...questions.matchAll(/'([^']+)'/g)].map(([, question = '']) => ({ path, question })),
    );
    expect(begins.length).toBeGreaterThan(5);
    // What an address names has to be there: `test/web/addresses.test.ts`.
    const plain = begins.filter(({ path }) => !path.includes(':'));
    const visitor = await manager();
    let asked: string[] = [];
    visitor.page.on('request', (request) => void asked.push(request.url().replace(stage.base, '')));
    for (const { path, question } of plain) {
      asked = [];
      await visitor.open(path);
      // Asked differently by the page itself, it would have been asked twice.
      const [wanted] = question.split('?');
      const others = begins.filter((it) => it.path === path && it.question !== question).map((it) => it.question);
      expect({ path, asked: asked.filter((it) => it.split('?')[0] === wanted && !others.includes(it) && !it.includes('limit=100') && !it.includes('status=')) }).toEqual({ path, asked: [question] });
    }
    await visitor.leave();
  });

  it('shows around who comes for the first time, once on whatever device, and again when asked', async () => {
    await tenant.enrol(member('newcomer', ['manager']));
    const coming = (options = {}) => stage.visitor({ as: { tenant, login: 'newcomer' }, isFirstVisit: true, ...options });
    const phone = await coming({ size: { width: 320, height: 700 }, language: 'en', largeText: true });
    await phone.open('/projects');
    await phone.page.getByRole('heading', { level: 1 }).waitFor();
    const guide = phone.page.getByRole('region', { name: 'Here for the first time?' });
    expect(await guide.count()).toBe(0);
    await phone.open('/today');
    await guide.waitFor();
    expect(await guide.getByRole('listitem').count()).toBeLessThanOrEqual(5);
    expect([await phone.violations(), await phone.sideways()]).toEqual([[], 0]);
    await guide.getByRole('button', { name: 'Got it' }).click();
    await guide.waitFor({ state: 'detached' });
    await phone.settled();
    await phone.leave();

    const desk = await coming();
    await desk.open('/today');
    const again = desk.page.getByRole('region', { name: '第一次来？' });
    expect(await again.count()).toBe(0);
    await desk.page.getByRole('button', { name: /^帮助/ }).click();
    await desk.page.getByRole('button', { name: '怎么用' }).click();
    await again.waitFor();
    await again.getByRole('button', { name: '知道了' }).click();
    await again.waitFor({ state: 'detached' });
    await desk.leave();
  });

  it('says how far needs and projects have come, each number with its rows', async () => {
    const visitor = await manager();
    const { page } = visitor;
    await visitor.open('/today');
    const loop = page.getByRole('table', { name: '闭环' });
    expect(await loop.getByRole('rowheader').allTextContents()).toEqual(['需求', '入单', '项目认领', '验收', '评价', '办结']);
    await loop.getByRole('row', { name: /^需求/ }).getByRole('link', { name: /^2/ }).click();
    await page.getByText('共2条').waitFor();
    await page.locator('option:checked', { hasText: /^待梳理 \/ .*已梳理 \/ 已入单/ }).waitFor({ state: 'attached' });
    await visitor.leave();
  });

  it('shows the whole month, with workdays and days off', async () => {
    const visitor = await manager();
    await visitor.open('/today');
    const days = visitor.page.getByRole('table', { name: /本月工作日/ }).locator('td:not(:empty)');
    const now = new Date(Date.now() + 8 * 3_600_000);
    expect(await days.count()).toBe(new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth() + 1, 0)).getUTCDate());
    expect(await visitor.page.locator('[aria-current="date"]').innerText()).toMatch(new RegExp(`^${now.getUTCDate()}`));
    await visitor.leave();
  });

  it('has one primary action: the earliest due of one’s own', async () => {
    for (const size of [DESK, PHONE]) {
      const visitor = await manager({ size });
      await visitor.open('/today');
      expect(await visitor.page.getByRole('link', { name: '办理下一件' }).getAttribute('href')).toBe(`/projects/${FIRST}`);
      expect(await visitor.sideways()).toBe(0);
      await visitor.picture(`today-${size.width}`);
      await visitor.leave();
    }
  });

  it('says who is awaited, for what, until when, and what happens otherwise', async () => {
    const visitor = await manager();
    await visitor.open('/waits?turn=mine');
    const row = visitor.page.getByRole('row').nth(1);
    expect(await row.textContent()).toMatch(/项目管理员.*促成认领，期满指派.*逾期\d+个工作日.*3日.*到期标记逾期，并告知管理员/);
    await visitor.leave();
  });

  it('keeps filters in the address and in saved views, and draws only rows in sight', async () => {
    const visitor = await manager();
    const { page } = visitor;
    await visitor.open('/waits?kind=microProject');
    for (let shown = 50; shown < 164; shown += 50) {
      await page.getByRole('button', { name: '载入更多' }).click();
      await visitor.settled();
    }
    await page.getByText('共164条').waitFor();
    expect(await page.getByRole('table').getAttribute('aria-rowcount')).toBe('165');
    expect(await page.getByRole('row').count()).toBeLessThan(80);
    await page.evaluate('scrollTo(0, document.body.scrollHeight)');
    await page.locator('tr[aria-rowindex="165"]').waitFor();
    await page.evaluate('scrollTo(0, 0)');
    await page.getByLabel('只看逾期').click();
    await page.getByText('共2条').waitFor();
    expect(new URL(page.url()).search).toBe('?kind=microProject&late=true');
    await page.getByRole('button', { name: /常用筛选/ }).click();
    await page.getByRole('button', { name: '保存当前筛选…' }).click();
    await page.getByLabel('名称').fill('逾期的项目');
    await page.getByRole('button', { name: '保存', exact: true }).click();
    await page.getByText('已保存常用筛选：逾期的项目').waitFor();
    await visitor.open('/waits');
    await page.getByRole('button', { name: /常用筛选/ }).click();
    await page.getByRole('button', { name: '逾期的项目', exact: true }).click();
    await page.getByText('共2条').waitFor();
    await visitor.leave();
  });

  it('says so, with what comes next, when nothing waits for the reader', async () => {
    const visitor = await stage.visitor({ as: { tenant, login: 'rest' } });
    await visitor.open('/today');
    await visitor.page.getByText('现在没有轮到您的事').waitFor();
    await visitor.page.getByText(/最近截止：.*（社区工作者）/).waitFor();
    await visitor.leave();
  });

  it('explains itself to those who may not open it, and to those who mistyped', async () => {
    const visitor = await stage.visitor({ as: { tenant, login: 'guard' } });
    await visitor.open('/waits');
    await visitor.page.getByText(/本页供项目管理员、社区工作者.*使用。可回首页办自己的事，或联系街道管理员/).waitFor();
    visitor.expects(/^404 GET \/nowhere$/);
    await visitor.open('/nowhere');
    await visitor.page.getByRole('heading', { name: '没有这个页面' }).waitFor();
    await visitor.leave();
  });

  it('changes its language and its size on the spot', async () => {
    const visitor = await manager();
    const { page } = visitor;
    await visitor.open('/today');
    await page.getByRole('button', { name: 'English' }).click();
    await page.getByRole('heading', { name: 'Today' }).waitFor();
    await page.getByText('to find a unit, or to assign one once the time is over').waitFor();
    expect(await page.locator('html').getAttribute('lang')).toBe('en');
    const before = await page.getByRole('heading', { name: 'Today' }).evaluate('it => getComputedStyle(it).fontSize', undefined).catch(() => '');
    await page.getByRole('button', { name: 'Large text' }).click();
    expect(await page.locator('html').getAttribute('data-text')).toBe('large');
    expect(before).not.toBe('');
    await page.reload();
    await page.getByRole('heading', { name: 'Today' }).waitFor();
    await visitor.settled();
    await visitor.leave();
  });

  it.each(['zh-CN', 'en'] as const)('is accessible in %s, also in large text, on desk and phone', async (language) => {
    for (const [largeText, size] of [[false, DESK], [true, { width: 320, height: 700 }]] as const) {
      const visitor = await manager({ language, largeText, size });
      for (const path of ['/today', '/waits?role=manager']) {
        await visitor.open(path);
        expect({ path, violations: await visitor.violations() }).toEqual({ path, violations: [] });
        expect({ path, sideways: await visitor.sideways() }).toEqual({ path, sideways: 0 });
        await visitor.picture(`${path.slice(1, 6)}-${language}-${size.width}`);
      }
      await visitor.leave();
    }
  });
});
