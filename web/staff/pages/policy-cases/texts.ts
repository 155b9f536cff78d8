import { defineTexts } from '../../../shared/texts/i18n.ts';

export const texts = defineTexts('staff/pages/policy-cases', {
  title: { zh: '用{{kind}}第{{version}}版的在办事项', en: 'Open cases under {{kind}}, version {{version}}' },
  lead: { zh: '事项开始时固定所用的版本，办结前不变。', en: 'A case keeps the version it began with until it is closed.' },
  back: { zh: '看这一版', en: 'See this version' },
  name: { zh: '事项', en: 'Case' },
  kind: { zh: '种类', en: 'Kind' },
  opened: { zh: '开始时间', en: 'Begun' },
  empty: { zh: '没有在办事项用这一版', en: 'No open case is under this version' },
  emptyWhy: {
    zh: '微项目、季度、精准对接、以奖代补、需求摸底、个人信息申请开始时固定版本；其他政策按办理当天的版本。',
    en: 'Projects, quarters, matching runs, awards, surveys and requests about own data pin versions; other packs hold by the day of each act.',
  },
});
