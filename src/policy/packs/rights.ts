import type { PackDefinition } from '../model.ts';

const PLAN = '产品默认值，未见公开依据（docs/sources.md 2.7）';

export const rights: PackDefinition<'rights'> = {
  answerWorkdays: {
    value: 15,
    unit: 'workdays',
    range: [1, 15],
    source: '个人信息保护法 50 要求便捷受理；15 个工作日：App违法违规收集使用个人信息行为认定方法 六（docs/sources.md 2.7）',
    grade: '◐',
    label: { zh: '查阅、更正、删除个人信息的申请多少个工作日内办结', en: 'Workdays within which a request about one’s own data is answered' },
  },
  copyDays: {
    value: 30,
    unit: 'days',
    range: [1, 180],
    source: PLAN,
    grade: 'A',
    label: { zh: '办结后凭查询码可查阅本人信息多少天', en: 'Days for which the follow-up code opens the copy of one’s own data' },
  },
  revealsPerDay: {
    value: 30,
    unit: 'count',
    range: [1, 500],
    source: PLAN,
    grade: 'A',
    label: { zh: '每人每天最多查看多少条完整信息', en: 'Masked fields that one person may reveal in a day' },
  },
  revealsAlarm: {
    value: 15,
    unit: 'count',
    range: [1, 500],
    source: PLAN,
    grade: 'A',
    label: { zh: '一人一天查看多少条完整信息即告知审计', en: 'Masked fields revealed by one person in a day from which the auditors are told' },
  },
  exposuresOpenMost: {
    value: 20,
    unit: 'count',
    range: [1, 1000],
    source: PLAN,
    grade: 'A',
    label: { zh: '最多几个被反映泄露隐私的名称同时先行隐去', en: 'Titles said to tell of a neighbour that are hidden at once before anybody has looked, at most' },
  },
};
