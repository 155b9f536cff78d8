import type { Say } from '../../../shared/texts/use-texts.ts';
import type { FieldErrors } from '../../blocks/form/error-summary.tsx';
import { NOBODY, residentBody, type Resident, type Told } from '../../blocks/resident/values.ts';
import type { Schemas } from '../../me.ts';
import type { texts } from './texts.ts';

type Body = Schemas['StaffNeedBody'];

/** As typed. */
export interface Values extends Resident {
  readonly communityId: string;
  readonly words: string;
  /** '' = as the words suggest. */
  readonly category: NonNullable<Body['category']> | '';
  readonly heard: Body['heard'];
  readonly place: string;
  /** Those that the server has. */
  readonly photos: readonly string[];
}

export const BLANK: Values = { ...NOBODY, communityId: '', words: '', category: '', heard: 'visit', place: '', photos: [] };

export function needErrors({ communityId, words }: Values, t: Say<(typeof texts)['keys'][number]>): FieldErrors {
  return {
    ...(words.trim() === '' && { 'register-words': t('wordsMissing') }),
    ...(communityId === '' && { 'register-community': t('communityMissing') }),
  };
}

/** As the API takes it; undefined where nobody has said how the resident agreed. */
export function bodyOf(told: Told, values: Values, files: readonly string[]): Body | undefined {
  const resident = residentBody(told, values);
  if (!resident) return undefined;
  const { communityId, words, category, heard, place } = values;
  return {
    ...resident,
    communityId,
    heard,
    words: words.trim(),
    files: [...files],
    ...(place.trim() !== '' && { place: place.trim() }),
    ...(category !== '' && { category }),
  };
}
