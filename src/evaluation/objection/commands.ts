import { Injectable } from '@nestjs/common';
import type { z } from 'zod';
import { UnitService } from '../../accounts/units/service.ts';
import { traceOf } from '../../audit/model.ts';
import { BusinessClock } from '../../calendar/clock.ts';
import { CaseCommands, type Sender } from '../../cases/commands.ts';
import { refuse } from '../../kernel/refusal.ts';
import { tenantId, tenantScope, type ActorId, type Scope, type TenantId } from '../../kernel/scope.ts';
import { Database, type Tx } from '../../platform/database/database.ts';
import { holds, scopeFor, type Caller } from '../../platform/http/caller.ts';
import type { RequestKey } from '../../platform/http/idempotency.ts';
import { deriveId } from '../../platform/ids.ts';
import { awardMachine, type AwardCommand, type AwardStatus } from '../award/model.ts';
import { AwardService } from '../award/service.ts';
import type { Award } from '../award/store.ts';
import { awardCaseId } from '../messages.ts';
import type { FollowedObjection, OpenedObjection } from './model.ts';
import type { PaperObjection, PublicObjection } from './schemas.ts';
import { ObjectionService, type Raised } from './service.ts';

/** Whoever objects without an account stays unknown to the record; their name lies sealed. */
const PUBLIC = { actor: 'public' as ActorId } as const;

/** What is or was in public notice; before that, and where it was refused, there is nothing to know of. */
const NOTICED: readonly AwardStatus[] = ['noticed', 'objected', 'granted'];

type Who = Omit<Raised, 'id'>;

interface Sending<View> {
  readonly sender: Sender;
  readonly scope: Scope;
  readonly key: RequestKey;
  readonly awardId: string;
  raised(tx: Tx): Promise<Who> | Who;
  view(tx: Tx, objectionId: string): Promise<View>;
}

/** One way of objecting for each of those who may: anybody, a body that takes part, staff for somebody who came on paper. */
@Injectable()
export class ObjectionCommands {
  readonly #db: Database;
  readonly #cases: CaseCommands;
  readonly #awards: AwardService;
  readonly #objections: ObjectionService;
  readonly #units: UnitService;
  readonly #clock: BusinessClock;

  constructor(db: Database, cases: CaseCommands, awards: AwardService, objections: ObjectionService, units: UnitService, clock: BusinessClock) {
    this.#db = db;
    this.#cases = cases;
    this.#awards = awards;
    this.#objections = objections;
    this.#units = units;
    this.#clock = clock;
  }

  /** Refuses `AWARD_UNKNOWN`, `AWARD_OBJECTED`, `AWARD_NOTICE_OVER`, `OBJECTION_BEFORE`. Answers the follow-up code with it. */
  async byResident(key: RequestKey, awardId: string, { tenant, name, phone, reason }: z.output<typeof PublicObjection>): Promise<FollowedObjection & { readonly followUpCode: string }> {
    const scope = publicScope(tenantId(tenant));
    const raised = { channel: 'publicForm', unitId: null, words: { name, phone, reason } } as const;
    const { id } = await this.#send({ sender: PUBLIC, scope, key, awardId, raised: () => raised, view: (_tx, id) => Promise.resolve({ id }) });
    return this.#db.within(scope, async (tx) => ({ ...(await this.#objections.one(tx, id)), followUpCode: await this.#objections.codeOf(tx, id) }));
  }

  /** For the body whose own place the caller acts at. Refuses as `byResident` does, and `OBJECTION_NO_UNIT`. */
  byUnit(caller: Caller, key: RequestKey, awardId: string, reason: string): Promise<FollowedObjection> {
    const raised = async (tx: Tx): Promise<Who> => {
      const unitId = (await this.#unitOf(tx, caller)) ?? refuse('OBJECTION_NO_UNIT', 'forbidden');
      return { channel: 'unit', unitId, words: { name: null, phone: null, reason } };
    };
    // A notice is for everybody: bodies stand beside the places whose awards they object to.
    const scope = tenantScope(caller.tenant, caller.actor);
    return this.#send({ sender: caller, scope, key, awardId, raised, view: (tx, id) => this.#objections.one(tx, id) });
  }

  /** Staff enter what was handed in. Refuses as `byResident` does. */
  onPaper(caller: Caller, key: RequestKey, awardId: string, { name, phone, reason }: z.output<typeof PaperObjection>): Promise<Award> {
    const raised = { channel: 'paper', unitId: null, words: { name, phone: phone ?? null, reason } } as const;
    const scope = scopeFor(caller, 'evaluation.grade');
    return this.#send({ sender: caller, scope, key, awardId, raised: () => raised, view: (tx) => this.#awards.get(tx, awardId) });
  }

  /** Refuses `FOLLOW_UP_UNKNOWN`, `OBJECTION_UNKNOWN`. */
  async follow(code: string): Promise<FollowedObjection> {
    const { tenant, id } = await this.#objections.find(code);
    return this.#db.within(publicScope(tenant), (tx) => this.#objections.one(tx, id));
  }

  /** Of the body that the caller acts for; none where it is no body. */
  own(caller: Caller): Promise<FollowedObjection[]> {
    return this.#db.within(tenantScope(caller.tenant, caller.actor), async (tx) => {
      const unitId = await this.#unitOf(tx, caller);
      return unitId === undefined ? [] : this.#objections.ofUnit(tx, unitId);
    });
  }

  /** In the clear, audited; for who answers it and who approved the award. Refuses `AWARD_UNKNOWN`. */
  read(caller: Caller, awardId: string, origin: Pick<RequestKey, 'requestId' | 'network'>): Promise<OpenedObjection[]> {
    const permission = holds(caller, 'evaluation.grade') ? 'evaluation.grade' : 'money.approve';
    return this.#db.within(scopeFor(caller, permission), async (tx) => {
      await this.#awards.get(tx, awardId);
      return this.#objections.read(tx, awardId, await this.#clock.now(tx), traceOf(caller, { ...origin }));
    });
  }

  async #unitOf(tx: Tx, caller: Caller): Promise<string | undefined> {
    return (await this.#units.atPath(tx, scopeFor(caller, 'rounds.object').orgPath))?.id;
  }

  #send<View>({ sender, scope, key, awardId, raised, view }: Sending<View>): Promise<View> {
    const id = deriveId(key.commandId, 'objection');
    return this.#cases.send<AwardCommand, View>({
      caller: sender,
      scope,
      key,
      caseId: awardCaseId(awardId),
      kind: awardMachine.kind,
      prepare: async (tx, at) => {
        const award = await this.#awards.get(tx, awardId);
        if (!NOTICED.includes(award.status)) refuse('AWARD_UNKNOWN', 'unknown');
        const who = await raised(tx);
        const written = await this.#objections.write(tx, award, { id, ...who }, at);
        return { type: 'object', ...(who.unitId !== null && { unitId: who.unitId }), ...written };
      },
      view: (tx) => view(tx, id),
    });
  }
}

function publicScope(tenant: TenantId): Scope {
  return tenantScope(tenant, PUBLIC.actor);
}
