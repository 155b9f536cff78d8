import { defineTexts } from '../../../shared/texts/i18n.ts';

export const texts = defineTexts('staff/pages/matching', {
  title: { zh: '精准对接', en: 'Matching' },
  lead: { zh: '每次把已发布的项目方案与各单位的资源整体对接，给出方案、证明和理由。', en: 'Each run matches all ready proposals with what units offer, with a proof and reasons.' },
  begin: { zh: '开始对接', en: 'Start matching' },
  opened: { zh: '开始时间', en: 'Begun' },
  status: { zh: '状态', en: 'Status' },
  matched: { zh: '有单位', en: 'With a unit' },
  unmatched: { zh: '无合适单位', en: 'Without' },
  value: { zh: '方案总分', en: 'Points of the plan' },
  price: { zh: '人工改动代价', en: 'Price of changes' },
  due: { zh: '确认期限', en: 'To be confirmed' },
  empty: { zh: '还没有对接过', en: 'Nothing was matched yet' },
  emptyWhy: {
    zh: '需求清单里的项目方案发布、单位登记资源之后，由项目管理员在这里开始对接。',
    en: 'Once proposals are published and units have registered what they offer, the project manager starts a run here.',
  },
  proposals: { zh: '看项目方案', en: 'See the proposals' },
});
