import { defineTexts } from '../../../shared/texts/i18n.ts';

export const texts = defineTexts('public/pages/home', {
  title: { zh: '您想做什么？', en: 'What would you like to do?' },
  need: { zh: '提需求', en: 'Raise a need' },
  needWhy: { zh: '说说您遇到的困难', en: 'Tell us what is difficult' },
  follow: { zh: '查进度', en: 'Follow it up' },
  followWhy: { zh: '凭编号查看办到哪一步', en: 'See by your number how far it is' },
  projects: { zh: '看项目', en: 'See projects' },
  projectsWhy: { zh: '看看社区在办什么', en: 'What is being done in your community' },
  notices: { zh: '看公示', en: 'See notices' },
  noticesWhy: { zh: '查看公示，提出异议', en: 'Read public notices, object to them' },
  notFound: { zh: '没有这个页面', en: 'There is no such page' },
  home: { zh: '回到首页', en: 'Back to the start' },
});
