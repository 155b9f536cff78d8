import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { CalendarModule } from '../../src/calendar/module.ts';
import { texts } from '../../src/calendar/texts.ts';
import { createTestDatabase, type TestDatabase } from '../support/database.ts';
import { callerWith, startArea, type AreaApi } from './api.ts';

const DAYS = '/api/v1/calendar/days';
const YEARS = '/api/v1/calendar/years';

/** Invented: the real notice for 2027 is not published. */
const sample2027 = {
  year: 2027,
  papers: ['https://www.gov.cn/sample-2027'],
  holidays: [{ name: '春节', paper: 0, rest: { first: '2027-02-05', last: '2027-02-11' }, work: ['2027-02-13'] }],
  reason: '国务院办公厅通知',
};

describe('the calendar over HTTP', () => {
  let test: TestDatabase;
  let api: AreaApi;

  beforeAll(async () => {
    test = await createTestDatabase();
    api = await startArea(test.database, CalendarModule, texts, {
      manager: callerWith('mengyang', ['calendar.edit']),
      street: callerWith('mengyang', ['calendar.edit'], '/mengyang/'),
      unit: callerWith('mengyang', []),
      stranger: callerWith('elsewhere', ['calendar.edit']),
    });
  });
  afterAll(async () => {
    await api.stop();
    await test.drop();
  });

  const daysOf2027 = async (name: string) => (await api.as(name).get(`${DAYS}?from=2027-02-08&to=2027-02-08`)).body.items[0];

  it('shows days with the notice that moved them', async () => {
    const { status, body } = await api.as('unit').get(`${DAYS}?from=2026-10-07&to=2026-10-10`);
    expect(status).toBe(200);
    expect(body.items).toEqual([
      { date: '2026-10-07', workday: false, name: '国庆节', paper: expect.stringContaining('gov.cn'), settled: true },
      { date: '2026-10-08', workday: true, name: null, paper: null, settled: true },
      { date: '2026-10-09', workday: true, name: null, paper: null, settled: true },
      { date: '2026-10-10', workday: true, name: '国庆节', paper: expect.stringContaining('gov.cn'), settled: true },
    ]);
  });

  it('publishes a year once, for this tenant only', async () => {
    expect(await daysOf2027('unit')).toMatchObject({ workday: true, settled: false });
    const headers = { 'idempotency-key': 'publish-2027' };
    const first = await api.as('manager').post(YEARS, sample2027, headers);
    expect(first).toMatchObject({ status: 201, body: { year: 2027, calendarVersion: 2 } });
    const repeated = await api.as('manager').post(YEARS, sample2027, headers);
    expect(repeated).toMatchObject({ status: 201, body: first.body });
    expect(await daysOf2027('unit')).toMatchObject({ workday: false, name: '春节', settled: true });
    expect(await daysOf2027('stranger')).toMatchObject({ workday: true, settled: false });
    const { body } = await api.as('unit').get(YEARS);
    expect(body.items.at(-1)).toMatchObject({ year: 2027, revision: 1, reason: '国务院办公厅通知' });
    expect(await api.as('manager').post(YEARS, sample2027)).toMatchObject({ status: 409, body: { code: 'CALENDAR_YEAR_UNCHANGED' } });
  });

  it('lets only those publish who manage the calendar of the whole tenant', async () => {
    expect(await api.as('unit').post(YEARS, sample2027)).toMatchObject({ status: 403, body: { code: 'FORBIDDEN' } });
    expect(await api.as('street').post(YEARS, sample2027)).toMatchObject({ status: 403, body: { code: 'CALENDAR_WHOLE_TENANT' } });
    expect(await api.as('nobody').get(YEARS)).toMatchObject({ status: 401 });
  });

  it.each([
    [`${DAYS}?from=2026-10-07`, 400],
    [`${DAYS}?from=2026-02-30&to=2026-03-01`, 400],
    [`${DAYS}?from=0001-01-01&to=9999-12-31`, 400],
    [`${DAYS}?from=2026-03-02&to=2026-03-01`, 422],
    [`${DAYS}?from=2020-01-01&to=2026-03-01`, 422],
  ])('refuses %s', async (path, status) => {
    expect((await api.as('unit').get(path)).status).toBe(status);
  });

  it.each([
    ['no papers', { ...sample2027, papers: [] }, 400],
    ['a paper that is no address', { ...sample2027, papers: ['javascript:alert(1)'] }, 400],
    ['an unknown field', { ...sample2027, draft: true }, 400],
    ['no reason', { ...sample2027, reason: '  ' }, 400],
    ['a day of another year', { ...sample2027, year: 2029 }, 422],
    ['a paper that is not listed', { ...sample2027, holidays: [{ ...sample2027.holidays[0], paper: 1 }] }, 422],
    ['a list instead of an object', [sample2027], 400],
  ])('refuses a notice with %s', async (_, body, status) => {
    const before = (await api.as('unit').get(YEARS)).body;
    expect((await api.as('manager').post(YEARS, body)).status).toBe(status);
    expect((await api.as('unit').get(YEARS)).body).toEqual(before);
  });
});
