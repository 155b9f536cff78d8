import type { Texts } from '../../kernel/texts.ts';

export const texts = {
  'stage.need.you': { zh: '您', en: 'you' },
  'stage.need.wait.checking': { zh: '核对您的登记', en: 'to check what you sent' },
  'stage.need.wait.received': { zh: '核实您的需求', en: 'to look into your need' },
  'stage.need.wait.asked': { zh: '补充：{text}', en: 'to add: {text}' },
  'stage.need.wait.joined': { zh: '与同类需求一起核实', en: 'to look into it together with needs of the same kind' },
  'stage.need.wait.triaged': { zh: '安排办理方案', en: 'to plan what can be done' },
  'stage.need.wait.listed': { zh: '寻找单位来办', en: 'to find somebody to take it on' },
  'stage.need.wait.answered': { zh: '看看问题是否解决', en: 'to see whether it is solved' },
  'stage.need.otherwise.staff': { zh: '等得太久？您可以补充说明，或联系社区。', en: 'Too long? You can add a remark, or ask the community.' },
  'stage.need.otherwise.raiser': { zh: '如果没有解决，请补充说明，社区会再看。', en: 'If it is not solved, add a remark; the community looks at it again.' },
  'stage.need.otherwise.asked': { zh: '不补充也可以，社区会按现有内容核实。', en: 'You need not; the community then goes by what it has.' },
  'stage.need.skipped.counted': { zh: '问卷答案计入统计', en: 'The answer counts in the survey' },
  'stage.need.skipped.withdrawn': { zh: '已撤回', en: 'Withdrawn' },
  'stage.need.skipped.notTaken': { zh: '未收录', en: 'Not taken up' },
  'stage.need.skipped.leftOut': { zh: '未列入', en: 'Not taken up' },
  'stage.need.event.submitted': { zh: '收到您的登记', en: 'What you sent was received' },
  'stage.need.event.remarked': { zh: '收到您的补充说明', en: 'Your remark was received' },
  'stage.need.event.asked': { zh: '社区请您补充：{text}', en: 'The community asks you: {text}' },
} as const satisfies Texts;
