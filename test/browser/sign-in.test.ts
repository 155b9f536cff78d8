import { afterAll, beforeAll, expect, it } from '@jest/globals';
import pg from 'pg';
import { WHOLE_TENANT } from '../../src/kernel/scope.ts';
import { instantFromMs } from '../../src/kernel/time.ts';
import { totpCode } from '../../src/platform/crypto/totp.ts';
import { createTestTenant, member as somebody } from '../support/people.ts';
import { describeInBrowser } from './support/chromium.ts';
import { PHONE, startBrowserStage, type BrowserStage } from './support/stage.ts';

const PASSWORD = 'Sample-words-2026';
const OWN = 'Own-words-of-2026';

describeInBrowser('signing in', () => {
  let stage: BrowserStage;
  let tenant: string;

  beforeAll(async () => {
    stage = await startBrowserStage();
    const member = (login: string, oneTime: boolean) => ({
      login,
      name: `示例${login}`,
      orgPath: WHOLE_TENANT,
      roles: [{ role: 'manager' as const, orgPath: WHOLE_TENANT }],
      password: { text: PASSWORD, oneTime },
    });
    ({ tenant } = await createTestTenant(stage.api, ['anna', 'lock', 'late', 'hunted'].map((login) => member(login, false)).concat(member('first', true))));
  }, 120_000);
  afterAll(async () => stage?.stop());

  it('leads to where one wanted to go, by keyboard alone, and out again', async () => {
    const visitor = await stage.visitor();
    const { page } = visitor;
    await visitor.open('/waits?late=true');
    await page.waitForURL(/\/sign-in\?to=/);
    await page.getByLabel('账号', { exact: true }).waitFor();
    await page.keyboard.type('anna');
    await page.keyboard.press('Tab');
    await page.keyboard.type(PASSWORD);
    await page.keyboard.press('Enter');
    await page.waitForURL(/\/waits\?late=true$/);
    await page.getByRole('heading', { name: '球在谁手里' }).waitFor();
    await visitor.settled();
    await page.getByRole('button', { name: /账户/ }).click();
    await page.getByRole('button', { name: '退出登录' }).click();
    await page.getByText('已退出登录。').waitFor();
    await visitor.open('/today');
    await page.waitForURL(/\/sign-in/);
    await visitor.leave();
  });

  it('says what is wrong, keeps the login, and says when and whom to call once it is locked', async () => {
    const visitor = await stage.visitor({ size: PHONE });
    const { page } = visitor;
    visitor.expects(/^(401|429) POST \/api\/v1\/sign-in$/);
    await visitor.open('/sign-in');
    for (let attempt = 1; attempt <= 6; attempt++) {
      await page.getByLabel('账号', { exact: true }).fill('lock');
      await page.getByLabel('密码', { exact: true }).fill('wrong');
      const answer = page.waitForResponse(/sign-in$/);
      await page.getByRole('button', { name: '登录' }).click();
      await answer;
    }
    const alert = page.getByRole('alert');
    await alert.getByText(/尝试次数过多，请在 \d{4}-\d\d-\d\d \d\d:\d\d 之后再试，或联系管理员/).waitFor();
    expect(await alert.textContent()).toMatch(/请求编号/);
    expect(await page.getByLabel('账号', { exact: true }).inputValue()).toBe('lock');
    expect(await visitor.sideways()).toBe(0);
    await visitor.picture('sign-in-locked-390');
    await visitor.leave();
  });

  it('asks for a code once an account has failed from everywhere, and takes it with what was typed before', async () => {
    const signedIn = await stage.api.page().post('/api/v1/sign-in', { login: 'hunted', password: PASSWORD });
    const own = stage.api.browser(/=([^;]+)/.exec(signedIn.headers.get('set-cookie') ?? '')?.[1] ?? '');
    const { body } = await own.post('/api/v1/second-factor/enrol', { password: PASSWORD });
    // The next half minute's code is left for the form: each counts once.
    const soon = (halfMinutes: number): string => totpCode(body.secret, instantFromMs(Date.now() + halfMinutes * 30_000));
    expect((await own.post('/api/v1/second-factor/confirm', { code: soon(0) })).status).toBe(200);
    const guess = await stage.api.page().post('/api/v1/sign-in', { login: 'hunted', password: 'guess' });
    expect(guess.body.code).toBe('SIGN_IN_FAILED');
    // As after nineteen more, each of which would take a second's hashing.
    const owner = new pg.Client({ connectionString: stage.db.adminUrl });
    await owner.connect();
    await owner.query('UPDATE accounts_sign_in_lock SET failures = 20 WHERE tenant_id = $1', [tenant]);
    await owner.end();
    const visitor = await stage.visitor({ size: PHONE });
    const { page } = visitor;
    visitor.expects(/^401 POST \/api\/v1\/sign-in$/);
    await visitor.open('/sign-in');
    await page.getByLabel('账号', { exact: true }).fill('hunted');
    await page.getByLabel('密码', { exact: true }).fill(PASSWORD);
    expect(await page.getByLabel(/^动态验证码/).count()).toBe(0);
    await page.getByRole('button', { name: '登录' }).click();
    await page.getByRole('alert').getByText(/请同时填写动态验证码或恢复码/).waitFor();
    await page.getByRole('button', { name: '登录' }).click();
    await page.getByText('请填写验证码').waitFor();
    expect(await visitor.violations()).toEqual([]);
    await page.getByLabel(/^动态验证码/).fill(soon(1));
    await page.getByRole('button', { name: '登录' }).click();
    await page.waitForURL(/\/today$/);
    await visitor.leave();
  });

  it('shows where one is signed in, and signs out elsewhere', async () => {
    const other = await createTestTenant(stage.api, [somebody('desk', ['manager'])]);
    const lost = await other.as('desk');
    const visitor = await stage.visitor({ as: { tenant: other, login: 'desk' }, size: PHONE });
    const { page } = visitor;
    await visitor.open('/account');
    await page.getByText('现在这一处').waitFor();
    expect(await visitor.violations()).toEqual([]);
    expect(await visitor.sideways()).toBe(0);
    await page.getByRole('button', { name: '退出其他所有登录' }).click();
    await page.getByText('✓ 已退出1处').waitFor();
    expect((await lost.get('/api/v1/me')).status).toBe(401);
    await visitor.open('/account');
    expect(await page.getByRole('button', { name: '退出其他所有登录' }).count()).toBe(0);
    await visitor.leave();
  });

  it('tells what came of signing in at a provider', async () => {
    const visitor = await stage.visitor();
    await visitor.open('/sign-in?problem=OPENID_UNLINKED');
    await visitor.page.getByRole('alert').getByText('该身份尚未关联账号').waitFor();
    expect(await visitor.violations()).toEqual([]);
    await visitor.leave();
  });

  it('asks for an own password first, and then goes on', async () => {
    const visitor = await stage.visitor();
    const { page } = visitor;
    await visitor.open('/sign-in');
    await page.getByLabel('账号', { exact: true }).fill('first');
    await page.getByLabel('密码', { exact: true }).fill(PASSWORD);
    await page.getByRole('button', { name: '登录' }).click();
    await page.getByRole('heading', { name: '请先设置自己的密码' }).waitFor();
    await page.getByLabel('当前密码').fill(PASSWORD);
    await page.getByLabel('新密码').fill('short');
    await page.getByRole('button', { name: '保存新密码' }).click();
    await page.getByText('新密码至少12个字符').waitFor();
    await page.getByLabel('新密码').fill(OWN);
    await page.getByRole('button', { name: '保存新密码' }).click();
    await page.waitForURL(/\/today$/);
    await visitor.leave();
  });

  it('comes on top of the page when a session ends, loses nothing typed, and goes on', async () => {
    const visitor = await stage.visitor();
    const { page } = visitor;
    await visitor.open('/waits');
    await page.getByLabel('账号', { exact: true }).fill('late');
    await page.getByLabel('密码', { exact: true }).fill(PASSWORD);
    await page.getByRole('button', { name: '登录' }).click();
    await page.waitForURL(/\/waits$/);
    await visitor.settled();
    await page.getByLabel('按编号查找').fill('MX-031');
    visitor.expects(/^401 GET \/api\/v1\/waits$/);
    await page.context().clearCookies();
    await page.getByLabel('只看逾期').click();
    const dialog = page.getByRole('dialog', { name: '登录已过期，请再登录一次' });
    await dialog.getByLabel('密码', { exact: true }).fill(PASSWORD);
    await dialog.getByRole('button', { name: '登录' }).click();
    await dialog.waitFor({ state: 'hidden' });
    await page.getByText('没有符合筛选条件的记录').waitFor();
    expect(await page.getByLabel('按编号查找').inputValue()).toBe('MX-031');
    await visitor.leave();
  });

  it.each(['zh-CN', 'en'] as const)('is accessible in %s, also in large text', async (language) => {
    for (const largeText of [false, true]) {
      const visitor = await stage.visitor({ language, largeText, size: { width: 320, height: 700 } });
      await visitor.open('/sign-in');
      expect(await visitor.violations()).toEqual([]);
      expect(await visitor.sideways()).toBe(0);
      await visitor.picture(`sign-in-${language}-${largeText ? 'large' : 'normal'}-320`);
      await visitor.leave();
    }
  });
});
