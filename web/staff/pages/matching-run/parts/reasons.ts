import { useTexts } from '../../../../shared/texts/use-texts.ts';
import { texts } from '../texts.ts';

/** Why an offer was not chosen, those that were compared first. */
export const REASONS = [
  'OUTBID',
  'LESS_FITTING',
  'DRAWN',
  'SETTLED',
  'CUT_OFF',
  'CATEGORY',
  'AREA',
  'DATES',
  'CAPACITY',
  'FUNDS',
  'LIMIT',
  'REFUSED',
  'CONFLICT',
  'BLACKLIST',
  'RULED_OUT',
  'LEFT_OUT',
] as const;

/** A reason of a later version shows as its code. */
export function useReason(): (code: string) => string {
  const t = useTexts(texts);
  return (code) => {
    const key = texts.keys.find((it) => it === `reason.${code}`);
    return key ? t(key) : code;
  };
}
