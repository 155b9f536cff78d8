import type { PackDefinition, PolicyValue } from '../model.ts';

/** The sources rate units by points (docs/sources.md, S1, row 15) and publish no value of any. */
const NONE = '积分评价见于铜陵结对机制，分值为产品默认值（docs/sources.md Part 1 row 15、2.5）';

function points(value: number, zh: string, en: string): PolicyValue<number> & { range: [number, number] } {
  return { value, unit: 'points', range: [0, 100], source: NONE, grade: 'A', label: { zh, en } };
}

export const unitPoints: PackDefinition<'points'> = {
  acceptedReportPoints: points(2, '每份通过的季度报告', 'For each accepted quarterly report'),
  onTimeReportPoints: points(1, '按时提交的报告另加', 'More if it came in time'),
  excellentPoints: points(10, '项目评为优秀', 'For a project graded excellent'),
  goodPoints: points(6, '项目评为良好', 'For a project graded good'),
  passPoints: points(3, '项目评为合格', 'For a project that passed'),
};
