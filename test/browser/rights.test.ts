import { afterAll, beforeAll, expect, it } from '@jest/globals';
import type { HttpClient } from '../support/http.ts';
import { NOTICE } from '../../src/needs/intake/notice/model.ts';
import { FormTickets } from '../../src/needs/intake/ticket/service.ts';
import { instantFromMs } from '../../src/kernel/time.ts';
import { member, type TestTenant } from '../support/people.ts';
import { furnishStreetOffice } from '../support/street-office.ts';
import { describeInBrowser } from './support/chromium.ts';
import { PHONE, startBrowserStage, type BrowserStage } from './support/stage.ts';

describeInBrowser('one’s own data', () => {
  let stage: BrowserStage;
  let tenant: TestTenant;
  let worker: HttpClient;
  let communityId: string;

  beforeAll(async () => {
    stage = await startBrowserStage({ withEngine: true, env: { SECOND_FACTOR: 'off' } });
    tenant = await stage.tenant([member('wang', ['communityWorker'])]);
    worker = await tenant.as('wang');
    communityId = (await furnishStreetOffice(stage.api, tenant.tenant)).get('xincheng')!;
  }, 120_000);
  afterAll(async () => stage?.stop());

  /** A resident's need; answers the code by which they follow it. */
  async function sent(words: string): Promise<string> {
    const ticket = stage.api.api.app.get(FormTickets, { strict: false }).issue(tenant.tenant, 'needs', instantFromMs(Date.now() - 60_000));
    const contact = { name: '欧阳示例', phone: '13900000000' };
    const answer = await stage.api.page().post('/api/v1/public/needs', { ticket, communityId, words, contact, consent: { agreed: true, noticeVersion: NOTICE.version } });
    return answer.body.followUpCode;
  }

  const newest = async (): Promise<{ id: string }> => (await worker.get('/api/v1/rights-requests')).body.items[0];

  it('is deleted when its person asks so on a phone and the community agrees', async () => {
    const code = await sent('示例：楼道照明');
    const resident = await stage.visitor({ size: PHONE });
    await resident.open(`/p/follow/${code}`);
    await resident.page.getByText('我的个人信息：查阅、更正、删除').click();
    await resident.page.getByLabel('您要').selectOption('deletion');
    await resident.page.getByRole('button', { name: '提出申请' }).click();
    await resident.page.getByText('已收到，正在办理').waitFor();
    expect([await resident.violations(), await resident.sideways()]).toEqual([[], 0]);

    const someone = await stage.visitor({ as: { tenant, login: 'wang' } });
    await someone.open('/needs/rights?status=received');
    await someone.page.getByRole('link', { name: /\d{4}/ }).first().click();
    await someone.page.getByText('将不可恢复地删除').waitFor();
    expect(await someone.violations()).toEqual([]);
    await someone.page.getByRole('button', { name: '删除个人信息' }).click();
    await someone.page.getByText('✓ 已答复').waitFor();
    await someone.leave();

    await resident.page.reload();
    await resident.page.getByText('我的个人信息：查阅、更正、删除').click();
    await resident.page.getByText('已办结').waitFor();
    await resident.leave();
  });

  it('is seen behind its mask for a reason, once it is given', async () => {
    await sent('示例：扶手松动');
    const [submission] = (await worker.get('/api/v1/submissions')).body.items as { id: string }[];
    const someone = await stage.visitor({ as: { tenant, login: 'wang' } });
    const { page } = someone;
    await someone.open(`/needs/submissions?id=${submission!.id}`);
    await page.getByRole('button', { name: '查看号码…' }).click();
    await page.getByRole('button', { name: '查看', exact: true }).click();
    await page.getByText('请写明原因').waitFor();
    await page.getByLabel('为什么要看').fill('示例：约上门时间');
    await page.getByRole('button', { name: '查看', exact: true }).click();
    await page.getByText('13900000000').waitFor();
    await someone.leave();
  });

  it('is seen of a colleague too, and the auditors read who looked and why', async () => {
    await tenant.enrol(member('lili', ['communityWorker']), member('eye', ['auditor']));
    const someone = await stage.visitor({ as: { tenant, login: 'wang' } });
    await someone.open(`/admin/accounts/${tenant.people.get('lili')!.personId}`);
    await someone.page.getByRole('heading', { name: /＊＊/, level: 1 }).waitFor();
    await someone.page.getByRole('button', { name: '查看全名…' }).click();
    await someone.page.getByLabel('为什么要看').fill('示例：核对值班表');
    await someone.page.getByRole('button', { name: '查看', exact: true }).click();
    await someone.page.getByText('示例lili').waitFor();
    await someone.leave();

    const auditor = await stage.visitor({ as: { tenant, login: 'eye' } });
    await auditor.open('/audit');
    await auditor.page.getByRole('link', { name: '查看完整信息的记录' }).click();
    await auditor.page.getByRole('row', { name: /示＊＊.*工作人员.*姓名.*示例：核对值班表/ }).waitFor();
    expect([await auditor.violations(), await auditor.sideways()]).toEqual([[], 0]);
    await auditor.leave();
  });

  it('is refused with a reason that its person reads', async () => {
    const code = await sent('示例：垃圾桶满溢');
    await stage.api.page().post('/api/v1/public/rights-requests', { code, right: 'correction' });
    const someone = await stage.visitor({ as: { tenant, login: 'wang' } });
    const { page } = someone;
    await someone.open(`/needs/rights?id=${(await newest()).id}`);
    await page.getByRole('button', { name: '更正', exact: true }).click();
    await page.getByText('至少填写一项更正').waitFor();
    await page.getByRole('button', { name: '不予办理…' }).click();
    await page.getByLabel('写给居民的理由').fill('示例：核实后无误');
    await page.getByRole('button', { name: '不予办理并答复' }).click();
    await page.getByText('✓ 已答复').waitFor();
    await someone.leave();
    const followed = await stage.api.page().get('/api/v1/public/rights-requests', { 'x-follow-up-code': code });
    expect(followed.body.items).toMatchObject([{ status: 'refused', refusal: { reason: '示例：核实后无误' } }]);
  });
});
