import { defineTexts } from '../../../shared/texts/i18n.ts';

export const texts = defineTexts('staff/pages/projects', {
  title: { zh: '项目', en: 'Projects' },
  board: { zh: '板', en: 'Board' },
  table: { zh: '表', en: 'Table' },
  view: { zh: '看法', en: 'View' },
  number: { zh: '编号', en: 'Number' },
  name: { zh: '项目', en: 'Project' },
  takenOver: { zh: '台账接转', en: 'from an old ledger' },
  status: { zh: '状态', en: 'State' },
  community: { zh: '社区', en: 'Community' },
  lead: { zh: '领办单位', en: 'Lead unit' },
  budget: { zh: '预算（元）', en: 'Budget (CNY)' },
  due: { zh: '截止', en: 'Due' },
  search: { zh: '搜索', en: 'Search' },
  empty: { zh: '还没有项目', en: 'No projects yet' },
  emptyWhy: { zh: '对接方案确认后，项目会出现在这里。', en: 'They appear here once a matching plan is confirmed.' },
  all: { zh: '全部社区', en: 'All communities' },
  column: { zh: '{{status}} {{count}}', en: '{{status}} {{count}}' },
  more: { zh: '更多▸', en: 'More ▸' },
  nothing: { zh: '没有', en: 'None' },
});
