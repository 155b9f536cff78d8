import { Controller, Get, Headers, Query, Req, StreamableFile } from '@nestjs/common';
import { ApiProduces, ApiResponse, ApiTags } from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import type { z } from 'zod';
import type { Texts } from '../kernel/texts.ts';
import { instantFromMs, parseInstant } from '../kernel/time.ts';
import { Database } from '../platform/database/database.ts';
import { scopeFor, type Caller } from '../platform/http/caller.ts';
import { Cursors } from '../platform/http/cursor.ts';
import { Allow, CurrentCaller } from '../platform/http/decorators.ts';
import { languageOf } from '../platform/http/language.ts';
import { networkOf } from '../platform/http/request.ts';
import { writeCsv, writeXlsx } from '../platform/tables/write.ts';
import { filterOf } from './filter.ts';
import { AuditFileQuery, AuditPage, AuditQuery } from './schemas.ts';
import { AuditService, type ReadAuditEvent } from './service.ts';
import { texts } from './texts.ts';

/** Rows of one file. */
const MOST_ROWS = 10_000;

const MEDIA = {
  csv: 'text/csv; charset=utf-8',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
} as const;

const catalogue: Texts = texts;

@ApiTags('audit')
@Controller('api/v1/audit-events')
export class AuditController {
  readonly #db: Database;
  readonly #audit: AuditService;
  readonly #cursors: Cursors;

  constructor(db: Database, audit: AuditService, cursors: Cursors) {
    this.#db = db;
    this.#audit = audit;
    this.#cursors = cursors;
  }

  @Get()
  @Allow('audit.read')
  @ApiResponse({ status: 200, description: 'What happened, newest first', standardSchema: AuditPage })
  async list(
    @CurrentCaller() caller: Caller,
    @Query({ schema: AuditQuery }) query: z.infer<typeof AuditQuery>,
  ): Promise<z.infer<typeof AuditPage>> {
    const { cursor: _cursor, limit: _limit, ...wanted } = query;
    const list = `audit ${JSON.stringify(wanted)}`;
    const { after, limit } = this.#cursors.read(list, query);
    return this.#db.within(scopeFor(caller, 'audit.read'), async (tx) => {
      const position = after && { at: parseInstant(String(after.sort)), id: after.id };
      const events = await this.#audit.page(tx, { ...filterOf(wanted), after: position, limit: limit + 1 });
      return this.#cursors.page(list, events, limit, ({ at, id }) => ({ sort: at, id }));
    });
  }

  @Get('file')
  @Allow('audit.read')
  @ApiProduces(...Object.values(MEDIA))
  @ApiResponse({ status: 200, description: 'The list of the filter, at most 10,000 rows; itself recorded', schema: { type: 'string', format: 'binary' } })
  async file(
    @CurrentCaller() caller: Caller,
    @Query({ schema: AuditFileQuery }) { format, ...wanted }: z.infer<typeof AuditFileQuery>,
    @Req() request: FastifyRequest,
    @Headers('accept-language') wished?: string,
  ): Promise<StreamableFile> {
    const language = languageOf(wished);
    const { accountId, personId, tenant } = caller;
    const events = await this.#db.within(scopeFor(caller, 'audit.read'), async (tx) => {
      const found = await this.#audit.page(tx, { ...filterOf(wanted), limit: MOST_ROWS });
      await this.#audit.record(tx, {
        accountId,
        personId,
        requestId: request.id,
        network: networkOf(request),
        at: instantFromMs(Date.now()),
        action: 'audit.listExported',
        subject: `tenant:${tenant}`,
        outcome: 'done',
        changes: { rows: found.length },
      });
      return found;
    });
    const columns = Object.entries(COLUMNS);
    const sheet = {
      headings: columns.map(([name]) => catalogue[`audit.column.${name}`]![language]),
      rows: events.map((event) => columns.map(([, of]) => of(event))),
    };
    const bytes = format === 'csv' ? writeCsv(sheet) : await writeXlsx(sheet);
    return new StreamableFile(bytes, { type: MEDIA[format], disposition: `attachment; filename="audit.${format}"` });
  }
}

const COLUMNS: Readonly<Record<string, (event: ReadAuditEvent) => string>> = {
  at: ({ at }) => at,
  actor: ({ record }) => plain((record['actor'] as Record<string, unknown> | undefined)?.['id']),
  action: ({ record }) => plain(record['action']),
  subject: ({ record }) => plain(record['subject']),
  outcome: ({ record }) => plain(record['outcome']),
  changes: ({ record }) => (record['changes'] === undefined ? '' : JSON.stringify(record['changes'])),
  network: ({ record }) => plain(record['network']),
  requestId: ({ record }) => plain(record['requestId']),
  hash: ({ hash }) => hash,
};

function plain(value: unknown): string {
  return typeof value === 'string' ? value : '';
}
