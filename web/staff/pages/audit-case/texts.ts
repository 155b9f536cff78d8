import { defineTexts } from '../../../shared/texts/i18n.ts';

export const texts = defineTexts('staff/pages/audit-case', {
  title: { zh: '案卷：{{title}} {{number}}', en: 'Case file: {{title}} {{number}}' },
  file: { zh: '下载案卷（PDF）', en: 'Download the file (PDF)' },
  back: { zh: '返回案卷', en: 'Back to the files' },
  events: { zh: '审计记录', en: 'Audit record' },
  journal: { zh: '决定记录', en: 'Journal' },
  version: { zh: '序号', en: 'No.' },
  at: { zh: '业务时间', en: 'Business time' },
  what: { zh: '决定', en: 'Decision' },
  who: { zh: '谁', en: 'Who' },
  system: { zh: '系统', en: 'The system' },
});
