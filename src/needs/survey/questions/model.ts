import { refuse, type FieldError } from '../../../kernel/refusal.ts';
import type { SurveyPolicy } from '../../../policy/model.ts';

export const QUESTION_TYPES = ['singleChoice', 'multipleChoice', 'text', 'number', 'rating', 'place'] as const;

export type QuestionType = (typeof QUESTION_TYPES)[number];

export interface Choice {
  readonly id: string;
  readonly text: string;
  readonly textEn?: string | undefined;
}

export interface Question {
  /** Stays when the wording is edited. */
  readonly id: string;
  readonly type: QuestionType;
  readonly text: string;
  readonly textEn?: string | undefined;
  readonly required: boolean;
  /** The answer is the need itself: each becomes one, waiting for triage. */
  readonly isNeed: boolean;
  readonly choices?: readonly Choice[] | undefined;
  /** Of a number. */
  readonly min?: number | undefined;
  readonly max?: number | undefined;
  /** Highest mark of a rating; marks begin with 1. */
  readonly scale?: number | undefined;
}

export type AnswerValue = string | number | readonly string[];

export interface Answer {
  readonly question: string;
  readonly value: AnswerValue;
}

export const TEXT_MAX = 2000;
export const PLACE_MAX = 60;
const SCALE = 5;
const LIMIT = 1_000_000_000;

const CHOOSING: ReadonlySet<QuestionType> = new Set(['singleChoice', 'multipleChoice']);

/** Refuses `SURVEY_QUESTIONS_INVALID` (422) with every fault at its place. */
export function assertQuestions(questions: readonly Question[], policy: SurveyPolicy): void {
  const errors = [
    ...(questions.length > policy.questionsMax ? [fault('', 'SURVEY_QUESTIONS_MANY', { max: policy.questionsMax })] : []),
    ...twice(questions.map(({ id }) => id)).map((index) => fault(`/${index}/id`, 'SURVEY_ID_TWICE')),
    ...questions.flatMap((question, index) => questionFaults(question, `/${index}`, policy)),
    ...questions.filter(({ isNeed }) => isNeed).length > 1 ? [fault('', 'SURVEY_NEED_TWICE')] : [],
  ];
  if (errors.length > 0) refuse('SURVEY_QUESTIONS_INVALID', 'rule', {}, errors);
}

function fault(at: string, code: string, params?: FieldError['params']): FieldError {
  return { at: `/questions${at}`, code, ...(params && { params }) };
}

/** Places of what has occurred before. */
function twice(ids: readonly string[]): number[] {
  return ids.flatMap((id, index) => (ids.indexOf(id) < index ? [index] : []));
}

function questionFaults(question: Question, at: string, policy: SurveyPolicy): FieldError[] {
  const { type, choices, min, max, scale, isNeed } = question;
  const faults: FieldError[] = [];
  const add = (field: string, code: string, params?: FieldError['params']): void => void faults.push(fault(`${at}/${field}`, code, params));
  if (CHOOSING.has(type)) {
    const most = policy.choicesMax;
    if (!choices || choices.length < 2 || choices.length > most) add('choices', 'SURVEY_CHOICES_COUNT', { min: 2, max: most });
    for (const index of twice((choices ?? []).map(({ id }) => id))) add(`choices/${index}/id`, 'SURVEY_ID_TWICE');
  } else if (choices) add('choices', 'SURVEY_FIELD_FOREIGN', { type });
  if (type !== 'number' && (min !== undefined || max !== undefined)) add(min === undefined ? 'max' : 'min', 'SURVEY_FIELD_FOREIGN', { type });
  if (min !== undefined && max !== undefined && min > max) add('max', 'SURVEY_RANGE_REVERSED');
  if (type !== 'rating' && scale !== undefined) add('scale', 'SURVEY_FIELD_FOREIGN', { type });
  if (isNeed && type !== 'text') add('isNeed', 'SURVEY_NEED_TEXT');
  return faults;
}

/** What an answer is made of: free text may name a person and is sealed, the rest may be counted. */
export interface CheckedAnswers {
  readonly counted: Readonly<Record<string, number | string | readonly string[]>>;
  readonly texts: Readonly<Record<string, string>>;
}

/** Refuses `SURVEY_ANSWER_INVALID` (422) with every fault at its place; blank text counts as no answer. */
export function checkedAnswers(questions: readonly Question[], answers: readonly Answer[]): CheckedAnswers {
  const byId = new Map(questions.map((question) => [question.id, question]));
  const errors: FieldError[] = [];
  const counted: Record<string, number | string | readonly string[]> = {};
  const texts: Record<string, string> = {};
  const seen = new Set<string>();
  for (const [index, { question: id, value }] of answers.entries()) {
    const question = byId.get(id);
    const code = !question ? 'SURVEY_QUESTION_UNKNOWN' : seen.has(id) ? 'SURVEY_ID_TWICE' : answerFault(question, value);
    if (code) errors.push({ at: `/answers/${index}`, code });
    else if (!isBlank(value)) {
      seen.add(id);
      if (isFree(question!)) texts[id] = String(value).trim();
      else counted[id] = value;
    }
  }
  const missing = questions.filter(({ id, required }) => required && !seen.has(id));
  errors.push(...missing.map(({ id }) => ({ at: '/answers', code: 'SURVEY_ANSWER_MISSING', params: { question: id } })));
  if (errors.length > 0) refuse('SURVEY_ANSWER_INVALID', 'rule', {}, errors);
  return { counted, texts };
}

function isFree({ type }: Question): boolean {
  return type === 'text' || type === 'place';
}

function isBlank(value: AnswerValue): boolean {
  return typeof value === 'number' ? false : typeof value === 'string' ? value.trim() === '' : value.length === 0;
}

function answerFault({ type, choices = [], min = -LIMIT, max = LIMIT, scale = SCALE }: Question, value: AnswerValue): string | undefined {
  const known = (id: string): boolean => choices.some((choice) => choice.id === id);
  const inside = (number: number, low: number, high: number): string | undefined =>
    number >= low && number <= high ? undefined : 'SURVEY_ANSWER_RANGE';
  switch (type) {
    case 'singleChoice':
      if (typeof value !== 'string') return 'SURVEY_ANSWER_TYPE';
      return known(value) ? undefined : 'SURVEY_CHOICE_UNKNOWN';
    case 'multipleChoice':
      if (typeof value !== 'object') return 'SURVEY_ANSWER_TYPE';
      return value.every((id, index) => known(id) && value.indexOf(id) === index) ? undefined : 'SURVEY_CHOICE_UNKNOWN';
    case 'text':
    case 'place':
      if (typeof value !== 'string') return 'SURVEY_ANSWER_TYPE';
      return value.trim().length <= (type === 'text' ? TEXT_MAX : PLACE_MAX) ? undefined : 'SURVEY_ANSWER_LONG';
    case 'number':
      return typeof value === 'number' ? inside(value, min, max) : 'SURVEY_ANSWER_TYPE';
    case 'rating':
      return Number.isInteger(value) ? inside(value as number, 1, scale) : 'SURVEY_ANSWER_TYPE';
  }
}

/** The need in these answers: its words, and the estate if one was asked for. Null where nothing was asked or said. */
export function needIn(questions: readonly Question[], { texts }: CheckedAnswers): { words: string; place: string | null } | null {
  const need = questions.find(({ isNeed }) => isNeed);
  const words = need && texts[need.id];
  if (!words) return null;
  const place = questions.find(({ type, id }) => type === 'place' && texts[id] !== undefined);
  return { words, place: place ? texts[place.id]! : null };
}
