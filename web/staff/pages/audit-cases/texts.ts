import { defineTexts } from '../../../shared/texts/i18n.ts';

export const texts = defineTexts('staff/pages/audit-cases', {
  title: { zh: '案卷', en: 'Case files' },
  lead: { zh: '每个项目从立项到结项的全部决定。', en: 'Every decision of every project, from its opening to its close.' },
  back: { zh: '返回核验', en: 'Back to verify' },
  search: { zh: '按名称或编号查找', en: 'Find by name or number' },
  name: { zh: '项目', en: 'Project' },
  number: { zh: '编号', en: 'Number' },
  community: { zh: '社区', en: 'Community' },
  leadUnit: { zh: '领办单位', en: 'Lead unit' },
  file: { zh: '案卷文件', en: 'Case file' },
  empty: { zh: '还没有案卷', en: 'No case files yet' },
  emptyWhy: { zh: '对接方案确认后，每个项目一份案卷。', en: 'Once a matching plan is confirmed, each project has one.' },
});
