import { defineTexts } from '../../../../shared/texts/i18n.ts';

export const texts = defineTexts('staff/pages/unit/offers', {
  title: { zh: '推荐给我们的项目', en: 'Projects offered to us' },
  lead: { zh: '只留给本单位，到期视为谢绝，改请下一个单位。', en: 'Kept for your unit. Without an answer in time the next unit is asked.' },
  list: { zh: '推荐', en: 'Offers' },
  none: { zh: '暂无推荐。更新可提供的资源，下次更准。', en: 'No offers yet. Update what you can give for a better match.' },
  update: { zh: '更新可提供的资源', en: 'Update what we can give' },
  open: { zh: '看开放项目', en: 'See open projects' },
});
