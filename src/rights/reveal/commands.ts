import { Injectable } from '@nestjs/common';
import { PeopleService } from '../../accounts/people/service.ts';
import { traceOf, type Trace } from '../../audit/model.ts';
import { AuditService } from '../../audit/service.ts';
import { BusinessClock, WallClock } from '../../calendar/clock.ts';
import { refuse } from '../../kernel/refusal.ts';
import { shanghaiDate, shanghaiInstant, type Instant } from '../../kernel/time.ts';
import { IntakeService } from '../../needs/intake/service.ts';
import { NeedService } from '../../needs/need/service.ts';
import { NotificationsService } from '../../notifications/service.ts';
import { Database, type Tx } from '../../platform/database/database.ts';
import { scopeFor, type Caller } from '../../platform/http/caller.ts';
import type { RequestKey } from '../../platform/http/idempotency.ts';
import { deriveId } from '../../platform/ids.ts';
import { PolicyService } from '../../policy/service.ts';
import { assertMayReveal, isManyReveals, type RevealedField, type RevealedRecord } from './model.ts';
import { RevealStore, type Reveal } from './store.ts';

export interface Wanted {
  readonly record: { readonly kind: RevealedRecord; readonly id: string };
  readonly field: RevealedField;
  readonly reason: string;
}

type Found = Pick<Reveal, 'orgPath'> & Readonly<Record<RevealedField, string | null>>;

/** One field behind its mask, with a reason, counted and on record. */
@Injectable()
export class RevealCommands {
  readonly #db: Database;
  readonly #store: RevealStore;
  readonly #needs: NeedService;
  readonly #intake: IntakeService;
  readonly #people: PeopleService;
  readonly #policy: PolicyService;
  readonly #audit: AuditService;
  readonly #notifications: NotificationsService;
  readonly #clock: BusinessClock;
  readonly #wall: WallClock;

  constructor(
    db: Database,
    store: RevealStore,
    needs: NeedService,
    intake: IntakeService,
    people: PeopleService,
    policy: PolicyService,
    audit: AuditService,
    notifications: NotificationsService,
    clock: BusinessClock,
    wall: WallClock,
  ) {
    this.#db = db;
    this.#store = store;
    this.#needs = needs;
    this.#intake = intake;
    this.#people = people;
    this.#policy = policy;
    this.#audit = audit;
    this.#notifications = notifications;
    this.#clock = clock;
    this.#wall = wall;
  }

  /**
   * No key of a repeat is claimed: what was seen is nowhere kept to be answered again, and each look counts. Refuses
   * `REVEALS_MANY`, and what the record's own reading refuses.
   */
  async reveal(caller: Caller, key: RequestKey, { record, field, reason }: Wanted): Promise<{ value: string | null; left: number }> {
    const { personId } = caller;
    return this.#db.within(scopeFor(caller, 'people.reveal'), async (tx) => {
      const [at, now] = [await this.#clock.now(tx), this.#wall.now()];
      const policy = await this.#policy.current(tx, 'rights', at);
      const before = await this.#store.countSince(tx, personId, shanghaiInstant(shanghaiDate(now)));
      assertMayReveal(before, policy.values);
      const trace = traceOf(caller, key);
      const { orgPath, [field]: value } = await this.#found(tx, record, { at, trace });
      const id = deriveId(key.commandId, `reveal/${before}`);
      await this.#store.insert(tx, { id, record: record.kind, recordId: record.id, field, reason, orgPath, personId, at: now });
      await this.#audit.record(tx, {
        ...trace,
        at,
        action: 'rights.revealed',
        subject: `${record.kind}:${record.id}`,
        outcome: 'done',
        policyHash: policy.hash,
        changes: { field, revealId: id, today: before + 1 },
      });
      if (isManyReveals(before + 1, policy.values)) await this.#tellOfMany(tx, personId, now, at);
      return { value, left: policy.values.revealsPerDay - before - 1 };
    });
  }

  async #found(tx: Tx, { kind, id }: Wanted['record'], intent: { readonly at: Instant; readonly trace: Trace }): Promise<Found> {
    if (kind === 'need') {
      const { orgPath } = await this.#needs.get(tx, id);
      const raiser = await this.#needs.raiserOf(tx, id, intent);
      return { orgPath, name: raiser?.name ?? null, phone: raiser?.phone ?? null };
    }
    if (kind === 'submission') {
      const { orgPath, contact } = await this.#intake.open(tx, id, intent);
      return { orgPath, name: contact?.name ?? null, phone: contact?.phone ?? null };
    }
    const person = await this.#people.get(tx, id);
    if (person.erased) refuse('PERSON_ERASED', 'state');
    return { orgPath: person.orgPath, name: person.name, phone: person.phone };
  }

  /** Once a day for each person; numbers only. */
  async #tellOfMany(tx: Tx, personId: string, now: Instant, at: Instant): Promise<void> {
    const key = `reveals/${personId}@${shanghaiDate(now)}`;
    await this.#notifications.post(
      tx,
      (['auditor', 'auditAdministrator'] as const).map((role) => ({ key, recipient: { kind: 'role', role }, text: 'rights.told.manyReveals', params: {}, at })),
    );
  }
}
