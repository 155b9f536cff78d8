import { defineTexts } from '../../../shared/texts/i18n.ts';

export const texts = defineTexts('staff/pages/quarters', {
  title: { zh: '{{quarter}}季度', en: 'Quarter {{quarter}}' },
  lead: { zh: '本季联席会议听取{{heard}}的项目报告。谁没报？办成了什么？', en: 'This quarter’s meetings hear the reports on {{heard}}. Who has not reported, what came of it?' },
  quarter: { zh: '季度', en: 'Quarter' },
  results: { zh: '看闭环报告', en: 'See the loop report' },
  open: { zh: '启动本季', en: 'Open the quarter' },
  opened: { zh: '已启动{{count}}个社区的季度', en: { one: 'The quarter of {{count}} community is open', other: 'The quarters of {{count}} communities are open' } },
  reports: { zh: '{{quarter}}报告', en: 'Reports on {{quarter}}' },
  communities: { zh: '各社区', en: 'Communities' },
  community: { zh: '社区', en: 'Community' },
  status: { zh: '状态', en: 'Status' },
  meeting: { zh: '联席会议', en: 'Joint meeting' },
  provisional: { zh: '暂定', en: 'provisional' },
  asked: { zh: '应报', en: 'Asked' },
  submitted: { zh: '已报', en: 'Handed in' },
  late: { zh: '逾期', en: 'Late' },
  resolutions: { zh: '决议', en: 'Resolutions' },
  all: { zh: '合计', en: 'All' },
  none: { zh: '{{quarter}}还没有启动', en: '{{quarter}} is not open yet' },
  noneWhy: {
    zh: '到规定的提前期系统自动启动；项目管理员和社区也可以提前启动本季或下一季。',
    en: 'It opens by itself when the time comes; manager and communities can open this or the next quarter earlier.',
  },
});
