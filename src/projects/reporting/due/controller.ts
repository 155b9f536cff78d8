import { Body, Controller, Get, Headers, HttpCode, Post, Query } from '@nestjs/common';
import { ApiResponse, ApiTags } from '@nestjs/swagger';
import type { z } from 'zod';
import type { Texts } from '../../../kernel/texts.ts';
import { Database, type Tx } from '../../../platform/database/database.ts';
import { scopeFor, type Caller } from '../../../platform/http/caller.ts';
import { Cursors } from '../../../platform/http/cursor.ts';
import { Allow, CurrentCaller, Key } from '../../../platform/http/decorators.ts';
import type { RequestKey } from '../../../platform/http/idempotency.ts';
import { languageOf } from '../../../platform/http/language.ts';
import { ListRegistry, type ListedAs } from '../../../platform/http/listed.ts';
import type { OwedReport } from '../../../quarters/reports/model.ts';
import { QuarterService } from '../../../quarters/service.ts';
import { monthsOf } from '../../notes/model.ts';
import { NoteStore } from '../../notes/store.ts';
import { ProjectService } from '../../service.ts';
import { texts } from '../../texts.ts';
import { ReportReminding } from './commands.ts';
import { ReportReminders, ReportRemindersAnswer, ReportsDuePage, ReportsDueQuery, ReportsDueSummary, ReportsDueSummaryQuery } from './schemas.ts';

const READ = 'meetings.read';
type Row = z.output<typeof ReportsDuePage>['items'][number];

/** Who has reported on a quarter and who has not, across projects and communities. */
@ApiTags('quarters')
@Controller('api/v1/quarter-reports')
export class ReportsDueController {
  readonly #db: Database;
  readonly #quarters: QuarterService;
  readonly #projects: ProjectService;
  readonly #cursors: Cursors;
  readonly #reminding: ReportReminding;
  readonly #notes: NoteStore;

  constructor(db: Database, quarters: QuarterService, projects: ProjectService, cursors: Cursors, reminding: ReportReminding, notes: NoteStore, lists: ListRegistry) {
    this.#db = db;
    this.#quarters = quarters;
    this.#projects = projects;
    this.#cursors = cursors;
    this.#reminding = reminding;
    this.#notes = notes;
    lists.register('quarter-reports', { title: 'projects.reportList', anyOf: [READ], personal: false, query: ReportsDueQuery, page: ({ caller }, query) => this.list(caller, query), headings: 'projects.reportColumn', columns: COLUMNS });
  }

  @Get()
  @Allow(READ)
  @ApiResponse({ status: 200, description: 'What each project owes for the quarter, unit by unit', standardSchema: ReportsDuePage })
  async list(
    @CurrentCaller() caller: Caller,
    @Query({ schema: ReportsDueQuery }) query: z.output<typeof ReportsDueQuery>,
  ): Promise<z.output<typeof ReportsDuePage>> {
    const { cursor: _cursor, limit, ...filter } = query;
    const list = `quarter-reports|${JSON.stringify(filter)}`;
    const page = this.#cursors.read(list, query);
    return this.#db.within(scopeFor(caller, READ), async (tx) => {
      const found = this.#cursors.page(list, await this.#quarters.reportsDue(tx, filter, page), limit, ({ unitId, projectId }) => ({
        sort: unitId,
        id: projectId,
      }));
      return { ...found, items: await this.#rows(tx, found.items) };
    });
  }

  @Get('summary')
  @Allow(READ)
  @ApiResponse({ status: 200, description: 'Counts of each community; each equals the rows of its standing', standardSchema: ReportsDueSummary })
  async summary(
    @CurrentCaller() caller: Caller,
    @Query({ schema: ReportsDueSummaryQuery }) { quarter }: z.output<typeof ReportsDueSummaryQuery>,
  ): Promise<z.output<typeof ReportsDueSummary>> {
    return this.#db.within(scopeFor(caller, READ), async (tx) => ({ items: await this.#quarters.reportCounts(tx, quarter) }));
  }

  @Post('remind')
  @HttpCode(200)
  @Allow('projects.confirm', 'projects.accept')
  @ApiResponse({ status: 200, description: 'What became of each, in the order asked', standardSchema: ReportRemindersAnswer })
  async remind(
    @CurrentCaller() caller: Caller,
    @Key() key: RequestKey,
    @Body({ schema: ReportReminders }) { reports }: z.output<typeof ReportReminders>,
    @Headers('accept-language') wished?: string,
  ): Promise<z.output<typeof ReportRemindersAnswer>> {
    const catalogue: Texts = texts;
    const results = await this.#reminding.remind(caller, key, reports);
    return { items: results.map((row) => ({ ...row, detail: row.code && catalogue[`error.${row.code}`]![languageOf(wished)] })) };
  }

  async #rows(tx: Tx, reports: readonly OwedReport[]): Promise<Row[]> {
    const titles = await this.#projects.titles(tx, reports.map(({ projectId }) => projectId));
    const months = [...new Set(reports.flatMap(({ quarter }) => monthsOf(quarter)))];
    const noted = await this.#notes.monthsNoted(tx, reports.map(({ projectId }) => projectId), months);
    return reports.map(({ projectId, quarter, communityId, unitId, due, outcome, late, addendum, reminded, submittedAt, settledAt }) => {
      const { number, title } = titles.get(projectId) ?? { number: '', title: '' };
      const notes = monthsOf(quarter).filter((month) => noted.get(projectId)?.has(month));
      return { projectId, quarter, notes, communityId, unitId, number, title, due, state: outcome ?? 'missing', late, addendum, reminded, submittedAt, settledAt };
    });
  }
}

const COLUMNS: ListedAs<z.output<typeof ReportsDueQuery>, Row>['columns'] = {
  community: ({ communityId }) => ({ unit: communityId }),
  unit: ({ unitId }) => ({ unit: unitId }),
  number: ({ number }) => number,
  title: ({ title }) => title,
  quarter: ({ quarter }) => quarter,
  state: ({ state }) => ({ text: `projects.report.${state}` }),
  late: ({ late }) => (late ? { text: 'projects.report.late' } : null),
  addendum: ({ addendum }) => (addendum ? { text: 'projects.report.addendum' } : null),
  notes: ({ notes }) => notes,
  reminded: ({ reminded }) => reminded,
  due: ({ due }) => ({ at: due }),
  submitted: ({ submittedAt }) => ({ at: submittedAt }),
};
