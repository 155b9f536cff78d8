import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { AuditService } from '../../src/audit/service.ts';
import { AuditStore } from '../../src/audit/store.ts';
import { isWorkday, resolveDeadline, type YearNotice } from '../../src/calendar/model.ts';
import { BUILT_IN_VERSION } from '../../src/calendar/notices/built-in.ts';
import { notice2020 } from '../../src/calendar/notices/2020.ts';
import { CalendarService } from '../../src/calendar/service.ts';
import { CalendarStore } from '../../src/calendar/store.ts';
import { orgPath, tenantId, tenantScope, type Scope } from '../../src/kernel/scope.ts';
import { localDate, parseInstant } from '../../src/kernel/time.ts';
import { createTestDatabase, type TestDatabase } from '../support/database.ts';

/** Invented: the real notice for 2027 is not published. */
const sample2027: YearNotice = {
  year: 2027,
  papers: ['https://www.gov.cn/sample-2027'],
  holidays: [
    { name: '元旦', paper: 0, rest: ['2026-12-31', '2027-01-02'], work: ['2026-12-27'] },
    { name: '春节', paper: 0, rest: ['2027-02-05', '2027-02-11'], work: ['2027-02-13'] },
  ],
};
const at = parseInstant('2026-11-22T08:00:00Z');

describe('the calendar of a tenant', () => {
  let test: TestDatabase;
  let calendar: CalendarService;
  let tenant: Scope;
  let count = 0;

  beforeAll(async () => {
    test = await createTestDatabase();
  });
  afterAll(() => test.drop());
  beforeEach(() => {
    calendar = new CalendarService(new CalendarStore(), new AuditService(new AuditStore()));
    tenant = tenantScope(tenantId(`calendar-${(count += 1)}`));
  });

  const current = () => test.database.within(tenant, (tx) => calendar.calendar(tx));
  const publish = (notice: YearNotice) =>
    test.database.within(tenant, (tx) => calendar.publishYear(tx, { notice, reason: '国务院办公厅通知', at }));

  it('begins with the notices of the product', async () => {
    expect(await current()).toMatchObject({ version: BUILT_IN_VERSION, years: [2019, 2020, 2021, 2022, 2023, 2024, 2025, 2026] });
    expect(await current()).toBe(await current());
  });

  it('takes on a newly published year with the next version', async () => {
    const before = await current();
    await publish(sample2027);
    const after = await current();
    expect(after.version).toBe(before.version + 1);
    expect(isWorkday(localDate('2027-02-08'), after)).toBe(false);
    expect(isWorkday(localDate('2026-12-27'), after)).toBe(true);
    expect(resolveDeadline({ from: localDate('2026-12-30'), n: 1, unit: 'workday' }, after)).toMatchObject({
      on: '2027-01-04',
      provisional: false,
    });
    expect(() => isWorkday(localDate('2027-02-08'), before)).toThrow('CALENDAR_NOT_PUBLISHED');
  });

  it('replaces a year by its second paper and says where each year comes from', async () => {
    const corrected = { ...notice2020, holidays: notice2020.holidays.filter(({ name }) => name !== '清明节') };
    await publish(corrected);
    expect(isWorkday(localDate('2020-04-06'), await current())).toBe(true);
    const years = await test.database.within(tenant, (tx) => calendar.years(tx));
    expect(years.find(({ year }) => year === 2020)).toMatchObject({ revision: 1, reason: '国务院办公厅通知', publishedAt: at });
    expect(years.find(({ year }) => year === 2021)).toMatchObject({ revision: 0, reason: null });
  });

  it('refuses what is published already and what contradicts itself, and changes nothing', async () => {
    await expect(publish(notice2020)).rejects.toMatchObject({ code: 'CALENDAR_YEAR_UNCHANGED' });
    await publish(sample2027);
    await expect(publish(sample2027)).rejects.toMatchObject({ code: 'CALENDAR_YEAR_UNCHANGED' });
    const twice = { ...sample2027, holidays: [...sample2027.holidays, ...sample2027.holidays] };
    await expect(publish(twice)).rejects.toMatchObject({ code: 'CALENDAR_NOTICE_INVALID' });
    expect((await current()).version).toBe(BUILT_IN_VERSION + 1);
  });

  it('is published only by those who manage the whole tenant', async () => {
    const street = { ...tenant, orgPath: orgPath('/mengyang/') };
    const work = test.database.within(street, (tx) => calendar.publishYear(tx, { notice: sample2027, reason: '试', at }));
    await expect(work).rejects.toMatchObject({ code: 'CALENDAR_WHOLE_TENANT', kind: 'forbidden' });
  });

  it('forgets a publication whose transaction failed, even for those who read it meanwhile', async () => {
    const failing = test.database.within(tenant, async (tx) => {
      await calendar.publishYear(tx, { notice: sample2027, reason: '试', at });
      expect((await calendar.calendar(tx)).years).toContain(2027);
      throw new Error('power cut');
    });
    await expect(failing).rejects.toThrow('power cut');
    expect((await current()).years).not.toContain(2027);
    await publish({ ...sample2027, holidays: [] });
    expect(isWorkday(localDate('2027-02-08'), await current())).toBe(true);
  });

  it('numbers rival publications one after the other', async () => {
    await Promise.all([2027, 2028, 2029].map((year) => publish({ year, papers: [], holidays: [] })));
    expect(await current()).toMatchObject({ version: BUILT_IN_VERSION + 3 });
    expect((await current()).years).toEqual(expect.arrayContaining([2027, 2028, 2029]));
  });

  it('leaves other tenants alone', async () => {
    await publish(sample2027);
    const other = tenantScope(tenantId('calendar-other'));
    expect((await test.database.within(other, (tx) => calendar.calendar(tx))).years).not.toContain(2027);
  });

  it('is audited without the office’s words', async () => {
    await publish(sample2027);
    const [row] = await test.database.within(tenant, (tx) =>
      new AuditStore().page(tx, { subject: 'calendar:2027', limit: 10 }),
    );
    const event: unknown = JSON.parse(row!.eventBytes.toString());
    expect(event).toMatchObject({ action: 'calendar.yearPublished', changes: { year: 2027, calendarVersion: BUILT_IN_VERSION + 1 } });
    expect(row!.eventBytes.toString()).not.toContain('通知');
  });
});
