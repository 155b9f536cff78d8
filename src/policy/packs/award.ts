import type { PackDefinition } from '../model.ts';

const NONE = '产品默认值，以奖代补未见公开标准（docs/sources.md 2.6）';

export const award: PackDefinition<'award'> = {
  gradeFrom: {
    value: 'good',
    unit: 'grade',
    oneOf: ['excellent', 'good', 'pass'],
    source: NONE,
    grade: 'A',
    label: { zh: '可获奖补的最低等次', en: 'Lowest grade that can be awarded' },
  },
  spendPercentMax: {
    value: 50,
    unit: 'percent',
    range: [1, 100],
    source: NONE,
    grade: 'A',
    label: { zh: '奖补占核实支出的上限', en: 'Highest share of the verified spending' },
  },
  capFen: {
    value: 1_000_000,
    unit: 'fen',
    range: [10_000, 100_000_000],
    source: NONE,
    grade: 'A',
    label: { zh: '单个项目奖补上限', en: 'Highest award for one project' },
  },
  noticeWorkdays: {
    value: 7,
    unit: 'workdays',
    range: [1, 60],
    source: '参照社会服务项目公示 7 个工作日 360docs.net/doc/0521091005.html（docs/sources.md 2.1 [30]、2.6）',
    grade: 'A',
    label: { zh: '公示期', en: 'Time of public notice' },
  },
  objectionWorkdays: {
    value: 5,
    unit: 'workdays',
    range: [1, 30],
    source: '产品默认值，异议答复时限未见公开标准（docs/sources.md 2.6）',
    grade: 'A',
    label: { zh: '异议书面答复期限', en: 'Time to answer an objection in writing' },
  },
  approvals: {
    value: 2,
    unit: 'count',
    range: [2, 5],
    source: '拨付须两人审批（docs/sources.md 2.1 Consequence machine）',
    grade: 'A',
    label: { zh: '审批人数', en: 'Persons who must approve' },
  },
};
