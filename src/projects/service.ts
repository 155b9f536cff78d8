import { Injectable } from '@nestjs/common';
import { quarterEnd, type Quarter } from '../calendar/model.ts';
import { CalendarService } from '../calendar/service.ts';
import { CaseRecounts, type Recount } from '../cases/recounting/service.ts';
import { CaseNames } from '../cases/waiting/names/service.ts';
import { CaseService } from '../cases/service.ts';
import { refuse } from '../kernel/refusal.ts';
import { SYSTEM_ACTOR, type Scope } from '../kernel/scope.ts';
import { shanghaiInstant, type Instant } from '../kernel/time.ts';
import type { Tx } from '../platform/database/database.ts';
import type { PageRequest } from '../platform/http/cursor.ts';
import { QuarterService } from '../quarters/service.ts';
import { ProjectContentStore, type StoredContent } from './contents/store.ts';
import type { ProjectCommand } from './lifecycle/model.ts';
import { projectCaseId, projectIdOf } from './messages.ts';
import { ProjectStore, type Project, type ProjectFilter, type ProjectReport, type ProjectSort } from './store.ts';

@Injectable()
export class ProjectService {
  readonly #cases: CaseService;
  readonly #store: ProjectStore;
  readonly #contents: ProjectContentStore;
  readonly #quarters: QuarterService;
  readonly #calendar: CalendarService;

  constructor(
    cases: CaseService,
    store: ProjectStore,
    contents: ProjectContentStore,
    quarters: QuarterService,
    calendar: CalendarService,
    recounts: CaseRecounts,
    names: CaseNames,
  ) {
    this.#cases = cases;
    this.#store = store;
    this.#contents = contents;
    this.#quarters = quarters;
    this.#calendar = calendar;
    recounts.register((tx, at) => this.#recounts(tx, at));
    names.register('microProject', async (tx, caseIds) => {
      const titles = await this.#store.titles(tx, caseIds.map(projectIdOf));
      return new Map(titles.map(({ id, number, title }) => [projectCaseId(id), `${number} ${title}`]));
    });
  }

  async page(tx: Tx, filter: ProjectFilter, sort: ProjectSort, page: PageRequest): Promise<Project[]> {
    return this.#store.page(tx, filter, sort, page);
  }

  /** By id; what the tenant does not have is absent. */
  async titles(tx: Tx, ids: readonly string[]): Promise<ReadonlyMap<string, Pick<Project, 'number' | 'title'>>> {
    return new Map((await this.#store.titles(tx, ids)).map(({ id, number, title }) => [id, { number, title }]));
  }

  async countByStatus(tx: Tx): Promise<{ status: string; count: number }[]> {
    return this.#store.countByStatus(tx);
  }

  /** Refuses `PROJECT_UNKNOWN`. */
  async get(tx: Tx, id: string): Promise<Project> {
    return (await this.#store.byId(tx, id)) ?? refuse('PROJECT_UNKNOWN', 'unknown');
  }

  /** What was written and photographed is for its place and the bodies that take part. Refuses `PROJECT_UNKNOWN`, `PROJECT_FILE_ELSEWHERE`. */
  async openFile(tx: Tx, id: string): Promise<Project> {
    const project = await this.get(tx, id);
    return (await this.isFileOpen(tx, id)) ? project : refuse('PROJECT_FILE_ELSEWHERE', 'forbidden');
  }

  async isFileOpen(tx: Tx, id: string): Promise<boolean> {
    return this.#contents.isOpen(tx, id);
  }

  async reports(tx: Tx, id: string): Promise<ProjectReport[]> {
    await this.get(tx, id);
    return this.#store.reports(tx, id);
  }

  async contents(tx: Tx, id: string): Promise<StoredContent[]> {
    await this.openFile(tx, id);
    return this.#contents.all(tx, id, projectCaseId(id));
  }

  /** Has every project that is under way owe a report on the quarter; answers how many do. */
  async askForReports(
    tx: Tx,
    asked: { readonly communityId: string; readonly quarter: Quarter; readonly due: Instant; readonly at: Instant },
  ): Promise<number> {
    const over = shanghaiInstant(quarterEnd(asked.quarter));
    const projects = await this.#store.underWay(tx, asked.communityId, over);
    return this.#quarters.registerReportsDue(tx, { ...asked, projects });
  }

  /** The journal in short: what happened, when, by whom (a number). Refuses `PROJECT_UNKNOWN`. */
  async history(scope: Scope, id: string): Promise<{ version: number; type: string; at: Instant; actor: string }[]> {
    const events = await this.#cases.journal(scope.tenant, projectCaseId(id));
    if (events.length === 0) refuse('PROJECT_UNKNOWN', 'unknown');
    return events.map(({ version, type, at, actor }) => ({ version, type, at, actor }));
  }
  async #recounts(tx: Tx, at: Instant): Promise<Recount[]> {
    const { version: calendarVersion } = await this.#calendar.calendar(tx);
    const ids = await this.#store.countedBefore(tx, calendarVersion);
    const command: ProjectCommand = { id: `recount@${calendarVersion}`, actor: SYSTEM_ACTOR, at, type: 'recount', calendarVersion };
    return ids.map((id) => ({ caseId: projectCaseId(id), command }));
  }
}
