import type { Texts } from '../kernel/texts.ts';

export const texts = {
  'error.CALENDAR_NOT_PUBLISHED': {
    zh: '{year} 年的节假日安排尚未发布，无法计算工作日。',
    en: 'The holiday notice for {year} is not published yet, so workdays of that year cannot be counted.',
  },
  'error.CALENDAR_NOTICE_INVALID': {
    zh: '{year} 年的节假日安排有误：日期须属于当年（或上一年 12 月），不得重复，起止顺序正确，并注明文件。',
    en: 'The notice for {year} is not consistent: days must lie in that year (or the December before), appear once, run from first to last, and name their paper.',
  },
  'error.CALENDAR_YEAR_UNCHANGED': {
    zh: '{year} 年的节假日安排与已发布的一致。',
    en: 'This is already what is published for {year}.',
  },
  'error.CALENDAR_WHOLE_TENANT': {
    zh: '节假日安排适用于整个地区，只有管理整个地区的人可以发布。',
    en: 'The calendar holds for the whole tenant; only those who manage all of it may publish a year.',
  },
  'error.CALENDAR_COUNT_INVALID': {
    zh: '天数、小时数须为整数，且在允许范围内。',
    en: 'A count of days or hours must be a whole number within the allowed range.',
  },
  'error.CALENDAR_RANGE_INVALID': {
    zh: '起止日期顺序有误，或一次查询超过 {days} 天。',
    en: 'The range must run from an earlier to a later day and hold at most {days} days.',
  },
  'error.CALENDAR_MEETING_DATE_NONE': {
    zh: '{quarter} 首月没有第 {workdayIndex} 个工作日可供开会。',
    en: 'The first month of {quarter} has no workday number {workdayIndex} to meet on.',
  },
  'error.QUARTER_INVALID': { zh: '季度格式应为 2026Q4。', en: 'A quarter is written like 2026Q4.' },
  'error.CLOCK_LIVE': {
    zh: '该地区已使用实际时间，不能再设定或推进业务时钟。',
    en: 'This tenant runs on real time; its business clock can no longer be set or moved.',
  },
  'error.CLOCK_DECLARED': { zh: '该地区的虚拟时钟已经设定。', en: 'The virtual clock of this tenant is already set.' },
  'error.CLOCK_BACKWARDS': {
    zh: '业务时钟只能向前：现在是 {now}，不能回到 {to}。',
    en: 'The business clock only moves forward: it stands at {now} and cannot go back to {to}.',
  },
  'error.CLOCK_AHEAD': {
    zh: '虚拟时钟（{now}）晚于实际时间，暂不能切换为实际时间。',
    en: 'The virtual clock ({now}) is later than real time, so it cannot go live yet.',
  },
} as const satisfies Texts;
