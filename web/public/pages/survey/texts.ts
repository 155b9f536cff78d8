import { defineTexts } from '../../../shared/texts/i18n.ts';

export const texts = defineTexts('public/pages/survey', {
  title: { zh: '需求摸底', en: 'Needs survey' },
  until: { zh: '{{day}}截止', en: 'Open until {{day}}' },
  optional: { zh: '（可不填）', en: '(optional)' },
  missing: { zh: '请回答：{{question}}', en: 'Please answer: {{question}}' },
  wrongNumber: { zh: '请填整数：{{question}}', en: 'A whole number, please: {{question}}' },
  place: { zh: '如“3号楼门口”。不用写门牌号。', en: 'Such as “at the door of building 3”. No room numbers needed.' },
  send: { zh: '提交', en: 'Send' },
});
