import { Controller, Get, Query } from '@nestjs/common';
import { ApiResponse, ApiTags } from '@nestjs/swagger';
import type { z } from 'zod';
import { parseInstant } from '../kernel/time.ts';
import { Database } from '../platform/database/database.ts';
import { scopeFor, type Caller } from '../platform/http/caller.ts';
import { Cursors } from '../platform/http/cursor.ts';
import { Allow, CurrentCaller } from '../platform/http/decorators.ts';
import { ListRegistry, type ListedAs } from '../platform/http/listed.ts';
import { filterOf } from './filter.ts';
import { type AuditEventView, AuditPage, AuditQuery } from './schemas.ts';
import { AuditService } from './service.ts';

@ApiTags('audit')
@Controller('api/v1/audit-events')
export class AuditController {
  readonly #db: Database;
  readonly #audit: AuditService;
  readonly #cursors: Cursors;

  constructor(db: Database, audit: AuditService, cursors: Cursors, lists: ListRegistry) {
    this.#db = db;
    this.#audit = audit;
    this.#cursors = cursors;
    lists.register('audit-events', { title: 'audit.list', anyOf: ['audit.read'], personal: false, query: AuditQuery, page: ({ caller }, query) => this.list(caller, query), headings: 'audit.column', columns: COLUMNS });
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
}

const COLUMNS: ListedAs<z.infer<typeof AuditQuery>, z.infer<typeof AuditEventView>>['columns'] = {
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
