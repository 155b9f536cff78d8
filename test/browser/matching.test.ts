import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import { BusinessClock } from '../../src/calendar/clock.ts';
import { tenantScope } from '../../src/kernel/scope.ts';
import { localDate } from '../../src/kernel/time.ts';
import type { Tx } from '../../src/platform/database/database.ts';
import { area, openOffer, readyProposal } from '../matching/support/office.ts';
import { AT } from '../needs/support.ts';
import { member, type TestTenant } from '../support/people.ts';
import { furnishStreetOffice } from '../support/street-office.ts';
import { describeInBrowser } from './support/chromium.ts';
import { PHONE, startBrowserStage, type BrowserStage } from './support/stage.ts';

describeInBrowser('matching', () => {
  let stage: BrowserStage;
  let tenant: TestTenant;
  const within = <Result>(work: (tx: Tx) => Promise<Result>): Promise<Result> => stage.db.database.within(tenantScope(tenant.tenant), work);

  beforeAll(async () => {
    stage = await startBrowserStage({ withEngine: true });
    tenant = await stage.tenant([member('anna', ['manager']), member('lea', ['leader'])]);
    await furnishStreetOffice(stage.api, tenant.tenant);
    await within(async (tx) => {
      await stage.api.api.app.get(BusinessClock, { strict: false }).declareVirtual(tx, AT);
      await area.units.registerUnits(tx, [{ code: 'gj02', name: '某公司（示例）', kind: 'coBuildingUnit', communities: ['xincheng'] }], {
        commandId: randomUUID(),
        at: AT,
        joinedOn: localDate('2025-01-01'),
      });
      const ids = new Map((await area.units.all(tx)).map((it) => [it.code, it.id]));
      for (let count = 0; count < 3; count++) await readyProposal(tx, ids.get('xincheng')!);
      await openOffer(tx, { unitId: ids.get('gj01')!, fundsFen: 2_000_000 });
      await openOffer(tx, { unitId: ids.get('gj02')! });
    });
  }, 180_000);
  afterAll(async () => stage?.stop());

  it('goes from the lists to a plan that says why, is changed with a reason, and is confirmed', async () => {
    const anna = await stage.visitor({ as: { tenant, login: 'anna' } });
    await anna.open('/matching');
    await anna.page.getByText('还没有对接过').waitFor();
    await anna.page.getByRole('button', { name: '开始对接' }).click();
    await anna.page.getByText(/^已证最优，差距0分/).waitFor();
    const run = new URL(anna.page.url()).pathname;
    for (const [door, count] of [['有单位', 2], ['无合适单位', 1]] as const) {
      const link = anna.page.getByRole('link', { name: new RegExp(`^${door}`) });
      expect(await link.locator('strong').textContent()).toBe(String(count));
      await link.click();
      await anna.page.getByText(`共${count}条`).waitFor();
    }
    expect(await anna.violations()).toEqual([]);

    await anna.page.getByRole('row').nth(1).getByRole('button').click();
    await anna.page.getByRole('heading', { name: '为什么没有单位' }).waitFor();
    await anna.page.getByText(/再多.*分，或多1个名额，即入选/).waitFor();
    await anna.page.getByText('人工改动由街道领导办理').waitFor();

    await anna.open('/matching');
    const lea = await stage.visitor({ as: { tenant, login: 'lea' } });
    await lea.open(`${run}?placed=true`);
    await lea.page.getByRole('row').nth(1).getByRole('button').click();
    const sum = await lea.page.getByText(/ \+ .* = /).textContent();
    const [parts = '', total] = sum!.split(' = ');
    expect(parts.split(' + ').reduce((points, part) => points + Number(part.split(' ').at(-1)), 0)).toBeCloseTo(Number(total), 2);
    await lea.page.getByLabel('暂不对接').check();
    await lea.page.getByText(/代价[\d.]+分/).waitFor();
    await lea.page.getByRole('button', { name: '按此改动' }).click();
    await lea.page.getByText('请填写理由').waitFor();
    await lea.page.getByLabel('理由').fill('示例：经党工委会议研究');
    await lea.page.getByRole('button', { name: '按此改动' }).click();
    await lea.page.getByRole('heading', { name: '与上一版方案比' }).waitFor();
    await lea.page.getByText('示例：经党工委会议研究').waitFor();
    await lea.leave();

    await anna.open(run);
    await anna.page.getByRole('link', { name: /^人工改动/ }).waitFor();
    await anna.page.getByRole('button', { name: '确认方案' }).click();
    await anna.page.getByRole('heading', { name: '确认对接方案' }).waitFor();
    await anna.page.getByText('办理后不能撤销').waitFor();
    await anna.page.getByRole('button', { name: '确认方案' }).click();
    await anna.page.getByText('方案已执行，项目已生成。').waitFor();
    await anna.leave();
  }, 120_000);

  it('draws the plan, shows the same as a table, and fits a phone', async () => {
    const visitor = await stage.visitor({ as: { tenant, login: 'anna' }, size: PHONE });
    await visitor.open('/matching');
    await visitor.page.getByRole('link', { name: /^\d{4}-/ }).first().click();
    await visitor.page.getByText('图', { exact: true }).click();
    await visitor.page.locator('canvas').waitFor();
    expect(await visitor.page.getByRole('img').getAttribute('aria-label')).toMatch(/按类别流向单位/);
    expect(await visitor.sideways()).toBe(0);
    expect(await visitor.violations()).toEqual([]);
    await visitor.page.getByRole('button', { name: '看表格' }).click();
    await visitor.page.getByRole('rowheader').first().waitFor();
    await visitor.leave();
  }, 60_000);
});
