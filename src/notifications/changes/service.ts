import { Inject, Injectable } from '@nestjs/common';
import { UnitService } from '../../accounts/units/service.ts';
import { tenantScope, type TenantId } from '../../kernel/scope.ts';
import { instantFromMs } from '../../kernel/time.ts';
import { ChangeBell } from '../../platform/database/bell.ts';
import { Database, type Tx } from '../../platform/database/database.ts';
import { Health } from '../../platform/health.ts';
import { AUTHENTICATOR, type Authenticator, type Caller, type Credentials } from '../../platform/http/caller.ts';
import { periodically, type Periodic } from '../../platform/periodic.ts';
import { keysOf } from '../model.ts';
import { concerns, cursorText, isTooOld, newest, readCursor, type Change, type ChangeReader, type NotedChange } from './model.ts';
import { ChangeStore } from './store.ts';

/** What a reader has missed; `isReset`: too much or too long ago, so everything is to be asked for anew. */
export interface Missed {
  readonly items: readonly Change[];
  readonly cursor: string;
  readonly isReset: boolean;
}

/** One open page. */
export interface Listener {
  tell(missed: Missed): void;
  end(): void;
}

interface Subscription {
  readonly listener: Listener;
  readonly credentials: Credentials;
  readonly accountId: string;
  readonly tenant: TenantId;
  reader: ChangeReader;
}

/** Up to where a tenant's pages were told, and what beyond. */
interface Standing {
  readonly horizon: string;
  readonly told: ReadonlySet<number>;
}

/** Whether a caller may still hear is asked as often; a revoked role or an expired session is quiet after so long. */
const RECHECK_MS = 20_000;
/** Without a bell between the processes, and with one in case it was not heard. */
const LOOK_MS = { alone: 1500, listening: 15_000 } as const;
/** Pages of one account; the oldest ends. */
const MOST_OF_ACCOUNT = 8;

/** Tells open pages that something they may see has changed, after it was committed, by whichever process. */
@Injectable()
export class ChangeFeed {
  readonly #db: Database;
  readonly #store: ChangeStore;
  readonly #units: UnitService;
  readonly #authenticator: Authenticator;
  readonly #bell: ChangeBell;
  readonly #subscriptions = new Set<Subscription>();
  readonly #standing = new Map<TenantId, Standing>();
  readonly #looking = new Map<TenantId, Promise<void>>();
  readonly #again = new Set<TenantId>();
  #rounds: Periodic[] = [];
  #lookedAt = 0;

  constructor(
    db: Database,
    store: ChangeStore,
    units: UnitService,
    @Inject(AUTHENTICATOR) authenticator: Authenticator,
    bell: ChangeBell,
    health: Health,
  ) {
    this.#db = db;
    this.#store = store;
    this.#units = units;
    this.#authenticator = authenticator;
    this.#bell = bell;
    health.onDrain(() => this.close());
  }

  /** For a page that polls, or comes back after a while. Without `since` only where it stands. */
  async missed(caller: Caller, since: string | undefined): Promise<Missed> {
    return this.#db.within(tenantScope(caller.tenant, caller.actor), async (tx) => this.#missedBy(tx, await this.#reader(tx, caller), since));
  }

  /** Answers what the page has missed since; from then on it is told by itself. The caller ends it by the answer's `end`. */
  async subscribe(caller: Caller, credentials: Credentials, since: string | undefined, listener: Listener): Promise<{ first: Missed; end(): void }> {
    this.#begin();
    const { tenant, accountId } = caller;
    return this.#db.within(tenantScope(tenant, caller.actor), async (tx) => {
      const reader = await this.#reader(tx, caller);
      const subscription: Subscription = { listener, credentials, accountId, tenant, reader };
      const own = [...this.#subscriptions].filter((it) => it.accountId === accountId);
      for (const oldest of own.slice(0, Math.max(0, own.length + 1 - MOST_OF_ACCOUNT))) this.#end(oldest);
      // Where nobody has listened for a while, what was told last is of then: whoever comes now knows, or asks for, all that is there.
      const standing = this.#listened().has(tenant) ? undefined : await this.#standingNow(tx);
      // Heard from now on, so that nothing falls between what was missed and what comes.
      const first = await this.#missedBy(tx, reader, since);
      if (standing && !this.#listened().has(tenant)) this.#standing.set(tenant, standing);
      this.#subscriptions.add(subscription);
      return { first, end: () => void this.#subscriptions.delete(subscription) };
    });
  }

  close(): void {
    for (const subscription of this.#subscriptions) this.#end(subscription);
    for (const round of this.#rounds) void round.stop();
    this.#rounds = [];
  }

  async #standingNow(tx: Tx): Promise<Standing> {
    const { horizon } = await this.#store.since(tx, undefined);
    const { notes } = await this.#store.since(tx, horizon ?? undefined);
    return { horizon: horizon ?? '0', told: new Set(notes.map(({ seq }) => seq)) };
  }

  async #missedBy(tx: Tx, reader: ChangeReader, since: string | undefined): Promise<Missed> {
    const cursor = since === undefined ? undefined : readCursor(since);
    const isOld = since !== undefined && (cursor === undefined || isTooOld(cursor, Date.now()));
    const { notes, horizon, isCut } = await this.#store.since(tx, isOld ? undefined : cursor?.horizon);
    const isReset = isOld || isCut || horizon === null;
    const stands = horizon ?? (await this.#store.since(tx, undefined)).horizon ?? '0';
    const items = isReset ? [] : newest(notes.filter((note) => concerns(note, reader)));
    return { items, cursor: cursorText({ horizon: stands, ms: Date.now() }), isReset };
  }

  /** A grant at a unit's own node makes its holder a reader for that unit. */
  async #reader(tx: Tx, { accountId, grants }: Caller): Promise<ChangeReader> {
    const roles: { role: string; orgUnitId?: string }[] = [];
    for (const { role, orgPath } of grants) {
      const unit = await this.#units.atPath(tx, orgPath);
      roles.push(unit ? { role, orgUnitId: unit.id } : { role });
    }
    return { grants, units: roles.flatMap(({ orgUnitId }) => orgUnitId ?? []), keys: keysOf({ accountId, roles }) };
  }

  #begin(): void {
    if (this.#rounds.length > 0) return;
    this.#bell.listen((tenants) => this.#heard(tenants));
    const nothing = (): void => undefined;
    this.#rounds = [periodically(RECHECK_MS, () => this.recheck(), nothing), periodically(LOOK_MS.alone, () => this.#lookAround(), nothing)];
  }

  #heard(tenants: readonly TenantId[] | undefined): void {
    for (const tenant of this.#listened()) if (!tenants || tenants.includes(tenant)) void this.#look(tenant);
  }

  #listened(): Set<TenantId> {
    return new Set([...this.#subscriptions].map(({ tenant }) => tenant));
  }

  async #lookAround(): Promise<void> {
    const pause = this.#bell.isListening ? LOOK_MS.listening : LOOK_MS.alone;
    if (Date.now() - this.#lookedAt < pause) return;
    this.#lookedAt = Date.now();
    for (const tenant of this.#listened()) await this.#look(tenant);
  }

  /** One look at a time for each tenant; who rings meanwhile is looked for right after. */
  async #look(tenant: TenantId): Promise<void> {
    const running = this.#looking.get(tenant);
    if (running) {
      this.#again.add(tenant);
      return running;
    }
    const look = this.#tellAll(tenant)
      .catch(() => undefined)
      .finally(() => {
        this.#looking.delete(tenant);
        if (this.#again.delete(tenant)) void this.#look(tenant);
      });
    this.#looking.set(tenant, look);
    return look;
  }

  async #tellAll(tenant: TenantId): Promise<void> {
    const standing = this.#standing.get(tenant);
    if (!standing) return;
    const { notes, horizon, isCut } = await this.#db.within(tenantScope(tenant), (tx) => this.#store.since(tx, standing.horizon));
    const fresh = notes.filter(({ seq }) => !standing.told.has(seq));
    const isReset = isCut || horizon === null;
    const stands = horizon ?? standing.horizon;
    // What is told of transactions behind the horizon can come again with the next look.
    this.#standing.set(tenant, { horizon: stands, told: new Set(notes.map(({ seq }) => seq)) });
    const cursor = cursorText({ horizon: stands, ms: Date.now() });
    for (const subscription of this.#subscriptions) {
      if (subscription.tenant === tenant) this.#tell(subscription, fresh, { cursor, isReset });
    }
  }

  #tell({ listener, reader }: Subscription, fresh: readonly NotedChange[], { cursor, isReset }: Pick<Missed, 'cursor' | 'isReset'>): void {
    const items = isReset ? [] : newest(fresh.filter((note) => concerns(note, reader)));
    if (isReset || items.length > 0) listener.tell({ items, cursor, isReset });
  }

  /** Rights may have changed, and a session ends. */
  async recheck(): Promise<void> {
    for (const subscription of this.#subscriptions) {
      const caller = await this.#authenticator.authenticate(subscription.credentials, instantFromMs(Date.now()));
      if (!caller) this.#end(subscription);
      else subscription.reader = await this.#db.within(tenantScope(caller.tenant, caller.actor), (tx) => this.#reader(tx, caller));
    }
  }

  #end(subscription: Subscription): void {
    this.#subscriptions.delete(subscription);
    subscription.listener.end();
  }
}
