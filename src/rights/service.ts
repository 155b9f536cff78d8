import { Injectable } from '@nestjs/common';
import { AuditService } from '../audit/service.ts';
import { CalendarService } from '../calendar/service.ts';
import type { PublishAnswer, PublishRequest } from '../cases/messages.ts';
import { toldCommandId } from '../cases/model.ts';
import { CaseRecounts, type Recount } from '../cases/recounting/service.ts';
import { CaseService, type Transition } from '../cases/service.ts';
import { FileService } from '../files/service.ts';
import { refuse } from '../kernel/refusal.ts';
import { SYSTEM_ACTOR } from '../kernel/scope.ts';
import type { Correction } from '../needs/consent/model.ts';
import { ConsentService } from '../needs/consent/service.ts';
import { HoldService } from '../needs/holds/service.ts';
import { IntakeService } from '../needs/intake/service.ts';
import type { Intent } from '../needs/model.ts';
import { NeedService } from '../needs/need/service.ts';
import type { Message, Recipient } from '../notifications/model.ts';
import { NotificationsService } from '../notifications/service.ts';
import { SubjectKeys } from '../platform/crypto/subject-keys.ts';
import type { Tx } from '../platform/database/database.ts';
import type { PageRequest } from '../platform/http/cursor.ts';
import { deriveId, hashOf } from '../platform/ids.ts';
import { copyUntilOf } from './copying.ts';
import { rightsCaseId } from './messages.ts';
import { rightsMachine, type Right, type RightsCommand, type RightsEvent, type RightsProposal, type RightsState, type RightsStatus } from './model.ts';
import type { ContentKind, OwnData, RightsContent, RightsRequest } from './reading.ts';
import { RightsStore } from './store.ts';

type Moved = Transition<RightsState, RightsProposal>;

/** Whose data it is about. */
export interface Asker {
  readonly subjectId: string;
  readonly needId: string;
  readonly submissionId: string | null;
  readonly communityId: string;
  readonly orgPath: RightsRequest['orgPath'];
}

const field = (kind: ContentKind): string => `rights_content.sealed/${kind}`;

/** Requests of people about their own data: what becomes true with each step, and what they and staff read of it. */
@Injectable()
export class RightsService {
  readonly #cases: CaseService;
  readonly #store: RightsStore;
  readonly #needs: NeedService;
  readonly #intake: IntakeService;
  readonly #consents: ConsentService;
  readonly #holds: HoldService;
  readonly #files: FileService;
  readonly #keys: SubjectKeys;
  readonly #notifications: NotificationsService;
  readonly #calendar: CalendarService;
  readonly #audit: AuditService;

  constructor(
    cases: CaseService,
    store: RightsStore,
    needs: NeedService,
    intake: IntakeService,
    consents: ConsentService,
    holds: HoldService,
    files: FileService,
    keys: SubjectKeys,
    notifications: NotificationsService,
    calendar: CalendarService,
    audit: AuditService,
    recounts: CaseRecounts,
  ) {
    this.#cases = cases;
    this.#store = store;
    this.#needs = needs;
    this.#intake = intake;
    this.#consents = consents;
    this.#holds = holds;
    this.#files = files;
    this.#keys = keys;
    this.#notifications = notifications;
    this.#calendar = calendar;
    this.#audit = audit;
    recounts.register((tx, at) => this.#recounts(tx, at));
  }

  publish(request: PublishRequest<RightsProposal>): Promise<PublishAnswer<RightsProposal>> {
    return this.#cases.publish(rightsMachine, request, (tx, moved) => this.#effects(tx, moved));
  }

  /** Refuses `RIGHTS_UNKNOWN`, also outside the subtree. */
  async get(tx: Tx, id: string): Promise<RightsRequest> {
    return (await this.#store.byId(tx, id)) ?? refuse('RIGHTS_UNKNOWN', 'unknown');
  }

  async page(tx: Tx, filter: { readonly status?: RightsStatus | undefined; readonly right?: Right | undefined }, page: PageRequest): Promise<RightsRequest[]> {
    return this.#store.page(tx, filter, page);
  }

  async ofSubject(tx: Tx, subjectId: string): Promise<RightsRequest[]> {
    return this.#store.ofSubject(tx, subjectId);
  }

  /** Who raised a need. Refuses `NEED_UNKNOWN`, and `RIGHTS_NOBODY` where nothing is kept of anybody. */
  async askerOfNeed(tx: Tx, needId: string): Promise<Asker> {
    const { communityId, orgPath } = await this.#needs.get(tx, needId);
    const subjectId = (await this.#needs.speakerOf(tx, needId)) ?? refuse('RIGHTS_NOBODY', 'rule');
    return { subjectId, needId, submissionId: (await this.#intake.ofNeed(tx, needId)) ?? null, communityId, orgPath };
  }

  /** Refuses `SUBMISSION_UNKNOWN`. */
  async askerOfSubmission(tx: Tx, submissionId: string): Promise<Asker> {
    return { ...(await this.#intake.speakerOf(tx, submissionId)), submissionId };
  }

  /** Sealed with the key of whose it is; answers what the command carries. Refuses `SUBJECT_ERASED`. */
  async write(
    tx: Tx,
    request: Pick<RightsRequest, 'id' | 'orgPath' | 'subjectId'>,
    kind: ContentKind,
    text: string,
    { commandId, at }: Intent,
  ): Promise<{ contentId: string; contentHash: string }> {
    const key = (await this.#keys.load(tx, [request.subjectId])).get(request.subjectId) ?? refuse('SUBJECT_ERASED', 'state');
    const [contentId, sealed] = [deriveId(commandId, kind), key.seal(field(kind), text)];
    await this.#store.addContent(tx, { id: contentId, requestId: request.id, orgPath: request.orgPath, kind, sealed, commandId, at });
    // Over the sealed bytes: a short text could be guessed from a hash of itself.
    return { contentId, contentHash: hashOf(sealed.toString('base64')) };
  }

  async contents(tx: Tx, request: RightsRequest): Promise<RightsContent[]> {
    const key = (await this.#keys.load(tx, [request.subjectId])).get(request.subjectId);
    const found = await this.#store.contents(tx, request.id, rightsCaseId(request.id));
    return found.map(({ kind, sealed, at }) => ({ kind, at, text: key?.open(field(kind), sealed) ?? null }));
  }

  /** Refuses `RIGHTS_COPY_CLOSED` for anything but a request to see one's data that is open for it. */
  async copy(tx: Tx, request: RightsRequest, { at, trace }: Pick<Intent, 'at' | 'trace'>): Promise<OwnData> {
    const { right, status, copyUntil, needId, submissionId } = request;
    const isOpen = status === 'received' || (copyUntil !== null && at < copyUntil);
    if (right !== 'access' || !isOpen) refuse('RIGHTS_COPY_CLOSED', 'state');
    const need = (await this.#needs.byIds(tx, [needId])).get(needId) ?? null;
    const raiser = need && (await this.#needs.raiserOf(tx, needId, { at, ...(trace && { trace }) }));
    const sent = submissionId === null ? null : await this.#intake.open(tx, submissionId, { at, ...(trace && { trace }) });
    await this.#audit.record(tx, { ...trace, at, action: 'rights.copyRead', subject: `subject:${request.subjectId}`, outcome: 'done', changes: { requestId: request.id } });
    return {
      need,
      words: raiser?.words ?? null,
      name: raiser?.name ?? sent?.contact?.name ?? null,
      phone: raiser?.phone ?? sent?.contact?.phone ?? null,
      texts: sent?.texts ?? {},
      answers: sent?.answers ?? {},
      consents: sent?.consents ?? [],
      remarks: sent?.remarks ?? [],
      photographs: (await this.#files.list(tx, { kind: 'need', id: needId })).length,
    };
  }

  async #recounts(tx: Tx, at: Intent['at']): Promise<Recount[]> {
    const { version: calendarVersion } = await this.#calendar.calendar(tx);
    const ids = await this.#store.countedBefore(tx, calendarVersion);
    const command: RightsCommand = { id: `recount@${calendarVersion}`, actor: SYSTEM_ACTOR, at, type: 'recount', calendarVersion };
    return ids.map((id) => ({ caseId: rightsCaseId(id), command }));
  }

  async #effects(tx: Tx, { caseId, event, after }: Moved): Promise<void> {
    if (event.type === 'received') await this.#store.insert(tx, after, event.at);
    else {
      const ground = event.type === 'refused' ? event.ground : null;
      const copyUntil = event.type === 'carriedOut' && after.right === 'access' ? copyUntilOf(event.at, after.policy.values) : null;
      if (!(await this.#store.move(tx, after, event.version, { ground, copyUntil, at: event.at }))) {
        throw new Error('the row of the request does not stand where its journal does');
      }
    }
    if (event.type === 'carriedOut') await this.#carryOut(tx, event, after);
    await this.#notifications.post(tx, messagesOf(caseId, event, after));
  }

  /** Refuses `RIGHTS_HELD` where a legal hold forbids to delete. */
  async #carryOut(tx: Tx, event: Extract<RightsEvent, { type: 'carriedOut' }>, { right, channel, submissionId, needId, subjectId, orgPath }: RightsState): Promise<void> {
    const intent: Intent = { commandId: event.commandId, at: event.at };
    if (right === 'deletion') {
      const ground = await this.#holds.groundOf(tx, { kind: 'need', id: needId });
      if (ground) refuse('RIGHTS_HELD', 'rule', { ground });
      if (submissionId !== null) await this.#intake.withdraw(tx, submissionId, channel, intent);
      else await this.#consents.withdraw(tx, { subjectId, orgPath, needId }, channel, intent);
    }
    if (right === 'correction') {
      const correction = await this.#correction(tx, event.contentId, subjectId);
      if (submissionId !== null) await this.#intake.correct(tx, submissionId, correction, intent);
      else await this.#needs.correctRaiser(tx, needId, correction, intent);
    }
  }

  async #correction(tx: Tx, contentId: string | null, subjectId: string): Promise<Correction> {
    const content = contentId === null ? undefined : await this.#store.content(tx, contentId);
    const key = (await this.#keys.load(tx, [subjectId])).get(subjectId);
    if (!content || !key) return refuse('SUBJECT_ERASED', 'state');
    return JSON.parse(key.open(field('correction'), content.sealed)) as Correction;
  }
}

/** Who hears of it; the texts are this area's. */
function messagesOf(caseId: string, event: RightsEvent, { communityId, right, requestId }: RightsState): readonly Message[] {
  const worker: Recipient = { kind: 'role', role: 'communityWorker', orgUnitId: communityId };
  const manager: Recipient = { kind: 'role', role: 'manager' };
  const heard: Partial<Record<RightsEvent['type'], readonly Recipient[]>> = { received: [worker], withdrawn: [worker], markedLate: [worker, manager] };
  return (heard[event.type] ?? []).map((recipient) => ({
    key: toldCommandId(caseId, event.version),
    recipient,
    text: `rights.told.${event.type}.${right}`,
    params: { requestId },
    caseId,
    at: event.at,
  }));
}
