import { Injectable } from '@nestjs/common';
import { PeopleExpiry } from '../accounts/people/expiry/service.ts';
import { DraftService } from '../accounts/drafts/service.ts';
import { SessionExpiry } from '../accounts/sessions/expiry/service.ts';
import { AuditExpiry } from '../audit/expiry/service.ts';
import { AuditService } from '../audit/service.ts';
import { BusinessClock, WallClock } from '../calendar/clock.ts';
import { ObjectionService } from '../evaluation/objection/service.ts';
import { RatingMarkExpiry } from '../evaluation/rating/marks/service.ts';
import type { Scope } from '../kernel/scope.ts';
import type { Instant } from '../kernel/time.ts';
import type { After } from '../needs/retention/model.ts';
import { NeedsRetention } from '../needs/retention/service.ts';
import { Database, type Tx } from '../platform/database/database.ts';
import { deriveId } from '../platform/ids.ts';
import { PolicyService } from '../policy/service.ts';
import { cutoff, RETAINED, RULES, type Outlook, type Retained } from './model.ts';
import { RetentionStore } from './store.ts';

/** Rows of one transaction. */
const MOST = 5000;
/** Each has its own key, tokens, sessions. */
const MOST_PEOPLE = 100;

/** One kind of what is kept: how much of it is past its term, and one piece of its destruction. */
interface Sweep {
  readonly count: (tx: Tx, before: Instant) => Promise<{ readonly due: number; readonly held: number }>;
  /** `next` undefined = nothing is left to look at. */
  readonly remove: (tx: Tx, before: Instant, after: After | undefined, at: Instant) => Promise<{ readonly removed: number; readonly next: After | true | undefined }>;
}

/** Carries out how long the retention pack says that what is kept of people is kept. */
@Injectable()
export class RetentionService {
  readonly #db: Database;
  readonly #store: RetentionStore;
  readonly #policy: PolicyService;
  readonly #business: BusinessClock;
  readonly #wall: WallClock;
  readonly #audit: AuditService;
  readonly #sweeps: Readonly<Record<Retained, Sweep>>;

  constructor(
    db: Database,
    store: RetentionStore,
    policy: PolicyService,
    business: BusinessClock,
    wall: WallClock,
    audit: AuditService,
    needs: NeedsRetention,
    objections: ObjectionService,
    sessions: SessionExpiry,
    drafts: DraftService,
    people: PeopleExpiry,
    rows: AuditExpiry,
    ratings: RatingMarkExpiry,
  ) {
    this.#db = db;
    this.#store = store;
    this.#policy = policy;
    this.#business = business;
    this.#wall = wall;
    this.#audit = audit;
    const inRows = (remove: (tx: Tx, before: Instant, most: number) => Promise<number>): Sweep['remove'] => async (tx, before) => {
      const removed = await remove(tx, before, MOST);
      return { removed, next: removed === MOST || undefined };
    };
    this.#sweeps = {
      residents: {
        count: (tx, before) => needs.countSpeakers(tx, before),
        remove: (tx, before, after, at) => needs.forgetSpeakers(tx, before, after, { commandId: deriveId('retention', at), at }),
      },
      objectors: {
        count: (tx, before) => objections.countExpired(tx, before),
        remove: async (tx, before, _after, at) => {
          const removed = await objections.forgetExpired(tx, before, MOST, at);
          return { removed, next: removed === MOST || undefined };
        },
      },
      networkMarks: {
        count: async (tx, before) => {
          const { due, held } = await needs.countMarks(tx, before);
          return { due: due + (await ratings.count(tx, before)), held };
        },
        remove: async (tx, before) => {
          const [forms, rated] = [await needs.removeMarks(tx, before, MOST), await ratings.remove(tx, before, MOST)];
          return { removed: forms + rated, next: forms === MOST || rated === MOST || undefined };
        },
      },
      importRows: { count: (tx, before) => needs.countImportRows(tx, before), remove: inRows((tx, before, most) => needs.removeImportRows(tx, before, most)) },
      sessions: { count: (tx, before) => sessions.count(tx, before), remove: inRows((tx, before, most) => sessions.remove(tx, before, most)) },
      drafts: { count: (tx, before) => drafts.countBefore(tx, before), remove: inRows((tx, before, most) => drafts.removeBefore(tx, before, most)) },
      staff: {
        count: (tx, before) => people.count(tx, before),
        remove: async (tx, before, _, at) => {
          const removed = await people.remove(tx, before, MOST_PEOPLE, { commandId: deriveId('retention', at), at });
          return { removed, next: removed === MOST_PEOPLE || undefined };
        },
      },
      auditRows: { count: (tx, before) => rows.count(tx, before), remove: (tx, before, _, at) => rows.remove(tx, before, MOST, at) },
    };
  }

  /** Of one tenant, nothing changed. */
  async outlook(scope: Scope): Promise<Outlook[]> {
    return this.#db.within(scope, async (tx) => {
      const latest = new Map((await this.#store.latest(tx)).map((run) => [run.retained, run]));
      const outlooks: Outlook[] = [];
      for (const retained of RETAINED) {
        const { term, before } = await this.#term(tx, retained);
        outlooks.push({ retained, term, before, ...(await this.#sweeps[retained].count(tx, before)), last: latest.get(retained) ?? null });
      }
      return outlooks;
    });
  }

  /** One round over a tenant, in transactions of bounded size; answers how much went. */
  async sweep(scope: Scope): Promise<Record<Retained, number>> {
    const went = Object.fromEntries(RETAINED.map((retained) => [retained, 0])) as Record<Retained, number>;
    for (const retained of RETAINED) {
      let after: After | true | undefined;
      do {
        const from = after === true ? undefined : after;
        const { removed, next } = await this.#db.within(scope, (tx) => this.#removeSome(tx, retained, from));
        went[retained] += removed;
        after = next;
      } while (after !== undefined);
    }
    return went;
  }

  async #removeSome(tx: Tx, retained: Retained, after: After | undefined): ReturnType<Sweep['remove']> {
    const { before, now: at } = await this.#term(tx, retained);
    const done = await this.#sweeps[retained].remove(tx, before, after, at);
    const { removed } = done;
    if (removed === 0) return done;
    await this.#store.insert(tx, { retained, at, removed });
    await this.#audit.record(tx, { at, action: 'retention.removed', subject: `retention:${retained}`, outcome: 'done', changes: { removed, before } });
    return done;
  }

  async #term(tx: Tx, retained: Retained): Promise<{ readonly term: number; readonly now: Instant; readonly before: Instant }> {
    const rule = RULES[retained];
    const business = await this.#business.now(tx);
    const now = rule.clock === 'business' ? business : this.#wall.now();
    const { values } = await this.#policy.current(tx, 'retention', business);
    return { term: values[rule.value], now, before: cutoff(rule, values, now) };
  }

  async tenants(): ReturnType<RetentionStore['tenants']> {
    return this.#store.tenants(this.#db);
  }
}
