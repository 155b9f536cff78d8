import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { BusinessClock } from '../../src/calendar/clock.ts';
import { CaseDriver } from '../../src/cases/driver/service.ts';
import { tenantScope } from '../../src/kernel/scope.ts';
import { instantFromMs, localDate, shanghaiInstant } from '../../src/kernel/time.ts';
import { NOTICE } from '../../src/needs/intake/notice/model.ts';
import { FormTickets } from '../../src/needs/intake/ticket/service.ts';
import { AT } from '../needs/support.ts';
import type { Answer, HttpClient } from '../support/http.ts';
import { at, member, type TestTenant } from '../support/people.ts';
import { furnishStreetOffice } from '../support/street-office.ts';
import { describeInBrowser } from './support/chromium.ts';
import { PHONE, startBrowserStage, type BrowserStage } from './support/stage.ts';
import type { Visitor } from './support/visitor.ts';

const TITLE = '示例：春季需求摸底';
const PROPOSAL = '示例：三号楼加装扶手';
const WORDS = ['示例：三号楼楼道没有扶手，老人上下楼怕摔', '示例：楼道里想装扶手'];
/** The quarter whose meeting hears what was done in the one before. */
const QUARTER = '2026Q2';
const HEARD = '2026Q1';

/** One year of a manager's work by the page alone; residents, the unit and the leaders do theirs through the API. */
describeInBrowser('a manager’s whole loop', () => {
  let stage: BrowserStage;
  let tenant: TestTenant;
  let anna: Visitor;
  let unit: HttpClient;
  let communityId: string;
  let unitId: string;
  let projectId: string;

  beforeAll(async () => {
    stage = await startBrowserStage({ withEngine: true });
    tenant = await stage.tenant([member('anna', ['manager']), member('lea', ['leader']), member('luis', ['leader'])]);
    const units = await furnishStreetOffice(stage.api, tenant.tenant);
    await tenant.enrol(member('gj01', ['unit'], at('/units/gj01/'), 'gj01'));
    [communityId, unitId] = [units.get('xincheng')!, units.get('gj01')!];
    await stage.db.database.within(tenantScope(tenant.tenant), (tx) => service(BusinessClock).declareVirtual(tx, AT));
    unit = await tenant.as('gj01');
    anna = await stage.visitor({ as: { tenant, login: 'anna' } });
  }, 180_000);
  afterAll(async () => stage?.stop());

  const service = <It>(type: abstract new (...parts: never[]) => It): It => stage.api.api.app.get(type, { strict: false });
  const timePasses = (day: string): Promise<void> => service(CaseDriver).advanceTo(tenant.tenant, shanghaiInstant(localDate(day), 10));
  const good = (answer: Answer): Answer['body'] => {
    if (answer.status >= 300) throw new Error(`refused: ${answer.status} ${JSON.stringify(answer.body)}`);
    return answer.body;
  };
  const ofProject = (command: string, body: object): Promise<Answer['body']> =>
    unit.post(`/api/v1/projects/${projectId}/${command}`, { unitId, ...body }).then(good);
  const choose = async (field: string, option: string): Promise<void> => {
    // What its choices are made of has arrived: a list that is open would be drawn anew under the pointer.
    await anna.settled();
    await anna.page.getByLabel(field, { exact: true }).click();
    await anna.page.getByTitle(option).last().click();
  };
  const press = (name: string | RegExp): Promise<void> => anna.page.getByRole('button', { name, exact: typeof name === 'string' }).click();

  it('asks residents what they need, and ends the survey when enough have answered', async () => {
    const { page } = anna;
    await anna.open('/needs/surveys');
    await press('新建摸底');
    await page.getByLabel('名称').fill(TITLE);
    await choose('社区', '新城社区');
    await page.keyboard.press('Escape');
    await press('保存草稿');
    await press('发布');
    await page.getByText('各社区工作者（站内消息）').waitFor();
    await press('发布');
    await page.getByText('已发布，2026年1月6日（周二）开始收集').waitFor();
    await timePasses('2026-01-07');

    const [survey] = (await (await tenant.as('anna')).get('/api/v1/surveys')).body.items;
    for (const value of WORDS) {
      const answers = [{ question: 'q1', value }, { question: 'q2', value: '示例苑' }];
      const ticket = service(FormTickets).issue(tenant.tenant, survey.code, instantFromMs(Date.now() - 60_000));
      const consent = { agreed: true, noticeVersion: NOTICE.version };
      good(await stage.api.page().post(`/api/v1/public/surveys/${survey.code}/answers`, { ticket, communityId, answers, consent }));
    }
    await anna.open(`/needs/surveys/${survey.id}`);
    expect(await page.getByRole('link', { name: /^有效答卷/ }).locator('strong').textContent()).toBe('2');
    await press('提前结束收集…');
    await press('提前结束收集');
    await page.getByText('已办理').waitFor();
  });

  it('looks at each answer, once', async () => {
    const { page } = anna;
    await anna.open('/needs/triage');
    for (const left of [2, 1]) {
      await page.getByLabel('公开内容').fill(`示例：楼道扶手${left}`);
      await page.getByLabel('涉及人数').fill('12');
      await choose('类别', '住');
      await press('梳理完成');
      await page.getByText(/^✓ .*已梳理$/).waitFor();
      await anna.settled();
    }
    await page.getByText('这里没有需求了').waitFor();
  });

  it('makes one proposal of them and lists it', async () => {
    const { page } = anna;
    await anna.open('/needs/proposals');
    await press('新建方案');
    await choose('社区', '新城社区');
    await page.getByLabel('名称').fill(PROPOSAL);
    await page.getByLabel('做什么、怎么做').fill('示例：每层装木质扶手');
    for (const left of [2, 1]) {
      await page.getByLabel('回应的需求').click();
      await page.getByTitle(new RegExp(`楼道扶手${left}`)).last().click();
    }
    await page.keyboard.press('Escape');
    // Known from the needs, and not asked again.
    await page.getByTitle('住').first().waitFor();
    await anna.shows(page.getByLabel('预计受益人数'), '24');
    await page.getByLabel('预算（元）').fill('8000');
    await page.getByLabel('服务（小时）').fill('20');
    await page.getByLabel('开始').fill('2026-02-01');
    await page.getByLabel('结束', { exact: true }).fill('2026-06-30');
    await press('保存草稿');
    await press('列入清单');
    await page.getByText('办理后不能撤销').waitFor();
    await press('列入清单');
    await page.getByText('已列入清单').waitFor();
  });

  it('finds the unit that fits, and confirms the plan', async () => {
    const { page } = anna;
    const offer = { unitId, categories: ['housing'], description: '示例：维修队', capacity: 2, fundsFen: 2_000_000, hours: 100, fromOn: '2026-01-01', untilOn: '2026-12-31' };
    good(await unit.post('/api/v1/offers', offer));
    await anna.open('/matching');
    await press('开始对接');
    await page.getByText(/^已证最优，差距0分/).waitFor();
    await press('确认方案');
    await page.getByRole('heading', { name: '确认对接方案' }).waitFor();
    await press('确认方案');
    await page.getByText('方案已执行，项目已生成。').waitFor();
    await service(CaseDriver).settle(tenant.tenant);
    projectId = (await unit.get('/api/v1/projects')).body.items[0].id;
    await ofProject('claim', {});
    await ofProject('agree', { implementerId: unitId, signedOn: '2026-01-07', startsAtOnce: true });
  });

  it('has the unit’s report before the meeting, passes it, and publishes what the quarter achieved', async () => {
    const { page } = anna;
    await timePasses('2026-03-25');
    await anna.open(`/quarters?quarter=${QUARTER}`);
    await press('启动本季');
    await page.getByRole('link', { name: '新城社区' }).waitFor();
    await service(CaseDriver).settle(tenant.tenant);
    await ofProject(`reports/${HEARD}/submit`, { done: '示例：一至三层已装', needsAnswered: [], served: 24, spentFen: 300_000 });
    await anna.open(`/projects/${projectId}`);
    await press('通过');
    await page.getByText('已通过').waitFor();

    const [cycle] = (await (await tenant.as('anna')).get(`/api/v1/quarters?quarter=${QUARTER}`)).body.items;
    await timePasses(cycle.meetingOn);
    await anna.open(`/quarters/${communityId}/${QUARTER}`);
    await press('记录会议');
    await page.getByLabel('形成决议几项').fill('1');
    await page.getByLabel('会议纪要').fill('示例纪要');
    await page.getByRole('dialog').getByRole('button', { name: '记录会议' }).click();
    await press('发布闭环报告');
    await page.getByText('办理后不能撤销').waitFor();
    await press('发布闭环报告');
    await page.getByRole('heading', { name: new RegExp(`^${HEARD}闭环报告，已于`) }).waitFor();
  });

  it('accepts and grades what was done', async () => {
    const { page } = anna;
    for (const step of ['pledge', 'deliver']) await ofProject(step, { book: 'money', amount: 800_000 });
    await ofProject('request-acceptance', { summary: '示例：六层全部装好' });
    await anna.open(`/projects/${projectId}`);
    await press('核实…');
    await page.getByText('不能撤销').waitFor();
    await anna.shows(page.getByRole('dialog').getByLabel('资金（元）'), '8000');
    await press('核实');
    await page.getByText('✓ 核实').waitFor();
    await press('验收通过');
    await page.getByLabel('验收意见').fill('示例：牢固');
    await page.getByRole('dialog').getByRole('button', { name: '验收通过' }).click();
    await page.getByText('✓ 验收通过').waitFor();
    await press('评价');
    for (const field of ['完成度（%）', '质量（%）', '财务（%）', '可持续（%）']) await page.getByLabel(field).fill('95');
    await page.getByLabel('提出以奖代补').check();
    await page.getByRole('dialog').getByRole('button', { name: '评价' }).click();
    await page.getByText('✓ 评价').waitFor();
  });

  it('proposes an award, which two leaders approve, answers a resident who objects, and grants it after the notice', async () => {
    const { page } = anna;
    await anna.open('/awards');
    await press('提出奖励');
    await choose('项目', new RegExp(PROPOSAL).source);
    await choose('受奖方', '新城社区');
    await page.getByLabel('金额').fill('1000');
    await page.getByLabel('专项用途').fill('示例：扶手维护');
    await press('提交批准');
    await page.getByRole('heading', { name: /^以奖代补 1,000/ }).waitFor();
    const award = new URL(page.url()).pathname;
    for (const login of ['lea', 'luis']) {
      const leader = await tenant.as(login);
      const { digest } = (await leader.get(`/api/v1${award}`)).body;
      good(await leader.post(`/api/v1${award}/approve`, { digest }));
    }
    const code = await objected();
    await anna.open(award);
    await page.getByText('欧阳示例 13900000000').waitFor();
    await press('答复异议');
    await page.getByLabel('不成立，重新公示').check();
    await page.getByLabel('书面答复').fill('示例：扶手已装好，有照片和签收单');
    await page.getByRole('dialog').getByRole('button', { name: '答复异议' }).click();
    await page.getByText('已办理').waitFor();
    const resident = await stage.visitor({ size: PHONE });
    await resident.open(`/p/objection/${code}`);
    await resident.page.getByText('异议不成立，已重新公示。').waitFor();
    await resident.page.getByText('示例：扶手已装好，有照片和签收单').waitFor();
    await resident.leave();
    await timePasses('2026-06-01');
    await anna.open(award);
    await page.getByText('已授予，用于项目延续。').waitFor();
    await anna.open(`/projects/${projectId}`);
    await page.getByRole('listitem').filter({ hasText: '办结' }).getByText('已完成').waitFor();
  });

  /** By a resident without an account, on a phone; answers the code that they were given. */
  async function objected(): Promise<string> {
    const resident = await stage.visitor({ size: PHONE });
    const { page } = resident;
    await resident.open(`/p/notices?d=${tenant.tenant}`);
    await page.getByRole('link', { name: /^提出异议/ }).click();
    await page.getByRole('button', { name: '提交异议' }).click();
    await page.getByRole('heading', { name: '还差3处' }).waitFor();
    await page.getByLabel('您的理由').fill('示例：三号楼的扶手没有装');
    await page.getByLabel('姓名').fill('欧阳示例');
    await page.getByLabel('电话').fill('13900000000');
    await page.getByRole('button', { name: '提交异议' }).click();
    await page.getByRole('heading', { name: /异议已受理/ }).waitFor();
    const code = await page.getByText(/^[2-9A-HJ-NP-Z]{4}(-[2-9A-HJ-NP-Z]{4}){2}$/).textContent();
    await resident.open('/p/notices');
    await page.getByText(/复核中；只暂停这一项/).waitFor();
    await resident.leave();
    return code ?? '';
  }

  it('shows the whole loop in one report', async () => {
    const { page } = anna;
    await anna.open(`/insights/loop-report?from=2026Q1&until=2026Q2`);
    await page.getByRole('link', { name: /^项目 \d/ }).locator('strong').waitFor();
    expect(await page.getByRole('link', { name: /^项目 \d/ }).locator('strong').textContent()).toBe('1');
    await page.getByRole('link', { name: /^项目 \d/ }).click();
    await page.getByRole('row', { name: /^新城社区 1/ }).first().waitFor();
    await anna.leave();
  });
});
