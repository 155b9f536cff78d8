import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { quarterOf } from '../../src/calendar/model.ts';
import { tenantScope } from '../../src/kernel/scope.ts';
import { addHours, instantFromMs, shanghaiDate } from '../../src/kernel/time.ts';
import { ProjectService } from '../../src/projects/service.ts';
import type { Answer, HttpClient } from '../support/http.ts';
import { at, member, type TestTenant } from '../support/people.ts';
import { plantProposals } from '../support/proposals.ts';
import { furnishStreetOffice } from '../support/street-office.ts';
import { describeInBrowser } from './support/chromium.ts';
import { Keyboard } from './support/keyboard.ts';
import { startBrowserStage, type BrowserStage } from './support/stage.ts';
import type { Visitor } from './support/visitor.ts';

const NOW = instantFromMs(Date.now());
const QUARTER = quarterOf(shanghaiDate(NOW));

describeInBrowser('the main task of each role, by keyboard alone', () => {
  let stage: BrowserStage;
  let tenant: TestTenant;
  let manager: HttpClient;
  let unit: HttpClient;
  let communityId: string;
  let unitId: string;

  beforeAll(async () => {
    stage = await startBrowserStage({ withEngine: true });
    tenant = await stage.tenant([member('anna', ['manager']), member('lea', ['leader']), member('guard', ['securityAdministrator']), member('nora', [])]);
    const units = await furnishStreetOffice(stage.api, tenant.tenant);
    await tenant.enrol(member('gj01', ['unit'], at('/units/gj01/'), 'gj01'));
    [communityId, unitId] = [units.get('xincheng')!, units.get('gj01')!];
    manager = await tenant.as('anna');
    unit = await tenant.as('gj01');
  }, 180_000);
  afterAll(async () => stage?.stop());

  const somebody = async (login?: string): Promise<{ visitor: Visitor; keys: Keyboard }> => {
    const visitor = await stage.visitor(login === undefined ? {} : { as: { tenant, login } });
    return { visitor, keys: new Keyboard(visitor) };
  };
  const good = (answer: Answer): Answer['body'] => {
    if (answer.status >= 300) throw new Error(`refused: ${answer.status} ${JSON.stringify(answer.body)}`);
    return answer.body;
  };

  /** A project that was offered to the unit. */
  async function offered(): Promise<string> {
    const [proposalId] = await plantProposals(stage.api.api.app, tenant.tenant, 'xincheng', 1);
    const { id } = good(await manager.post('/api/v1/projects', { proposalId, unitId }));
    for (let asked = 0; asked < 100; asked += 1) {
      if ((await manager.get(`/api/v1/projects/${id}`)).body.status === 'offered') return id;
      // The engine offers it right after it was opened.
      await delay(50);
    }
    throw new Error('the project was not offered');
  }

  const does = async (client: HttpClient, id: string, command: string, body: object = {}): Promise<Answer['body']> =>
    good(await client.post(`/api/v1/projects/${id}/${command}`, body));

  async function underWay(id: string): Promise<void> {
    await does(unit, id, 'agree', { unitId, implementerId: unitId, signedOn: shanghaiDate(NOW), startsAtOnce: true });
  }

  it('manager: looks at a need, then lets a plan be made and confirms it', async () => {
    const need = good(await manager.post('/api/v1/needs', { communityId, category: 'safety', publicText: '示例：门口没有路灯', raiserKind: 'staffOnBehalf', peopleAffected: 30 }));
    await plantProposals(stage.api.api.app, tenant.tenant, 'xincheng', 1);
    good(await unit.post('/api/v1/offers', { unitId, categories: ['elderly', 'housing', 'safety', 'other'], description: '示例：维修队', fundsFen: 90_000_000, hours: 900, fromOn: '2025-01-01', untilOn: '2099-12-31' }));
    const { visitor, keys } = await somebody('anna');
    const { page } = visitor;
    await visitor.open('/today');
    await keys.press('跳到正文');
    expect(await page.evaluate('document.activeElement.id')).toBe('content');
    await visitor.open('/needs/triage');
    await keys.type('公开内容', '示例：门口要装路灯');
    await keys.press('梳理完成');
    await page.getByText(`${need.number} 已梳理`).waitFor();

    await visitor.open('/today');
    await keys.press('对接');
    await page.getByRole('heading', { name: '精准对接', level: 1 }).waitFor();
    await keys.press('开始对接');
    await page.getByText(/^已证最优/).waitFor();
    await keys.press('确认方案');
    await page.getByRole('heading', { name: '确认对接方案' }).waitFor();
    await keys.press('确认方案');
    await page.getByText('方案已执行，项目已生成。').waitFor();
    await visitor.leave();
  });

  it('unit: claims what it was offered and reports on it', async () => {
    const id = await offered();
    const { visitor, keys } = await somebody('gj01');
    const { page } = visitor;
    await visitor.open(`/projects/${id}`);
    await keys.press('认领');
    await page.getByRole('dialog').waitFor();
    await keys.press('认领');
    await page.getByText('✓ 认领').waitFor();
    await underWay(id);
    await stage.db.database.within(tenantScope(tenant.tenant), (tx) =>
      stage.api.api.app.get(ProjectService, { strict: false }).askForReports(tx, { communityId, quarter: QUARTER, due: addHours(NOW, 240), at: NOW }),
    );
    await visitor.open('/unit');
    await keys.press('填写季报');
    await page.getByLabel('1 做了什么').waitFor();
    await keys.type('1 做了什么', '示例：装了扶手');
    await keys.press(/上门助浴/, 'Space');
    await keys.type('3 服务多少人次', '12');
    await keys.type('4 本季投入多少元', '0');
    await keys.press('无', 'Space');
    await keys.type('7 下季打算', '示例：回访');
    await keys.press('检查并提交');
    await page.getByRole('button', { name: '提交', exact: true }).waitFor();
    await keys.press('提交');
    await page.getByText(`${QUARTER}报告已提交`).waitFor();
    await visitor.leave();
  });

  it('leader: approves an award', async () => {
    const id = await offered();
    await does(unit, id, 'claim', { unitId });
    await underWay(id);
    const money = { unitId, book: 'money', amount: 500_000 };
    for (const step of ['pledge', 'deliver']) await does(unit, id, step, money);
    await does(manager, id, 'verify', money);
    await does(unit, id, 'request-acceptance', { unitId, summary: '示例' });
    await does(manager, id, 'accept', { finding: '示例' });
    await does(manager, id, 'evaluate', { completion: 95, quality: 95, finance: 95, sustainability: 95, proposeAward: true });
    good(await manager.post('/api/v1/awards', { projectId: id, recipientId: communityId, amountFen: 100_000, purpose: '示例：维护' }));
    const { visitor, keys } = await somebody('lea');
    const { page } = visitor;
    await visitor.open('/today');
    await keys.press(/^更多/);
    await keys.press('以奖代补');
    await page.getByRole('heading', { name: '以奖代补', level: 1 }).waitFor();
    await keys.press(/^MX-/);
    await page.getByRole('heading', { name: /^以奖代补 1,000/ }).waitFor();
    await keys.press('批准');
    await page.getByText('所批内容指纹').waitFor();
    await keys.press('批准');
    await page.getByText('1人，须2人').waitFor();
    await visitor.leave();
  });

  it('resident: says what is needed and follows it', async () => {
    const { visitor, keys } = await somebody();
    const { page } = visitor;
    await visitor.open(`/p?tenant=${tenant.tenant}`);
    await keys.press(/^提需求/);
    await page.getByLabel('您遇到什么困难？').waitFor();
    await keys.type('您遇到什么困难？', '示例：三号楼门口的路灯坏了，晚上看不见');
    await keys.select('您在哪个社区？', '新城社区');
    await keys.press(/^我已看过，同意/, 'Space');
    await keys.press('提交');
    await page.getByRole('heading', { name: /已收到/ }).waitFor();
    await keys.press('现在查看');
    await page.getByText('新城社区', { exact: true }).waitFor();
    await visitor.leave();
  });

  it('security administrator: grants a role', async () => {
    const { visitor, keys } = await somebody('guard');
    const { page } = visitor;
    await visitor.open(`/admin/accounts/${tenant.people.get('nora')!.personId}`);
    await keys.press('授予岗位…');
    await page.getByRole('dialog').waitFor();
    await keys.choose('岗位', '社区工作者');
    await keys.choose(/^范围/, '全辖区');
    await keys.type(/^最后一天/, '2099-12-31');
    await keys.press('授予');
    await page.getByRole('row', { name: /社区工作者.*有效/ }).waitFor();
    await visitor.leave();
  });

  it('the header’s menus open, close by Escape and give the focus back', async () => {
    const { visitor, keys } = await somebody('anna');
    const { page } = visitor;
    await visitor.open('/today');
    await keys.press(/^账户/);
    await page.getByRole('button', { name: '退出登录' }).waitFor();
    await keys.key('Escape');
    await page.getByRole('button', { name: '退出登录' }).waitFor({ state: 'detached' });
    expect(await page.evaluate('document.activeElement.textContent')).toMatch(/^账户/);
    await visitor.leave();
  });
});
