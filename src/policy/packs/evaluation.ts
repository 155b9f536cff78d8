import type { PackDefinition, PolicyValue } from '../model.ts';

const NONE = '产品默认值，未见公开依据（docs/sources.md 2.1 Grades, Indicators）';

function points(value: number, source: string, zh: string, en: string): PolicyValue<number> & { range: [number, number] } {
  return { value, unit: 'points', range: [0, 100], source, grade: 'A', label: { zh, en } };
}

export const evaluation: PackDefinition<'evaluation'> = {
  completionWeight: points(
    25,
    '公益招投标指标一级指标“完成情况”占 25%（docs/sources.md 2.1 [33]）；其余权重为产品默认值',
    '完成情况的分值',
    'Points for completion',
  ),
  qualityWeight: points(20, NONE, '服务质量的分值', 'Points for quality'),
  satisfactionWeight: points(20, NONE, '群众满意度的分值', 'Points for residents’ satisfaction'),
  financeWeight: points(20, NONE, '财务规范的分值', 'Points for sound finance'),
  sustainabilityWeight: points(15, NONE, '可持续性的分值', 'Points for sustainability'),
  financeVeto: {
    value: true,
    unit: 'switch',
    source: '财务一票否决：广州社工站指标；挪用即总分为零：绩效评估导则（docs/sources.md 2.1 [34][35]）',
    grade: '◐',
    label: { zh: '财务一票否决', en: 'Failing in finance fails the project' },
  },
  financeVetoBelowPercent: {
    value: 60,
    unit: 'percent',
    range: [0, 100],
    source: NONE,
    grade: 'A',
    label: { zh: '财务得分低于多少百分比即否决', en: 'Share of the finance points below which the veto falls' },
  },
  excellentFrom: points(90, NONE, '优秀的最低分', 'Lowest score that is excellent'),
  goodFrom: points(80, NONE, '良好的最低分', 'Lowest score that is good'),
  passFrom: points(60, NONE, '合格的最低分', 'Lowest score that passes'),
  ratersMin: {
    value: 5,
    unit: 'count',
    range: [1, 100],
    source: '少于 5 人评价不公布（docs/sources.md 2.4）',
    grade: 'A',
    label: { zh: '满意度至少需要多少人评价', en: 'Raters below which satisfaction is not shown' },
  },
  ratingCodeDays: {
    value: 30,
    unit: 'days',
    range: [1, 365],
    source: NONE,
    grade: 'A',
    label: { zh: '评价券的有效天数', en: 'Days for which a rating code is valid' },
  },
  clusterRatings: {
    value: 5,
    unit: 'count',
    range: [2, 500],
    source: NONE,
    grade: 'A',
    label: { zh: '同一网络或几乎同时的评价达到多少份即须核实', en: 'Ratings of one network, or at almost the same time, from which a person must look' },
  },
  clusterSeconds: {
    value: 60,
    unit: 'count',
    range: [1, 3600],
    source: NONE,
    grade: 'A',
    label: { zh: '多少秒之内算几乎同时', en: 'Seconds that are almost the same time' },
  },
};
