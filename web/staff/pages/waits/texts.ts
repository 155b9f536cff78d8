import { defineTexts } from '../../../shared/texts/i18n.ts';

export const texts = defineTexts('staff/pages/waits', {
  title: { zh: '球在谁手里', en: 'Who holds the ball' },
  lead: { zh: '每件在办的事：等谁、到什么时候、不办会怎样。', en: 'Every open matter: who is awaited, until when, and what happens otherwise.' },
  owner: { zh: '等谁', en: 'Awaited' },
  role: { zh: '岗位', en: 'Role' },
  unit: { zh: '单位', en: 'Unit' },
  community: { zh: '社区', en: 'Community' },
  kind: { zh: '事项', en: 'Matter' },
  late: { zh: '只看逾期', en: 'Late only' },
  which: { zh: '哪件', en: 'Which' },
  due: { zh: '截止', en: 'Due' },
  waited: { zh: '已等', en: 'Waiting' },
  days: { zh: '{{count}}日', en: { one: '{{count}} day', other: '{{count}} days' } },
  otherwise: { zh: '若不办', en: 'Otherwise' },
  empty: { zh: '现在没有在等的事', en: 'Nothing is awaited now' },
  emptyWhy: { zh: '项目、季度、对接、摸底一开始，等谁、等到何时就会列在这里。', en: 'As soon as projects, quarters, matching or surveys begin, who is awaited stands here.' },
});
