import { Injectable } from '@nestjs/common';
import { AuditService } from '../../audit/service.ts';
import { FileService } from '../../files/service.ts';
import { refuse } from '../../kernel/refusal.ts';
import type { OrgPath, TenantId } from '../../kernel/scope.ts';
import { shanghaiDate, type Instant } from '../../kernel/time.ts';
import type { Message } from '../../notifications/model.ts';
import { NotificationsService } from '../../notifications/service.ts';
import { secretHash } from '../../platform/crypto/secret.ts';
import { SubjectKeys, type SubjectKey } from '../../platform/crypto/subject-keys.ts';
import { Database, type Tx } from '../../platform/database/database.ts';
import type { PageRequest } from '../../platform/http/cursor.ts';
import { deriveId, hashOf } from '../../platform/ids.ts';
import { PolicyService } from '../../policy/service.ts';
import { personalTraces, type Category, type Intent } from '../model.ts';
import type { Correction, Speaker, Withdrawal } from '../consent/model.ts';
import { ConsentService } from '../consent/service.ts';
import { NeedService, type RaisedNeed } from '../need/service.ts';
import { normalFollowUp } from './follow-up/model.ts';
import { NOTICE } from './notice/model.ts';
import { assertRoomForRemark, suggestCategory, type Agreement, type AnswerChannel, type Doubt, type Followed, type OpenedSubmission, type SealedContent, type Submission } from './model.ts';
import { IntakeStore, type SealedSubmission, type SubmissionFilter } from './store.ts';

/** One resident's answer or need as it comes in, checked by its form's own rules. */
export interface Incoming {
  readonly id: string;
  readonly community: { readonly id: string; readonly orgPath: OrgPath };
  readonly survey: { readonly id: string; readonly code: string } | null;
  readonly channel: AnswerChannel;
  readonly onBehalf: boolean;
  readonly counted: Readonly<Record<string, unknown>>;
  readonly content: SealedContent;
  /** Chosen by who speaks; suggested from the words where nothing was chosen. */
  readonly category: Category | null;
  /** Where staff heard of it; by the form's own way if not told. */
  readonly heard?: RaisedNeed['channel'] | undefined;
  readonly agreement: Agreement;
  readonly doubts: readonly Doubt[];
  readonly receivedAt: Instant;
  readonly ticketId: string | null;
  readonly networkIndex: Buffer | null;
  readonly followUpHash: Buffer | null;
  /** Sent before, by this sender. */
  readonly files: readonly string[];
  readonly sender: string;
}

const FIELDS = { content: 'needs_submission.content_sealed', remark: 'needs_remark.text_sealed' } as const;

const NOTICE_HASH = hashOf(NOTICE.version, NOTICE.zh, NOTICE.en);

/** How a need came in, by how the answer did. */
const CHANNEL: Readonly<Record<AnswerChannel, RaisedNeed['channel']>> = { publicForm: 'form', staff: 'visit', import: 'other' };

/** From what a resident sends to the need that it becomes, and back to the resident. */
@Injectable()
export class IntakeService {
  readonly #database: Database;
  readonly #store: IntakeStore;
  readonly #needs: NeedService;
  readonly #consents: ConsentService;
  readonly #keys: SubjectKeys;
  readonly #policy: PolicyService;
  readonly #audit: AuditService;
  readonly #notifications: NotificationsService;
  readonly #files: FileService;

  constructor(
    database: Database,
    store: IntakeStore,
    needs: NeedService,
    consents: ConsentService,
    keys: SubjectKeys,
    policy: PolicyService,
    audit: AuditService,
    notifications: NotificationsService,
    files: FileService,
  ) {
    this.#database = database;
    this.#store = store;
    this.#needs = needs;
    this.#consents = consents;
    this.#keys = keys;
    this.#policy = policy;
    this.#audit = audit;
    this.#notifications = notifications;
    this.#files = files;
  }

  /** Keeps it with its consent; what nobody doubts becomes a need at once. Refuses `TICKET_USED`. */
  async take(tx: Tx, incoming: Incoming, { at, trace }: Pick<Intent, 'at' | 'trace'>): Promise<Submission> {
    const { id, community, survey, channel, onBehalf, content, agreement, doubts } = incoming;
    const subjectId = subjectOf(id);
    const key = await this.#keys.obtain(tx, subjectId, at);
    const state = doubts.length === 0 ? 'accepted' : 'doubtful';
    const category = content.need && (incoming.category ?? suggestCategory(content.need.words));
    const { counted: answers, receivedAt, ticketId, networkIndex, followUpHash } = incoming;
    const submission = { id, orgPath: community.orgPath, communityId: community.id, surveyId: survey?.id ?? null, channel, state, doubts, category, onBehalf, submittedAt: at } as const;
    const sealed = key.seal(FIELDS.content, JSON.stringify(content));
    await this.#store.insert(tx, { ...submission, answers, subjectId, sealed, receivedAt, ticketId, networkIndex, followUpHash });
    const given = { noticeVersion: agreement.noticeVersion, noticeHash: NOTICE_HASH, channel: agreement.channel, givenAt: at };
    const purposes = agreement.minor ? (['processing', 'guardian'] as const) : (['processing'] as const);
    await this.#store.insertConsents(tx, { ...submission, subjectId }, purposes.map((purpose) => ({ ...given, purpose })));
    const record = { kind: 'need', id: needOf(id), orgPath: community.orgPath } as const;
    await this.#files.attach(tx, { record, ids: incoming.files, sender: incoming.sender, limit: 'perNeed', household: true, sensitive: true });
    const needId = state === 'accepted' ? await this.#raise(tx, { ...submission, heard: incoming.heard }, content, agreement.channel, survey?.code ?? null, { at, ...(trace && { trace }) }) : null;
    if (state === 'doubtful') await this.#tellOfDoubt(tx, community.id, at);
    await this.#audit.record(tx, {
      ...trace,
      commandId: id,
      at,
      action: 'needs.answerTaken',
      subject: `submission:${id}`,
      outcome: 'done',
      ...(onBehalf && { onBehalfOf: `subject:${subjectId}` }),
      changes: { channel, state, minor: agreement.minor, notice: agreement.noticeVersion, consent: agreement.channel },
    });
    return { ...submission, needId };
  }

  /** Once a day for each community, so that a flood of forms is no flood of messages. */
  async #tellOfDoubt(tx: Tx, communityId: string, at: Instant): Promise<void> {
    const recipient = { kind: 'role', role: 'communityWorker', orgUnitId: communityId } as const;
    await this.#notifications.post(tx, [
      { key: `submissions/doubtful@${shanghaiDate(at)}`, recipient, text: 'needs.intake.told.doubtful', params: {}, at },
    ]);
  }

  async #raise(
    tx: Tx,
    submission: Pick<Submission, 'id' | 'communityId' | 'channel' | 'onBehalf' | 'category'> & Pick<Incoming, 'heard'>,
    { need, contact }: SealedContent,
    consent: Agreement['channel'],
    surveyCode: string | null,
    { at, trace }: Pick<Intent, 'at' | 'trace'>,
  ): Promise<string | null> {
    if (!need) return null;
    const { id, communityId, channel, onBehalf, heard } = submission;
    const raised: RaisedNeed = {
      sourceNumber: surveyCode && `DC-${surveyCode}`,
      communityId,
      channel: heard ?? CHANNEL[channel],
      // A house number stays with the words.
      place: need.place !== null && personalTraces(need.place).length === 0 ? need.place : null,
      category: submission.category ?? suggestCategory(need.words),
      urgency: 'routine',
      peopleAffected: 1,
      evidence: null,
      publicText: null,
      raiserKind: onBehalf ? 'staffOnBehalf' : 'resident',
      raiser: { words: need.words, name: contact?.name ?? null, phone: contact?.phone ?? null, consent },
      raisedAt: at,
    };
    const { id: needId } = await this.#needs.raise(tx, raised, { commandId: id, at, ...(trace && { trace }) });
    await this.#store.became(tx, id, needId);
    return needId;
  }

  /** A person found it honest: it counts and becomes a need. Refuses `SUBMISSION_UNKNOWN`, `SUBMISSION_SETTLED`. */
  async accept(tx: Tx, id: string, category: Category | undefined, surveyCode: (surveyId: string) => Promise<string>, intent: Intent): Promise<void> {
    const { content, ...submission } = await this.#opened(tx, id);
    await this.#settle(tx, id, 'accepted', category ?? null, intent);
    const [{ channel } = { channel: 'form' as const }] = await this.#store.consents(tx, id);
    const code = submission.surveyId === null ? null : await surveyCode(submission.surveyId);
    await this.#raise(tx, { ...submission, category: category ?? submission.category }, content, channel, code, intent);
  }

  /** Kept, and counts nowhere. Refuses `SUBMISSION_UNKNOWN`, `SUBMISSION_SETTLED`. */
  async reject(tx: Tx, id: string, intent: Intent): Promise<void> {
    await this.#sealed(tx, id);
    await this.#settle(tx, id, 'rejected', null, intent);
  }

  async #settle(tx: Tx, id: string, state: 'accepted' | 'rejected', category: Category | null, { commandId, at, trace }: Intent): Promise<void> {
    if (!(await this.#store.settle(tx, id, state, category, at))) refuse('SUBMISSION_SETTLED', 'state');
    await this.#audit.record(tx, { ...trace, commandId, at, action: `needs.submission.${state}`, subject: `submission:${id}`, outcome: 'done' });
  }

  /** Refuses `SUBMISSION_UNKNOWN`, also outside the subtree. */
  async get(tx: Tx, id: string): Promise<Submission> {
    const { subjectId: _subject, sealed: _sealed, answers: _answers, enteredBy: _by, followUpHash: _hash, ...submission } = await this.#sealed(tx, id);
    return submission;
  }

  async page(tx: Tx, filter: SubmissionFilter, page: PageRequest): Promise<Submission[]> {
    return this.#store.page(tx, filter, page);
  }

  /** In the clear, with its remarks; reading is audited. Refuses `SUBMISSION_UNKNOWN`. */
  async open(tx: Tx, id: string, { at, trace }: Pick<Intent, 'at' | 'trace'>): Promise<OpenedSubmission> {
    const { content, key, answers, enteredBy, ...rest } = await this.#opened(tx, id);
    const { subjectId: _subject, sealed: _sealed, followUpHash: _hash, ...submission } = rest;
    const remarks = (await this.#store.remarks(tx, id)).map((remark) => ({ at: remark.at, text: key?.open(FIELDS.remark, remark.sealed) ?? '' }));
    await this.#audit.record(tx, { ...trace, at, action: 'needs.submissionRead', subject: `submission:${id}`, outcome: 'done' });
    const { texts, contact } = content;
    const withdrawnAt = await this.#store.withdrawnAt(tx, rest.subjectId);
    return { ...submission, withdrawnAt, answers, enteredBy, texts, contact, consents: await this.#store.consents(tx, id), remarks };
  }

  /**
   * Who sent it takes their consent back; again changes nothing. What waited for a person waits no longer, the answers
   * that were counted stay counted. Refuses `SUBMISSION_UNKNOWN`.
   */
  async withdraw(tx: Tx, id: string, channel: Withdrawal, intent: Intent): Promise<void> {
    const { subjectId, orgPath, communityId, state } = await this.#sealed(tx, id);
    if (state === 'doubtful') await this.#settle(tx, id, 'rejected', null, intent);
    await this.#consents.withdraw(tx, { subjectId, orgPath, needId: needOf(id) }, channel, intent);
    if (channel !== 'followUp') return;
    const recipient = { kind: 'role', role: 'communityWorker', orgUnitId: communityId } as const;
    await this.#notifications.post(tx, [
      { key: `submission:${id}/withdrawn`, recipient, text: 'needs.intake.told.withdrawn', params: { submissionId: id }, at: intent.at },
    ]);
  }

  async #sealed(tx: Tx, id: string): Promise<SealedSubmission> {
    return (await this.#store.sealed(tx, id)) ?? refuse('SUBMISSION_UNKNOWN', 'unknown');
  }

  /** Of an erased person nothing but the marks is left. */
  async #opened(tx: Tx, id: string): Promise<SealedSubmission & { content: SealedContent; key: SubjectKey | undefined }> {
    const submission = await this.#sealed(tx, id);
    const isWithdrawn = (await this.#store.withdrawnAt(tx, submission.subjectId)) !== null;
    const key = isWithdrawn ? undefined : (await this.#keys.load(tx, [submission.subjectId])).get(submission.subjectId);
    const content = key ? (JSON.parse(key.open(FIELDS.content, submission.sealed)) as SealedContent) : { texts: {}, need: null, contact: null };
    return { ...submission, content, key };
  }

  /** Who speaks in a submission, by number. Refuses `SUBMISSION_UNKNOWN`. */
  async speakerOf(tx: Tx, id: string): Promise<Speaker & { readonly communityId: string }> {
    const { subjectId, orgPath, communityId } = await this.#sealed(tx, id);
    return { subjectId, orgPath, communityId, needId: needOf(id) };
  }

  /** The submission that a need came of; undefined where staff or a file brought it. */
  async ofNeed(tx: Tx, needId: string): Promise<string | undefined> {
    return this.#store.ofNeed(tx, needId);
  }

  /** What was sent is put right, here and in the need that came of it; what it leaves out stays. Refuses `SUBJECT_ERASED`. */
  async correct(tx: Tx, id: string, { words, ...contact }: Correction, intent: Intent): Promise<void> {
    const { content, key, needId } = await this.#opened(tx, id);
    if (!key) refuse('SUBJECT_ERASED', 'state');
    const corrected: SealedContent = {
      ...content,
      need: content.need && words !== undefined ? { ...content.need, words } : content.need,
      contact: Object.keys(contact).length === 0 ? content.contact : { name: null, phone: null, ...content.contact, ...contact },
    };
    await this.#store.reseal(tx, id, key.seal(FIELDS.content, JSON.stringify(corrected)));
    if (needId !== null) await this.#needs.correctRaiser(tx, needId, { ...contact, ...(words !== undefined && { words }) }, intent);
    else await this.#audit.record(tx, { ...intent.trace, commandId: intent.commandId, at: intent.at, action: 'needs.submissionCorrected', subject: `submission:${id}`, outcome: 'done' });
  }

  /** Whose code it is, before any tenant is known. Refuses `FOLLOW_UP_UNKNOWN`. */
  async find(code: string): Promise<{ tenant: TenantId; id: string }> {
    const hash = secretHash(normalFollowUp(code));
    const [found] = await this.#database.door<{ tenant_id: TenantId; submission_id: string }>('door_follow_up', [hash]);
    return found ? { tenant: found.tenant_id, id: found.submission_id } : refuse('FOLLOW_UP_UNKNOWN', 'unknown');
  }

  async follow(tx: Tx, id: string): Promise<Followed> {
    return (await this.#store.followed(tx, id)) ?? refuse('FOLLOW_UP_UNKNOWN', 'unknown');
  }

  /** The community's staff hear of it. Refuses `REMARKS_MANY`, and `SUBJECT_ERASED` for who asked to be forgotten. */
  async remark(tx: Tx, id: string, text: string, { commandId, at }: Intent): Promise<void> {
    const { key, ...submission } = await this.#opened(tx, id);
    if (!key) refuse('SUBJECT_ERASED', 'state');
    const { values } = await this.#policy.current(tx, 'survey', at);
    assertRoomForRemark(await this.#store.countOfRemarks(tx, id), values);
    const remark = { id: deriveId(commandId, 'remark'), sealed: key.seal(FIELDS.remark, text), at };
    await this.#store.insertRemark(tx, submission, remark);
    const told: Message = {
      key: `submission:${id}/${remark.id}`,
      recipient: { kind: 'role', role: 'communityWorker', orgUnitId: submission.communityId },
      text: 'needs.intake.told.remark',
      params: { submissionId: id },
      at,
    };
    await this.#notifications.post(tx, [told]);
    await this.#audit.record(tx, { commandId, at, action: 'needs.remarkAdded', subject: `submission:${id}`, outcome: 'done' });
  }
}

/** The one who speaks, also as the raiser of the need that it becomes: one key to destroy. */
function subjectOf(submissionId: string): string {
  return deriveId(needOf(submissionId), 'raiser');
}

/** The need that it becomes, if it becomes one. */
export function needOf(submissionId: string): string {
  return deriveId(submissionId, 0);
}
