import { Inject, Injectable } from '@nestjs/common';
import type { Trace } from '../audit/model.ts';
import { AuditService } from '../audit/service.ts';
import { ApprovalsService } from '../approvals/service.ts';
import { refuse } from '../kernel/refusal.ts';
import { within, type Scope } from '../kernel/scope.ts';
import type { Instant } from '../kernel/time.ts';
import type { Message } from '../notifications/model.ts';
import { NotificationsService } from '../notifications/service.ts';
import type { Config } from '../platform/config.ts';
import type { Tx } from '../platform/database/database.ts';
import type { PageRequest } from '../platform/http/cursor.ts';
import { CONFIG } from '../platform/module.ts';
import { hoursAfter, needsRelease, RELEASE_HOURS, stateOf, type Export } from './model.ts';
import { ExportStore } from './store.ts';

export interface ExportCommand {
  readonly commandId: string;
  /** Real time: what leaves the house does not follow a business clock. */
  readonly at: Instant;
  readonly trace: Trace;
}

export type AskedExport = Omit<Export, 'needsRelease' | 'requestedAt' | 'releasedAt' | 'refusedAt' | 'refusal' | 'expiresAt'>;

const DAY_HOURS = 24;
/** Who hears that a release is asked for; anybody with the right may give it. */
const RELEASER = 'leader';

/** Who took which list out, why, and who else agreed. */
@Injectable()
export class ExportService {
  readonly #store: ExportStore;
  readonly #approvals: ApprovalsService;
  readonly #audit: AuditService;
  readonly #notifications: NotificationsService;
  readonly #limits: Config['exports'];

  constructor(store: ExportStore, approvals: ApprovalsService, audit: AuditService, notifications: NotificationsService, @Inject(CONFIG) config: Config) {
    this.#store = store;
    this.#approvals = approvals;
    this.#audit = audit;
    this.#notifications = notifications;
    this.#limits = config.exports;
  }

  get mostRows(): number {
    return this.#limits.mostRows;
  }

  /** Refuses `EXPORT_REASON_NEEDED`. Above the limit of one day it waits for a second person. */
  async ask(tx: Tx, asked: AskedExport, { commandId, at, trace }: ExportCommand): Promise<Export> {
    if (asked.personal && asked.reason === null) refuse('EXPORT_REASON_NEEDED', 'rule');
    const { aloneRows, hours } = this.#limits;
    const taken = asked.personal ? await this.#store.takenAlone(tx, asked.personId, hoursAfter(at, -DAY_HOURS)) : 0;
    const waits = asked.personal && needsRelease(asked.rows, taken, aloneRows);
    const one: Export = { ...asked, needsRelease: waits, requestedAt: at, releasedAt: null, refusedAt: null, refusal: null, expiresAt: hoursAfter(at, waits ? RELEASE_HOURS : hours) };
    await this.#store.insert(tx, one);
    if (waits) {
      const preparers = [one.personId, ...(tx.scope.onBehalfOf === undefined ? [] : [tx.scope.onBehalfOf])];
      await this.#approvals.open(tx, { commandId, subject: subjectOf(one), digest: one.digest, needed: 1, preparers, at });
      await this.#tell(tx, one, 'waiting', { kind: 'role', role: RELEASER }, at);
    }
    await this.#note(tx, one, 'exports.requested', { at, trace }, { format: one.format, rows: one.rows, personal: one.personal, waits });
    return one;
  }

  /** Own ones, and for whoever may release those of their place. Refuses `EXPORT_UNKNOWN`. */
  async get(tx: Tx, id: string, personId: string, releasing: Scope | undefined): Promise<Export> {
    const one = await this.#store.byId(tx, id);
    const seen = one && (one.personId === personId || (releasing !== undefined && within(one.orgPath, releasing.orgPath)));
    return seen ? one : refuse('EXPORT_UNKNOWN', 'unknown');
  }

  async mine(tx: Tx, personId: string, page: PageRequest): Promise<Export[]> {
    return this.#store.ofPerson(tx, personId, page);
  }

  async toRelease(tx: Tx, personId: string, at: Instant, page: PageRequest): Promise<Export[]> {
    return this.#store.waiting(tx, personId, at, page);
  }

  /** Refuses `EXPORT_UNKNOWN`, `EXPORT_NOT_WAITING`, and what approvals refuse: oneself, another content. */
  async release(tx: Tx, id: string, digest: string, personId: string, { commandId, at, trace }: ExportCommand): Promise<Export> {
    const one = await this.#waiting(tx, id, at);
    const onBehalfOf = tx.scope.onBehalfOf;
    const approval = { commandId, subject: subjectOf(one), digest, personId, accountId: trace.accountId ?? personId, at, ...(onBehalfOf !== undefined && { onBehalfOf }) };
    await this.#approvals.approve(tx, approval);
    const expiresAt = hoursAfter(at, this.#limits.hours);
    await this.#store.release(tx, id, at, expiresAt);
    await this.#tell(tx, one, 'released', { kind: 'account', accountId: one.accountId }, at);
    await this.#note(tx, one, 'exports.released', { at, trace }, { rows: one.rows });
    return { ...one, releasedAt: at, expiresAt };
  }

  /** Refuses `EXPORT_UNKNOWN`, `EXPORT_NOT_WAITING`, `APPROVALS_PREPARER`. */
  async refuseRelease(tx: Tx, id: string, reason: string, personId: string, { at, trace }: ExportCommand): Promise<Export> {
    const one = await this.#waiting(tx, id, at);
    if (one.personId === personId) refuse('APPROVALS_PREPARER', 'rule');
    await this.#approvals.void(tx, subjectOf(one), at);
    await this.#store.refuse(tx, id, at, reason);
    await this.#tell(tx, one, 'refused', { kind: 'account', accountId: one.accountId }, at);
    await this.#note(tx, one, 'exports.releaseRefused', { at, trace }, { rows: one.rows });
    return { ...one, refusedAt: at, refusal: reason };
  }

  /** Before the first byte leaves. Refuses `EXPORT_UNKNOWN` for another's, `EXPORT_NOT_RELEASED`, `EXPORT_EXPIRED`. */
  async fetch(tx: Tx, id: string, personId: string, how: { readonly at: Instant; readonly trace: Trace }): Promise<Export> {
    const one = await this.get(tx, id, personId, undefined);
    const state = stateOf(one, how.at);
    if (state === 'expired') refuse('EXPORT_EXPIRED', 'state', { until: one.expiresAt });
    if (state !== 'ready') refuse('EXPORT_NOT_RELEASED', 'state', { number: one.number });
    await this.#note(tx, one, 'exports.fetched', how, { format: one.format, rows: one.rows });
    return one;
  }

  async #waiting(tx: Tx, id: string, at: Instant): Promise<Export> {
    const one = await this.#store.byId(tx, id, 'FOR UPDATE');
    if (!one || !within(one.orgPath, tx.scope.orgPath)) return refuse('EXPORT_UNKNOWN', 'unknown');
    if (stateOf(one, at) !== 'waiting') refuse('EXPORT_NOT_WAITING', 'state');
    return one;
  }

  async #note(tx: Tx, { id, list }: Export, action: string, how: { readonly at: Instant; readonly trace: Trace }, changes: Readonly<Record<string, string | number | boolean>>): Promise<void> {
    await this.#audit.record(tx, { ...how.trace, at: how.at, action, subject: `export:${id}`, outcome: 'done', changes: { list, ...changes } });
  }

  async #tell(tx: Tx, { id, number, rows }: Export, what: 'waiting' | 'released' | 'refused', recipient: Message['recipient'], at: Instant): Promise<void> {
    await this.#notifications.post(tx, [{ key: `export:${id}@${what}`, recipient, text: `exports.told.${what}`, params: { number, rows }, caseId: `${what === 'waiting' ? 'release' : 'export'}/${id}`, at }]);
  }
}

function subjectOf({ id }: Export): { readonly kind: string; readonly id: string } {
  return { kind: 'export', id };
}
