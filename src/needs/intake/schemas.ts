import { z } from 'zod';
import { maskName, maskPhone } from '../../platform/crypto/mask.ts';
import { FileIds } from '../../files/schemas.ts';
import { pageFields, pageOf } from '../../platform/http/cursor.ts';
import { uploaded } from '../../platform/http/upload.ts';
import { CONSENTS, LEAVING_REASONS } from '../need/model.ts';
import { Category, line } from '../schemas.ts';
import { PLACE_MAX, TEXT_MAX } from '../survey/questions/model.ts';
import { AnswerList, surveyForm } from '../survey/schemas.ts';
import { ANSWER_CHANNELS, DOUBTS, FOLLOW_STATES, HEARD, SUBMISSION_STATES, type OpenedSubmission, type Submission } from './model.ts';

const Phone = z.string().trim().regex(/^[+\d][\d\s-]{5,24}$/);

/** Optional, and sealed. */
const ContactBody = z.strictObject({ name: line(60).optional(), phone: Phone.optional() });

const publicFields = {
  /** From the form; spent with the first sending. */
  ticket: z.string().min(1).max(300),
  communityId: z.uuid(),
  contact: ContactBody.optional(),
  /** To the notice that the form shows, by its version. */
  consent: z.strictObject({ agreed: z.literal(true), noticeVersion: z.string().min(1).max(20) }),
  /** Below the age that the form names; then a guardian agrees too. */
  minor: z.boolean().default(false),
  guardianAgreed: z.boolean().default(false),
  /** Photographs sent before with the same ticket. */
  files: FileIds.default([]),
  /** Hidden on the page: only robots fill it in. */
  website: z.string().max(200).default(''),
};

export const PublicNeedBody = z
  .strictObject({ ...publicFields, words: line(TEXT_MAX), place: line(PLACE_MAX).optional(), category: Category.optional() })
  .meta({ id: 'PublicNeedBody' });

export const PublicAnswerBody = z.strictObject({ ...publicFields, answers: AnswerList }).meta({ id: 'PublicAnswerBody' });

const staffFields = {
  communityId: z.uuid(),
  contact: ContactBody.optional(),
  /** How the resident agreed, and to which notice. */
  consent: z.strictObject({ noticeVersion: z.string().min(1).max(20), channel: z.enum(CONSENTS) }),
  minor: z.boolean().default(false),
  guardianAgreed: z.boolean().default(false),
  files: FileIds.default([]),
};

export const StaffAnswerBody = z
  .strictObject({ ...staffFields, channel: z.enum(['staff', 'import']).default('staff'), answers: AnswerList })
  .meta({ id: 'StaffAnswerBody' });

/** 走访, 来电, 坝坝会: a need in the resident's own words, written down by staff. */
export const StaffNeedBody = z
  .strictObject({
    ...staffFields,
    heard: z.enum(HEARD).default('visit'),
    words: line(TEXT_MAX),
    place: line(PLACE_MAX).optional(),
    category: Category.optional(),
  })
  .meta({ id: 'StaffNeedBody' });

export const PublicFileBody = z.strictObject({ ticket: z.string().min(1).max(300), file: uploaded }).meta({ id: 'PublicFileBody' });

export const Sent = z
  .object({
    /** Shown once: with it the resident sees how it goes on. */
    followUpCode: z.string(),
  })
  .meta({ id: 'SentForm' });

export const SurveyCodeParam = z.strictObject({ code: z.string().regex(/^[2-9A-HJ-NP-Z]{10}$/) });

export const NeedsFormQuery = z.strictObject({ tenant: z.string().regex(/^[a-z][a-z0-9-]{1,30}$/) });

const form = {
  ticket: z.string(),
  communities: z.array(z.object({ id: z.uuid(), name: z.string() })),
  notice: z.object({ version: z.string(), text: z.string() }),
  guardianBelowAge: z.int(),
};

export const NeedsForm = z
  .object({ ...form, categories: z.array(z.object({ id: Category, name: z.string() })) })
  .meta({ id: 'NeedsForm' });

export const SurveyForm = z.object({ ...form, survey: z.object(surveyForm) }).meta({ id: 'SurveyForm' });

export const RemarkBody = z.strictObject({ code: z.string().min(1).max(40), text: line(500) }).meta({ id: 'FollowUpRemark' });

export const FollowAnswerBody = z.strictObject({ code: z.string().min(1).max(40), text: line(500) }).meta({ id: 'FollowUpAnswer' });

export const WithdrawBody = z.strictObject({ code: z.string().min(1).max(40) }).meta({ id: 'FollowUpWithdrawal' });

export const FollowView = z
  .object({
    state: z.enum(FOLLOW_STATES),
    /** The state in plain words. */
    stateText: z.string(),
    /** 需求编号; null where no need came of it. */
    number: z.string().nullable(),
    category: Category.nullable(),
    /** What everyone may read, once triage has written it. */
    publicText: z.string().nullable(),
    communityName: z.string(),
    submittedAt: z.string(),
    /** When remarks were added. */
    remarks: z.array(z.string()),
    /** 请补充: what is still to be said; answered by `POST …/follow-up/answer`. */
    asked: z.object({ text: z.string(), at: z.string() }).nullable(),
    /** 不列入: the reason, in plain words, and what the community says of it. */
    leftOut: z.object({ reason: z.enum(LEAVING_REASONS), reasonText: z.string(), text: z.string() }).nullable(),
  })
  .meta({ id: 'FollowUp' });

export const SubmissionParam = z.strictObject({ id: z.uuid() });

export const SubmissionQuery = z.strictObject({
  ...pageFields,
  state: z.enum(SUBMISSION_STATES).optional(),
  surveyId: z.uuid().optional(),
  communityId: z.uuid().optional(),
});

export const SubmissionView = z
  .object({
    id: z.uuid(),
    communityId: z.uuid(),
    surveyId: z.uuid().nullable(),
    channel: z.enum(ANSWER_CHANNELS),
    state: z.enum(SUBMISSION_STATES),
    doubts: z.array(z.enum(DOUBTS)),
    category: Category.nullable(),
    onBehalf: z.boolean(),
    submittedAt: z.string(),
    needId: z.uuid().nullable(),
  })
  .meta({ id: 'Submission' });

export const SubmissionWritten = SubmissionView.extend({
  /** For the resident, shown once; null for what came in a file. */
  followUpCode: z.string().nullable(),
}).meta({ id: 'SubmissionWritten' });

export const SubmissionPage = pageOf(SubmissionView);

export function submissionView({ orgPath: _, doubts, ...submission }: Submission): z.infer<typeof SubmissionView> {
  return { ...submission, doubts: [...doubts] };
}

export const SubmissionDetail = SubmissionView.extend({
  answers: z.record(z.string(), z.unknown()),
  texts: z.record(z.string(), z.string()),
  /** Number of who wrote it down. */
  enteredBy: z.string(),
  contact: z
    .object({
      /** Masked: 张＊＊. */
      name: z.string().nullable(),
      /** Masked: 138****5678. */
      phone: z.string().nullable(),
    })
    .nullable(),
  consents: z.array(
    z.object({
      purpose: z.enum(['processing', 'guardian']),
      noticeVersion: z.string(),
      noticeHash: z.string(),
      channel: z.enum(CONSENTS),
      givenAt: z.string(),
      recordedBy: z.string(),
    }),
  ),
  remarks: z.array(z.object({ at: z.string(), text: z.string() })),
  /** When the consent was taken back; the words and the contact are gone since. */
  withdrawnAt: z.string().nullable(),
}).meta({ id: 'SubmissionDetail' });

export function submissionDetail({ contact, withdrawnAt, consents, remarks, answers, texts, enteredBy, ...submission }: OpenedSubmission): z.infer<typeof SubmissionDetail> {
  const masked = contact && {
    name: contact.name === null ? null : maskName(contact.name),
    phone: contact.phone === null ? null : maskPhone(contact.phone, 'staff'),
  };
  return { ...submissionView(submission), answers, texts, enteredBy, contact: masked, consents: [...consents], remarks: [...remarks], withdrawnAt };
}

export const AcceptBody = z.strictObject({ category: Category.optional() }).meta({ id: 'SubmissionAcceptance' });
