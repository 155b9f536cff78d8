import type { components } from '../../../shared/api/schema.d.ts';
import type { FieldErrors } from '../../blocks/error-summary.tsx';
import type { texts } from './texts.ts';

export type Question = components['schemas']['SurveyQuestionView'];
type Key = Extract<(typeof texts)['keys'][number], 'missing' | 'wrongNumber'>;
type Answers = components['schemas']['PublicAnswerBody']['answers'];

/** As typed, by question: text of an input, or the ids that are ticked. */
export type Typed = Readonly<Record<string, string | readonly string[]>>;

export const fieldOf = ({ id }: Question): string => `question-${id}`;

const isEmpty = (value: Typed[string] | undefined): boolean => value === undefined || value.length === 0 || (typeof value === 'string' && value.trim() === '');

export function answerErrors(questions: readonly Question[], typed: Typed, t: (key: Key, question: Question) => string): FieldErrors {
  const found: Record<string, string> = {};
  for (const question of questions) {
    const value = typed[question.id];
    if (isEmpty(value)) {
      if (question.required) found[fieldOf(question)] = t('missing', question);
    } else if (question.type === 'number' && !/^-?\d+$/.test(String(value).trim())) found[fieldOf(question)] = t('wrongNumber', question);
  }
  return found;
}

/** What was answered, as the API takes it. */
export function answersOf(questions: readonly Question[], typed: Typed): Answers {
  return questions.flatMap(({ id, type }) => {
    const value = typed[id];
    if (value === undefined || isEmpty(value)) return [];
    const isNumber = type === 'number' || type === 'rating';
    return [{ question: id, value: typeof value === 'string' ? (isNumber ? Number(value) : value.trim()) : [...value] }];
  });
}
