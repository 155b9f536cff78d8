import type { PackDefinition, PolicyValue } from '../model.ts';

const NONE = '产品默认值，未见公开依据（docs/sources.md Part 1 row 2）';

function weight(value: number, zh: string, en: string): PolicyValue<number> & { range: [number, number] } {
  return { value, unit: 'points', range: [0, 100], source: NONE, grade: 'A', label: { zh, en } };
}

function filter(zh: string, en: string): PolicyValue<boolean> {
  return { value: true, unit: 'switch', source: NONE, grade: 'A', label: { zh, en } };
}

export const matching: PackDefinition<'matching'> = {
  categoryWeight: weight(30, '类别契合的分值', 'Points for a fitting category'),
  distanceWeight: weight(15, '距离的分值', 'Points for being near'),
  neighbourPercent: {
    value: 50,
    unit: 'percent',
    range: [0, 100],
    source: NONE,
    grade: 'A',
    label: { zh: '同一街道其他社区按就近分值的百分之几计', en: 'Share of the points for being near in another community of the same office' },
  },
  capacityWeight: weight(15, '剩余能力的分值', 'Points for capacity left'),
  fundsWeight: weight(15, '资金的分值', 'Points for funds'),
  gradeWeight: weight(10, '以往评价的分值', 'Points for past grades'),
  loadWeight: weight(10, '负担均衡的分值', 'Points for an even load'),
  textWeight: weight(5, '同类别内文字相近的分值', 'Points for similar wording within a category'),
  preferenceBound: {
    value: 10,
    unit: 'points',
    range: [0, 50],
    source: NONE,
    grade: 'A',
    label: { zh: '单位意愿最多加多少分', en: 'Most points that a declared preference can add' },
  },
  outsidePenalty: {
    value: 100,
    unit: 'points',
    range: [0, 1000],
    source: NONE,
    grade: 'A',
    label: { zh: '一个需求无人承接扣多少分', en: 'Points lost for each need left without a unit' },
  },
  filterCategory: filter('只匹配单位能提供的类别', 'Only units that offer the category'),
  filterArea: filter('只匹配单位服务的区域', 'Only units that serve the area'),
  filterDates: filter('只匹配时间可行的单位', 'Only units available at that time'),
  filterFunds: filter('只匹配资金足够的单位', 'Only units with enough funds'),
  confirmWorkdays: {
    value: 5,
    unit: 'workdays',
    range: [1, 30],
    source: NONE,
    grade: 'A',
    label: { zh: '确认匹配方案的期限', en: 'Time to confirm a plan' },
  },
  candidatesPerNeed: {
    value: 20,
    unit: 'count',
    range: [1, 200],
    source: NONE,
    grade: 'A',
    label: { zh: '每个项目最多参与比较的候选单位数', en: 'Most candidates compared for each proposal' },
  },
  rule: {
    value: 'optimal',
    unit: 'rule',
    oneOf: ['optimal', 'stable'],
    source: NONE,
    grade: 'A',
    label: { zh: '匹配规则：整体最优或稳定匹配', en: 'Rule: best plan as a whole, or stable matching' },
  },
};
