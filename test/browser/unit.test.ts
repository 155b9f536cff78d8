import { randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import type { Page } from 'playwright-core';
import sharp from 'sharp';
import { UnitService } from '../../src/accounts/units/service.ts';
import { quarterOf, type Quarter } from '../../src/calendar/model.ts';
import { tenantScope } from '../../src/kernel/scope.ts';
import { addHours, instantFromMs, localDate, shanghaiDate } from '../../src/kernel/time.ts';
import { Database, type Tx } from '../../src/platform/database/database.ts';
import { PolicyService } from '../../src/policy/service.ts';
import { ProjectService } from '../../src/projects/service.ts';
import type { HttpClient } from '../support/http.ts';
import { at, member, type TestTenant } from '../support/people.ts';
import { plantProposals } from '../support/proposals.ts';
import { describeInBrowser } from './support/chromium.ts';
import { DESK, PHONE, startBrowserStage, type BrowserStage, type VisitorOptions } from './support/stage.ts';
import type { Visitor } from './support/visitor.ts';

const COMMUNITY = 'xc';
/** The last two are for one test each: a unit may lead only so many projects at once. */
const UNITS = ['unit1', 'unit2', 'unit3', 'unit4'] as const;
type Unit = (typeof UNITS)[number];
const NOW = instantFromMs(Date.now());
const QUARTER: Quarter = quarterOf(shanghaiDate(NOW));
const MOST_INTERACTIONS = 25;
const SMALLEST = { width: 320, height: 700 };

describeInBrowser('a co-building unit', () => {
  let stage: BrowserStage;
  let tenant: TestTenant;
  let manager: HttpClient;
  const clients = new Map<Unit, HttpClient>();
  const ids = new Map<string, string>();
  let photo: Buffer;

  const within = <Result>(work: (tx: Tx) => Promise<Result>): Promise<Result> =>
    stage.api.api.app.get(Database, { strict: false }).within(tenantScope(tenant.tenant), work);
  const service = <It>(type: abstract new (...parts: never[]) => It): It => stage.api.api.app.get(type, { strict: false });
  const visit = (login: Unit = 'unit1', options: VisitorOptions = {}): Promise<Visitor> => stage.visitor({ as: { tenant, login }, size: PHONE, ...options });

  beforeAll(async () => {
    stage = await startBrowserStage({ withEngine: true });
    tenant = await stage.tenant([member('anna', ['manager'])]);
    await within(async (tx) => {
      await service(PolicyService).installDefaults(tx, NOW);
      const rows = [
        { code: 'office', name: '示例街道', kind: 'subdistrictOffice' as const },
        { code: COMMUNITY, name: '示例社区', kind: 'community' as const },
        ...UNITS.map((code) => ({ code, name: `示例单位${code}`, kind: 'coBuildingUnit' as const, communities: [COMMUNITY] })),
      ];
      await service(UnitService).registerUnits(tx, rows, { commandId: randomUUID(), at: NOW, joinedOn: localDate('2026-01-01') });
      for (const [code, { id }] of await service(UnitService).byCodes(tx, [COMMUNITY, ...UNITS])) ids.set(code, id);
    });
    await tenant.enrol(...UNITS.map((code) => member(code, ['unit'], at(`/units/${code}/`), code)));
    for (const code of UNITS) clients.set(code, await tenant.as(code));
    manager = await tenant.as('anna');
    photo = await sharp({ create: { width: 2400, height: 1800, channels: 3, background: '#7a8f4a' } }).jpeg().toBuffer();
  }, 180_000);
  afterAll(async () => stage?.stop());

  async function project(offeredTo?: Unit): Promise<string> {
    const [proposalId] = await plantProposals(stage.api.api.app, tenant.tenant, COMMUNITY, 1);
    const { status, body } = await manager.post('/api/v1/projects', { proposalId, ...(offeredTo && { unitId: ids.get(offeredTo) }) });
    expect({ status, code: body.code }).toEqual({ status: 201, code: undefined });
    const id = body.id as string;
    const isThere = async (): Promise<boolean> => ['offered', 'listed'].includes((await manager.get(`/api/v1/projects/${id}`)).body.status as string);
    // The engine offers or lists it right after it was opened.
    for (let asked = 0; asked < 100 && !(await isThere()); asked += 1) await delay(50);
    return id;
  }

  async function done(client: HttpClient, path: string, body: object): Promise<void> {
    const answer = await client.post(path, body);
    expect({ path, status: answer.status, code: answer.body.code }).toEqual({ path, status: 200, code: undefined });
  }

  /** Under way, led by the unit, with a report owed. */
  async function reporting(unit: Unit, due = addHours(NOW, 24 * 20)): Promise<string> {
    const id = await project(unit);
    await done(clients.get(unit)!, `/api/v1/projects/${id}/claim`, { unitId: ids.get(unit) });
    await begin(id, unit, due);
    return id;
  }

  async function begin(id: string, unit: Unit, due: typeof NOW): Promise<void> {
    const unitId = ids.get(unit)!;
    const client = clients.get(unit)!;
    await done(client, `/api/v1/projects/${id}/agree`, { unitId, implementerId: unitId, signedOn: shanghaiDate(NOW) });
    await done(client, `/api/v1/projects/${id}/start`, { unitId });
    await within((tx) => service(ProjectService).askForReports(tx, { communityId: ids.get(COMMUNITY)!, quarter: QUARTER, due, at: NOW }));
  }

  const file = (name: string) => ({ name, mimeType: 'image/jpeg', buffer: photo });

  it('claims a project and reports on it on a phone, in a few minutes', async () => {
    const id = await project('unit1');
    const visitor = await visit();
    const { page } = visitor;
    let interactions = 0;
    const act = async (one: Promise<unknown>): Promise<void> => {
      interactions += 1;
      await one;
    };
    await visitor.open('/unit');
    await act(page.getByRole('button', { name: '认领' }).click());
    await page.getByText('签订协议').first().waitFor();
    await begin(id, 'unit1', addHours(NOW, 24 * 5));

    await visitor.open('/unit');
    await act(page.getByRole('link', { name: '填写季报' }).click());
    await act(page.getByLabel('1 做了什么').fill('示例：上门助浴12次'));
    await act(page.getByRole('checkbox').check());
    await act(page.getByLabel('3 服务多少人次').fill('12'));
    await act(page.getByLabel('4 本季投入多少元').fill('1250.50'));
    await act(page.getByLabel('添加照片').setInputFiles([file('a.jpg'), file('b.jpg')]));
    // Their rows push down what is below: nothing is clicked while it moves.
    for (const photo of ['照片1', '照片2']) await page.getByText(`${photo} · ✓ 已上传`).waitFor();
    await act(page.getByLabel('无', { exact: true }).check());
    await act(page.getByLabel('7 下季打算').fill('示例：再做12次'));
    await visitor.picture('unit-report-390');
    await act(page.getByRole('button', { name: '检查并提交' }).click());
    await page.getByText('CNY 1,250.50').or(page.getByText('1,250.50元')).waitFor();
    await act(page.getByRole('button', { name: '提交' }).click());
    await page.getByText(`${QUARTER}报告已提交`).waitFor();
    expect(interactions).toBeLessThanOrEqual(MOST_INTERACTIONS);

    const { body } = await clients.get('unit1')!.get(`/api/v1/projects/${id}/contents`);
    const written = (body as { kind: string; body: { done: string; served: number; spentFen: number; needsAnswered: string[]; files: object[] } }[]).find(({ kind }) => kind === 'report');
    expect(written?.body).toMatchObject({ done: '示例：上门助浴12次', served: 12, spentFen: 125_050, next: '示例：再做12次' });
    expect([written?.body.needsAnswered.length, written?.body.files.length]).toEqual([1, 2]);
    await visitor.leave();
  });

  it('loses nothing that was typed or photographed when the network goes away or the page is opened anew', async () => {
    const id = await reporting('unit1');
    const visitor = await visit();
    visitor.expects(/ERR_INTERNET_DISCONNECTED/);
    const { page } = visitor;
    await visitor.open(`/unit/projects/${id}/report`);
    await page.context().setOffline(true);
    await page.getByText('没有网络。').waitFor();
    await page.getByLabel('1 做了什么').fill('示例：断网时写的');
    await page.getByLabel('添加照片').setInputFiles([file('a.jpg')]);
    await page.getByText('照片1 · 等网络恢复后自动上传').waitFor();
    await page.getByText(/^.*已保存\d\d:\d\d$/).waitFor();
    await page.context().setOffline(false);
    await visitor.open(`/unit/projects/${id}/report/${QUARTER}`);
    await visitor.shows(page.getByLabel('1 做了什么'), '示例：断网时写的');
    await page.getByText('照片1 · ✓ 已上传').waitFor();
    await page.getByRole('button', { name: '检查并提交' }).click();
    await page.getByRole('alert').getByText('还有3处要补').waitFor();
    await visitor.open('/unit');
    await page.getByText(/已写一部分，.*保存在本机/).waitFor();
    await visitor.leave();
  });

  it('goes on writing on another device, and sees both where two have written without network', async () => {
    const id = await reporting('unit1');
    const address = `/unit/projects/${id}/report/${QUARTER}`;
    const saved = (page: Page) => page.waitForResponse((answer) => answer.request().method() === 'PUT' && answer.url().includes('/me/drafts/') && answer.ok());
    const phone = await visit();
    await phone.open(address);
    const first = saved(phone.page);
    await phone.page.getByLabel('1 做了什么').fill('示例：手机上先写');
    await first;
    const withPhoto = saved(phone.page);
    await phone.page.getByLabel('添加照片').setInputFiles([file('a.jpg')]);
    await phone.page.getByText('照片1 · ✓ 已上传').waitFor();
    await withPhoto;

    const desk = await stage.visitor({ as: { tenant, login: 'unit1' } });
    await desk.open(address);
    await expectValue(desk.page, '示例：手机上先写');
    await desk.page.getByText('照片1 · ✓ 已由另一台设备上传').waitFor();
    await desk.page.locator('fieldset img[src^="data:image/jpeg"]').waitFor();

    phone.expects(/ERR_INTERNET_DISCONNECTED/);
    await phone.page.context().setOffline(true);
    await phone.page.getByLabel('1 做了什么').fill('示例：断网时在手机上写');
    await phone.page.getByText(/^.*已保存\d\d:\d\d$/).waitFor();
    const second = saved(desk.page);
    await desk.page.getByLabel('1 做了什么').fill('示例：后来在电脑上写');
    await second;
    phone.expects(/^412 PUT /);
    await phone.page.context().setOffline(false);
    await phone.page.getByText(/另一台设备保存的较新，已为您打开/).waitFor();
    await expectValue(phone.page, '示例：后来在电脑上写');
    expect(await phone.violations()).toEqual([]);
    expect(await phone.sideways()).toBe(0);
    const third = saved(phone.page);
    await phone.page.getByRole('button', { name: '改用本机写的' }).click();
    await third;
    await desk.open(address);
    await expectValue(desk.page, '示例：断网时在手机上写');
    const without = saved(desk.page);
    await desk.page.getByRole('button', { name: '删除照片1' }).click();
    await without;
    await phone.open(address);
    await expectValue(phone.page, '示例：断网时在手机上写');
    await phone.page.getByText('照片1').waitFor({ state: 'detached' });
    await desk.leave();
    await phone.leave();
  });

  async function expectValue(page: Page, text: string): Promise<void> {
    await page.waitForFunction(`document.getElementById('done')?.value === ${JSON.stringify(text)}`);
  }

  it('is told what is asked of a returned report, and finds what it wrote', async () => {
    const id = await reporting('unit2');
    const body = { unitId: ids.get('unit2'), done: '示例：第一次写的', needsAnswered: [], served: 3, spentFen: 0 };
    await done(clients.get('unit2')!, `/api/v1/projects/${id}/reports/${QUARTER}/submit`, body);
    await done(manager, `/api/v1/projects/${id}/reports/${QUARTER}/return`, { reason: '请写明服务对象' });
    const visitor = await visit('unit2');
    const { page } = visitor;
    await visitor.open('/unit');
    await page.getByText(`季度报告${QUARTER}·请补充`).waitFor();
    await visitor.open(`/unit/projects/${id}/report`);
    await page.getByText('请补充：请写明服务对象').waitFor();
    await visitor.shows(page.getByLabel('1 做了什么'), '示例：第一次写的');
    await visitor.shows(page.getByLabel('3 服务多少人次'), '3');
    await visitor.leave();
  });

  it('may still report when it is late, and is told what that means', async () => {
    const id = await reporting('unit2', addHours(NOW, -24 * 6));
    const visitor = await visit('unit2');
    await visitor.open(`/unit/projects/${id}/report`);
    await visitor.page.getByText(/已过\d+月\d+日。仍可提交，列入补报，注明逾期\d+个工作日。/).waitFor();
    await visitor.leave();
  });

  it('hears who was first when its claim comes too late, and what it can do instead', async () => {
    const id = await project();
    await project();
    const visitor = await visit('unit2');
    visitor.expects(/^409 POST \/api\/v1\/projects\/.*\/claim$/);
    const { page } = visitor;
    // A weak network: the page does not hear in time that somebody else was first.
    await page.route(/\/api\/v1\/(stream|changes)/, () => new Promise(() => {}));
    await visitor.open('/unit/open');
    const { body } = await manager.get(`/api/v1/projects/${id}`);
    await done(clients.get('unit4')!, `/api/v1/projects/${id}/claim`, { unitId: ids.get('unit4') });
    await page.getByRole('listitem').filter({ hasText: String(body.number) }).getByRole('button', { name: '认领' }).click();
    await page.getByText(/示例单位unit4已先认领（\d\d:\d\d:\d\d）。/).waitFor();
    await page.getByRole('link', { name: /看1个相近项目/ }).waitFor();
    await page.getByRole('alert').getByRole('link', { name: '共同出资' }).click();
    await page.getByLabel('金额（元）').fill('300.25');
    await page.getByRole('button', { name: '承诺', exact: true }).click();
    await page.getByRole('row', { name: /资金.*300\.25元/ }).waitFor();
    await visitor.leave();
  });

  it('declines with a reason, and withdraws only after seeing what follows', async () => {
    const [declined, left] = [await project('unit2'), await reporting('unit2')];
    const visitor = await visit('unit2');
    const { page } = visitor;
    await visitor.open('/unit/offers');
    await page.getByRole('button', { name: '不合适' }).first().click();
    await page.getByRole('button', { name: '确认谢绝' }).click();
    await page.getByText('请写一句理由').waitFor();
    await page.getByLabel('为什么不合适').fill('示例：没有人手');
    await page.getByRole('button', { name: '确认谢绝' }).click();
    await page.getByText(/已谢绝/).waitFor();
    expect((await manager.get(`/api/v1/projects/${declined}`)).body.offeredTo).toBeNull();

    await visitor.open(`/unit/projects/${left}/withdraw`);
    await page.getByLabel('为什么退出').fill('示例：人员调动');
    await page.getByRole('button', { name: '检查并退出' }).click();
    await page.getByText(/冻结，等下一个单位/).waitFor();
    await page.getByRole('button', { name: '确认退出' }).click();
    await page.getByText(/已退出/).waitFor();
    expect((await manager.get(`/api/v1/projects/${left}`)).body.leadUnit).toBeNull();
    await visitor.leave();
  });

  it('enters what it can give, takes it back and undoes that', async () => {
    const visitor = await visit('unit2');
    const { page } = visitor;
    await visitor.open('/unit/resources');
    await page.getByRole('button', { name: '新增资源' }).click();
    await page.getByLabel('能提供什么').fill('示例：会议室一间');
    await page.getByRole('button', { name: '保存' }).click();
    await page.getByRole('alert').getByText('请至少选一个类别').click();
    await page.keyboard.type('文体');
    await page.keyboard.press('Enter');
    await page.keyboard.press('Escape');
    await page.getByRole('button', { name: '保存' }).click();
    await page.getByRole('heading', { name: '示例：会议室一间' }).waitFor();
    const offers = async () => (await clients.get('unit2')!.get(`/api/v1/offers?unitId=${ids.get('unit2')}`)).body.items as { state: string }[];
    expect(await offers()).toMatchObject([{ categories: ['culture'], capacity: 1, fundsFen: 0, state: 'open' }]);
    await page.getByRole('button', { name: '撤回' }).click();
    await page.getByRole('button', { name: '重新提供' }).waitFor();
    expect(await offers()).toMatchObject([{ state: 'withdrawn' }]);
    await page.getByRole('button', { name: '撤销' }).click();
    await page.getByRole('button', { name: '撤回' }).waitFor();
    expect(await offers()).toMatchObject([{ state: 'open' }]);
    await visitor.leave();
  });

  it('sees of another’s project where it stands, and is told that its file is for those who take part', async () => {
    const id = await project('unit1');
    const others = await visit('unit2');
    await others.open(`/projects/${id}`);
    await others.page.getByText('档案只对所在社区和参与单位开放').waitFor();
    expect(await others.page.getByRole('alert').count()).toBe(0);
    // 催办 is for the office.
    expect(await others.page.getByRole('button', { name: '提醒对方' }).count()).toBe(0);
    await others.picture('project-of-others');
    await others.leave();
    const own = await visit('unit1');
    await own.open(`/projects/${id}`);
    await own.page.getByText('还没有文字记录').waitFor();
    await own.leave();
  });

  it('is told what is missing where its account belongs to no unit', async () => {
    await tenant.enrol(member('drifter', ['unit', 'applicant']));
    const visitor = await stage.visitor({ as: { tenant, login: 'drifter' }, size: PHONE });
    for (const path of ['/unit', '/unit/resources', '/unit/honours', '/org']) {
      await visitor.open(path);
      await visitor.page.getByText('您的账号还没有对应的单位').waitFor();
      expect({ path, headings: await visitor.page.getByRole('heading', { level: 1 }).count() }).toEqual({ path, headings: 1 });
    }
    await visitor.leave();
  });

  it.each([
    ['zh-CN', 'unit3', [[false, DESK], [true, SMALLEST]]],
    ['en', 'unit4', [[true, SMALLEST]]],
  ] as const)('is accessible in %s, also in large text on the smallest phone', async (language, unit, looks) => {
    const id = await reporting(unit);
    await project(unit);
    for (const [largeText, size] of looks) {
      const visitor = await visit(unit, { language, largeText, size });
      for (const path of ['', '/offers', '/open', '/honours', '/notices', '/resources', '/resources?edit=new', `/projects/${id}/report`, `/projects/${id}/contribute`, `/projects/${id}/withdraw`]) {
        await visitor.open(`/unit${path}`);
        expect({ path, violations: await visitor.violations(), sideways: await visitor.sideways() }).toEqual({ path, violations: [], sideways: 0 });
      }
      await visitor.leave();
    }
  });
});
