import { defineTexts } from '../../../shared/texts/i18n.ts';

export const texts = defineTexts('staff/pages/needs', {
  title: { zh: '需求', en: 'Needs' },
  lead: { zh: '居民提的每一件事：现在到哪一步。', en: 'Everything residents asked for, and where it stands.' },
  register: { zh: '登记需求', en: 'Register a need' },
  search: { zh: '搜内容、小区', en: 'Search words or estate' },
  number: { zh: '编号', en: 'Number' },
  text: { zh: '内容', en: 'Need' },
  noText: { zh: '（待写公开内容）', en: '(public text to be written)' },
  look: { zh: '请看', en: 'Look' },
  category: { zh: '类别', en: 'Category' },
  community: { zh: '社区', en: 'Community' },
  urgency: { zh: '紧急程度', en: 'Urgency' },
  people: { zh: '人数', en: 'People' },
  state: { zh: '状态', en: 'State' },
  raised: { zh: '提出', en: 'Raised' },
  survey: { zh: '摸底', en: 'Survey' },
  needsLook: { zh: '只看有遮盖的', en: 'Only with masked parts' },
  triageAsIs: { zh: '按现有内容梳理', en: 'Triage as they are' },
  textMissing: { zh: '还没有公开内容，请打开这条来写', en: 'No public text yet: open it and write one' },
  confirmSolved: { zh: '社区确认已办好', en: 'Confirm as solved' },
  empty: { zh: '还没有需求', en: 'No needs yet' },
  emptyWhy: {
    zh: '居民在公开表单提、工作人员登记、摸底答卷和表格导入，都会列在这里。',
    en: 'What residents send, staff register, surveys ask and tables bring will stand here.',
  },
});
