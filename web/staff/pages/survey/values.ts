import { addDays, dayOf, dayOfDeadline } from '../../../shared/format/time.ts';
import type { Say } from '../../../shared/texts/use-texts.ts';
import { wholeOf } from '../../blocks/form/amounts.ts';
import type { FieldErrors } from '../../blocks/form/error-summary.tsx';
import type { Survey } from '../../blocks/survey-words.ts';
import type { Schemas } from '../../me.ts';
import type { texts } from './texts.ts';

type View = Survey['questions'][number];
export type QuestionType = View['type'];

/** As typed; what another type asks for is kept while the type is being chosen. */
export interface TypedQuestion {
  readonly id: string;
  readonly type: QuestionType;
  readonly text: string;
  readonly textEn: string;
  readonly required: boolean;
  readonly isNeed: boolean;
  readonly choices: readonly { readonly id: string; readonly text: string; readonly textEn: string }[];
  readonly min: string;
  readonly max: string;
  readonly scale: string;
}

export interface Values {
  readonly title: string;
  readonly intro: string;
  readonly questions: readonly TypedQuestion[];
  readonly communityIds: readonly string[];
  readonly channels: readonly Survey['channels'][number][];
  readonly target: string;
  readonly opensOn: string;
  readonly closesOn: string;
}

export const TYPES = ['text', 'singleChoice', 'multipleChoice', 'rating', 'number', 'place'] as const satisfies readonly QuestionType[];
const SCALE = '5';
const CHOOSING: readonly QuestionType[] = ['singleChoice', 'multipleChoice'];

export const isChoosing = (type: QuestionType): boolean => CHOOSING.includes(type);

export const blankQuestion = (id: string): TypedQuestion => ({
  id,
  type: 'text',
  text: '',
  textEn: '',
  required: false,
  isNeed: false,
  choices: [],
  min: '',
  max: '',
  scale: SCALE,
});

/** `q3`, after the highest there is. */
export function freshId(prefix: string, taken: readonly string[]): string {
  const numbers = taken.map((id) => Number(/\d+$/.exec(id)?.[0] ?? 0));
  return `${prefix}${Math.max(0, ...numbers) + 1}`;
}

export function valuesOf(survey: Survey): Values {
  return {
    title: survey.title,
    intro: survey.intro ?? '',
    questions: survey.questions.map((question) => ({
      ...blankQuestion(question.id),
      ...question,
      textEn: question.textEn ?? '',
      choices: (question.choices ?? []).map((choice) => ({ ...choice, textEn: choice.textEn ?? '' })),
      min: question.min === undefined ? '' : String(question.min),
      max: question.max === undefined ? '' : String(question.max),
      scale: question.scale === undefined ? SCALE : String(question.scale),
    })),
    communityIds: survey.communityIds,
    channels: survey.channels,
    target: String(survey.targetPerArea),
    opensOn: dayOf(survey.opensAt),
    closesOn: dayOfDeadline(survey.closesAt),
  };
}

/** The instant at which a day of China begins. */
const startOf = (day: string): string => `${day}T00:00:00+08:00`;
export const endOf = (day: string): string => startOf(addDays(day, 1));

const numberOf = (typed: string): number | undefined => (/^-?\d{1,9}$/.test(typed.trim()) ? Number(typed) : undefined);

export function errorsOf(values: Values, t: Say<(typeof texts)['keys'][number]>): FieldErrors {
  const target = wholeOf(values.target);
  const found: Record<string, string> = {
    ...(values.title.trim() === '' && { 'survey-title': t('nameMissing') }),
    ...(values.communityIds.length === 0 && { 'survey-communities': t('communitiesMissing') }),
    ...(values.channels.length === 0 && { 'survey-channels': t('channelsMissing') }),
    ...((target === undefined || target === 0) && { 'survey-target': t('targetWrong') }),
    ...((values.opensOn === '' || values.closesOn === '') && { 'survey-opensOn': t('datesMissing') }),
    ...(values.closesOn !== '' && values.closesOn < values.opensOn && { 'survey-closesOn': t('reversed') }),
  };
  for (const [index, question] of values.questions.entries()) {
    const count = index + 1;
    const field = `survey-${question.id}`;
    if (question.text.trim() === '') found[field] = t('questionMissing', { count });
    else if (isChoosing(question.type) && question.choices.filter(({ text }) => text.trim() !== '').length < 2) found[field] = t('choicesMissing', { count });
    else if (question.type === 'number' && [question.min, question.max].some((it) => it.trim() !== '' && numberOf(it) === undefined)) found[field] = t('numberWrong', { count });
  }
  return found;
}

function questionBody(question: TypedQuestion): Schemas['SurveyQuestion'] {
  const { id, type, text, required, isNeed } = question;
  const textEn = question.textEn.trim();
  const [min, max] = [numberOf(question.min), numberOf(question.max)];
  return {
    id,
    type,
    text: text.trim(),
    ...(textEn !== '' && { textEn }),
    required,
    isNeed: isNeed && type === 'text',
    ...(isChoosing(type) && {
      choices: question.choices
        .filter((it) => it.text.trim() !== '')
        .map((it) => ({ id: it.id, text: it.text.trim(), ...(it.textEn.trim() !== '' && { textEn: it.textEn.trim() }) })),
    }),
    ...(type === 'number' && min !== undefined && { min }),
    ...(type === 'number' && max !== undefined && { max }),
    ...(type === 'rating' && { scale: wholeOf(question.scale) ?? Number(SCALE) }),
  };
}

/** As the API takes it; only of values without faults. */
export function bodyOf(values: Values) {
  const intro = values.intro.trim();
  return {
    title: values.title.trim(),
    ...(intro !== '' && { intro }),
    questions: values.questions.map(questionBody),
    communityIds: [...values.communityIds],
    channels: [...values.channels],
    targetPerArea: wholeOf(values.target) ?? 1,
    opensAt: startOf(values.opensOn),
    closesAt: endOf(values.closesOn),
  };
}
