import { defineTexts } from '../../../shared/texts/i18n.ts';

export const texts = defineTexts('staff/pages/offers', {
  title: { zh: '资源', en: 'Offers' },
  lead: { zh: '各单位能出什么。对接只用可提供的。', en: 'What units can give. Matching uses the open ones.' },
  register: { zh: '登记资源', en: 'Register an offer' },
});
