import { afterAll, beforeAll, expect, it } from '@jest/globals';
import type { Page } from 'playwright-core';
import { createTestTenant, member, type TestTenant } from '../support/people.ts';
import { furnishStreetOffice } from '../support/street-office.ts';
import { describeInBrowser } from './support/chromium.ts';
import { startBrowserStage, type BrowserStage } from './support/stage.ts';
import type { Visitor } from './support/visitor.ts';

const PASSWORD = 'Sample-words-2026';
const SESSION = /^401 /;

/** What holds for every form and page; where else each principle is tried says the README beside this file. */
describeInBrowser('whatever happens to a form', () => {
  let stage: BrowserStage;
  let tenant: TestTenant;

  beforeAll(async () => {
    stage = await startBrowserStage();
    const anna = member('anna', ['manager']);
    tenant = await createTestTenant(stage.api, [anna, { ...anna, login: 'late', password: { text: PASSWORD, oneTime: false } }]);
    await furnishStreetOffice(stage.api, tenant.tenant);
  }, 120_000);
  afterAll(async () => stage?.stop());

  const manager = async (): Promise<Visitor> => stage.visitor({ as: { tenant, login: 'anna' } });

  /** The form for a new office, with these words in it. */
  async function begun(visitor: Visitor, name: string, code: string): Promise<void> {
    const { page } = visitor;
    await visitor.open('/admin/units');
    await page.getByRole('button', { name: '登记单位' }).click();
    await page.getByRole('dialog').getByText('街道办事处', { exact: true }).click();
    await page.getByLabel('名称', { exact: true }).fill(name);
    await page.getByLabel('编号', { exact: true }).fill(code);
  }

  const send = (page: Page): Promise<void> => page.getByRole('button', { name: '登记', exact: true }).click();
  const typed = async (page: Page): Promise<string[]> => [await page.getByLabel('名称', { exact: true }).inputValue(), await page.getByLabel('编号', { exact: true }).inputValue()];
  const named = async (name: string): Promise<number> => {
    const { items } = (await (await tenant.as('anna')).get('/api/v1/org-units?limit=100')).body;
    return items.filter((unit: { name: string }) => unit.name === name).length;
  };

  it('refused, it says why, keeps what was typed, and the button can be pressed again', async () => {
    const visitor = await manager();
    const { page } = visitor;
    visitor.expects(/^422 POST \/api\/v1\/org-units$/);
    await begun(visitor, '示例重号街道', 'mengyang');
    await send(page);
    await page.getByRole('alert').getByText('该编号已被使用。').waitFor();
    expect(await page.evaluate("document.activeElement.getAttribute('role')")).toBe('alert');
    expect(await typed(page)).toEqual(['示例重号街道', 'mengyang']);
    await page.getByLabel('编号', { exact: true }).fill('chonghao');
    await send(page);
    await page.getByRole('heading', { name: '示例重号街道', level: 1 }).waitFor();
    await visitor.leave();
  });

  it('the session ends in its middle: signed in again, it goes on by itself', async () => {
    const visitor = await stage.visitor();
    const { page } = visitor;
    await visitor.open('/sign-in');
    await page.getByLabel('账号', { exact: true }).fill('late');
    await page.getByLabel('密码', { exact: true }).fill(PASSWORD);
    await page.getByRole('button', { name: '登录' }).click();
    await page.getByRole('heading', { name: '今日' }).waitFor();
    await begun(visitor, '示例过期街道', 'guoqi');
    visitor.expects(SESSION);
    await page.context().clearCookies();
    await send(page);
    const dialog = page.getByRole('dialog', { name: '登录已过期，请再登录一次' });
    await dialog.getByLabel('密码', { exact: true }).fill(PASSWORD);
    await dialog.getByRole('button', { name: '登录' }).click();
    await page.getByRole('heading', { name: '示例过期街道', level: 1 }).waitFor();
    expect(await named('示例过期街道')).toBe(1);
    await visitor.leave();
  });

  it('the network goes before it is sent: nothing is lost, and pressed again it is done', async () => {
    const visitor = await manager();
    const { page } = visitor;
    visitor.expects(/^net::ERR_INTERNET_DISCONNECTED/);
    await begun(visitor, '示例断网街道', 'duanwang');
    await page.context().setOffline(true);
    await send(page);
    await page.getByRole('alert').getByText('网络不通，暂未办成；内容已保存。').waitFor();
    expect(await typed(page)).toEqual(['示例断网街道', 'duanwang']);
    await page.context().setOffline(false);
    await send(page);
    await page.getByRole('heading', { name: '示例断网街道', level: 1 }).waitFor();
    await visitor.leave();
  });

  it('the answer gets lost after it was done: pressed again, nothing happens twice', async () => {
    const visitor = await manager();
    const { page } = visitor;
    visitor.expects(/^net::ERR_FAILED POST \/api\/v1\/org-units$/);
    await begun(visitor, '示例一次街道', 'yici');
    let isLost = false;
    await page.route('**/api/v1/org-units', async (route) => {
      if (isLost || route.request().method() !== 'POST') return route.fallback();
      isLost = true;
      await route.fetch();
      return route.abort();
    });
    await send(page);
    await page.getByRole('alert').getByText(/可再点一次，不会重复/).waitFor();
    expect(await named('示例一次街道')).toBe(1);
    await send(page);
    await page.getByRole('heading', { name: '示例一次街道', level: 1 }).waitFor();
    expect(await named('示例一次街道')).toBe(1);
    await visitor.leave();
  });

  it('on paper there is no navigation, and it says who printed it when', async () => {
    const visitor = await manager();
    const { page } = visitor;
    await visitor.open('/today');
    await page.emulateMedia({ media: 'print' });
    expect(await page.getByRole('navigation', { name: '导航' }).count()).toBe(0);
    expect(await page.getByRole('button').count()).toBe(0);
    await page.getByText(/示例区.*\d{4}-\d\d-\d\d \d\d:\d\d/).waitFor();
    await visitor.leave();
  });
});
