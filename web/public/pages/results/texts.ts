import { defineTexts } from '../../../shared/texts/i18n.ts';

export const texts = defineTexts('public/pages/results', {
  title: { zh: '每季度办成了什么', en: 'What each quarter achieved' },
  of: { zh: '{{year}}年第{{number}}季度', en: 'Quarter {{number}} of {{year}}' },
  none: { zh: '还没有发布过季度闭环报告。联席会议开完后发布。', en: 'No quarterly report has been published yet. It follows the joint meeting.' },
  communities: { zh: '{{count}}个社区已发布', en: { one: '{{count}} community has published', other: '{{count}} communities have published' } },
  microProjects: { zh: '微项目', en: 'Micro-projects' },
  fundsFen: { zh: '到位并核实资金', en: 'Verified funds' },
  problemsSolved: { zh: '解决问题', en: 'Problems solved' },
  peopleServed: { zh: '服务人次', en: 'People served' },
  awardsFen: { zh: '以奖代补', en: 'Result-based awards' },
  byCommunity: { zh: '分社区', en: 'By community' },
  byUnit: { zh: '分单位', en: 'By unit' },
  name: { zh: '名称', en: 'Name' },
  back: { zh: '全部季度', en: 'All quarters' },
});
