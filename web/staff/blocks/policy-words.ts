import { exactMoney } from '../../shared/format/money.ts';
import { defineTexts } from '../../shared/texts/i18n.ts';
import { useLanguage, useTexts } from '../../shared/texts/use-texts.ts';

const texts = defineTexts('staff/blocks/policy-words', {
  'kind.microProject': { zh: '微项目', en: 'Micro-projects' },
  'kind.quarter': { zh: '季度', en: 'Quarters' },
  'kind.matching': { zh: '精准对接', en: 'Matching' },
  'kind.evaluation': { zh: '评价', en: 'Evaluation' },
  'kind.award': { zh: '以奖代补', en: 'Result-based award' },
  'kind.points': { zh: '积分', en: 'Points' },
  'kind.survey': { zh: '需求摸底', en: 'Needs survey' },
  'kind.needs': { zh: '需求梳理', en: 'Triage of needs' },
  'kind.retention': { zh: '保存期限', en: 'Retention' },
  'kind.files': { zh: '文件', en: 'Files' },
  'kind.rights': { zh: '个人信息权利', en: 'Rights over own data' },
  'unit.workdays': { zh: '工作日', en: 'workdays' },
  'unit.days': { zh: '日', en: 'days' },
  'unit.hourOfDay': { zh: '点', en: 'o’clock' },
  'unit.workdayOfMonth': { zh: '第几个工作日', en: 'workday of the month' },
  'unit.twelfths': { zh: '十二分之', en: 'twelfths' },
  'unit.fen': { zh: '元', en: 'CNY' },
  'unit.percent': { zh: '%', en: '%' },
  'unit.points': { zh: '分', en: 'points' },
  'unit.count': { zh: '个', en: '(count)' },
  'unit.switch': { zh: '开关', en: 'switch' },
  'unit.grade': { zh: '等次', en: 'grade' },
  'unit.rule': { zh: '规则', en: 'rule' },
  'value.true': { zh: '是', en: 'yes' },
  'value.false': { zh: '否', en: 'no' },
  'value.excellent': { zh: '优秀', en: 'excellent' },
  'value.good': { zh: '良好', en: 'good' },
  'value.pass': { zh: '合格', en: 'pass' },
  'value.optimal': { zh: '总分最优', en: 'best total' },
  'value.stable': { zh: '稳定匹配', en: 'stable' },
  'grade.★': { zh: '★ 法条', en: '★ statute' },
  'grade.◐': { zh: '◐ 公布', en: '◐ published' },
  'grade.A': { zh: 'A 默认', en: 'A default' },
});

export const EVIDENCE = ['★', '◐', 'A'] as const;
export type Evidence = (typeof EVIDENCE)[number];
export type PolicyScalar = number | boolean | string | readonly number[];

/** Packs, units and values in words; those of a later version show as their code. */
export function usePolicyWords() {
  const t = useTexts(texts);
  const language = useLanguage();
  const word = (key: string, otherwise: string): string => {
    const known = texts.keys.find((it) => it === key);
    return known ? t(known) : otherwise;
  };
  return {
    kind: (kind: string) => word(`kind.${kind}`, kind),
    unit: (unit: string) => word(`unit.${unit}`, unit),
    grade: (grade: Evidence) => t(`grade.${grade}`),
    value: (value: PolicyScalar, unit: string): string => {
      if (unit === 'fen' && typeof value === 'number') return exactMoney(value, language).replace(/元|CNY /, '');
      if (typeof value === 'object') return value.join('、');
      return word(`value.${String(value)}`, String(value));
    },
  };
}
