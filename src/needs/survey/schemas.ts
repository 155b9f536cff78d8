import { z } from 'zod';
import { parseInstant } from '../../kernel/time.ts';
import { pageFields, pageOf } from '../../platform/http/cursor.ts';
import { ANSWER_CHANNELS } from '../intake/model.ts';
import { line } from '../schemas.ts';
import type { Survey } from './content/model.ts';
import { SURVEY_STATUSES } from './lifecycle/model.ts';
import { QUESTION_TYPES, TEXT_MAX } from './questions/model.ts';

/** An instant with its zone. */
const At = z.iso.datetime({ offset: true }).transform((text) => parseInstant(text));

/** Names a question or a choice for good, whatever its wording becomes. */
const Id = z.string().regex(/^[a-z][a-zA-Z0-9]{0,19}$/);

const Bound = z.number().int().min(-1_000_000_000).max(1_000_000_000);

const Choice = z.strictObject({ id: Id, text: line(100), textEn: line(100).optional() });

const Question = z
  .strictObject({
    id: Id,
    type: z.enum(QUESTION_TYPES),
    text: line(300),
    textEn: line(300).optional(),
    required: z.boolean().default(false),
    /** Each answer becomes a need; at most one question, and a text. */
    isNeed: z.boolean().default(false),
    choices: z.array(Choice).max(100).optional(),
    min: Bound.optional(),
    max: Bound.optional(),
    /** Highest mark of a rating. */
    scale: z.number().int().min(2).max(10).optional(),
  })
  .meta({ id: 'SurveyQuestion' });

const Areas = z
  .array(z.uuid())
  .min(1)
  .max(100)
  .refine((ids) => new Set(ids).size === ids.length, { params: { code: 'SURVEY_ID_TWICE' } });

const Channels = z
  .array(z.enum(ANSWER_CHANNELS))
  .min(1)
  .max(ANSWER_CHANNELS.length)
  .refine((names) => new Set(names).size === names.length, { params: { code: 'SURVEY_ID_TWICE' } });

const content = {
  title: line(60),
  intro: line(500),
  questions: z.array(Question).min(1).max(100),
  /** Areas: each has its own target. */
  communityIds: Areas,
  channels: Channels,
  targetPerArea: z.number().int().min(1).max(100_000),
  /** Collecting begins by itself at this instant, or when it is released if that is later. */
  opensAt: At,
  /** Collecting ends by itself; what comes at this instant is too late. */
  closesAt: At,
};

export const SurveyBody = z
  .strictObject({ ...content, intro: content.intro.optional(), targetPerArea: content.targetPerArea.optional(), channels: content.channels.default(['publicForm', 'staff']) })
  .meta({ id: 'SurveyBody' });

export const SurveyPatch = z.strictObject(content).partial().meta({ id: 'SurveyPatch' });

export const SurveyExtension = z.strictObject({ closesAt: At }).meta({ id: 'SurveyExtension' });

export const SurveyParam = z.strictObject({ id: z.uuid() });

export const SurveyQuery = z.strictObject({ ...pageFields, status: z.enum(SURVEY_STATUSES).optional() });

const QuestionView = z
  .object({
    id: z.string(),
    type: z.enum(QUESTION_TYPES),
    text: z.string(),
    textEn: z.string().optional(),
    required: z.boolean(),
    isNeed: z.boolean(),
    choices: z.array(z.object({ id: z.string(), text: z.string(), textEn: z.string().optional() })).optional(),
    min: z.int().optional(),
    max: z.int().optional(),
    scale: z.int().optional(),
  })
  .meta({ id: 'SurveyQuestionView' });

/** What everyone may read once it is released. */
export const surveyForm = {
  code: z.string(),
  title: z.string(),
  intro: z.string().nullable(),
  questions: z.array(QuestionView),
  opensAt: z.string(),
  closesAt: z.string(),
};

export const SurveyView = z
  .object({
    id: z.uuid(),
    ...surveyForm,
    communityIds: z.array(z.uuid()),
    channels: z.array(z.enum(ANSWER_CHANNELS)),
    targetPerArea: z.int(),
    contentHash: z.string(),
    policyVersion: z.int(),
    status: z.enum(SURVEY_STATUSES),
    released: z.boolean(),
    /** End of triage, or of the time on the list. */
    due: z.string().nullable(),
    createdAt: z.string(),
    version: z.int(),
    /** Where residents answer. */
    publicLink: z.string(),
  })
  .meta({ id: 'Survey' });

export const SurveyPage = pageOf(SurveyView);

export function surveyView({ orgPath: _, ...view }: Survey, publicLink: string): z.infer<typeof SurveyView> {
  return { ...view, questions: [...view.questions].map(formQuestion), communityIds: [...view.communityIds], channels: [...view.channels], publicLink };
}

export function formQuestion({ choices, ...question }: Survey['questions'][number]): z.infer<typeof QuestionView> {
  return { ...question, ...(choices && { choices: [...choices] }) };
}

export const SurveyProgress = z
  .object({
    areas: z.array(
      z.object({
        communityId: z.uuid(),
        name: z.string(),
        answers: z.int(),
        target: z.int(),
        /** Rounded down; above 100 where more came in. */
        percent: z.int(),
        /** Wait for a person; not among the answers. */
        doubtful: z.int(),
        needs: z.int(),
        untriaged: z.int(),
      }),
    ),
  })
  .meta({ id: 'SurveyProgress' });

export const SurveyResults = z
  .object({ items: z.array(z.object({ question: z.string(), value: z.string(), count: z.int() })) })
  .meta({ id: 'SurveyResults' });

/** One answer to one question; a choice by its id, several as a list. */
export const AnswerList = z
  .array(
    z.strictObject({
      question: Id,
      value: z.union([z.string().max(TEXT_MAX), z.number().min(-1_000_000_000).max(1_000_000_000), z.array(Id).max(100)]),
    }),
  )
  .max(100);
