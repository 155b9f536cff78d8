import { fenOf, wholeOf } from '../../../blocks/form/amounts.ts';
import type { FieldErrors } from '../../../blocks/form/error-summary.tsx';
import type { Say } from '../../../../shared/texts/use-texts.ts';
import type { texts } from './texts.ts';

type TextKey = (typeof texts)['keys'][number];

/** As it is typed; a draft may have holes. */
export interface Values {
  readonly done: string;
  readonly needs: readonly string[];
  readonly served: string;
  readonly spent: string;
  readonly difficulties: 'none' | 'some' | null;
  readonly difficultiesWhat: string;
  readonly next: string;
  /** Those that the server has. */
  readonly photos: readonly string[];
}

export const EMPTY: Values = { done: '', needs: [], served: '', spent: '', difficulties: null, difficultiesWhat: '', next: '', photos: [] };

/** What is missing or wrong, in the order of the questions. */
export function faultsOf(values: Values, t: Say<TextKey>): FieldErrors {
  const isAnswered = values.difficulties === 'none' || (values.difficulties === 'some' && values.difficultiesWhat.trim() !== '');
  return {
    ...(values.done.trim() === '' && { done: t('missingDone') }),
    ...(wholeOf(values.served) === undefined && { served: t('missingServed') }),
    ...(fenOf(values.spent) === undefined && { spent: t('missingSpent') }),
    ...(!isAnswered && { [values.difficulties === 'some' ? 'difficultiesWhat' : 'difficulties']: t('missingDifficulties') }),
  };
}

/** Of values without faults. */
export function bodyOf(values: Values, unitId: string, files: readonly string[]) {
  const difficulties = values.difficulties === 'some' ? values.difficultiesWhat.trim() : '';
  const next = values.next.trim();
  return {
    unitId,
    done: values.done.trim(),
    needsAnswered: [...values.needs],
    served: wholeOf(values.served) ?? 0,
    spentFen: fenOf(values.spent) ?? 0,
    ...(difficulties !== '' && { difficulties }),
    ...(next !== '' && { next }),
    ...(files.length > 0 && { files: [...files] }),
  };
}
