import type { Texts } from '../kernel/texts.ts';

export const texts = {
  'error.CLOCK_SUSPECT': { zh: '系统时钟不一致，暂不办理，请稍后再试。', en: 'The system’s clocks do not agree; nothing is done until they do. Please try again later.' },
  'error.HAND_OVER_NEEDED': {
    zh: '还有 {waits} 项待办无人接手，请指定接任人。',
    en: '{waits} open waits would have no owner; name a successor.',
  },
  'cases.column.owner': { zh: '等谁', en: 'Waiting for' },
  'cases.column.what': { zh: '等什么', en: 'What' },
  'cases.column.title': { zh: '哪件', en: 'Case' },
  'cases.column.due': { zh: '截止', en: 'Due' },
  'cases.column.workdaysLeft': { zh: '剩余工作日（负数为逾期）', en: 'Workdays left (negative: late)' },
  'cases.column.since': { zh: '从何时起', en: 'Since' },
  'cases.column.otherwise': { zh: '若不办', en: 'Otherwise' },
  'cases.column.reminders': { zh: '人工提醒次数', en: 'Reminders by hand' },
  'cases.told.reminded': { zh: '催办：有一件事等您办理，请尽快处理。', en: 'A reminder: something waits for you; please see to it.' },
  'cases.told.remindedOfDate': { zh: '催办：有一件事等您办理，{date} 截止，请尽快处理。', en: 'A reminder: something waits for you, due on {date}; please see to it.' },
  'error.WAIT_UNKNOWN': { zh: '这件事已经办完，或不在您的范围内。', en: 'This is done already, or not within your area.' },
  'error.WAIT_OF_NOBODY': { zh: '系统计时，没有可提醒的人。', en: 'Time runs by itself: there is nobody to remind.' },
  'error.WAIT_OWN': { zh: '这件事轮到您办理。', en: 'It is your own turn.' },
  'error.WAIT_REMINDED_TODAY': { zh: '今天已经提醒过，下一个工作日可再提醒。', en: 'Reminded today already; again on the next workday.' },
  'error.CASE_UNKNOWN': { zh: '没有这一事项。', en: 'There is no such case.' },
  'error.CASE_NOT_PARKED': { zh: '该事项没有暂停。', en: 'This case is not parked.' },
  'error.CASE_CLOSED': { zh: '该事项已经办结，不能再办理。', en: 'This case is closed; nothing more can be done to it.' },
  'error.CASE_NOT_RUNNING': {
    zh: '该事项没有在办理中：它已经办结，或尚未开始。',
    en: 'This case is not running: it is closed or has not begun.',
  },
  'error.COMMAND_LOST': {
    zh: '数据库在保存这次请求时中断，请用同一请求重试。',
    en: 'The database went down while this request was being stored; try again with the same key.',
  },
  'error.CASES_UNSETTLED': {
    zh: '仍有事项没有处理完（待传递{messages}条，处理中{atWork}项），时间不能前移，请稍后重试。',
    en: 'Some cases have not come to rest ({messages} facts untaken, {atWork} at work); time cannot move. Try again later.',
  },
  'error.JOURNAL_BEHIND': {
    zh: '该事项的记录比办理进度短，已暂停，等待系统管理员恢复。',
    en: 'The journal of this case is shorter than the case remembers; it is parked until it is recovered.',
  },
  'error.JOURNAL_SILENT': {
    zh: '该事项的记录没有应答，请稍后用同一请求重试。',
    en: 'The journal of this case did not answer; try again with the same key.',
  },
  'error.DUE_ANSWERED_BEFORE': {
    zh: '到期事项已办过，规则有误，流程已停，请联系管理员。',
    en: 'What is due was done before: the rules are at fault, and the case has stopped. Please tell the administrator.',
  },
  'error.WAKE_WITHOUT_COMMAND': {
    zh: '该事项到期但没有可执行的步骤，已暂停，等待系统管理员处理。',
    en: 'This case is due without anything to do; it is parked until somebody repairs it.',
  },
  'error.CASE_FAILED': {
    zh: '该事项办理中出错，已暂停，等待系统管理员处理。',
    en: 'This case failed and is parked until somebody repairs it.',
  },
  'error.PLAIN_PAYLOAD': {
    zh: '收到未加密的内容，已拒绝。',
    en: 'Content that was not encrypted has been refused.',
  },
  'cases.list.waits': { zh: '待办事项', en: 'Who holds the ball' },
} as const satisfies Texts;
