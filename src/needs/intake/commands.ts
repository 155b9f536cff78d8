import { Injectable } from '@nestjs/common';
import type { z } from 'zod';
import { UnitService } from '../../accounts/units/service.ts';
import { isThere, type OrgUnit } from '../../accounts/units/model.ts';
import { BusinessClock, WallClock } from '../../calendar/clock.ts';
import type { StoredFile } from '../../files/model.ts';
import { FileReceiving } from '../../files/receiving/service.ts';
import { refuse } from '../../kernel/refusal.ts';
import { tenantScope, within, type ActorId, type Scope, type TenantId } from '../../kernel/scope.ts';
import { addHours, msOf, shanghaiDate, type Instant } from '../../kernel/time.ts';
import { BlindIndex } from '../../platform/crypto/blind-index.ts';
import { secretHash } from '../../platform/crypto/secret.ts';
import { Database, type Tx } from '../../platform/database/database.ts';
import { scopeFor, type Caller } from '../../platform/http/caller.ts';
import { claimKey, once, storeAnswer, type RequestKey } from '../../platform/http/idempotency.ts';
import { deriveId } from '../../platform/ids.ts';
import type { SurveyPolicy } from '../../policy/model.ts';
import { PolicyService } from '../../policy/service.ts';
import { AskingService } from '../asking/service.ts';
import { NeedsCommands } from '../commands.ts';
import type { Withdrawal } from '../consent/model.ts';
import type { Category } from '../model.ts';
import type { Survey } from '../survey/content/model.ts';
import { checkedAnswers, needIn } from '../survey/questions/model.ts';
import { SurveyService } from '../survey/service.ts';
import { followUpCode, normalFollowUp } from './follow-up/model.ts';
import { assertAgreed, assertFresh, doubtsOf, type Agreement, type AnswerChannel, type Contact, type Doubt, type Followed, type Submission } from './model.ts';
import { NOTICE } from './notice/model.ts';
import type { PublicAnswerBody, PublicFileBody, PublicNeedBody, StaffAnswerBody, StaffNeedBody } from './schemas.ts';
import { IntakeService, type Incoming } from './service.ts';
import { IntakeStore } from './store.ts';
import { FormTickets, type Ticket } from './ticket/service.ts';

/** Whoever sends a public form stays unknown. */
const PUBLIC = 'public' as ActorId;

/** The form for a need of one's own, beside those of surveys. */
const NEEDS_FORM = 'needs';
const CODE_FIELD = 'needs.followUp';
const NETWORK_FIELD = 'needs.network';

export interface OpenForm {
  readonly ticket: string;
  readonly communities: readonly OrgUnit[];
  readonly guardianBelowAge: number;
}

/** What staff write down with any form. */
type StaffBody = Pick<z.output<typeof StaffNeedBody>, 'communityId' | 'consent' | 'minor' | 'guardianAgreed' | 'files'>;

/** `followUpCode`: for the resident, shown once; null for what came in a file. */
export type Written = Submission & { readonly followUpCode: string | null };

type PublicBody = Pick<z.output<typeof PublicNeedBody>, 'ticket' | 'communityId' | 'contact' | 'consent' | 'minor' | 'guardianAgreed' | 'files' | 'website'>;

/** What a form's own rules make of its body. */
type Told = Pick<Incoming, 'survey' | 'counted' | 'content' | 'category' | 'heard'> & { readonly policy: SurveyPolicy };

/** What residents send without signing in, and what staff write down for them. */
@Injectable()
export class IntakeCommands {
  readonly #database: Database;
  readonly #clock: BusinessClock;
  readonly #wall: WallClock;
  readonly #needs: NeedsCommands;
  readonly #units: UnitService;
  readonly #policy: PolicyService;
  readonly #surveys: SurveyService;
  readonly #intake: IntakeService;
  readonly #asking: AskingService;
  readonly #store: IntakeStore;
  readonly #tickets: FormTickets;
  readonly #index: BlindIndex;
  readonly #files: FileReceiving;

  constructor(
    database: Database,
    clock: BusinessClock,
    wall: WallClock,
    needs: NeedsCommands,
    units: UnitService,
    policy: PolicyService,
    surveys: SurveyService,
    intake: IntakeService,
    asking: AskingService,
    store: IntakeStore,
    tickets: FormTickets,
    index: BlindIndex,
    files: FileReceiving,
  ) {
    this.#database = database;
    this.#clock = clock;
    this.#wall = wall;
    this.#needs = needs;
    this.#units = units;
    this.#policy = policy;
    this.#surveys = surveys;
    this.#intake = intake;
    this.#asking = asking;
    this.#store = store;
    this.#tickets = tickets;
    this.#index = index;
    this.#files = files;
  }

  /** Refuses `INTAKE_UNKNOWN` for a tenant without communities, as for one that is none. */
  async needsForm(tenant: TenantId): Promise<OpenForm> {
    return this.#database.within(publicScope(tenant), async (tx) => {
      const at = await this.#clock.now(tx);
      const communities = await this.#units.ofKind(tx, 'community', shanghaiDate(at));
      if (communities.length === 0) refuse('INTAKE_UNKNOWN', 'unknown');
      return this.#opened(tx, NEEDS_FORM, communities, at);
    });
  }

  /** Refuses `SURVEY_UNKNOWN`, `SURVEY_NOT_OPEN`, `SURVEY_CLOSED`, `SURVEY_CHANNEL`. */
  async surveyForm(code: string): Promise<OpenForm & { readonly survey: Survey }> {
    const { tenant, id } = await this.#surveys.find(code);
    return this.#database.within(publicScope(tenant), async (tx) => {
      const at = await this.#clock.now(tx);
      const survey = await this.#surveys.collecting(tx, id, at);
      assertChannel(survey, 'publicForm');
      const form = await this.#opened(tx, survey.code, await this.#surveys.areas(tx, survey.communityIds), at);
      return { ...form, survey };
    });
  }

  async #opened(tx: Tx, form: string, communities: readonly OrgUnit[], at: Instant): Promise<OpenForm> {
    const { values } = await this.#policy.current(tx, 'survey', at);
    return { ticket: this.#tickets.issue(tx.scope.tenant, form, this.#wall.now()), communities, guardianBelowAge: values.guardianBelowAge };
  }

  /** Refuses `TICKET_…`, `COMMUNITY_UNKNOWN`, `NOTICE_OUTDATED`, `GUARDIAN_CONSENT_MISSING`. Answers the follow-up code. */
  async sendNeed(key: RequestKey, body: z.output<typeof PublicNeedBody>): Promise<string> {
    const ticket = this.#tickets.read(body.ticket, NEEDS_FORM);
    return this.#receive(key, ticket, body, async (tx, at) => {
      const { values: policy } = await this.#policy.current(tx, 'survey', at);
      const need = { words: body.words, place: body.place ?? null };
      return { survey: null, counted: {}, content: { texts: {}, need, contact: contactOf(body.contact) }, category: body.category ?? null, policy };
    });
  }

  /** Also refuses what `surveyForm` does, `SURVEY_AREA_FOREIGN` and `SURVEY_ANSWER_INVALID`. */
  async sendAnswer(key: RequestKey, code: string, body: z.output<typeof PublicAnswerBody>): Promise<string> {
    const { tenant, id } = await this.#surveys.find(code);
    const ticket = this.#tickets.read(body.ticket, code);
    if (ticket.tenant !== tenant) refuse('TICKET_INVALID', 'rule');
    return this.#receive(key, ticket, body, (tx, at) => this.#answerTo(tx, id, 'publicForm', body, at));
  }

  /** A photograph for a form that is open. Refuses `TICKET_…`, and what `FileReceiving.receive` does. */
  async sendFile(key: RequestKey, { ticket: text, file }: z.output<typeof PublicFileBody>): Promise<StoredFile> {
    const ticket = this.#tickets.read(text);
    const scope = publicScope(ticket.tenant);
    const age = msOf(this.#wall.now()) - msOf(ticket.issuedAt);
    await this.#database.within(scope, async (tx) => {
      const { values } = await this.#policy.current(tx, 'survey', await this.#clock.now(tx));
      assertFresh(age, values);
    });
    return this.#files.receive(scope, key, senderOf(ticket), file.bytes, 'perNeed');
  }

  async #answerTo(
    tx: Tx,
    id: string,
    channel: Incoming['channel'],
    { answers, contact, communityId }: Pick<z.output<typeof PublicAnswerBody>, 'answers' | 'contact' | 'communityId'>,
    at: Instant,
  ): Promise<Told> {
    const survey = await this.#surveys.collecting(tx, id, at);
    assertChannel(survey, channel);
    if (!survey.communityIds.includes(communityId)) refuse('SURVEY_AREA_FOREIGN', 'rule');
    const checked = checkedAnswers(survey.questions, answers);
    const content = { texts: checked.texts, need: needIn(survey.questions, checked), contact: contactOf(contact) };
    const { values: policy } = await this.#policy.pinned(tx, 'survey', survey.policyVersion);
    return { survey, counted: checked.counted, content, category: null, policy };
  }

  /** A repeat is answered with the same code, derived again: nothing but its hash is kept. */
  async #receive(key: RequestKey, ticket: Ticket, body: PublicBody, told: (tx: Tx, at: Instant) => Promise<Told>): Promise<string> {
    const now = this.#wall.now();
    const id = deriveId(key.commandId, `submission/${ticket.tenant}`);
    return this.#database.within(publicScope(ticket.tenant), async (tx) => {
      if (await claimKey(tx, key, now)) return this.#codeAgain(tx, id);
      const at = await this.#clock.now(tx);
      const { policy, ...rest } = await told(tx, at);
      assertFresh(msOf(now) - msOf(ticket.issuedAt), policy);
      const agreement: Agreement = { noticeVersion: body.consent.noticeVersion, channel: 'form', minor: body.minor, guardian: body.guardianAgreed };
      assertAgreed(agreement, NOTICE.version, policy.guardianBelowAge);
      const code = followUpCode(this.#index.of(ticket.tenant, CODE_FIELD, id));
      await this.#intake.take(
        tx,
        {
          ...rest,
          id,
          community: await this.#community(tx, body.communityId, at),
          channel: 'publicForm',
          onBehalf: false,
          agreement,
          doubts: await this.#doubts(tx, key, ticket, body.website, policy, now),
          receivedAt: now,
          ticketId: ticket.id,
          networkIndex: this.#index.of(ticket.tenant, NETWORK_FIELD, key.network),
          followUpHash: hashOfCode(code),
          files: body.files,
          sender: senderOf(ticket),
        },
        { at },
      );
      await storeAnswer(tx, key, 201, null);
      return code;
    });
  }

  async #doubts(tx: Tx, key: RequestKey, ticket: Ticket, honeypot: string, policy: SurveyPolicy, now: Instant): Promise<Doubt[]> {
    const networks = this.#index.candidates(ticket.tenant, NETWORK_FIELD, key.network);
    const fromNetworkThisHour = await this.#store.countOfNetwork(tx, networks, addHours(now, -1));
    const filledSeconds = (msOf(now) - msOf(ticket.issuedAt)) / 1000;
    return doubtsOf({ honeypot, filledSeconds, fromNetworkThisHour }, policy);
  }

  async #codeAgain(tx: Tx, id: string): Promise<string> {
    const { followUpHash } = (await this.#store.sealed(tx, id)) ?? refuse('IDEMPOTENCY_KEY_IN_USE', 'state');
    const codes = this.#index.candidates(tx.scope.tenant, CODE_FIELD, id).map((digest) => followUpCode(digest));
    return codes.find((code) => followUpHash && hashOfCode(code).equals(followUpHash)) ?? refuse('FOLLOW_UP_UNREADABLE', 'state');
  }

  async #community(tx: Tx, id: string, at: Instant): Promise<OrgUnit> {
    const community = (await this.#units.byIds(tx, [id])).get(id);
    const isMine = community?.kind === 'community' && within(community.orgPath, tx.scope.orgPath) && isThere(community, shanghaiDate(at));
    return community && isMine ? community : refuse('COMMUNITY_UNKNOWN', 'unknown');
  }

  /** On a resident's behalf, by somebody who says how the resident agreed. Refuses as `sendAnswer` does. */
  async writeAnswer(caller: Caller, key: RequestKey, surveyId: string, body: z.output<typeof StaffAnswerBody>): Promise<Written> {
    return this.#write(caller, key, body, body.channel, (tx, at) => this.#answerTo(tx, surveyId, body.channel, body, at));
  }

  /** A need heard at the door, at a meeting, on the telephone: outside any survey. Refuses as `sendNeed` does. */
  async writeNeed(caller: Caller, key: RequestKey, body: z.output<typeof StaffNeedBody>): Promise<Written> {
    return this.#write(caller, key, body, 'staff', async (tx, at) => {
      const { values: policy } = await this.#policy.current(tx, 'survey', at);
      const need = { words: body.words, place: body.place ?? null };
      const content = { texts: {}, need, contact: contactOf(body.contact) };
      return { survey: null, counted: {}, content, category: body.category ?? null, heard: body.heard, policy };
    });
  }

  /** The resident is given a code like those who send a form themselves; it is derived again for every repeat, never stored. */
  async #write(caller: Caller, key: RequestKey, body: StaffBody, channel: AnswerChannel, told: (tx: Tx, at: Instant) => Promise<Told>): Promise<Written> {
    const submission = await this.#needs.run(caller, 'needs.triage', key, async (tx, { commandId, at, trace }) => {
      const { policy, ...rest } = await told(tx, at);
      const agreement: Agreement = { ...body.consent, minor: body.minor, guardian: body.guardianAgreed };
      assertAgreed(agreement, NOTICE.version, policy.guardianBelowAge);
      const id = deriveId(commandId, 'submission');
      const code = channel === 'staff' ? followUpCode(this.#index.of(tx.scope.tenant, CODE_FIELD, id)) : undefined;
      const incoming: Incoming = {
        ...rest,
        id,
        community: await this.#community(tx, body.communityId, at),
        channel,
        onBehalf: true,
        agreement,
        doubts: [],
        receivedAt: this.#wall.now(),
        ticketId: null,
        networkIndex: null,
        followUpHash: code === undefined ? null : hashOfCode(code),
        files: body.files,
        sender: tx.scope.actor,
      };
      return this.#intake.take(tx, incoming, { at, ...(trace && { trace }) });
    });
    if (channel !== 'staff') return { ...submission, followUpCode: null };
    const code = await this.#needs.read(scopeFor(caller, 'needs.triage'), (tx) => this.#codeAgain(tx, submission.id));
    return { ...submission, followUpCode: code };
  }

  async settle(caller: Caller, key: RequestKey, id: string, decision: { readonly accepted: true; readonly category?: Category | undefined } | { readonly accepted: false }): Promise<Submission> {
    return this.#needs.run(caller, 'needs.triage', key, async (tx, intent) => {
      const codeOf = async (surveyId: string): Promise<string> => (await this.#surveys.get(tx, surveyId)).code;
      if (decision.accepted) await this.#intake.accept(tx, id, decision.category, codeOf, intent);
      else await this.#intake.reject(tx, id, intent);
      return this.#intake.get(tx, id);
    });
  }

  /** Refuses `FOLLOW_UP_UNKNOWN`. */
  async follow(code: string): Promise<Followed & { readonly communityName: string }> {
    const { tenant, id } = await this.#intake.find(code);
    return this.#database.within(publicScope(tenant), (tx) => this.#followed(tx, id));
  }

  /** Refuses `FOLLOW_UP_UNKNOWN`, `REMARKS_MANY`. */
  async remark(key: RequestKey, code: string, text: string): Promise<Followed & { readonly communityName: string }> {
    const { tenant, id } = await this.#intake.find(code);
    return once(this.#database, publicScope(tenant), key, this.#wall.now(), async (tx) => {
      await this.#intake.remark(tx, id, text, { commandId: key.commandId, at: await this.#clock.now(tx) });
      return this.#followed(tx, id);
    });
  }

  /** What they were asked to add. Refuses `FOLLOW_UP_UNKNOWN`, `NEED_NOT_ASKED`, `SUBJECT_ERASED`. */
  async answer(key: RequestKey, code: string, text: string): Promise<Followed & { readonly communityName: string }> {
    const { tenant, id } = await this.#intake.find(code);
    return once(this.#database, publicScope(tenant), key, this.#wall.now(), async (tx) => {
      const { needId } = await this.#intake.get(tx, id);
      await this.#asking.answerByCode(tx, needId, text, { commandId: key.commandId, at: await this.#clock.now(tx) });
      return this.#followed(tx, id);
    });
  }

  /** By who sent it; again changes nothing. Refuses `FOLLOW_UP_UNKNOWN`. */
  async withdraw(key: RequestKey, code: string): Promise<Followed & { readonly communityName: string }> {
    const { tenant, id } = await this.#intake.find(code);
    return once(this.#database, publicScope(tenant), key, this.#wall.now(), async (tx) => {
      await this.#intake.withdraw(tx, id, 'followUp', { commandId: key.commandId, at: await this.#clock.now(tx) });
      return this.#followed(tx, id);
    });
  }

  /** Told to staff, who say how. Refuses `SUBMISSION_UNKNOWN`. */
  async withdrawFor(caller: Caller, key: RequestKey, id: string, channel: Withdrawal): Promise<Submission> {
    return this.#needs.run(caller, 'needs.triage', key, async (tx, intent) => {
      await this.#intake.withdraw(tx, id, channel, intent);
      return this.#intake.get(tx, id);
    });
  }

  async #followed(tx: Tx, id: string): Promise<Followed & { readonly communityName: string }> {
    const followed = await this.#intake.follow(tx, id);
    const community = await this.#units.get(tx, followed.communityId);
    return { ...followed, communityName: community.name };
  }
}

function publicScope(tenant: TenantId): Scope {
  return tenantScope(tenant, PUBLIC);
}

/** Whoever holds the ticket, and nobody else, goes on with the form. */
function senderOf({ id }: Ticket): string {
  return `ticket:${id}`;
}

function hashOfCode(code: string): Buffer {
  return secretHash(normalFollowUp(code));
}

function contactOf(contact: { name?: string | undefined; phone?: string | undefined } | undefined): Contact | null {
  const { name = null, phone = null } = contact ?? {};
  return name === null && phone === null ? null : { name, phone };
}

function assertChannel({ channels }: Survey, channel: Incoming['channel']): void {
  if (!channels.includes(channel)) refuse('SURVEY_CHANNEL', 'rule', { channel });
}
