import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import sharp from 'sharp';
import type { HttpClient } from '../support/http.ts';
import { member, type TestTenant } from '../support/people.ts';
import { furnishStreetOffice } from '../support/street-office.ts';
import { describeInBrowser } from './support/chromium.ts';
import { DESK, PHONE, startBrowserStage, type BrowserStage } from './support/stage.ts';

const TABLE = `编号,社区,小区,需求内容,类别,紧急程度,涉及人数,来源
DR-1,新城社区,示例苑,示例：希望增加晾衣架,住,一般,12,入户走访
DR-2,新城社区,示例苑,示例：路灯不亮,安全,紧急,40,网格员
DR-3,没有的社区,示例苑,示例：路灯不亮,安全,紧急,40,网格员
`;

describeInBrowser('needs, from the resident to the list', () => {
  let stage: BrowserStage;
  let tenant: TestTenant;
  let staff: HttpClient;
  let communityId: string;

  beforeAll(async () => {
    stage = await startBrowserStage();
    tenant = await stage.tenant([member('anna', ['manager']), member('lena', ['manager'])]);
    staff = await tenant.as('anna');
    communityId = (await furnishStreetOffice(stage.api, tenant.tenant)).get('xincheng')!;
  }, 120_000);
  afterAll(async () => stage?.stop());

  const visitor = (login = 'anna', options = {}) => stage.visitor({ as: { tenant, login }, ...options });

  async function raise(words: string, more: object = {}): Promise<{ id: string; number: string }> {
    const need = { communityId, category: 'safety', publicText: words, raiserKind: 'staffOnBehalf', ...more };
    return (await staff.post('/api/v1/needs', need)).body;
  }

  async function stateOf(id: string): Promise<string> {
    return (await staff.get(`/api/v1/needs/${id}`)).body.state;
  }

  it('are triaged one after the other by keyboard alone', async () => {
    const first = await raise('示例：东门台阶破损', { urgency: 'urgent' });
    const second = await raise('示例：西门没有门禁');
    const someone = await visitor();
    const { page } = someone;
    await someone.open('/needs/triage');
    await page.getByRole('heading', { name: first.number }).waitFor();
    await page.keyboard.press('j');
    await page.getByRole('heading', { name: second.number }).waitFor();
    await page.keyboard.press('k');
    await page.getByRole('heading', { name: first.number }).waitFor();
    await someone.tabTo('公开内容');
    await page.keyboard.press('ControlOrMeta+a');
    await page.keyboard.type('示例：东门台阶破损，老人易摔');
    await someone.tabTo('梳理完成');
    await page.keyboard.press('Enter');
    await page.getByText(`${first.number} 已梳理`).waitFor();
    await page.getByRole('heading', { name: second.number }).waitFor();
    const kept = (await staff.get(`/api/v1/needs/${first.id}`)).body;
    expect([kept.state, kept.publicText]).toEqual(['triaged', '示例：东门台阶破损，老人易摔']);
    expect(await someone.violations()).toEqual([]);
    await someone.leave();
  });

  it('that say the same are merged side by side, and parted again', async () => {
    const oldest = await raise('示例：三号楼电梯经常停运，老人上下楼不便');
    const repeat = await raise('示例：三号楼电梯经常停运，老人上下楼很不便');
    const someone = await visitor();
    const { page } = someone;
    await someone.open(`/needs/triage?id=${repeat.id}`);
    await page.getByRole('button', { name: `合并到 ${oldest.number}` }).click();
    await page.getByText(`${repeat.number} 已合并到 ${oldest.number}`).waitFor();
    expect(await stateOf(repeat.id)).toBe('merged');
    await page.getByRole('button', { name: '撤销' }).click();
    await page.getByRole('button', { name: `合并到 ${oldest.number}` }).waitFor();
    expect(await stateOf(repeat.id)).toBe('raised');
    await someone.leave();
  });

  it('many at once have a result for each row', async () => {
    const good = await raise('示例：花坛缺水');
    const bare = await raise('', { publicText: undefined, raiser: { words: '示例：只有原话' } });
    const someone = await visitor();
    const { page } = someone;
    await someone.open('/needs?state=raised');
    for (const { number } of [good, bare]) await page.getByRole('row').filter({ hasText: number }).getByRole('checkbox').check();
    await page.getByRole('button', { name: '按现有内容梳理' }).click();
    await page.getByText('1条已办，1条未办').waitFor();
    await page.getByText('还没有公开内容，请打开这条来写').waitFor();
    expect([await stateOf(good.id), await stateOf(bare.id)]).toEqual(['triaged', 'raised']);
    await someone.leave();
  });

  it('are registered for a resident only with their consent, who is given a code to follow it up', async () => {
    const someone = await visitor('anna', { size: PHONE });
    const { page } = someone;
    await someone.open('/needs/new');
    await page.getByLabel('居民原话').fill('示例：想有人陪着量血压');
    await page.getByLabel('电话（可不填）').fill('13800001111');
    await page.getByRole('button', { name: '登记', exact: true }).click();
    await page.getByRole('alert').getByText('请选居民怎样同意的').waitFor();
    await page.getByRole('radio', { name: '口头同意' }).check();
    await page.getByLabel('社区', { exact: true }).click();
    await page.getByTitle('新城社区').click();
    await page.getByRole('button', { name: '登记', exact: true }).click();
    const code = (await page.getByText(/请把查询码抄给居民/).textContent())?.match(/[2-9A-HJ-NP-Z]{4}(-[2-9A-HJ-NP-Z]{4}){2}/)?.[0];
    expect(await someone.sideways()).toBe(0);
    const followed = await stage.api.page().get('/api/v1/public/follow-up', { 'x-follow-up-code': code });
    expect(followed.body).toMatchObject({ state: 'received', communityName: '新城社区' });
    await someone.leave();
  });

  it('are registered on a phone with a photograph, which triage sees', async () => {
    const photo = await sharp({ create: { width: 640, height: 480, channels: 3, background: '#667788' } }).jpeg().toBuffer();
    const someone = await visitor('anna', { size: PHONE });
    const { page } = someone;
    await someone.open('/needs/new');
    await page.getByLabel('居民原话').fill('示例：坡道太陡，推轮椅上不去');
    await page.getByRole('combobox', { name: '社区' }).click();
    await page.getByTitle('新城社区').click();
    await page.getByLabel('添加照片').setInputFiles([{ name: 'a.jpg', mimeType: 'image/jpeg', buffer: photo }]);
    await page.getByText('照片1 · ✓ 已上传').waitFor();
    await page.getByRole('radio', { name: '口头同意' }).check();
    expect(await someone.sideways()).toBe(0);
    await page.getByRole('button', { name: '登记', exact: true }).click();
    await page.getByText(/请把查询码抄给居民/).waitFor();
    expect(await page.getByText('照片1 · ✓ 已上传').count()).toBe(0);
    await page.getByRole('link', { name: /^打开这件/ }).click();
    await page.getByRole('img', { name: '照片1' }).waitFor();
    await someone.leave();
  });

  it('wait for what a resident is asked to add, who answers by the follow-up code, and are left out with a reason that is told', async () => {
    const form = await stage.api.page().get(`/api/v1/public/needs/form?tenant=${tenant.tenant}`);
    const said = { ticket: form.body.ticket, communityId, words: '示例：那个灯又坏了', category: 'safety', consent: { agreed: true, noticeVersion: form.body.notice.version } };
    const sent = await stage.api.page().post('/api/v1/public/needs', said);
    expect(sent.status).toBe(201);
    const code: string = sent.body.followUpCode;
    for (const { id } of (await staff.get('/api/v1/submissions?state=doubtful')).body.items) await staff.post(`/api/v1/submissions/${id}/accept`, {});
    const id = (await staff.get('/api/v1/submissions?limit=1')).body.items[0].needId;
    const someone = await visitor();
    const { page } = someone;
    await someone.open(`/needs/triage?id=${id}`);
    await page.getByRole('button', { name: '请补充…' }).click();
    await page.getByLabel('请居民补充什么').fill('请问是哪栋楼的灯？');
    await page.getByRole('button', { name: '发给居民' }).click();
    await page.getByText(/已请居民补充/).waitFor();

    const resident = await stage.visitor({ size: PHONE });
    await resident.open(`/p/follow/${code}`);
    await resident.page.getByText('轮到您补充：请问是哪栋楼的灯？').waitFor();
    await resident.page.getByLabel('您的回答').fill('示例：东边第二栋楼口');
    expect(await resident.violations()).toEqual([]);
    await resident.page.getByRole('button', { name: '提交回答' }).click();
    await resident.page.getByLabel('补充几句').waitFor();

    await someone.open(`/needs/triage?id=${id}`);
    await page.getByText('示例：东边第二栋楼口').waitFor();
    await page.getByRole('button', { name: '不列入…' }).click();
    await page.getByRole('combobox', { name: '理由' }).click();
    await page.getByTitle('问题已经解决').click();
    await page.getByLabel('写给居民的话').fill('路灯已于昨日修好。');
    await page.getByRole('button', { name: '不列入', exact: true }).click();
    await page.getByText(/不列入，理由已告知居民/).waitFor();
    await resident.open(`/p/follow/${code}`);
    await resident.page.getByRole('region', { name: '办到哪一步' }).getByText('未列入清单：问题已经解决。路灯已于昨日修好。').waitFor();
    expect(await resident.page.getByText('未列入清单').count()).toBe(1);
    await resident.leave();
    await someone.open(`/needs/triage?state=leftOut&id=${id}`);
    expect(await someone.violations()).toEqual([]);
    await page.getByRole('button', { name: '重新列入梳理' }).click();
    await page.getByText(/回到待梳理/).waitFor();
    expect(await stateOf(id)).toBe('raised');
    await someone.leave();
  });

  it('come in by a table after a look, survive a reload, and are taken back as a whole', async () => {
    const someone = await visitor();
    const { page } = someone;
    await someone.open('/needs/import');
    await page.locator('input[type=file]').setInputFiles({ name: '示例.csv', mimeType: 'text/csv', buffer: Buffer.from(TABLE) });
    await page.getByText('没有这个社区').waitFor();
    await page.reload();
    await page.getByText('上次选的文件还在').waitFor();
    const [file] = await Promise.all([page.waitForEvent('download'), page.getByRole('button', { name: '下载错行（改好再导）' }).click()]);
    expect(file.suggestedFilename()).toBe('示例-待改.xlsx');
    await page.getByRole('button', { name: '只录入好的2行' }).click();
    await page.getByRole('heading', { name: '导入的需求' }).waitFor();
    const numbers = async (): Promise<number> => (await staff.get('/api/v1/needs?sourceNumber=DR-1')).body.items.length;
    expect(await numbers()).toBe(1);
    await page.getByRole('button', { name: '整批撤销' }).click();
    await page.getByLabel('理由').fill('示例：传错了');
    await page.getByRole('button', { name: '整批撤销' }).click();
    await page.getByText('已整批撤销').waitFor();
    expect(await numbers()).toBe(0);
    await someone.leave();
  });

  it('become a proposal; what another has changed meanwhile is shown beside one’s own, which is kept', async () => {
    const need = await raise('示例：想要共享书架');
    const { version } = (await staff.get(`/api/v1/needs/${need.id}`)).body;
    await staff.post(`/api/v1/needs/${need.id}/triage`, { publicText: '示例：想要共享书架' }, { 'if-match': `"${version}"` });
    const content = { title: '示例：共享书架', description: '示例：一层楼道放书架', category: 'culture', budgetFen: 100_000, fromOn: '2027-01-01', untilOn: '2027-06-30' };
    const proposal = (await staff.post('/api/v1/proposals', { ...content, communityId, needIds: [need.id] })).body;
    const someone = await visitor('lena');
    const { page } = someone;
    someone.expects(/^412 PATCH \/api\/v1\/proposals\//);
    await someone.open(`/needs/proposals/${proposal.id}`);
    await page.getByLabel('名称').fill('示例：楼道共享书架');
    await staff.send('PATCH', `/api/v1/proposals/${proposal.id}`, { title: '示例：社区书架' }, { 'if-match': `"${proposal.version}"` });
    await page.getByRole('button', { name: '保存修改' }).click();
    await page.getByText('他人刚改为：示例：社区书架').waitFor();
    expect(await page.getByLabel('名称').inputValue()).toBe('示例：楼道共享书架');
    await page.getByRole('button', { name: '保存修改' }).click();
    await page.getByText(/FA-\d+ 已保存/).waitFor();
    await page.getByRole('button', { name: '列入清单' }).click();
    await page.getByText('办理后不能撤销').waitFor();
    await page.getByRole('button', { name: '列入清单' }).click();
    await page.getByText('已列入清单').waitFor();
    const kept = (await staff.get(`/api/v1/proposals/${proposal.id}`)).body;
    expect([kept.title, kept.state]).toEqual(['示例：楼道共享书架', 'ready']);
    await someone.leave();
  });

  it('stand on lists that are frozen once, with their fingerprint', async () => {
    const someone = await visitor();
    const { page } = someone;
    await someone.open(`/lists/projects?freeze=yes&communityId=${communityId}`);
    await page.getByRole('button', { name: '冻结本季' }).click();
    await page.getByText('指纹一致').waitFor();
    const added = page.getByRole('link', { name: /新增/ });
    const count = Number(await added.locator('strong').textContent());
    await added.click();
    await page.getByText(`共${count}条`).waitFor();
    await page.getByRole('row').nth(count).waitFor();
    expect(await page.getByRole('row').count()).toBe(count + 1);
    expect(await someone.violations()).toEqual([]);
    await someone.leave();
  });

  it.each([
    ['/needs', DESK, 'zh-CN'],
    ['/needs/proposals/new', PHONE, 'en'],
    ['/needs/surveys/new', PHONE, 'en'],
    ['/offers/new', PHONE, 'zh-CN'],
    ['/needs/import', PHONE, 'en'],
    ['/needs/submissions', DESK, 'en'],
  ] as const)('%s can be used by everybody', async (path, size, language) => {
    const someone = await visitor('anna', { size, language });
    await someone.open(path);
    expect(await someone.violations()).toEqual([]);
    expect(await someone.sideways()).toBe(0);
    await someone.picture(`${path.slice(1).replaceAll('/', '-')}-${randomUUID().slice(0, 4)}`);
    await someone.leave();
  });
});
