import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { Refusal } from '../../../src/kernel/refusal.ts';
import { assertQuestions, checkedAnswers, needIn, type Answer, type Question } from '../../../src/needs/survey/questions/model.ts';
import { pinnedDefault } from '../../support/policies.ts';

const { values } = pinnedDefault('survey');
const plain = { required: false, isNeed: false } as const;
const choices = [
  { id: 'yes', text: '是' },
  { id: 'no', text: '否' },
];
const questions: readonly Question[] = [
  { ...plain, id: 'alone', type: 'singleChoice', text: '是否独居', choices, required: true },
  { ...plain, id: 'wants', type: 'multipleChoice', text: '需要哪些', choices },
  { ...plain, id: 'need', type: 'text', text: '您遇到什么困难', isNeed: true },
  { ...plain, id: 'people', type: 'number', text: '家中几人', min: 1, max: 20 },
  { ...plain, id: 'mark', type: 'rating', text: '对社区的评价' },
  { ...plain, id: 'estate', type: 'place', text: '哪个小区' },
];

function errorsOf(work: () => unknown): string[] {
  try {
    work();
  } catch (error) {
    if (error instanceof Refusal) return error.errors.map(({ at, code }) => `${at} ${code}`);
    throw error;
  }
  return [];
}

describe('questions', () => {
  it.each([
    [{ id: 'alone' }, '/questions/1/id SURVEY_ID_TWICE'],
    [{ type: 'singleChoice', choices: [choices[0]!] }, '/questions/1/choices SURVEY_CHOICES_COUNT'],
    [{ type: 'singleChoice', choices: [choices[0]!, choices[0]!] }, '/questions/1/choices/1/id SURVEY_ID_TWICE'],
    [{ type: 'text', choices }, '/questions/1/choices SURVEY_FIELD_FOREIGN'],
    [{ type: 'rating', min: 1 }, '/questions/1/min SURVEY_FIELD_FOREIGN'],
    [{ type: 'number', min: 3, max: 2 }, '/questions/1/max SURVEY_RANGE_REVERSED'],
    [{ type: 'number', scale: 5 }, '/questions/1/scale SURVEY_FIELD_FOREIGN'],
    [{ type: 'number', isNeed: true }, '/questions/1/isNeed SURVEY_NEED_TEXT'],
  ] as const)('with %j are refused at their place', (wrong, error) => {
    const asked = [questions[0]!, { ...plain, id: 'other', type: 'text', text: '其他', ...wrong } as Question];
    expect(errorsOf(() => assertQuestions(asked, values))).toEqual([error]);
  });

  it('may hold one need, and are sound as they stand here', () => {
    expect(errorsOf(() => assertQuestions(questions, values))).toEqual([]);
    const two = [...questions, { ...questions[2]!, id: 'another' }];
    expect(errorsOf(() => assertQuestions(two, values))).toEqual(['/questions SURVEY_NEED_TWICE']);
  });
});

describe('answers', () => {
  it('are parted into what is counted and what is sealed', () => {
    const answers: Answer[] = [
      { question: 'alone', value: 'yes' },
      { question: 'wants', value: ['no', 'yes'] },
      { question: 'need', value: ' 楼道太黑 ' },
      { question: 'people', value: 3 },
      { question: 'mark', value: 5 },
      { question: 'estate', value: '桂花小区' },
    ];
    const checked = checkedAnswers(questions, answers);
    expect(checked).toEqual({ counted: { alone: 'yes', wants: ['no', 'yes'], people: 3, mark: 5 }, texts: { need: '楼道太黑', estate: '桂花小区' } });
    expect(needIn(questions, checked)).toEqual({ words: '楼道太黑', place: '桂花小区' });
    expect(needIn(questions, { counted: {}, texts: { estate: '桂花小区' } })).toBeNull();
  });

  it.each<[Answer[], string]>([
    [[], '/answers SURVEY_ANSWER_MISSING'],
    [[{ question: 'alone', value: ['yes'] }], '/answers/0 SURVEY_ANSWER_TYPE'],
    [[{ question: 'alone', value: 'maybe' }], '/answers/0 SURVEY_CHOICE_UNKNOWN'],
    [[{ question: 'wants', value: ['yes', 'yes'] }], '/answers/0 SURVEY_CHOICE_UNKNOWN'],
    [[{ question: 'people', value: 21 }], '/answers/0 SURVEY_ANSWER_RANGE'],
    [[{ question: 'mark', value: 0 }], '/answers/0 SURVEY_ANSWER_RANGE'],
    [[{ question: 'mark', value: 2.5 }], '/answers/0 SURVEY_ANSWER_TYPE'],
    [[{ question: 'estate', value: '长'.repeat(61) }], '/answers/0 SURVEY_ANSWER_LONG'],
    [[{ question: 'need', value: '长'.repeat(2001) }], '/answers/0 SURVEY_ANSWER_LONG'],
    [[{ question: 'unheard', value: 1 }], '/answers/0 SURVEY_QUESTION_UNKNOWN'],
  ])('%j are refused at their place', (answers, error) => {
    expect(errorsOf(() => checkedAnswers(questions, answers))).toContain(error);
  });

  it('are taken whole or refused with a place for each fault, whatever comes in', () => {
    const value = fc.oneof(fc.string({ maxLength: 80 }), fc.double({ noNaN: true }), fc.array(fc.constantFrom('yes', 'no', 'x'), { maxLength: 4 }));
    const id = fc.constantFrom(...questions.map((question) => question.id), 'unheard');
    fc.assert(
      fc.property(fc.array(fc.record({ question: id, value }), { maxLength: 8 }), (answers) => {
        const errors = errorsOf(() => {
          const { counted, texts } = checkedAnswers(questions, answers);
          expect(Object.keys({ ...counted, ...texts }).every((key) => questions.some((question) => question.id === key))).toBe(true);
          expect(counted['alone']).toBeDefined();
        });
        for (const error of errors) expect(error).toMatch(/^\/answers(\/\d+)? SURVEY_/);
      }),
      { numRuns: 200 },
    );
  });
});
