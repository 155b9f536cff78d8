import { defineTexts } from '../../../../shared/texts/i18n.ts';

export const texts = defineTexts('staff/pages/unit/notices', {
  title: { zh: '公示', en: 'Public notices' },
  lead: { zh: '公示期内可代表{{unit}}提出异议。', en: 'While a notice lasts you can object for {{unit}}.' },
  running: { zh: '正在公示', en: 'Running' },
  none: { zh: '现在没有公示', en: 'There is no notice now' },
  noneWhy: { zh: '以奖代补审批后在这里公示。', en: 'Result-based awards appear here once they are approved.' },
  award: { zh: '给{{recipient}} {{amount}}', en: '{{amount}} to {{recipient}}' },
  until: { zh: '公示到{{day}}24:00', en: 'Until {{day}}, 24:00' },
  paused: { zh: '有人提出异议，复核中', en: 'Somebody objected; being looked into' },
  answered: { zh: '异议不成立，{{day}}答复：{{text}}', en: 'An objection was not upheld. Answer of {{day}}: {{text}}' },
  object: { zh: '提出异议', en: 'Object' },
  cancel: { zh: '取消', en: 'Cancel' },
  reason: { zh: '理由', en: 'Reason' },
  reasonHint: { zh: '以单位名义提出；只有办理的工作人员能看到。', en: 'In the name of your organisation; only those who deal with it see it.' },
  reasonMissing: { zh: '请写明理由', en: 'Give the reason' },
  send: { zh: '提交异议', en: 'Send the objection' },
  sent: { zh: '异议已受理，只暂停这一项', en: 'Received: this award alone is paused' },
  own: { zh: '本单位提出的异议', en: 'Objections of your organisation' },
  answerBy: { zh: '{{day}}24:00前答复', en: 'To be answered by {{day}}, 24:00' },
  answer: { zh: '答复：{{text}}', en: 'Answer: {{text}}' },
});
