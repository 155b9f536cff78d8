import { defineTexts } from '../../../shared/texts/i18n.ts';

export const texts = defineTexts('public/pages/need', {
  title: { zh: '提一个需求', en: 'Raise a need' },
  lead: { zh: '您遇到什么困难？写几句就行。', en: 'What is difficult? A few words are enough.' },
  words: { zh: '您遇到什么困难？', en: 'What is difficult?' },
  wordsMissing: { zh: '请写几句您的困难', en: 'Tell us what is difficult' },
  place: { zh: '在哪里？（可不填）', en: 'Where? (optional)' },
  placeHint: { zh: '如“3号楼门口”。不用写门牌号。', en: 'Such as “at the door of building 3”. No room numbers needed.' },
  category: { zh: '属于哪一类？（可不选）', en: 'What kind? (optional)' },
  categoryNone: { zh: '说不清', en: 'Not sure' },
  send: { zh: '提交', en: 'Send' },
});
