import { defineTexts } from '../../../shared/texts/i18n.ts';

export const texts = defineTexts('staff/pages/offer', {
  new: { zh: '登记资源', en: 'Register an offer' },
  back: { zh: '全部资源', en: 'All offers' },
});
