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
  'insights.report.title': { zh: '社区共建闭环报告', en: 'Community co-building: loop report' },
  'insights.report.period': { zh: '{from}至{until}', en: '{from} to {until}' },
  'insights.report.quarter': { zh: '{year}年第{quarter}季度', en: '{year} Q{quarter}' },
  'insights.report.totals': { zh: '总体', en: 'In total' },
  'insights.report.byCommunity': { zh: '按社区', en: 'By community' },
  'insights.report.byUnit': { zh: '按共建单位', en: 'By co-building unit' },
  'insights.report.communities': { zh: '社区（个）', en: 'Communities' },
  'insights.report.units': { zh: '共建单位（个）', en: 'Co-building units' },
  'insights.report.name': { zh: '项目', en: 'Figure' },
  'insights.report.value': { zh: '数', en: 'Value' },
  'insights.report.basis': {
    zh: '资金以社区核实到账为准；实物和服务折价单列，不计入资金。解决问题以通过的季度报告首次办结、并经提出人或社区确认的需求计，同一需求只计一次。',
    en: 'Funds are cash that the community has verified; goods and services are shown apart. A problem counts once, when an accepted report was the first to close its need and raiser or community confirmed it.',
  },
} as const satisfies Texts;
