import { Controller, Get, Header, Headers, Query } from '@nestjs/common';
import { ApiProduces, ApiResponse, ApiTags } from '@nestjs/swagger';
import type { z } from 'zod';
import { WHOLE_TENANT, type Scope } from '../kernel/scope.ts';
import { Database } from '../platform/database/database.ts';
import { scopeFor, type Caller } from '../platform/http/caller.ts';
import { Allow, CurrentCaller } from '../platform/http/decorators.ts';
import { languageOf } from '../platform/http/language.ts';
import { writeCsv } from '../platform/tables/write.ts';
import { sheetOf } from './export/model.ts';
import type { LoopReport, Period } from './model.ts';
import { LoopReportExportQuery, LoopReportQuery, LoopReportView } from './schemas.ts';
import { InsightsService } from './service.ts';
import { texts } from './texts.ts';

const READ = 'insights.read';

@ApiTags('insights')
@Controller('api/v1/insights')
export class InsightsController {
  readonly #db: Database;
  readonly #insights: InsightsService;

  constructor(db: Database, insights: InsightsService) {
    this.#db = db;
    this.#insights = insights;
  }

  @Get('loop-report')
  @Allow(READ)
  @ApiResponse({ status: 200, description: 'What the loop brought about in these quarters', standardSchema: LoopReportView })
  loopReport(
    @CurrentCaller() caller: Caller,
    @Query({ schema: LoopReportQuery }) period: z.output<typeof LoopReportQuery>,
  ): Promise<LoopReport> {
    return this.#read(caller, period);
  }

  @Get('loop-report/export')
  @Allow(READ)
  @Header('content-type', 'text/csv; charset=utf-8')
  @Header('content-disposition', 'attachment; filename="loop-report.csv"')
  @ApiProduces('text/csv')
  @ApiResponse({ status: 200, description: 'The same by community or unit, for spreadsheet programs' })
  async exported(
    @CurrentCaller() caller: Caller,
    @Query({ schema: LoopReportExportQuery }) { by, ...period }: z.output<typeof LoopReportExportQuery>,
    @Headers('accept-language') wished?: string,
  ): Promise<Buffer> {
    const report = await this.#read(caller, period);
    const language = languageOf(wished);
    return writeCsv(sheetOf(report, by, (key) => texts[key as keyof typeof texts][language]));
  }

  #read(caller: Caller, period: Period): Promise<LoopReport> {
    // Published to everyone who takes part, wherever in the tenant they do.
    const scope: Scope = { ...scopeFor(caller, READ), orgPath: WHOLE_TENANT };
    return this.#db.within(scope, (tx) => this.#insights.loopReport(tx, period));
  }
}
