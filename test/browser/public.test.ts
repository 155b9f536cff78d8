import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import pg from 'pg';
import { RatingService } from '../../src/evaluation/rating/service.ts';
import { tenantScope } from '../../src/kernel/scope.ts';
import { instantFromMs, parseInstant } from '../../src/kernel/time.ts';
import { PolicyService } from '../../src/policy/service.ts';
import { plant, worlds, type Planted } from '../insights/world.ts';
import { describeInBrowser } from './support/chromium.ts';
import { DESK, PHONE, startBrowserStage, type BrowserStage } from './support/stage.ts';

const PAGES = ['', '/need', '/follow', '/projects', '/rate', '/results', '/results/2025Q3', '/notices', '/objection', '/verify'];

describeInBrowser('the pages of residents', () => {
  let stage: BrowserStage;
  let planted: Planted;
  let slip: string;
  let projectId: string;

  beforeAll(async () => {
    stage = await startBrowserStage();
    const admin = new pg.Client({ connectionString: stage.db.adminUrl });
    await admin.connect();
    const [world] = fc.sample(worlds, { numRuns: 1, seed: 20261128 });
    planted = await plant(world!, stage.db, admin);
    await admin.query(
      `INSERT INTO quarter_cycle (tenant_id, community_id, quarter, org_path, version, status, policy_version, meeting_on, meeting_fixed,
         meeting_late, calendar_version, provisional, reports_due, opened_at, moved_at, published_at)
       VALUES ($1, $2, '2025Q4', '/street/c0/', 5, 'published', 1, '2025-10-20', true, false, 1, false, now(), now(), now(), now())`,
      [planted.tenant, planted.communities[0]],
    );
    await admin.query('UPDATE accounts_org_unit SET left_on = NULL WHERE tenant_id = $1', [planted.tenant]);
    const { rows } = await admin.query<{ id: string }>("SELECT id FROM project WHERE tenant_id = $1 AND status <> 'cancelled' LIMIT 1", [planted.tenant]);
    await admin.end();
    projectId = rows[0]!.id;
    const { app } = stage.api.api;
    await stage.db.database.within(tenantScope(planted.tenant), async (tx) => {
      await app.get(PolicyService, { strict: false }).installDefaults(tx, parseInstant('2025-01-01T00:00:00Z'));
      const ratings = app.get(RatingService, { strict: false });
      const at = instantFromMs(Date.now());
      const [issued] = await ratings.issue(tx, { projectId: rows[0]!.id, count: 1, at }, { commandId: randomUUID(), actor: 'a' } as never);
      slip = issued!.code;
    });
  }, 120_000);
  afterAll(async () => stage?.stop());

  it('take a need without an account, give a code, and show by it how far the need is', async () => {
    const visitor = await stage.visitor({ size: PHONE });
    const { page } = visitor;
    await visitor.open('/p');
    await page.getByRole('link', { name: /^提需求/ }).click();
    await page.getByRole('button', { name: '提交' }).click();
    await page.getByRole('heading', { name: '还差3处' }).waitFor();
    await page.getByLabel('您遇到什么困难？').fill('三号楼门口的路灯坏了，晚上看不见');
    await page.getByLabel('您在哪个社区？').selectOption('社区0');
    await page.getByLabel('我已看过，同意').check();
    await page.getByRole('button', { name: '提交' }).click();
    await page.getByRole('heading', { name: /已收到/ }).waitFor();
    const code = await page.getByText(/^[2-9A-HJ-NP-Z]{4}-[2-9A-HJ-NP-Z]{4}-[2-9A-HJ-NP-Z]{4}$/).textContent();
    await page.getByRole('link', { name: '现在查看' }).click();
    await page.getByText('社区0', { exact: true }).waitFor();
    expect(page.url()).toContain(code ?? 'no code');
    await page.getByLabel('补充几句').fill('修灯的时候请通知我');
    await page.getByRole('button', { name: '补充提交' }).click();
    await page.getByText('已补充1次').waitFor();
    await visitor.leave();
  });

  it('keep what was typed when the page is left, and say where a wrong code leads', async () => {
    const visitor = await stage.visitor({ size: PHONE });
    const { page } = visitor;
    await visitor.open('/p/need');
    await page.getByLabel('您遇到什么困难？').fill('写到一半');
    await visitor.open('/p/need');
    await visitor.shows(page.getByLabel('您遇到什么困难？'), '写到一半');
    visitor.expects(/^404 GET \/api\/v1\/public\/follow-up/);
    await visitor.open('/p/follow/2222-2222-2222');
    await page.getByRole('alert').waitFor();
    await visitor.leave();
  });

  it('count one rating for each slip', async () => {
    const visitor = await stage.visitor({ size: PHONE });
    const { page } = visitor;
    await visitor.open(`/p/rate/${slip}`);
    await page.getByLabel('非常满意', { exact: true }).check();
    await page.getByRole('button', { name: '提交评价' }).click();
    await page.getByRole('heading', { name: /已收到您的评价/ }).waitFor();
    visitor.expects(/^409 POST \/api\/v1\/ratings$/);
    await visitor.open(`/p/rate/${slip}`);
    await page.getByLabel('满意', { exact: true }).check();
    await page.getByRole('button', { name: '提交评价' }).click();
    await page.getByRole('alert').waitFor();
    await visitor.leave();
  });

  it('hide what somebody says tells of a neighbour', async () => {
    const visitor = await stage.visitor({ size: PHONE });
    const { page } = visitor;
    await visitor.open(`/p/projects/${projectId}`);
    await page.getByText('这里写到了我或邻居的私事').click();
    await page.getByRole('button', { name: '请先隐去名称' }).click();
    await page.getByText('名称已先隐去').waitFor();
    await visitor.open(`/p/projects/${projectId}`);
    await page.getByRole('heading', { name: '（名称正在核实）', level: 1 }).waitFor();
    expect([await visitor.violations(), await visitor.sideways()]).toEqual([[], 0]);
    await visitor.leave();
  });

  describe.each([
    { language: 'zh-CN' as const, largeText: false },
    { language: 'en' as const, largeText: true },
  ])('in $language, large text $largeText', ({ language, largeText }) => {
    it('have nothing that axe finds serious, and never scroll sideways', async () => {
      const visitor = await stage.visitor({ size: { width: 320, height: 700 }, language, largeText });
      const found: Record<string, unknown> = {};
      for (const path of PAGES) {
        await visitor.open(`/p${path}`);
        const [violations, sideways] = [await visitor.violations(), await visitor.sideways()];
        if (violations.length > 0 || sideways > 0) found[path] = { violations, sideways };
        await visitor.picture(`public${path.replaceAll('/', '-')}-${language}`);
      }
      expect(found).toEqual({});
      await visitor.leave();
    });
  });

  it('can be used by keyboard alone', async () => {
    const visitor = await stage.visitor({ size: DESK });
    await visitor.open('/p/verify');
    await visitor.tabTo('核对');
    await visitor.page.keyboard.press('Enter');
    await visitor.page.getByRole('link', { name: '请填写校验码' }).waitFor();
    await visitor.page.keyboard.press('Tab');
    await visitor.page.keyboard.press('Enter');
    expect(await visitor.page.locator(':focus').getAttribute('id')).toBe('code');
    await visitor.leave();
  });
});
