import { defineTexts } from '../../../../shared/texts/i18n.ts';

export const texts = defineTexts('staff/pages/unit/home', {
  title: { zh: '我的', en: 'Mine' },
  turns: { zh: '轮到您{{count}}件', en: '{{count}} waiting for you' },
  list: { zh: '要办的{{count}}', en: '{{count}} to do' },
  offers: { zh: '新推荐{{count}}', en: { one: '{{count}} new offer', other: '{{count}} new offers' } },
  report: { zh: '季度报告{{quarter}}', en: 'Quarterly report {{quarter}}' },
  reportReturned: { zh: '季度报告{{quarter}}·请补充', en: 'Quarterly report {{quarter}} · please add' },
  begun: { zh: '已写一部分，{{at}}保存在本机', en: 'Begun, kept on this device {{at}}' },
  fill: { zh: '填写季报', en: 'Write the report' },
  goOn: { zh: '继续填写季报', en: 'Go on with the report' },
  next: { zh: '办理：{{what}}', en: 'Next: {{what}}' },
  doors: { zh: '数字', en: 'Figures' },
  projects: { zh: '项目', en: 'Projects' },
  points: { zh: '积分', en: 'Points' },
  resources: { zh: '可提供的资源', en: 'What we can give' },
  nothing: { zh: '现在没有轮到您的事。', en: 'Nothing waits for you.' },
  nothingWhy: { zh: '有了新的事，会出现在这里，也会通知您。', en: 'What comes up appears here, and you are told.' },
  nothingNext: { zh: '最近截止：{{day}} {{what}}（{{who}}）', en: 'Next due: {{day}}, {{who}} {{what}}' },
  noOffers: { zh: '暂无推荐。更新可提供的资源，下次更准。', en: 'No offers yet. Update what you can give for a better match.' },
  update: { zh: '更新可提供的资源', en: 'Update what we can give' },
});
