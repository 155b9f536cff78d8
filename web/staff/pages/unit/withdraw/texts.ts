import { defineTexts } from '../../../../shared/texts/i18n.ts';

export const texts = defineTexts('staff/pages/unit/withdraw', {
  title: { zh: '退出·{{project}}', en: 'Withdraw · {{project}}' },
  lead: { zh: '先写理由，再检查会发生什么。', en: 'The reason first, then what it brings about.' },
  reason: { zh: '为什么退出', en: 'Why you withdraw' },
  missing: { zh: '请写退出的理由', en: 'Give your reason' },
  check: { zh: '检查并退出', en: 'Check and withdraw' },
  checkTitle: { zh: '检查退出·{{project}}', en: 'Check the withdrawal · {{project}}' },
  leader: { zh: '领办单位', en: 'Lead unit' },
  leaderNone: { zh: '本单位不再领办，也不再收到这个项目', en: 'Yours no longer; the project is not offered to you again' },
  money: { zh: '资金', en: 'Money' },
  moneyFrozen: { zh: '没有到位的承诺{{open}}退回；已到位的{{there}}冻结，等下一个单位', en: 'Pledges not arrived ({{open}}) are released; what arrived ({{there}}) is frozen for the next unit' },
  next: { zh: '接替', en: 'Who follows' },
  nextAsked: { zh: '马上询问排在后面的单位，没有就转为开放认领', en: 'The runner-up is asked at once; without one it opens to all' },
  record: { zh: '记录', en: 'Record' },
  recordKept: { zh: '已做的工作、报告和积分都保留', en: 'Work done, reports and points stay' },
  'told.community': { zh: '{{community}}', en: '{{community}}' },
  'told.manager': { zh: '街道项目管理员', en: 'The street’s project manager' },
  'told.next': { zh: '排在后面的单位', en: 'The runner-up' },
  action: { zh: '确认退出', en: 'Withdraw' },
  done: { zh: '✓ 已退出{{number}}，系统正在询问下一个单位', en: '✓ Withdrawn from {{number}}; the next unit is being asked' },
});
