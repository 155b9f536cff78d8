import { Controller, Get, Headers, Query, StreamableFile } from '@nestjs/common';
import { ApiProduces, ApiResponse, ApiTags } from '@nestjs/swagger';
import type { z } from 'zod';
import { UnitService } from '../../../accounts/units/service.ts';
import type { Texts } from '../../../kernel/texts.ts';
import { Database, type Tx } from '../../../platform/database/database.ts';
import { scopeFor, type Caller } from '../../../platform/http/caller.ts';
import { Cursors } from '../../../platform/http/cursor.ts';
import { Allow, CurrentCaller } from '../../../platform/http/decorators.ts';
import { languageOf } from '../../../platform/http/language.ts';
import { writeCsv, writeXlsx } from '../../../platform/tables/write.ts';
import type { OwedReport } from '../../../quarters/reports/model.ts';
import { QuarterService } from '../../../quarters/service.ts';
import { ProjectService } from '../../service.ts';
import { texts } from '../../texts.ts';
import { ReportsDueFileQuery, ReportsDuePage, ReportsDueQuery, ReportsDueSummary, ReportsDueSummaryQuery } from './schemas.ts';

const READ = 'meetings.read';
/** Rows of one file. */
const MOST_ROWS = 10_000;

const MEDIA = {
  csv: 'text/csv; charset=utf-8',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
} as const;

type Row = z.output<typeof ReportsDuePage>['items'][number];

const catalogue: Texts = texts;

/** Who has reported on a quarter and who has not, across projects and communities. */
@ApiTags('quarters')
@Controller('api/v1/quarter-reports')
export class ReportsDueController {
  readonly #db: Database;
  readonly #quarters: QuarterService;
  readonly #projects: ProjectService;
  readonly #units: UnitService;
  readonly #cursors: Cursors;

  constructor(db: Database, quarters: QuarterService, projects: ProjectService, units: UnitService, cursors: Cursors) {
    this.#db = db;
    this.#quarters = quarters;
    this.#projects = projects;
    this.#units = units;
    this.#cursors = cursors;
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

  @Get('file')
  @Allow(READ)
  @ApiProduces(...Object.values(MEDIA))
  @ApiResponse({ status: 200, description: 'The list of the filter, at most 10,000 rows', schema: { type: 'string', format: 'binary' } })
  async file(
    @CurrentCaller() caller: Caller,
    @Query({ schema: ReportsDueFileQuery }) { format, ...filter }: z.output<typeof ReportsDueFileQuery>,
    @Headers('accept-language') wished?: string,
  ): Promise<StreamableFile> {
    const say = (key: string): string => catalogue[key]![languageOf(wished)];
    const rows = await this.#db.within(scopeFor(caller, READ), async (tx) => {
      const reports = await this.#quarters.reportsDue(tx, filter, { after: undefined, limit: MOST_ROWS });
      const found = await this.#rows(tx, reports.slice(0, MOST_ROWS));
      const names = await this.#units.byIds(tx, [...new Set(found.flatMap(({ communityId, unitId }) => [communityId, unitId]))]);
      const name = (id: string): string => names.get(id)?.name ?? '';
      return found.map((row) => [
        name(row.communityId),
        name(row.unitId),
        row.number,
        row.title,
        row.quarter,
        say(`projects.report.${row.state}`),
        row.late ? say('projects.report.late') : '',
        row.addendum ? say('projects.report.addendum') : '',
        String(row.reminded),
        row.due,
        row.submittedAt ?? '',
      ]);
    });
    const sheet = { headings: COLUMNS.map((column) => say(`projects.reportColumn.${column}`)), rows };
    const bytes = format === 'csv' ? writeCsv(sheet) : await writeXlsx(sheet);
    return new StreamableFile(bytes, { type: MEDIA[format], disposition: `attachment; filename="reports-${filter.quarter}.${format}"` });
  }

  async #rows(tx: Tx, reports: readonly OwedReport[]): Promise<Row[]> {
    const titles = await this.#projects.titles(tx, reports.map(({ projectId }) => projectId));
    return reports.map(({ projectId, quarter, communityId, unitId, due, outcome, late, addendum, reminded, submittedAt, settledAt }) => {
      const { number, title } = titles.get(projectId) ?? { number: '', title: '' };
      return { projectId, quarter, communityId, unitId, number, title, due, state: outcome ?? 'missing', late, addendum, reminded, submittedAt, settledAt };
    });
  }
}

const COLUMNS = ['community', 'unit', 'number', 'title', 'quarter', 'state', 'late', 'addendum', 'reminded', 'due', 'submitted'] as const;

