import { defineTexts } from '../../../../shared/texts/i18n.ts';

export const texts = defineTexts('staff/pages/unit/honours', {
  title: { zh: '荣誉', en: 'Honours' },
  lead: { zh: '{{unit}} · 积分{{points}}', en: '{{unit}} · {{points}} points' },
  grades: { zh: '项目评价', en: 'How projects were rated' },
  project: { zh: '项目', en: 'Project' },
  grade: { zh: '等次', en: 'Grade' },
  award: { zh: '奖励', en: 'Award' },
  'grade.excellent': { zh: '优秀', en: 'Excellent' },
  'grade.good': { zh: '良好', en: 'Good' },
  'grade.pass': { zh: '合格', en: 'Pass' },
  'grade.fail': { zh: '不合格', en: 'Fail' },
  noGrades: { zh: '还没有评过等次的项目', en: 'No project was rated yet' },
  noGradesWhy: { zh: '项目验收后由街道评价，结果出现在这里。', en: 'Projects are rated after acceptance; the result appears here.' },
  points: { zh: '积分明细', en: 'Points, one by one' },
  on: { zh: '时间', en: 'When' },
  from: { zh: '来源社区', en: 'Given by' },
  amount: { zh: '积分', en: 'Points' },
  more: { zh: '更早的', en: 'Earlier' },
  noPoints: { zh: '还没有积分', en: 'No points yet' },
  noPointsWhy: { zh: '按时季报、项目评价会得积分，规则在政策里。', en: 'Reports in time and good ratings earn points; the policy says how many.' },
});
