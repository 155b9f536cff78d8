import { Controller, Get, Query } from '@nestjs/common';
import { ApiResponse, ApiTags } from '@nestjs/swagger';
import type { z } from 'zod';
import { parseInstant } from '../kernel/time.ts';
import { Database } from '../platform/database/database.ts';
import { scopeFor, type Caller } from '../platform/http/caller.ts';
import { Cursors } from '../platform/http/cursor.ts';
import { Allow, CurrentCaller } from '../platform/http/decorators.ts';
import { AuditPage, AuditQuery } from './schemas.ts';
import { AuditService } from './service.ts';

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
    const { subject, action } = query;
    const list = `audit ${subject ?? ''} ${action ?? ''}`;
    const { after, limit } = this.#cursors.read(list, query);
    return this.#db.within(scopeFor(caller, 'audit.read'), async (tx) => {
      const position = after && { at: parseInstant(String(after.sort)), id: after.id };
      const events = await this.#audit.page(tx, { subject, action, after: position, limit: limit + 1 });
      return this.#cursors.page(list, events, limit, ({ at, id }) => ({ sort: at, id }));
    });
  }
}
