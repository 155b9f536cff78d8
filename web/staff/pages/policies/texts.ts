import { defineTexts } from '../../../shared/texts/i18n.ts';

export const KINDS = ['microProject', 'quarter', 'matching', 'evaluation', 'award', 'points', 'survey', 'needs', 'files', 'rights', 'retention'] as const;

export const texts = defineTexts('staff/pages/policies', {
  title: { zh: '政策参数', en: 'Policy' },
  lead: { zh: '每个天数、比例、上限从哪里来：法条、公布的做法，还是产品默认。', en: 'Where every number of days, share and cap comes from: statute, published rule, or our default.' },
  kind: { zh: '哪一类', en: 'Which' },
  all: { zh: '含以前的版本', en: 'Also earlier versions' },
  pack: { zh: '{{kind}} 第{{version}}版', en: '{{kind}}, version {{version}}' },
  from: { zh: '生效', en: 'In force from' },
  state: { zh: '状态', en: 'State' },
  inForce: { zh: '现行', en: 'In force' },
  ahead: { zh: '待生效', en: 'Ahead' },
  past: { zh: '已被取代', en: 'Replaced' },
  reason: { zh: '理由', en: 'Reason' },
  by: { zh: '谁公布', en: 'Published by' },
  product: { zh: '产品', en: 'The product' },
  empty: { zh: '没有这样的版本', en: 'No such version' },
});
