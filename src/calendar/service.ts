import { Injectable } from '@nestjs/common';
import type { Trace } from '../audit/model.ts';
import { AuditService } from '../audit/service.ts';
import { refuse } from '../kernel/refusal.ts';
import { WHOLE_TENANT } from '../kernel/scope.ts';
import type { Instant } from '../kernel/time.ts';
import { canonicalJson } from '../platform/crypto/canonical.ts';
import type { Tx } from '../platform/database/database.ts';
import { hashOf } from '../platform/ids.ts';
import { calendarFrom, type Calendar, type YearNotice } from './model.ts';
import { BUILT_IN_VERSION, builtInNotices } from './notices/built-in.ts';
import { CalendarStore } from './store.ts';

export interface YearPublication {
  readonly notice: YearNotice;
  /** The office's own words; kept with the notice, never in the audit. */
  readonly reason: string;
  readonly at: Instant;
}

/** A published year and where it comes from. `revision` 0 = delivered with the product. */
export interface CalendarYear {
  readonly year: number;
  readonly papers: readonly string[];
  readonly revision: number;
  readonly reason: string | null;
  readonly publishedAt: Instant | null;
}

/**
 * The calendar of a tenant: the notices delivered with the product, overridden year by year by those its managers
 * entered. The version rises with either, so that a deadline shows whether it was counted on older notices.
 */
@Injectable()
export class CalendarService {
  readonly #store: CalendarStore;
  readonly #audit: AuditService;
  readonly #calendars = new Map<string, Calendar>();

  constructor(store: CalendarStore, audit: AuditService) {
    this.#store = store;
    this.#audit = audit;
  }

  /** Strict: years without a notice refuse; see `provisionally` in the model. One short query; content is cached. */
  async calendar(tx: Tx): Promise<Calendar> {
    const edition = await this.#store.edition(tx);
    const known = this.#calendars.get(edition.key);
    if (known) return known;
    // A rival may have published since; revisions have no gaps, so the first of them are what the key names.
    const entered = (await this.#store.publications(tx)).slice(0, edition.revision);
    const calendar = build(entered.map(({ notice }) => notice));
    this.#calendars.set(edition.key, calendar);
    return calendar;
  }

  async years(tx: Tx): Promise<CalendarYear[]> {
    const years = new Map<number, CalendarYear>();
    for (const { year, papers } of builtInNotices) {
      years.set(year, { year, papers, revision: 0, reason: null, publishedAt: null });
    }
    for (const { notice, revision, reason, publishedAt } of await this.#store.publications(tx)) {
      years.set(notice.year, { year: notice.year, papers: notice.papers, revision, reason, publishedAt });
    }
    return [...years.values()].sort((a, b) => a.year - b.year);
  }

  /**
   * Enters a new year, or the second paper of one. Answers the calendar with the next version.
   * Refuses `CALENDAR_WHOLE_TENANT`, `CALENDAR_NOTICE_INVALID`, and `CALENDAR_YEAR_UNCHANGED` if this is what is already published.
   */
  async publishYear(tx: Tx, { notice, reason, at }: YearPublication, trace: Trace = {}): Promise<Calendar> {
    if (tx.scope.orgPath !== WHOLE_TENANT) refuse('CALENDAR_WHOLE_TENANT', 'forbidden');
    await this.#store.lockPublications(tx);
    const entered = (await this.#store.publications(tx)).map((publication) => publication.notice);
    const hash = noticeHash(notice);
    const current = effective(entered).find(({ year }) => year === notice.year);
    if (current && hash === noticeHash(current)) refuse('CALENDAR_YEAR_UNCHANGED', 'state', { year: notice.year });
    const calendar = build([...entered, notice]);
    await this.#store.insertPublication(tx, entered.length + 1, { notice, hash, reason, at });
    await this.#audit.record(tx, {
      ...trace,
      at,
      action: 'calendar.yearPublished',
      subject: `calendar:${notice.year}`,
      outcome: 'done',
      changes: { year: notice.year, calendarVersion: calendar.version, hash },
    });
    return calendar;
  }
}

function effective(entered: readonly YearNotice[]): YearNotice[] {
  const notices = new Map([...builtInNotices, ...entered].map((notice) => [notice.year, notice]));
  return [...notices.values()];
}

function build(entered: readonly YearNotice[]): Calendar {
  return calendarFrom(effective(entered), BUILT_IN_VERSION + entered.length);
}

function noticeHash({ year, papers, holidays }: YearNotice): string {
  const facts = holidays.map(({ name, paper, rest, work }) => ({ name, paper, rest: [...rest], work }));
  return hashOf(canonicalJson({ year, papers, holidays: facts }));
}
