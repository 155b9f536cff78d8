import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Answer as HttpAnswer } from '../../support/http.ts';
import type { StaffMember } from '../../support/staff.ts';
import { Street, type Project } from '../support/street.ts';

let street: Street;

beforeAll(async () => {
  street = await Street.open(2);
}, 120_000);

afterAll(async () => {
  await street?.close();
});

const stageOf = async (project: Project, who: StaffMember, language = 'zh-CN'): Promise<HttpAnswer['body']> =>
  (await who.client.get(`${project.path}/stage`, { 'accept-language': language })).body;

describe('the stage of a project', () => {
  it('is told to each reader in their words', async () => {
    const [lead, other] = street.units;
    const project = await street.project();
    await project.done(lead!, 'claim', { unitId: lead!.id });
    const manager = await stageOf(project, street.manager);
    expect(manager).toMatchObject({ kind: 'microProject', turn: 'other', late: false, workdaysLeft: 10, action: null });
    expect(manager.sentence).toMatch(/^等 .+（共建单位联络员） .* ?签订协议·12月15日（周二）截止，还有10个工作日$/);
    expect(await stageOf(project, lead!)).toMatchObject({ turn: 'mine', action: { command: 'agree', label: '登记协议' }, owner: { people: [] } });
    expect(await stageOf(project, other!)).toMatchObject({ turn: 'other', action: null });
    expect(await stageOf(project, lead!, 'en')).toMatchObject({ sentence: 'It is your turn to agree · by 15 Dec (Tue), 10 workdays left' });
    expect(manager.history).toMatchObject([{ text: '项目立项' }, { text: expect.stringContaining('认领') }]);
  });

  it('is not told of what is not there', async () => {
    const gone = await street.manager.client.get('/api/v1/projects/5f0e6c1a-3b1d-4c57-9a52-6a4f3d1b2c01/stage');
    expect([gone.status, gone.body.code]).toEqual([404, 'PROJECT_UNKNOWN']);
  });
});
