import { defineTexts } from '../../../shared/texts/i18n.ts';

export const texts = defineTexts('public/pages/notices', {
  title: { zh: '看公示', en: 'Public notices' },
  awards: { zh: '拟给的以奖代补', en: 'Proposed result-based awards' },
  none: { zh: '现在没有公示。新的公示会在这里出现。', en: 'There is no notice now. New ones will appear here.' },
  to: { zh: '给', en: 'To' },
  until: { zh: '公示到', en: 'Until' },
  paused: { zh: '有人提出异议，复核中；只暂停这一项。', en: 'Somebody objected; being reconsidered. Only this one pauses.' },
  how: { zh: '怎么提异议', en: 'How to object' },
  howText: {
    zh: '公示期内，到社区书面提出，写明姓名、电话和理由。社区登记后，当天起只暂停这一项，并书面答复您。',
    en: 'While the notice lasts, object in writing at your community with name, phone and reason. It pauses this award alone, and you get a written answer.',
  },
  verify: { zh: '核对打印件', en: 'Check a printed document' },
  results: { zh: '每季度办成了什么', en: 'What each quarter achieved' },
});
