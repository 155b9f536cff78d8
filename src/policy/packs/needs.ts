import type { PackDefinition } from '../model.ts';

const NONE = '产品默认值，未见公开依据（docs/sources.md Part 1 row 1）';

export const needs: PackDefinition<'needs'> = {
  duplicatePercent: {
    value: 80,
    unit: 'percent',
    range: [60, 100],
    source: NONE,
    grade: 'A',
    label: { zh: '文字相近到多少即提示可能重复', en: 'Likeness of wording from which needs are proposed as duplicates' },
  },
  bundlePercent: {
    value: 20,
    unit: 'percent',
    range: [5, 100],
    source: NONE,
    grade: 'A',
    label: { zh: '文字相近到多少即建议合并为一个项目', en: 'Likeness of wording from which needs are suggested for one project' },
  },
};
