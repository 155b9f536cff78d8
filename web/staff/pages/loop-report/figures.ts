import type { paths } from '../../../shared/api/schema.d.ts';
import type { texts } from './texts.ts';

export type LoopReport = paths['/api/v1/insights/loop-report']['get']['responses'][200]['content']['application/json'];

export const FIGURES = [
  'microProjects',
  'fundsFen',
  'inKindFen',
  'problemsSolved',
  'peopleServed',
  'reportsAccepted',
  'reportsLate',
  'awardsFen',
] as const satisfies readonly (typeof texts)['keys'][number][];
export type Figure = (typeof FIGURES)[number];

/** Awards go to communities and implementers, never to the units that lead. */
export const UNIT_FIGURES = FIGURES.filter((name) => name !== 'awardsFen');

export const isMoney = (name: Figure): boolean => name.endsWith('Fen');
