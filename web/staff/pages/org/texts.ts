import { defineTexts } from '../../../shared/texts/i18n.ts';

export const texts = defineTexts('staff/pages/org', {
  title: { zh: '我们实施的项目', en: 'Projects we carry out' },
  running: { zh: '进行中{{count}}', en: { one: '{{count}} running', other: '{{count}} running' } },
  ended: { zh: '已结束{{count}}', en: { one: '{{count}} ended', other: '{{count}} ended' } },
  lead: { zh: '领办：{{unit}}', en: 'Led by {{unit}}' },
  none: { zh: '还没有由本机构实施的项目', en: 'Your organisation carries out no project yet' },
  noneWhy: { zh: '领办单位签约时选定实施单位，选定后出现在这里。', en: 'The lead unit names who carries it out when it signs; the project then appears here.' },
});
