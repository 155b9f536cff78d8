import type { Option } from './engine.ts';

/** At least 3.2:1 on white and apart from each other in three simulated colour blindnesses. */
export const SERIES = ['#1F2329', '#E07000', '#0E9F7E', '#8C3FA6', '#7C2D12'] as const;

const TEXT = '#1F2329';
const SECOND = '#4B5563';
const LINE = '#D5DAE1';

/** What every chart has in common; `description` is its text alternative. */
export function framed(description: string, option: Option): Option {
  return {
    color: [...SERIES],
    animation: !matchMedia('(prefers-reduced-motion: reduce)').matches,
    textStyle: { color: TEXT, fontFamily: getComputedStyle(document.body).fontFamily, fontSize: 14 },
    // The content security policy lets no tooltip of HTML through.
    tooltip: { renderMode: 'richText', confine: true },
    aria: { enabled: true, label: { description }, decal: { show: true } },
    ...option,
  };
}

export const AXIS = {
  axisLabel: { color: SECOND, fontSize: 13 },
  axisLine: { lineStyle: { color: SECOND } },
  splitLine: { lineStyle: { color: LINE } },
} as const;
