import type { Texts } from '../kernel/texts.ts';

export const texts = {
  'error.QUARTER_UNKNOWN': { zh: '该社区没有这个季度。', en: 'This community has no such quarter.' },
  'error.QUARTER_OPEN_ALREADY': { zh: '该季度已经启动。', en: 'The quarter is open already.' },
  'error.QUARTER_STATE': {
    zh: '本季度处于“{status}”阶段，不能进行这一步。',
    en: 'The quarter is “{status}” now; this step is not possible.',
  },
  'error.QUARTER_STEP_UNKNOWN': { zh: '这一步已经做过，或还没到时间。', en: 'This step was taken already, or is not due yet.' },
  'error.QUARTER_NOT_NEAR': { zh: '只能启动本季度或下一季度，不能启动 {quarter}。', en: 'Only this quarter or the next can be opened, not {quarter}.' },
  'error.QUARTER_OVER': {
    zh: '{quarter} 余下的日子不够准备联席会议。',
    en: 'Too little of {quarter} is left to prepare its meeting.',
  },
  'error.QUARTER_MEETING_DAY': {
    zh: '{date} 是休息日或调休补班的周末，不开联席会议。',
    en: '{date} is a rest day or a make-up weekend; no meeting is held.',
  },
  'error.QUARTER_MEETING_OUTSIDE': { zh: '{date} 不在 {quarter} 内。', en: '{date} is not in {quarter}.' },
  'error.QUARTER_MEETING_PAST': { zh: '{date} 已经过去。', en: '{date} is past.' },
  'error.QUARTER_MEETING_SAME': { zh: '会议本来就定在 {date}。', en: 'The meeting is on {date} already.' },
  'error.QUARTER_MEETING_AHEAD': {
    zh: '会议定于 {date}，会后才能记录；如已提前召开，请先改期。',
    en: 'The meeting is on {date}; it is recorded afterwards. If it was held earlier, move it first.',
  },
  'error.QUARTER_RESOLUTIONS_NEGATIVE': { zh: '决议数不能为负。', en: 'The number of resolutions cannot be negative.' },
  'error.QUARTER_CALENDAR_KNOWN': { zh: '日期已按这一版日历计算。', en: 'The dates were counted on this calendar already.' },
  'error.REPORT_NOT_ASKED': {
    zh: '社区还没有征集 {quarter} 的报告，或本项目不需要报告。',
    en: 'Reports on {quarter} have not been asked for yet, or this project owes none.',
  },
  'quarters.wait.asking': { zh: '系统正在查明应报告的项目。', en: 'The system finds out which projects owe a report.' },
  'quarters.wait.topics': { zh: '到期提醒各单位，按已有议题准备。', en: 'Everybody is reminded; the meeting is prepared with what is in.' },
  'quarters.wait.notice': { zh: '系统按时发出会议通知。', en: 'The system gives notice of the meeting.' },
  'quarters.wait.reports': {
    zh: '按期提醒，逾期标记，再逾期报主管督办；迟到的报告列入补充。',
    en: 'Reminders, then a late mark, then the supervisor; late reports go to the addendum.',
  },
  'quarters.wait.meeting': { zh: '当天未记录即标记逾期，并告知管理员。', en: 'It is marked late and the manager is told.' },
  'quarters.wait.minutes': { zh: '到期自动公布季度报告。', en: 'The quarter’s report is published by itself.' },
  'quarters.told.reportsAsked': {
    zh: '请提交 {on} 的项目报告（{count} 份），{meetingOn} 的联席会议听取。',
    en: 'Please report on {on} ({count} reports); the meeting of {meetingOn} hears them.',
  },
  'quarters.told.reportsReminded': {
    zh: '提醒：{on} 的项目报告还缺 {count} 份。',
    en: 'A reminder: {count} reports on {on} are still missing.',
  },
  'quarters.told.reportsLate': {
    zh: '{on} 的项目报告有 {count} 份逾期，请尽快补交。',
    en: '{count} reports on {on} are late; please hand them in.',
  },
  'quarters.told.reportsEscalated': {
    zh: '{on} 的项目报告仍缺 {count} 份，已报主管督办。',
    en: '{count} reports on {on} are still missing; the supervisor has been told.',
  },
  'quarters.told.reportsMissing': {
    zh: '请督办：有单位仍缺 {on} 的项目报告 {count} 份。',
    en: 'Please follow up: a unit still owes {count} reports on {on}.',
  },
  'quarters.told.topicsDue': {
    zh: '{meetingOn} 召开联席会议，请提交议题。',
    en: 'The joint meeting is on {meetingOn}; please hand in topics.',
  },
  'quarters.told.meetingNotice': { zh: '会议通知：{meetingOn} 召开 {quarter} 联席会议。', en: 'Notice: the joint meeting of {quarter} is on {meetingOn}.' },
  'quarters.told.meetingMoved': { zh: '{quarter} 联席会议定于 {meetingOn}。', en: 'The joint meeting of {quarter} is now on {meetingOn}.' },
  'quarters.told.meetingLate': {
    zh: '{meetingOn} 的联席会议还没有记录。',
    en: 'The joint meeting of {meetingOn} has not been recorded.',
  },
  'quarters.told.reportPublished': { zh: '{quarter} 联席会议的季度报告已公布。', en: 'The report of the joint meeting of {quarter} is published.' },
  'quarters.list': { zh: '季度', en: 'Quarters' },
  'quarters.status.asking': { zh: '正在启动', en: 'Being opened' },
  'quarters.status.collecting': { zh: '收集报告', en: 'Collecting reports' },
  'quarters.status.held': { zh: '待公布', en: 'To be published' },
  'quarters.status.published': { zh: '已公布', en: 'Published' },
  'quarters.status.closed': { zh: '已结束', en: 'Closed' },
  'quarters.column.community': { zh: '社区', en: 'Community' },
  'quarters.column.quarter': { zh: '季度', en: 'Quarter' },
  'quarters.column.status': { zh: '状态', en: 'State' },
  'quarters.column.meetingOn': { zh: '联席会议', en: 'Joint meeting' },
  'quarters.column.reportsDue': { zh: '报告截止', en: 'Reports due' },
  'quarters.column.asked': { zh: '应报份数', en: 'Reports asked for' },
  'quarters.column.resolutions': { zh: '决议数', en: 'Resolutions' },
  'quarters.column.heldAt': { zh: '会议召开', en: 'Held' },
  'quarters.column.publishedAt': { zh: '报告公布', en: 'Published' },
} as const satisfies Texts;
