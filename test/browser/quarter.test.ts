import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import { BusinessClock } from '../../src/calendar/clock.ts';
import { quarter } from '../../src/calendar/model.ts';
import { CaseDriver } from '../../src/cases/driver/service.ts';
import { tenantScope } from '../../src/kernel/scope.ts';
import { addHours, localDate, shanghaiInstant } from '../../src/kernel/time.ts';
import type { Tx } from '../../src/platform/database/database.ts';
import { QuarterService } from '../../src/quarters/service.ts';
import { AT } from '../needs/support.ts';
import { member, type TestTenant } from '../support/people.ts';
import { plantProposals } from '../support/proposals.ts';
import { furnishStreetOffice } from '../support/street-office.ts';
import { describeInBrowser } from './support/chromium.ts';
import { PHONE, startBrowserStage, type BrowserStage } from './support/stage.ts';

describeInBrowser('a quarter', () => {
  let stage: BrowserStage;
  let tenant: TestTenant;
  let communityId: string;
  let unitId: string;
  const within = <Result>(work: (tx: Tx) => Promise<Result>): Promise<Result> => stage.db.database.within(tenantScope(tenant.tenant), work);
  const manager = async (options = {}) => stage.visitor({ as: { tenant, login: 'anna' }, ...options });

  beforeAll(async () => {
    stage = await startBrowserStage({ withEngine: true });
    tenant = await stage.tenant([member('anna', ['manager'])]);
    const units = await furnishStreetOffice(stage.api, tenant.tenant);
    communityId = units.get('xincheng')!;
    unitId = units.get('gj01')!;
    await within((tx) => stage.api.api.app.get(BusinessClock, { strict: false }).declareVirtual(tx, AT));
  }, 180_000);
  afterAll(async () => stage?.stop());

  it('is opened, counts who has not reported, and gives each report of a batch its own result', async () => {
    const visitor = await manager();
    const { page } = visitor;
    await visitor.open('/quarters?quarter=2026Q1');
    await page.getByRole('button', { name: '启动本季' }).click();
    await page.getByRole('link', { name: '新城社区' }).waitFor();
    const due = addHours(AT, 72);
    const projects = Array.from({ length: 3 }, () => ({ id: randomUUID(), leadUnit: unitId }));
    await within((tx) =>
      stage.api.api.app.get(QuarterService, { strict: false }).registerReportsDue(tx, { communityId, quarter: quarter('2025Q4'), due, projects, at: AT }),
    );
    await visitor.open('/quarters?quarter=2026Q1');
    for (const [door, count] of [['应报', 3], ['未报', 3], ['已报', 0]] as const) {
      const link = page.getByRole('link', { name: new RegExp(`^${door}`) });
      expect(await link.locator('strong').textContent()).toBe(String(count));
      await link.click();
      await page.getByText(count === 0 ? '没有符合筛选条件的记录' : `共${count}条`).waitFor();
    }
    expect(await visitor.violations()).toEqual([]);

    // No such projects: each is refused for itself, and says so in its row.
    visitor.expects(/^404 POST \/api\/v1\/projects\/.*\/waive$/);
    await visitor.open(`/quarters/${communityId}/2026Q1?standing=missing`);
    await page.getByRole('button', { name: '选择已载入的全部' }).click();
    await page.getByRole('button', { name: '免报所选…' }).click();
    await page.getByLabel('免报理由').fill('示例：项目暂停');
    await page.getByRole('button', { name: '免报所选', exact: true }).click();
    await page.getByText('0条已办，3条未办').waitFor();
    await visitor.leave();
  }, 90_000);

  it('has its meeting moved and recorded, and is published from one check page', async () => {
    const visitor = await manager({ size: PHONE });
    const { page } = visitor;
    const path = `/quarters/${communityId}/2026Q1`;
    await visitor.open(path);
    expect(await visitor.sideways()).toBe(0);
    await page.getByRole('button', { name: '会议改期' }).click();
    await page.getByLabel('改到哪天').fill('2026-03-12');
    await page.getByRole('button', { name: '改期并通知各单位' }).click();
    await page.getByRole('link', { name: '请填写：理由' }).waitFor();
    await page.getByLabel('理由').fill('示例：与街道会议冲突');
    await page.getByRole('button', { name: '改期并通知各单位' }).click();
    await page.getByText('会议已改到2026年3月12日（周四）').waitFor();

    await within((tx) => stage.api.api.app.get(BusinessClock, { strict: false }).moveTo(tx, shanghaiInstant(localDate('2026-03-12'), 18)));
    await visitor.open(path);
    await page.getByRole('button', { name: '记录会议' }).click();
    await page.getByLabel('形成决议几项').fill('2');
    await page.getByLabel('会议纪要').fill('示例纪要');
    await page.reload();
    await page.getByRole('button', { name: '记录会议' }).click();
    await visitor.shows(page.getByLabel('会议纪要'), '示例纪要');
    await page.getByRole('dialog').getByRole('button', { name: '记录会议' }).click();
    await page.getByRole('button', { name: '发布闭环报告' }).click();
    await page.getByText('办理后不能撤销').waitFor();
    await page.getByText('已报0份，未报3份；以后交的列为补报').waitFor();
    await page.getByRole('button', { name: '发布闭环报告' }).click();
    await page.getByRole('heading', { name: /^2025Q4闭环报告，已于2026年3月12日/ }).waitFor();
    await visitor.leave();
  }, 90_000);

  it('assigns what nobody took, several at once, each with its own result', async () => {
    const client = await tenant.as('anna');
    const [first, second, third] = await plantProposals(stage.api.api.app, tenant.tenant, 'xincheng', 3);
    const open = async (proposalId: string | undefined): Promise<string> => (await client.post('/api/v1/projects', { proposalId })).body.id;
    const waited = [await open(first), await open(second)];
    await stage.api.api.app.get(CaseDriver, { strict: false }).advanceTo(tenant.tenant, shanghaiInstant(localDate('2026-06-01'), 9));
    // Units may still take this one by themselves.
    const fresh = await open(third);
    const visitor = await manager();
    const { page } = visitor;
    await visitor.open('/projects?status=listed');
    await page.getByText('共3条').waitFor();
    visitor.expects(/^409 POST \/api\/v1\/projects\/.*\/assign$/);
    await page.getByRole('button', { name: '选择已载入的全部' }).click();
    await page.getByRole('button', { name: '指派…' }).click();
    await page.getByLabel('指派给').click();
    await page.getByTitle('区某局（示例）', { exact: true }).last().click();
    await page.getByLabel('会议依据').fill('示例：联席会议决议第3项');
    await page.getByRole('button', { name: '指派', exact: true }).click();
    await page.getByText('2条已办，1条未办').waitFor();
    await visitor.settled();
    for (const id of waited) expect((await client.get(`/api/v1/projects/${id}`)).body).toMatchObject({ status: 'claimed', leadUnit: unitId });
    expect((await client.get(`/api/v1/projects/${fresh}`)).body).toMatchObject({ status: 'listed' });
    await visitor.leave();
  }, 90_000);
});
