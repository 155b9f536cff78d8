import { Injectable } from '@nestjs/common';
import type { z } from 'zod';
import { traceOf } from '../audit/model.ts';
import { BusinessClock } from '../calendar/clock.ts';
import { CaseCommands, type Asked, type Sender } from '../cases/commands.ts';
import { refuse } from '../kernel/refusal.ts';
import { tenantScope, type ActorId, type Scope, type TenantId } from '../kernel/scope.ts';
import type { Instant } from '../kernel/time.ts';
import { IntakeService } from '../needs/intake/service.ts';
import { Database, type Tx } from '../platform/database/database.ts';
import { scopeFor, type Caller } from '../platform/http/caller.ts';
import type { RequestKey } from '../platform/http/idempotency.ts';
import { deriveId } from '../platform/ids.ts';
import { PolicyService } from '../policy/service.ts';
import { RIGHTS_WORKFLOW, rightsCaseId } from './messages.ts';
import { rightsMachine, type RefusalGround, type Right, type RightsChannel, type RightsCommand } from './model.ts';
import type { OwnData, RightsContent, RightsRequest } from './reading.ts';
import type { CarryOutBody, NewRightsRequest } from './schemas.ts';
import { RightsService, type Asker } from './service.ts';

export interface Act {
  readonly caller: Caller;
  readonly key: RequestKey;
  readonly id: string;
}

/** A request as its person follows it. */
export interface FollowedRequest {
  readonly request: RightsRequest;
  readonly contents: readonly RightsContent[];
}

interface Opening {
  readonly sender: Sender;
  readonly scope: Scope;
  readonly key: RequestKey;
  readonly right: Right;
  readonly channel: RightsChannel;
  readonly wish: string | undefined;
  asker(tx: Tx): Promise<Asker>;
}

const PERMISSION = 'needs.triage';

/** Whoever holds a follow-up code stays unknown. */
const PUBLIC = { actor: 'public' as ActorId } as const;

@Injectable()
export class RightsCommands {
  readonly #db: Database;
  readonly #cases: CaseCommands;
  readonly #rights: RightsService;
  readonly #intake: IntakeService;
  readonly #policy: PolicyService;
  readonly #clock: BusinessClock;

  constructor(db: Database, cases: CaseCommands, rights: RightsService, intake: IntakeService, policy: PolicyService, clock: BusinessClock) {
    this.#db = db;
    this.#cases = cases;
    this.#rights = rights;
    this.#intake = intake;
    this.#policy = policy;
    this.#clock = clock;
  }

  /** Told to staff. Refuses `NEED_UNKNOWN`, `SUBMISSION_UNKNOWN`, `RIGHTS_NOBODY`, `RIGHTS_OPEN`, `SUBJECT_ERASED`. */
  take(caller: Caller, key: RequestKey, { record, right, channel, wish }: z.output<typeof NewRightsRequest>): Promise<RightsRequest> {
    const asker = (tx: Tx): Promise<Asker> => (record.kind === 'need' ? this.#rights.askerOfNeed(tx, record.id) : this.#rights.askerOfSubmission(tx, record.id));
    return this.#open({ sender: caller, scope: scopeFor(caller, PERMISSION), key, right, channel, wish, asker });
  }

  /** By the code. Refuses `FOLLOW_UP_UNKNOWN`, `RIGHTS_OPEN`, `SUBJECT_ERASED`. */
  async ask(key: RequestKey, code: string, right: Right, wish: string | undefined): Promise<FollowedRequest> {
    const { tenant, id } = await this.#intake.find(code);
    const asker = (tx: Tx): Promise<Asker> => this.#rights.askerOfSubmission(tx, id);
    const request = await this.#open({ sender: PUBLIC, scope: publicScope(tenant), key, right, channel: 'followUp', wish, asker });
    return { request, contents: [] };
  }

  #open({ sender, scope, key, right, channel, wish, asker }: Opening): Promise<RightsRequest> {
    const requestId = deriveId(key.commandId, 'rights');
    return this.#cases.open<RightsCommand, RightsRequest>({
      caller: sender,
      scope,
      key,
      caseId: rightsCaseId(requestId),
      kind: rightsMachine.kind,
      starts: RIGHTS_WORKFLOW,
      prepare: async (tx, at) => {
        const facts = await asker(tx);
        const request = { ...facts, id: requestId };
        // Also without words: an erased person has nothing left to ask about.
        const written = await this.#rights.write(tx, request, 'wish', wish ?? '', { commandId: key.commandId, at });
        return { type: 'open', requestId, right, channel, ...facts, policy: await this.#policy.current(tx, 'rights', at), ...written };
      },
      view: (tx) => this.#rights.get(tx, requestId),
    });
  }

  /** Refuses `RIGHTS_HELD` where a legal hold forbids to delete, and `RIGHTS_CORRECTION_EMPTY`. */
  carryOut(act: Act, { correction }: z.output<typeof CarryOutBody>): Promise<RightsRequest> {
    return this.#send(act, async (tx, request, at) => {
      const isCorrecting = request.right === 'correction' && Object.keys(correction ?? {}).length > 0;
      const written = isCorrecting && (await this.#rights.write(tx, request, 'correction', JSON.stringify(correction), { commandId: act.key.commandId, at }));
      return { type: 'carryOut', ...written };
    });
  }

  refuse(act: Act, ground: RefusalGround, reason: string): Promise<RightsRequest> {
    return this.#send(act, async (tx, request, at) => ({
      type: 'refuse',
      ground,
      ...(await this.#rights.write(tx, request, 'refusal', reason, { commandId: act.key.commandId, at })),
    }));
  }

  #send({ caller, key, id }: Act, ask: (tx: Tx, request: RightsRequest, at: Instant) => Promise<Asked<RightsCommand>>): Promise<RightsRequest> {
    return this.#cases.send<RightsCommand, RightsRequest>({
      caller,
      scope: scopeFor(caller, PERMISSION),
      key,
      caseId: rightsCaseId(id),
      kind: rightsMachine.kind,
      prepare: async (tx, at) => ask(tx, await this.#rights.get(tx, id), at),
      view: (tx) => this.#rights.get(tx, id),
    });
  }

  /** Their own requests, newest first. Refuses `FOLLOW_UP_UNKNOWN`. */
  async follow(code: string): Promise<FollowedRequest[]> {
    const { tenant, id } = await this.#intake.find(code);
    return this.#db.within(publicScope(tenant), async (tx) => {
      const { subjectId } = await this.#intake.speakerOf(tx, id);
      const followed: FollowedRequest[] = [];
      for (const request of await this.#rights.ofSubject(tx, subjectId)) followed.push({ request, contents: await this.#rights.contents(tx, request) });
      return followed;
    });
  }

  /** By who asked. Refuses `FOLLOW_UP_UNKNOWN`, `RIGHTS_UNKNOWN` for another's, `RIGHTS_STATE`. */
  async withdraw(key: RequestKey, code: string, requestId: string): Promise<FollowedRequest> {
    const { tenant, id } = await this.#intake.find(code);
    const request = await this.#cases.send<RightsCommand, RightsRequest>({
      caller: PUBLIC,
      scope: publicScope(tenant),
      key,
      caseId: rightsCaseId(requestId),
      kind: rightsMachine.kind,
      prepare: async (tx): Promise<Asked<RightsCommand>> => {
        await this.#own(tx, id, requestId);
        return { type: 'withdraw' };
      },
      view: (tx) => this.#rights.get(tx, requestId),
    });
    return { request, contents: [] };
  }

  /** By who asked, once it was carried out. Refuses `FOLLOW_UP_UNKNOWN`, `RIGHTS_UNKNOWN`, `RIGHTS_COPY_CLOSED`. */
  async copyByCode(code: string, requestId: string): Promise<OwnData> {
    const { tenant, id } = await this.#intake.find(code);
    return this.#db.within(publicScope(tenant), async (tx) => {
      const request = await this.#own(tx, id, requestId);
      if (request.status !== 'carriedOut') refuse('RIGHTS_COPY_CLOSED', 'state');
      return this.#rights.copy(tx, request, { at: await this.#clock.now(tx) });
    });
  }

  /** To hand over on paper; audited. Refuses `RIGHTS_UNKNOWN`, `RIGHTS_COPY_CLOSED`. */
  copyFor(caller: Caller, id: string, origin: Pick<RequestKey, 'requestId' | 'network'>): Promise<OwnData> {
    return this.#db.within(scopeFor(caller, PERMISSION), async (tx) => {
      const trace = traceOf(caller, origin);
      return this.#rights.copy(tx, await this.#rights.get(tx, id), { at: await this.#clock.now(tx), trace });
    });
  }

  async #own(tx: Tx, submissionId: string, requestId: string): Promise<RightsRequest> {
    const { subjectId } = await this.#intake.speakerOf(tx, submissionId);
    const request = await this.#rights.get(tx, requestId);
    return request.subjectId === subjectId ? request : refuse('RIGHTS_UNKNOWN', 'unknown');
  }
}

function publicScope(tenant: TenantId): Scope {
  return tenantScope(tenant, PUBLIC.actor);
}
