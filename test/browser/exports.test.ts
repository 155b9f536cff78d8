import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { readTable } from '../../src/platform/tables/read.ts';
import { member, type TestTenant } from '../support/people.ts';
import { furnishStreetOffice } from '../support/street-office.ts';
import { describeInBrowser } from './support/chromium.ts';
import { PHONE, startBrowserStage, type BrowserStage } from './support/stage.ts';

describeInBrowser('exports', () => {
  let stage: BrowserStage;
  let tenant: TestTenant;

  beforeAll(async () => {
    stage = await startBrowserStage({ env: { EXPORT_ALONE_ROWS: '3' } });
    tenant = await stage.tenant([member('anna', ['manager']), member('chief', ['leader'])]);
    const units = await furnishStreetOffice(stage.api, tenant.tenant);
    const anna = await tenant.as('anna');
    for (const publicText of ['示例：楼道扶手', '示例：路灯']) {
      expect((await anna.post('/api/v1/needs', { communityId: units.get('xincheng'), category: 'housing', publicText })).status).toBe(201);
    }
  }, 120_000);
  afterAll(async () => stage?.stop());

  it('take a reason, save the filtered list under a number, and wait for another person above the limit', async () => {
    const visitor = await stage.visitor({ as: { tenant, login: 'anna' } });
    const { page } = visitor;
    const exportNeeds = async (): Promise<void> => {
      await page.getByRole('button', { name: '导出 ▾' }).click();
      await page.getByRole('button', { name: 'XLSX' }).click();
      await page.getByLabel('导出用途').fill('示例：入户核对');
      expect(await visitor.violations()).toEqual([]);
      await page.getByRole('dialog').getByRole('button', { name: /导\s?出/ }).click();
    };
    await visitor.open('/needs?search=扶手');
    await page.getByText('示例：楼道扶手').waitFor();
    const saving = page.waitForEvent('download');
    await exportNeeds();
    const saved = await saving;
    expect(saved.suggestedFilename()).toMatch(/^需求-DC-[2-9A-HJ-NP-Z-]{9}-\d{4}-\d\d-\d\d\.xlsx$/);
    const { rows } = await readTable(readFileSync(await saved.path()));
    expect(rows).toHaveLength(3);
    expect(rows[0]?.cells.get(1)?.text).toMatch(/示例anna 于 .* 导出/);
    await page.getByText(/已导出1行，编号 DC-/).waitFor();

    await visitor.open('/needs');
    await exportNeeds();
    await page.getByText(/已导出2行/).waitFor();
    await exportNeeds();
    const waits = page.getByRole('dialog', { name: '等待另一人放行' });
    await waits.getByText(/共2行，超过一人一天可单独导出的上限/).waitFor();
    await waits.getByRole('link', { name: '导出记录' }).click();
    await page.getByRole('row', { name: /等待放行/ }).waitFor();
    await visitor.leave();

    const chief = await stage.visitor({ as: { tenant, login: 'chief' }, size: PHONE });
    await chief.open('/today');
    await chief.page.getByRole('button', { name: /消息/ }).click();
    await chief.page.getByRole('link', { name: /等待另一人放行/ }).click();
    await chief.page.waitForURL(/\/exports\?which=toRelease$/);
    await chief.page.getByText('示例：入户核对').waitFor();
    await chief.page.getByRole('checkbox', { name: '选择' }).check();
    await chief.page.getByRole('button', { name: '放行', exact: true }).click();
    await chief.page.getByText('1条已办，0条未办').waitFor();
    expect(await chief.sideways()).toBe(0);
    await chief.leave();

    const again = await stage.visitor({ as: { tenant, login: 'anna' } });
    await again.open('/exports');
    const file = again.page.waitForEvent('download');
    await again.page.getByRole('link', { name: '下载' }).first().click();
    expect((await file).suggestedFilename()).toMatch(/^需求-DC-/);
    await again.leave();
  });
});
