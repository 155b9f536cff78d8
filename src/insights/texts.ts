import type { Texts } from '../kernel/texts.ts';

export const texts = {
  'error.INSIGHTS_PERIOD_REVERSED': {
    zh: '起始季度{from}晚于截止季度{until}。',
    en: 'The first quarter {from} is later than the last one {until}.',
  },
  'error.PUBLIC_PROJECT_UNKNOWN': {
    zh: '没有找到这个项目。',
    en: 'There is no such project.',
  },
  'error.PUBLIC_RESULTS_UNKNOWN': {
    zh: '{quarter}的闭环报告尚未发布。',
    en: 'The loop report of {quarter} has not been published yet.',
  },
  'insights.column.code': { zh: '编号', en: 'Code' },
  'insights.column.name': { zh: '名称', en: 'Name' },
  'insights.column.microProjects': { zh: '微项目（个）', en: 'Micro-projects' },
  'insights.column.fundsFen': { zh: '到位并核实资金（元）', en: 'Verified funds (yuan)' },
  'insights.column.inKindFen': { zh: '实物和服务折价（元）', en: 'In-kind value (yuan)' },
  'insights.column.problemsSolved': { zh: '解决问题（个）', en: 'Problems solved' },
  'insights.column.reportsAccepted': { zh: '通过的季度报告（份）', en: 'Reports accepted' },
  'insights.column.reportsLate': { zh: '逾期的季度报告（份）', en: 'Reports late' },
  'insights.column.peopleServed': { zh: '服务人次', en: 'People served' },
  'insights.column.awardsFen': { zh: '以奖代补（元）', en: 'Awards (yuan)' },
  'insights.total': { zh: '合计', en: 'Total' },
} as const satisfies Texts;
