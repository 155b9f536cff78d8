import { defineTexts } from '../../../shared/texts/i18n.ts';

export const texts = defineTexts('public/pages/rate', {
  title: { zh: '您满意吗？', en: 'Are you satisfied?' },
  lead: { zh: '请为这次服务打分。不记名，每张纸条用一次。', en: 'Rate the service. No names; each slip counts once.' },
  code: { zh: '纸条上的编号', en: 'Code on the slip' },
  codeMissing: { zh: '请填写纸条上的编号', en: 'Enter the code on the slip' },
  stars: { zh: '您的评价', en: 'Your rating' },
  starsMissing: { zh: '请选一个评价', en: 'Choose a rating' },
  'stars.5': { zh: '非常满意', en: 'Very satisfied' },
  'stars.4': { zh: '满意', en: 'Satisfied' },
  'stars.3': { zh: '基本满意', en: 'Fairly satisfied' },
  'stars.2': { zh: '不满意', en: 'Dissatisfied' },
  'stars.1': { zh: '非常不满意', en: 'Very dissatisfied' },
  send: { zh: '提交评价', en: 'Send' },
  running: { zh: '正在提交…', en: 'Sending…' },
  done: { zh: '已收到您的评价，谢谢', en: 'Your rating was counted, thank you' },
  doneNext: { zh: '评价够多后，会和项目一起公开。', en: 'Once there are enough ratings they are published with the project.' },
  projects: { zh: '看看社区的项目', en: 'See the projects' },
});
