import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { furnishStreetOffice } from '../support/street-office.ts';
import { member, type TestTenant } from '../support/people.ts';
import { describeInBrowser } from './support/chromium.ts';
import { startBrowserStage, type BrowserStage } from './support/stage.ts';
import type { Visitor } from './support/visitor.ts';

/** Far shorter than any page or server goes without asking by itself, far longer than a busy machine takes. */
const SOON_MS = 10_000;

describeInBrowser('what others change', () => {
  let stage: BrowserStage;
  let tenant: TestTenant;
  let communityId: string;

  beforeAll(async () => {
    stage = await startBrowserStage();
    tenant = await stage.tenant([member('anna', ['manager']), member('worker', ['communityWorker'])]);
    communityId = (await furnishStreetOffice(stage.api, tenant.tenant)).get('xincheng')!;
    await raise('示例：原有的一条');
  }, 120_000);
  afterAll(async () => stage?.stop());

  const manager = async (): Promise<Visitor> => stage.visitor({ as: { tenant, login: 'anna' } });

  /** By somebody else, at a computer of their own. */
  async function raise(publicText: string): Promise<void> {
    const worker = await tenant.as('worker');
    expect((await worker.post('/api/v1/needs', { communityId, category: 'elderly', publicText })).status).toBe(201);
  }

  /** Open, and the stream says where it stands. */
  async function open(visitor: Visitor, path: string): Promise<void> {
    const stream = visitor.page.waitForResponse(/\/api\/v1\/stream$/);
    await visitor.open(path);
    await stream;
  }

  it('appears soon, glows, and is announced once', async () => {
    const visitor = await manager();
    const { page } = visitor;
    await open(visitor, '/needs');
    // Both pass: they are looked out for before.
    const seen = Promise.all([
      page.locator('tr[data-fresh]').filter({ hasText: '别人刚提的一条' }).waitFor({ timeout: SOON_MS }),
      page.getByText(/^本页有\d+处更新$/).waitFor({ state: 'attached', timeout: SOON_MS }),
    ]);
    await raise('示例：别人刚提的一条');
    await seen;
    await page.locator('tr[data-fresh]').waitFor({ state: 'detached' });
    await visitor.leave();
  });

  it('moves no row under the pointer, and comes when asked for', async () => {
    const visitor = await manager();
    const { page } = visitor;
    await open(visitor, '/needs');
    const rows = page.locator('tbody tr');
    const before = await rows.allTextContents();
    await rows.first().hover();
    await raise('示例：等着的一条');
    await raise('示例：等着的另一条');
    await page.getByRole('button', { name: /^2条更新/ }).waitFor({ timeout: SOON_MS });
    expect(await rows.allTextContents()).toEqual(before);
    await page.getByRole('button', { name: /^2条更新/ }).click();
    await page.getByText('等着的另一条').waitFor();
    expect(await rows.count()).toBe(before.length + 2);
    expect(await page.getByRole('button', { name: /条更新/ }).count()).toBe(0);
    await visitor.leave();
  });

  it('is missed while there is no network, which is said, and shown once there is again, with nothing typed lost', async () => {
    const visitor = await manager();
    const { page } = visitor;
    visitor.expects(/^net::ERR_INTERNET_DISCONNECTED/);
    await open(visitor, '/needs');
    await page.getByLabel('按编号查找').fill('MX-031');
    await page.context().setOffline(true);
    await page.getByText(/连接中断，显示\d\d:\d\d的数据/).waitFor();
    await raise('示例：断网时的一条');
    await page.context().setOffline(false);
    await page.getByText('断网时的一条').waitFor();
    await page.getByText(/连接中断/).waitFor({ state: 'detached' });
    expect(await page.getByLabel('按编号查找').inputValue()).toBe('MX-031');
    await visitor.leave();
  });

  it('is asked for where streams do not get through', async () => {
    const visitor = await manager();
    const { page } = visitor;
    visitor.expects(/^net::ERR_FAILED GET \/api\/v1\/stream$/);
    await page.route('**/api/v1/stream', (route) => route.abort());
    const asked = page.waitForResponse(/\/api\/v1\/changes/);
    await visitor.open('/needs');
    await asked;
    await raise('示例：没有推送也能看到的一条');
    await page.getByText('没有推送也能看到的一条').waitFor();
    expect(await page.getByText(/连接中断/).count()).toBe(0);
    await visitor.leave();
  });

  it('reads the ends of a long list anew, not all that was loaded', async () => {
    // Few at once: a busy machine refuses what it cannot take in.
    for (let index = 0; index < 104; index += 4) await Promise.all([0, 1, 2, 3].map((one) => raise(`示例：许多条之${index + one}`)));
    const visitor = await manager();
    const { page } = visitor;
    await open(visitor, '/needs');
    for (const shown of [50, 100]) {
      await page.getByText(`已载入${shown}条`).waitFor();
      await page.getByRole('button', { name: '载入更多' }).click();
    }
    // Under the pointer nothing would come by itself.
    await page.mouse.move(0, 0);
    const oneMore = async (publicText: string): Promise<void> => {
      const all = await page.getByText(/^共\d+条$/).textContent();
      await raise(publicText);
      await page.getByText(`共${Number(/\d+/.exec(all ?? '')) + 1}条`).waitFor();
      await visitor.settled();
    };
    // Once it was told, everything before it was.
    await oneMore('示例：长名单之前的一条');
    const asked = new Set<string | null>();
    page.on('request', (request) => {
      const { pathname, searchParams } = new URL(request.url());
      if (pathname === '/api/v1/needs') asked.add(searchParams.get('cursor'));
    });
    await oneMore('示例：长名单里新来的一条');
    // Of three pages the first and the last, which the new row is on; how often is the machine's affair.
    expect([asked.has(null), asked.size]).toEqual([true, 2]);
    await visitor.leave();
  });
});
