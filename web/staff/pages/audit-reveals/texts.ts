import { defineTexts } from '../../../shared/texts/i18n.ts';

export const texts = defineTexts('staff/pages/audit-reveals', {
  title: { zh: '查看完整信息的记录', en: 'Looks behind masks' },
  lead: { zh: '谁、何时、看了谁的哪一项、为什么。看到的内容不留存。', en: 'Who looked at whose field, when and why. What they saw is not kept.' },
  back: { zh: '返回核验', en: 'Back to verify' },
  when: { zh: '时间', en: 'When' },
  who: { zh: '谁看的', en: 'Who looked' },
  field: { zh: '哪一项', en: 'Field' },
  'field.name': { zh: '姓名', en: 'Name' },
  'field.phone': { zh: '电话', en: 'Phone number' },
  record: { zh: '谁的', en: 'Whose' },
  'record.need': { zh: '需求提出人', en: 'Who raised a need' },
  'record.submission': { zh: '来件人', en: 'Who sent a form' },
  'record.person': { zh: '工作人员', en: 'A member of staff' },
  reason: { zh: '原因', en: 'Reason' },
  empty: { zh: '没有人查看过完整信息', en: 'Nobody has looked' },
  emptyWhy: { zh: '有人查看时，会逐次记在这里。', en: 'Each look is put down here.' },
});
