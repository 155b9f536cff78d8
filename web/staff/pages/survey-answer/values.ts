import type { Say } from '../../../shared/texts/use-texts.ts';
import type { FieldErrors } from '../../blocks/form/error-summary.tsx';
import { NOBODY, residentBody, type Resident } from '../../blocks/resident/values.ts';
import type { Schemas } from '../../me.ts';
import type { texts } from './texts.ts';

export type Question = Schemas['SurveyQuestionView'];
export type Form = Schemas['SurveyForm'];

/** As typed, by question: text of an input, or the ids that are chosen. */
export type Typed = Readonly<Record<string, string | readonly string[]>>;

export interface Values extends Resident {
  readonly communityId: string;
  readonly answers: Typed;
}

export const BLANK: Values = { ...NOBODY, communityId: '', answers: {} };

export const fieldOf = ({ id }: Pick<Question, 'id'>): string => `answer-${id}`;

const isEmpty = (value: Typed[string] | undefined): boolean => value === undefined || (typeof value === 'string' ? value.trim() === '' : value.length === 0);

export function errorsOf(form: Form, values: Values, asked: (question: Question) => string, t: Say<(typeof texts)['keys'][number]>): FieldErrors {
  const found: Record<string, string> = values.communityId === '' ? { 'answer-community': t('communityMissing') } : {};
  for (const question of form.survey.questions) {
    const value = values.answers[question.id];
    if (isEmpty(value)) {
      if (question.required) found[fieldOf(question)] = t('missing', { question: asked(question) });
    } else if (question.type === 'number' && !/^-?\d+$/.test(String(value).trim())) found[fieldOf(question)] = t('wrongNumber', { question: asked(question) });
  }
  return found;
}

/** As the API takes it; undefined where nobody has said how the resident agreed. */
export function bodyOf(form: Form, values: Values, files: readonly string[]): Schemas['StaffAnswerBody'] | undefined {
  const resident = residentBody(form, values);
  if (!resident) return undefined;
  const answers = form.survey.questions.flatMap(({ id, type }) => {
    const value = values.answers[id];
    if (value === undefined || isEmpty(value)) return [];
    const isNumber = type === 'number' || type === 'rating';
    return [{ question: id, value: typeof value === 'string' ? (isNumber ? Number(value) : value.trim()) : [...value] }];
  });
  return { ...resident, communityId: values.communityId, channel: 'staff', answers, files: [...files] };
}
