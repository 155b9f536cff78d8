import { exactMoney, wholeNumber } from '../../../shared/format/money.ts';
import { useLanguage, useTexts } from '../../../shared/texts/use-texts.ts';
import { useNeedsWords } from '../../blocks/needs-words.ts';
import type { Kind } from './kinds.ts';
import { texts } from './texts.ts';

export type FrozenValue = string | number | boolean | null | readonly string[];

const STATES = { needs: 'need', resources: 'offer', projects: 'proposal' } as const;

/** Frozen values as a reader knows them: codes in words, money in yuan. */
export function useFrozenCell(kind: Kind): { cell: (field: string, value: FrozenValue | undefined) => string; fieldName: (field: string) => string } {
  const t = useTexts(texts);
  const language = useLanguage();
  const words = useNeedsWords();
  const cell = (field: string, value: FrozenValue | undefined): string => {
    if (value === null || value === undefined) return '';
    if (typeof value === 'boolean') return t(value ? 'yes' : 'no');
    if (typeof value === 'number') return field.endsWith('Fen') ? exactMoney(value, language) : wholeNumber(value);
    if (typeof value !== 'string') return value.map((it) => (field === 'categories' ? words('category', it) : it)).join('、');
    if (field === 'category' || field === 'capability') return words('category', value);
    if (field === 'urgency') return words('urgency', value);
    return field === 'state' ? words(STATES[kind], value) : value;
  };
  const fieldName = (field: string): string => {
    const key = texts.keys.find((it) => it === `field.${field}`);
    return key ? t(key) : field;
  };
  return { cell, fieldName };
}
