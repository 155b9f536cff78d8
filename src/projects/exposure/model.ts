import type { RightsPolicy } from '../../policy/model.ts';

/**
 * Somebody says that what everyone can read of a project tells of a neighbour. `open`: the text is hidden until a person
 * has looked; `noted`: looked at as well, but shown meanwhile; then it is `kept` as it was, or stays `hidden`.
 */
export const EXPOSURE_STATES = ['open', 'noted', 'kept', 'hidden'] as const;

export type ExposureState = (typeof EXPOSURE_STATES)[number];

export const EXPOSURE_VERDICTS = ['keep', 'hide'] as const;

export type ExposureVerdict = (typeof EXPOSURE_VERDICTS)[number];

/**
 * What one more report comes to; undefined = it says nothing new. Nobody can take down what a person has looked at and
 * kept, nor all titles of a district at once.
 */
export function stateOfReport(before: readonly ExposureState[], openInDistrict: number, { exposuresOpenMost }: Pick<RightsPolicy, 'exposuresOpenMost'>): ExposureState | undefined {
  if (before.some((state) => state === 'open' || state === 'noted' || state === 'hidden')) return undefined;
  return before.includes('kept') || openInDistrict >= exposuresOpenMost ? 'noted' : 'open';
}
