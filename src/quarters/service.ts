import { createHash } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { UnitService } from '../accounts/units/service.ts';
import { nextQuarter, quarterOf, quarterStart, type Calendar, type Quarter } from '../calendar/model.ts';
import { CalendarService } from '../calendar/service.ts';
import { restore } from '../cases/model.ts';
import { CaseRecounts, type Recount } from '../cases/recounting/service.ts';
import { CaseNames } from '../cases/waiting/names/service.ts';
import { CaseService } from '../cases/service.ts';
import type { StageWait } from '../cases/stage/model.ts';
import { refuse } from '../kernel/refusal.ts';
import { SYSTEM_ACTOR, within, type TenantId } from '../kernel/scope.ts';
import { addDays, shanghaiDate, type Instant, type LocalDate } from '../kernel/time.ts';
import { canonicalBytes, type CanonicalValue } from '../platform/crypto/canonical.ts';
import type { Database, Tx } from '../platform/database/database.ts';
import type { PageRequest } from '../platform/http/cursor.ts';
import type { QuarterPolicy } from '../policy/model.ts';
import { PolicyService } from '../policy/service.ts';
import { quarterCaseId, quarterKeyOf, type QuarterOpening } from './messages.ts';
import { heardQuarter, quarterMachine, UNIT_ROLE, type QuarterCommand, type QuarterEvent } from './model.ts';
import type { CommunityReportCounts, MissingUnit, OwedReport, ReportDue, ReportFilter, ReportOutcome } from './reports/model.ts';
import { ReportDueStore, type OwingProject } from './reports/store.ts';
import { meetingByPolicy, meetingFrom, scheduleOf } from './schedule/model.ts';
import { escalationsOf } from './stage/model.ts';
import { QuarterStore, type CycleFilter, type QuarterCycle, type Snapshot, type SnapshotKey, type StoredContent } from './store.ts';

export interface ReportsAsked {
  readonly communityId: string;
  /** The quarter to be reported on. */
  readonly quarter: Quarter;
  readonly due: Instant;
  readonly projects: readonly OwingProject[];
  readonly at: Instant;
}

/** Each community's quarter: its dates, and what every project owes for it. */
@Injectable()
export class QuarterService {
  readonly #store: QuarterStore;
  readonly #reports: ReportDueStore;
  readonly #calendar: CalendarService;
  readonly #policy: PolicyService;
  readonly #units: UnitService;
  readonly #cases: CaseService;

  constructor(
    store: QuarterStore,
    reports: ReportDueStore,
    calendar: CalendarService,
    policy: PolicyService,
    units: UnitService,
    cases: CaseService,
    recounts: CaseRecounts,
    names: CaseNames,
  ) {
    this.#store = store;
    this.#reports = reports;
    this.#calendar = calendar;
    this.#policy = policy;
    this.#units = units;
    this.#cases = cases;
    recounts.register((tx, at) => this.#recounts(tx, at));
    names.register('quarterCycle', async (tx, caseIds) => {
      const keys = caseIds.map((caseId) => ({ caseId, ...quarterKeyOf(caseId) }));
      const communities = await this.#units.byIds(tx, [...new Set(keys.map(({ communityId }) => communityId))]);
      return new Map(keys.map(({ caseId, communityId, quarter }) => [caseId, `${communities.get(communityId)?.name ?? ''} ${quarter}`.trim()]));
    });
  }

  /** Answers how many owe one now; a repeat registers nothing twice. */
  async registerReportsDue(tx: Tx, asked: ReportsAsked): Promise<number> {
    if (asked.projects.length > 0) await this.#reports.register(tx, asked);
    return this.#reports.countOwed(tx, asked.communityId, asked.quarter);
  }

  /** A project that gets under way while its community is already collecting owes a report on the running quarter too. */
  async joinReports(tx: Tx, project: OwingProject & { readonly communityId: string }, at: Instant): Promise<void> {
    const running = quarterOf(shanghaiDate(at));
    const cycle = await this.#store.byKey(tx, project.communityId, nextQuarter(running));
    if (!cycle || cycle.status === 'closed') return;
    const { communityId } = project;
    await this.#reports.register(tx, { communityId, quarter: running, due: cycle.reportsDue, projects: [project], at });
  }

  /** `late` is decided by the first handing-in and stays. Refuses `REPORT_NOT_ASKED`. */
  async settleReport(
    tx: Tx,
    report: { projectId: string; quarter: Quarter; outcome: Exclude<ReportOutcome, 'released'>; at: Instant },
  ): Promise<{ late: boolean }> {
    return (await this.#reports.settle(tx, report)) ?? refuse('REPORT_NOT_ASKED', 'state', { quarter: report.quarter });
  }

  /** The lead is gone or the work is done: what was not handed in is owed by nobody. */
  async releaseReports(tx: Tx, projectId: string, at: Instant): Promise<void> {
    await this.#reports.release(tx, projectId, at);
  }

  /** Units that still owe reports on that quarter. */
  async missing(tx: Tx, communityId: string, quarter: Quarter): Promise<MissingUnit[]> {
    return this.#reports.missing(tx, communityId, quarter);
  }

  /**
   * Keeps what the caller knows about a quarter, in exact bytes; the first of a kind stands.
   * Answers the SHA-256 of the bytes, base64url.
   */
  async freeze(
    tx: Tx,
    of: { communityId: string; quarter: Quarter; kind: string; content: CanonicalValue; at: Instant },
  ): Promise<string> {
    const { content, ...key } = of;
    const bytes = canonicalBytes(content);
    const hash = createHash('sha256').update(bytes).digest();
    await this.#store.addSnapshot(tx, { ...key, bytes, hash });
    return hash.toString('base64url');
  }

  /** Minutes and reasons; nothing that was written with a command that the case refused. */
  async contents(tx: Tx, communityId: string, quarter: Quarter): Promise<StoredContent[]> {
    return this.#store.contents(tx, communityId, quarter, quarterCaseId(communityId, quarter));
  }

  async snapshots(tx: Tx, communityId: string, quarter: Quarter): Promise<Snapshot[]> {
    return this.#store.snapshots(tx, communityId, quarter);
  }

  /** The newest of that kind from a quarter before. */
  async snapshotBefore(tx: Tx, communityId: string, quarter: Quarter, kind: string): Promise<Snapshot | undefined> {
    return this.#store.snapshotBefore(tx, communityId, quarter, kind);
  }

  /** What was kept of a community in those kinds, newest quarter first, without its bytes. */
  async snapshotKeys(tx: Tx, communityId: string, kinds: readonly string[]): Promise<SnapshotKey[]> {
    return this.#store.snapshotKeys(tx, communityId, kinds);
  }

  /** Refuses `QUARTER_UNKNOWN`. */
  async get(tx: Tx, communityId: string, quarter: Quarter): Promise<QuarterCycle> {
    return (await this.#store.byKey(tx, communityId, quarter)) ?? refuse('QUARTER_UNKNOWN', 'unknown');
  }

  async page(tx: Tx, filter: CycleFilter, page: Parameters<QuarterStore['page']>[2]): Promise<QuarterCycle[]> {
    return this.#store.page(tx, filter, page);
  }

  /** The reports that this quarter's meeting hears: those on the quarter before. */
  async reportsHeard(tx: Tx, communityId: string, quarter: Quarter): Promise<ReportDue[]> {
    return this.#reports.ofCommunity(tx, communityId, heardQuarter(quarter));
  }

  /** Reports that these units still owe, whatever the project, soonest due first. */
  async reportsOwedBy(tx: Tx, unitIds: readonly string[]): Promise<ReportDue[]> {
    return this.#reports.owedByUnits(tx, unitIds);
  }

  /** Undefined where nothing is owed. */
  async reportOwed(tx: Tx, projectId: string, quarter: Quarter): Promise<ReportDue | undefined> {
    return this.#reports.owed(tx, projectId, quarter);
  }

  /** Counts one by hand with those of the agenda. */
  async noteReminder(tx: Tx, projectId: string, quarter: Quarter): Promise<void> {
    await this.#reports.countReminder(tx, projectId, quarter);
  }

  /** Across communities, unit by unit; up to one more than the page holds. */
  async reportsDue(tx: Tx, filter: ReportFilter, page: PageRequest): Promise<OwedReport[]> {
    return this.#reports.page(tx, filter, nextQuarter(filter.quarter), page);
  }

  /** Of every community that was asked for reports on the quarter. */
  async reportCounts(tx: Tx, quarter: Quarter): Promise<CommunityReportCounts[]> {
    return this.#reports.countsOf(tx, quarter);
  }

  /** Reports that the project still owes, each with what happens by itself until it is handed in. */
  async reportWaits(tx: Tx, projectId: string): Promise<StageWait[]> {
    const owed = await this.#reports.owedBy(tx, projectId);
    return Promise.all(
      owed.map(async ({ communityId, quarter, unitId, due }): Promise<StageWait> => {
        const events = await this.#cases.events(tx, quarterCaseId(communityId, nextQuarter(quarter)));
        const { state } = restore(quarterMachine, events as readonly QuarterEvent[]);
        const ahead = state ? escalationsOf(state, 'reports') : [];
        return { name: `report:${quarter}`, owner: { role: UNIT_ROLE, orgUnitId: unitId }, due, ahead, otherwise: 'quarters.wait.reports' };
      }),
    );
  }

  /** Every live tenant; one on a virtual clock is opened by its driver. */
  async liveTenants(db: Database): Promise<TenantId[]> {
    const rows = await db.door<{ tenant_id: TenantId }>('door_quarter_tenants');
    return rows.map((row) => row.tenant_id);
  }

  /**
   * The cycles to be opened on that day: of the running quarter and of the next one once the policy's lead time has
   * come, for every community in the caller's subtree that has none, as long as the policy's meeting day is ahead.
   */
  async openings(tx: Tx, at: Instant): Promise<QuarterOpening[]> {
    const { values } = await this.#policy.current(tx, 'quarter', at);
    const today = shanghaiDate(at);
    const running = quarterOf(today);
    const coming = nextQuarter(running);
    const calendar = await this.#calendar.calendar(tx);
    const ahead = [running, coming].filter((quarter) => {
      const opensOn = addDays(quarterStart(quarter), -values.opensBeforeDays);
      return opensOn <= today && meetingByPolicy(quarter, values, calendar) > today;
    });
    return this.#openingsOf(tx, ahead, at, (quarter) => meetingByPolicy(quarter, values, calendar));
  }

  /** By hand, earlier or later than the policy says. Refuses `QUARTER_NOT_NEAR`, `QUARTER_OVER`. */
  async openingsOf(tx: Tx, quarter: Quarter, at: Instant): Promise<QuarterOpening[]> {
    const today = shanghaiDate(at);
    const running = quarterOf(today);
    if (quarter !== running && quarter !== nextQuarter(running)) refuse('QUARTER_NOT_NEAR', 'rule', { quarter });
    const { values } = await this.#policy.current(tx, 'quarter', at);
    const calendar = await this.#calendar.calendar(tx);
    return this.#openingsOf(tx, [quarter], at, () => meetingFrom(today, quarter, values, calendar));
  }

  async #openingsOf(
    tx: Tx,
    quarters: readonly Quarter[],
    at: Instant,
    meetingOf: (quarter: Quarter) => LocalDate,
  ): Promise<QuarterOpening[]> {
    if (quarters.length === 0) return [];
    const there = await this.#store.ofQuarters(tx, quarters);
    const known = new Set(there.map(({ communityId, quarter }) => quarterCaseId(communityId, quarter)));
    const policy = await this.#policy.current(tx, 'quarter', at);
    const calendar = await this.#calendar.calendar(tx);
    const all = await this.#units.ofKind(tx, 'community', shanghaiDate(at));
    const communities = all.filter(({ orgPath }) => within(orgPath, tx.scope.orgPath));
    return quarters.flatMap((quarter) => {
      const missing = communities.filter(({ id }) => !known.has(quarterCaseId(id, quarter)));
      if (missing.length === 0) return [];
      const schedule = scheduleOf(meetingOf(quarter), policy.values, calendar);
      return missing.map(({ id: communityId, orgPath }): QuarterOpening => {
        const asked = { id: `open@${quarter}`, actor: tx.scope.actor, at, type: 'open' as const };
        return { caseId: quarterCaseId(communityId, quarter), open: { ...asked, communityId, orgPath, quarter, policy, schedule } };
      });
    });
  }

  /** Commands for the cycles whose dates were counted on notices that have been revised since. */
  async #recounts(tx: Tx, at: Instant): Promise<Recount[]> {
    const calendar = await this.#calendar.calendar(tx);
    const old = await this.#store.countedBefore(tx, calendar.version);
    const commands: Recount[] = [];
    for (const cycle of old) {
      const { values } = await this.#policy.pinned(tx, 'quarter', cycle.policyVersion);
      const schedule = scheduleOf(meetingAgain(cycle, values, calendar, shanghaiDate(at)), values, calendar);
      const command: QuarterCommand = { id: `recount@${calendar.version}`, actor: SYSTEM_ACTOR, at, type: 'recount', schedule };
      commands.push({ caseId: quarterCaseId(cycle.communityId, cycle.quarter), command });
    }
    return commands;
  }
}

/** A day that people were told, or that a person chose, stays; so does one that the policy's day is too early for. */
function meetingAgain(cycle: QuarterCycle, policy: QuarterPolicy, calendar: Calendar, today: LocalDate): LocalDate {
  const usual = meetingByPolicy(cycle.quarter, policy, calendar);
  return cycle.meetingFixed || usual <= today ? cycle.meetingOn : usual;
}
