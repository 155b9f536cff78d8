import { defineTexts } from '../../../shared/texts/i18n.ts';

export const texts = defineTexts('public/pages/notices', {
  title: { zh: '看公示', en: 'Public notices' },
  awards: { zh: '拟给的以奖代补', en: 'Proposed result-based awards' },
  none: { zh: '现在没有公示。新的公示会在这里出现。', en: 'There is no notice now. New ones will appear here.' },
  ended: { zh: '公示已结束的', en: 'Notices that are over' },
  to: { zh: '给', en: 'To' },
  until: { zh: '公示到{{day}}24:00', en: 'Until 24:00 on {{day}}' },
  over: { zh: '已授予。异议期已于{{day}}24:00结束；还有疑问，可向所在社区反映。', en: 'Granted. Objections closed at 24:00 on {{day}}; if in doubt, ask the community.' },
  paused: { zh: '有人提出异议，复核中；只暂停这一项。', en: 'Somebody objected; being reconsidered. Only this one pauses.' },
  object: { zh: '提出异议', en: 'Object' },
  follow: { zh: '查异议答复', en: 'See the answer to an objection' },
  answered: { zh: '异议不成立，{{day}}答复：', en: 'An objection was not upheld. Answer of {{day}}: ' },
  how: { zh: '怎么提异议', en: 'How to object' },
  howText: {
    zh: '公示期内，点“提出异议”，写明姓名、电话和理由；也可到社区书面提出。当天起只暂停这一项，并书面答复您，答复公开。',
    en: 'While the notice lasts, press “Object” and give name, phone and reason; or hand it in at your community. It pauses this award alone, and you get a written answer, which is published.',
  },
  verify: { zh: '核对打印件', en: 'Check a printed document' },
  results: { zh: '每季度办成了什么', en: 'What each quarter achieved' },
});
