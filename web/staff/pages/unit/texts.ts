import { defineTexts } from '../../../shared/texts/i18n.ts';

export const texts = defineTexts('staff/pages/unit', {
  score: { zh: '{{score}}分', en: '{{score}} points' },
  why: { zh: '为什么推荐', en: 'Why it is recommended' },
  reasons: { zh: '{{label}}{{score}}', en: '{{label}} {{score}}' },
  budget: { zh: '预算{{amount}}', en: 'Budget {{amount}}' },
  claim: { zh: '认领', en: 'Claim' },
  claiming: { zh: '正在确认…', en: 'Confirming…' },
  claimed: { zh: '✓ 已认领{{number}}。下一步：签协议', en: '✓ {{number}} is yours. Next: sign the agreement' },
  coFund: { zh: '共同出资', en: 'Co-fund' },
  decline: { zh: '不合适', en: 'Not for us' },
  declineReason: { zh: '为什么不合适', en: 'Why it does not fit' },
  declineWarning: { zh: '马上改请下一个单位，本单位不再收到这个项目。', en: 'The next unit is asked at once; yours is not asked again.' },
  declineSend: { zh: '确认谢绝', en: 'Decline' },
  declineCancel: { zh: '再想想', en: 'Keep it' },
  declineMissing: { zh: '请写一句理由', en: 'Give a reason in a sentence' },
  declined: { zh: '✓ 已谢绝{{number}}，理由已记录', en: '✓ {{number}} is declined; the reason is kept' },
  lost: { zh: '{{unit}}已先认领（{{time}}）。', en: '{{unit}} claimed first ({{time}}).' },
  lostOwn: { zh: '本单位已经认领（{{time}}）。', en: 'Your unit has it already ({{time}}).' },
  similar: { zh: '看{{count}}个相近项目', en: { one: 'See {{count}} similar project', other: 'See {{count}} similar projects' } },
});
