import { afterAll, beforeAll, expect, it } from '@jest/globals';
import pg from 'pg';
import { tenantScope } from '../../src/kernel/scope.ts';
import { instantFromMs } from '../../src/kernel/time.ts';
import { totpCode } from '../../src/platform/crypto/totp.ts';
import { Database } from '../../src/platform/database/database.ts';
import { PolicyService } from '../../src/policy/service.ts';
import { member, type TestTenant } from '../support/people.ts';
import { describeInBrowser } from './support/chromium.ts';
import { DESK, PHONE, startBrowserStage, type BrowserStage, type VisitorOptions } from './support/stage.ts';
import type { Visitor } from './support/visitor.ts';

const SMALL = { width: 320, height: 700 };

describeInBrowser('the administrators’ pages', () => {
  let stage: BrowserStage;
  let tenant: TestTenant;

  beforeAll(async () => {
    stage = await startBrowserStage({ env: { SECOND_FACTOR: 'required', OIDC_ISSUER: 'http://127.0.0.1:9', OIDC_CLIENT_ID: 'sample' } });
    tenant = await stage.tenant([
      member('guard', ['securityAdministrator']),
      member('anna', ['manager']),
      member('eye', ['auditor']),
      member('root', ['systemAdministrator']),
    ]);
    const { app } = stage.api.api;
    const policy = app.get(PolicyService, { strict: false });
    const database = app.get(Database, { strict: false });
    await database.within(tenantScope(tenant.tenant), (tx) => policy.installDefaults(tx, instantFromMs(Date.now())));
  }, 120_000);
  afterAll(async () => stage?.stop());

  /** Somebody whose session has shown its second factor. */
  const visitor = async (login: string, options: VisitorOptions = {}): Promise<Visitor> => {
    const somebody = await stage.visitor({ as: { tenant, login }, ...options });
    await asOwner('UPDATE accounts_session SET second_factor_at = now() WHERE second_factor_at IS NULL');
    return somebody;
  };
  const asOwner = async (sql: string): Promise<void> => {
    const owner = new pg.Client({ connectionString: stage.db.adminUrl });
    await owner.connect();
    await owner.query(sql);
    await owner.end();
  };

  it('asks for the second factor on top of a form, binds one, shows the recovery codes, and does what was asked', async () => {
    const somebody = await stage.visitor({ as: { tenant, login: 'guard' } });
    const { page } = somebody;
    await somebody.open('/admin/accounts');
    await page.getByRole('button', { name: '登记人员' }).click();
    await page.getByLabel('姓名', { exact: true }).fill('示例先登记');
    somebody.expects(/^403 POST \/api\/v1\/people$/);
    await page.getByRole('button', { name: '登记', exact: true }).click();
    const dialog = page.getByRole('dialog', { name: '这件事需要第二验证方式' });
    await dialog.getByRole('button', { name: '开始绑定' }).click();
    await dialog.getByRole('img', { name: '二维码' }).waitFor();
    const secret = (await dialog.locator('code').textContent()) ?? '';
    await dialog.getByLabel('应用上显示的6位数字').fill(totpCode(secret, instantFromMs(Date.now())));
    await dialog.getByRole('button', { name: '确认绑定' }).click();
    await dialog.getByRole('heading', { name: /^恢复码/ }).waitFor();
    expect(await dialog.getByRole('listitem').count()).toBeGreaterThanOrEqual(8);
    await dialog.getByRole('button', { name: '已经保存好' }).click();
    await page.getByRole('heading', { name: '示例先登记', level: 1 }).waitFor();
    await somebody.open('/account');
    await page.getByText(/起使用/).waitFor();
    await somebody.leave();
  });

  it('adds a person, opens an account whose password shows once, grants a role with an end, and revokes it', async () => {
    const somebody = await visitor('guard');
    const { page } = somebody;
    await somebody.open('/admin/accounts');
    await page.getByRole('button', { name: '登记人员' }).click();
    await page.getByLabel('姓名', { exact: true }).fill('示例新人');
    await page.getByLabel(/^手机/).fill('13800000001');
    await page.getByRole('button', { name: '登记', exact: true }).click();
    await page.getByRole('heading', { name: '示例新人', level: 1 }).waitFor();

    await page.getByRole('button', { name: '开通账号…' }).click();
    await page.getByLabel('账号', { exact: true }).fill('xinren');
    await page.getByRole('button', { name: '开通', exact: true }).click();
    const once = page.getByRole('dialog', { name: '一次性密码只显示这一次' });
    expect((await once.locator('code').textContent())?.length).toBeGreaterThanOrEqual(12);
    await once.getByRole('button', { name: '已经交给本人' }).click();
    await page.getByText(/待设密码/).waitFor();

    await page.getByRole('button', { name: '授予岗位…' }).click();
    await page.getByRole('combobox', { name: '岗位' }).click();
    await page.getByTitle('社区工作者').click();
    await page.getByRole('combobox', { name: '范围' }).click();
    await page.getByTitle(/全辖区/).click();
    await page.getByLabel(/^最后一天/).fill('2099-12-31');
    await page.getByRole('button', { name: '授予', exact: true }).click();
    await page.getByRole('row', { name: /社区工作者.*2099-12-31 23:59.*有效/ }).waitFor();
    await page.getByRole('button', { name: '收回“社区工作者”' }).click();
    await page.getByRole('row', { name: /社区工作者.*已结束/ }).waitFor();

    await somebody.open('/admin/accounts');
    await page.getByRole('searchbox', { name: '按完整姓名或手机号查找' }).fill('13800000001');
    await page.keyboard.press('Enter');
    await page.getByRole('status').getByRole('link', { name: '示例新人' }).waitFor();
    await somebody.leave();
  });

  it('links an account with its name at the provider, and takes the link back', async () => {
    const somebody = await visitor('guard');
    const { page } = somebody;
    await somebody.open(`/admin/accounts/${tenant.people.get('eye')?.personId}`);
    await page.getByRole('button', { name: '关联统一身份认证…' }).click();
    await page.getByLabel('对方系统中的用户标识（sub）').fill('w-4711');
    await page.getByRole('button', { name: '关联', exact: true }).click();
    await page.getByText(/^统一身份认证，.* 起关联/).waitFor();
    expect(await somebody.violations()).toEqual([]);
    await page.getByRole('button', { name: '解除关联' }).click();
    await page.getByText(/已解除关联/).waitFor();
    await page.getByText(/^统一身份认证，.* 起关联/).waitFor({ state: 'detached' });
    await somebody.leave();
    const stranger = await stage.visitor();
    await stranger.open('/sign-in');
    await stranger.page.getByRole('link', { name: '用统一身份认证登录' }).waitFor();
    await stranger.leave();
  });

  it('refuses to overwrite what somebody else changed meanwhile, and keeps what was typed', async () => {
    const somebody = await visitor('guard');
    const { page } = somebody;
    const id = tenant.people.get('root')?.personId ?? '';
    await somebody.open(`/admin/accounts/${id}`);
    await page.getByRole('main').getByRole('button', { name: /^更多/ }).click();
    await page.getByRole('button', { name: '修改资料' }).click();
    await asOwner(`UPDATE accounts_person SET version = version + 1 WHERE id = '${id}'`);
    await page.getByLabel('姓名', { exact: true }).fill('示例改名');
    somebody.expects(/^412 PATCH /);
    await page.getByRole('button', { name: '保存', exact: true }).click();
    await page.getByText('有人刚改过。您写的还在，请比较后保存。').waitFor();
    expect(await page.getByLabel('姓名', { exact: true }).inputValue()).toBe('示例改名');
    await somebody.leave();
  });

  it('shows offices, communities and units; one that left keeps its name', async () => {
    const somebody = await visitor('anna');
    const { page } = somebody;
    const add = async (kind: string, name: string, code: string, rest: () => Promise<void> = async () => undefined): Promise<void> => {
      await somebody.open('/admin/units');
      await page.getByRole('button', { name: '登记单位' }).click();
      await page.getByRole('dialog').getByText(kind, { exact: true }).click();
      await page.getByLabel('名称', { exact: true }).fill(name);
      await page.getByLabel('编号', { exact: true }).fill(code);
      await rest();
      await page.getByRole('button', { name: '登记', exact: true }).click();
      await page.getByRole('heading', { name, level: 1 }).waitFor();
    };
    await add('街道办事处', '示例街道', 'jd');
    await add('社区', '示例东社区', 'dong', async () => {
      await page.getByRole('combobox', { name: '所属街道' }).click();
      await page.getByTitle('示例街道').click();
    });
    await add('共建单位', '示例甲单位', 'jia', async () => {
      await page.getByRole('combobox', { name: /共建社区/ }).click();
      await somebody.picture('admin-chosen-communities');
      await page.getByTitle('示例东社区').click();
    });
    await page.getByRole('row', { name: /示例东社区/ }).waitFor();
    await page.getByRole('main').getByRole('button', { name: /^更多/ }).click();
    await page.getByRole('button', { name: '登记离开…' }).click();
    await page.getByRole('button', { name: '登记离开', exact: true }).click();
    await page.getByText(/起已离开/).waitFor();
    await somebody.open('/admin/units');
    await page.getByText(/jia，.*起已离开/).waitFor();
    await somebody.leave();
  });

  it('publishes a year from the notice, which then is no longer provisional', async () => {
    const somebody = await visitor('anna');
    const { page } = somebody;
    await somebody.open('/admin/calendar?year=2031');
    await page.getByText('暂定').waitFor();
    await page.getByRole('button', { name: '公布2031年安排' }).click();
    await page.getByLabel('国务院办公厅通知网址').fill('https://www.gov.cn/zhengce/2031');
    await page.getByLabel('放假第一天').first().fill('2031-01-01');
    await page.getByLabel('放假最后一天').first().fill('2031-01-02');
    await page.getByLabel('补班日（空格隔开）').first().fill('2031-01-04');
    await page.getByLabel('理由').fill('示例通知');
    await page.getByRole('button', { name: '公布2031年', exact: true }).click();
    await page.getByText('已公布2031年').waitFor();
    await page.getByRole('cell', { name: /^1 ?休$/ }).waitFor();
    await page.getByRole('cell', { name: /^4 ?班$/ }).waitFor();
    expect(await page.getByText('暂定').count()).toBe(0);
    await somebody.leave();
  });

  it('publishes the next version of a policy after showing exactly what changes', async () => {
    const somebody = await visitor('anna');
    const { page } = somebody;
    await somebody.open('/policy');
    await page.getByRole('link', { name: '微项目 第1版' }).click();
    await page.getByRole('button', { name: '新建版本' }).click();
    const field = page.locator('#policy-claimWorkdays');
    const before = await field.inputValue();
    await field.fill('9');
    await page.locator('#policy-claimWorkdays-source').fill('示例街道通知');
    await page.getByRole('button', { name: '检查并公布' }).click();
    await page.getByText('请填写完整：理由').waitFor();
    await page.getByLabel('理由').fill('示例理由');
    await page.getByRole('button', { name: '检查并公布' }).click();
    await page.getByText(`${before} → 9`).waitFor();
    await page.getByRole('button', { name: '公布', exact: true }).click();
    await page.getByRole('heading', { name: '微项目 第2版' }).waitFor();
    await page.getByRole('row', { name: new RegExp(`9 工作日.*示例街道通知.*${before} → 9`) }).waitFor();
    await somebody.leave();
  });

  it('shows who did what, filtered by area, outcome and day, and exports the same rows', async () => {
    const somebody = await visitor('eye');
    const { page } = somebody;
    await somebody.open('/audit?action=accounts');
    await page.getByRole('row', { name: /账号：登记人员|账号：授予岗位/ }).first().waitFor();
    expect(await page.getByRole('row', { name: /审计：/ }).count()).toBe(0);
    const [file] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('button', { name: '导出 ▾' }).click().then(() => page.getByRole('button', { name: 'CSV' }).click()),
    ]);
    expect(file.suggestedFilename()).toMatch(/^操作记录-DC-.*\.csv$/);
    await somebody.open('/audit?action=exports.fetched');
    await page.getByText('共1条').waitFor();
    await somebody.open('/audit?to=2020-01-01');
    await page.getByText('没有符合筛选条件的记录').waitFor();
    await somebody.leave();
  });

  it('says whether the system takes commands, and that no case is parked', async () => {
    const somebody = await visitor('root');
    const { page } = somebody;
    await somebody.open('/');
    await page.getByRole('heading', { name: '系统运行' }).waitFor();
    await page.getByText('正常办理').waitFor();
    await page.getByText('没有停下的案件').waitFor();
    await somebody.leave();
  });

  it.each(['zh-CN', 'en'] as const)('is accessible in %s, on desk and in large text on a small phone', async (language) => {
    const pages: readonly (readonly [login: string, path: string])[] = [
      ['guard', '/admin/accounts'],
      ['guard', `/admin/accounts/${tenant.people.get('anna')?.personId}`],
      ['guard', '/account'],
      ['anna', '/admin/units'],
      ['anna', '/admin/units?view=list'],
      ['anna', '/admin/units/import'],
      ['anna', '/admin/calendar?year=2026'],
      ['anna', '/admin/calendar?year=2031'],
      ['anna', '/policy'],
      ['anna', '/policy/quarter/1'],
      ['eye', '/audit'],
      ['eye', '/audit/chain'],
      ['eye', '/audit/cases'],
      ['root', '/admin/system'],
    ];
    for (const [largeText, size] of [[false, DESK], [true, SMALL], [false, PHONE]] as const) {
      const people = new Map<string, Visitor>();
      for (const [login, path] of pages) {
        const somebody = people.get(login) ?? (await visitor(login, { language, largeText, size }));
        people.set(login, somebody);
        await somebody.open(path);
        if (size !== PHONE) expect({ path, violations: await somebody.violations() }).toEqual({ path, violations: [] });
        expect({ path, sideways: await somebody.sideways() }).toEqual({ path, sideways: 0 });
        await somebody.picture(`admin${path.replaceAll(/[/?=]|[0-9a-f-]{36}/g, '-')}-${language}-${size.width}`);
      }
      for (const somebody of people.values()) await somebody.leave();
    }
  }, 120_000);
});
