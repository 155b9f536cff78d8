import { Controller, Get, Headers, Query, type StreamableFile } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { z } from 'zod';
import { TenantService } from '../../accounts/service.ts';
import { MEDIA } from '../../documents/model.ts';
import { DocumentService } from '../../documents/service.ts';
import { quarter } from '../../calendar/model.ts';
import { sayIn } from '../../kernel/texts.ts';
import { scopeFor, type Caller } from '../../platform/http/caller.ts';
import { Allow, CurrentCaller } from '../../platform/http/decorators.ts';
import { AnswersFile, savedAs } from '../../platform/http/file-answer.ts';
import { languageOf } from '../../platform/http/language.ts';
import { daysOf } from '../model.ts';
import { InsightsService } from '../service.ts';
import { texts } from '../texts.ts';
import { loopReportPaper, loopReportSheets, type LoopReportFacts } from './model.ts';
import { LoopReportDocumentQuery } from './schemas.ts';

const READ = 'insights.read';
const KIND = 'loopReport';

/** The loop report to hand upward: A4, or a workbook that can be reckoned with. */
@ApiTags('insights')
@Controller('api/v1/insights/loop-report')
export class LoopReportPrintController {
  readonly #documents: DocumentService;

  constructor(documents: DocumentService, insights: InsightsService, tenants: TenantService) {
    this.#documents = documents;
    documents.register<LoopReportFacts>(KIND, {
      name: texts['insights.report.title'],
      formats: ['pdf', 'xlsx'],
      facts: async (tx, subject) => {
        const [from = '', until = ''] = subject.split('..');
        const report = await insights.loopReport(tx, { from: quarter(from), until: quarter(until) });
        return { issuer: await tenants.name(tx), label: from === until ? from : `${from}-${until}`, report };
      },
      compose: (facts, language) => loopReportPaper(facts, sayIn(texts, language)),
      workbook: (facts, language) => loopReportSheets(facts, sayIn(texts, language)),
    });
  }

  @Get('document')
  @Allow(READ)
  @AnswersFile(MEDIA.pdf, MEDIA.xlsx)
  async document(
    @CurrentCaller() caller: Caller,
    @Query({ schema: LoopReportDocumentQuery }) { format, ...period }: z.output<typeof LoopReportDocumentQuery>,
    @Headers('accept-language') wished?: string,
  ): Promise<StreamableFile> {
    daysOf(period);
    const { accountId, personId } = caller;
    const request = { kind: KIND, subject: `${period.from}..${period.until}`, format, language: languageOf(wished) };
    const { bytes, mediaType, name } = await this.#documents.print(scopeFor(caller, READ), request, { accountId, personId });
    return savedAs(bytes, mediaType, name);
  }
}
