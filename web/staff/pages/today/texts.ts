import { defineTexts } from '../../../shared/texts/i18n.ts';

export const texts = defineTexts('staff/pages/today', {
  title: { zh: '今日', en: 'Today' },
  mine: { zh: '轮到我', en: 'My turn' },
  othersLate: { zh: '他人逾期', en: 'Others late' },
});
