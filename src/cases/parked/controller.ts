import { Body, Controller, Get, HttpCode, Post, Query } from '@nestjs/common';
import { ApiResponse, ApiTags } from '@nestjs/swagger';
import type { z } from 'zod';
import { Database } from '../../platform/database/database.ts';
import { scopeFor, type Caller } from '../../platform/http/caller.ts';
import { Cursors } from '../../platform/http/cursor.ts';
import { Allow, CurrentCaller, Key } from '../../platform/http/decorators.ts';
import type { RequestKey } from '../../platform/http/idempotency.ts';
import { ParkedCases } from './commands.ts';
import { ParkedPage, ParkedQuery, Resync, Resynced } from './schemas.ts';
import { ParkedStore } from './store.ts';

const RECOVER = 'system.recover';

@ApiTags('cases')
@Controller('api/v1/parked-cases')
export class ParkedController {
  readonly #db: Database;
  readonly #store: ParkedStore;
  readonly #cases: ParkedCases;
  readonly #cursors: Cursors;

  constructor(db: Database, store: ParkedStore, cases: ParkedCases, cursors: Cursors) {
    this.#db = db;
    this.#store = store;
    this.#cases = cases;
    this.#cursors = cursors;
  }

  @Get()
  @Allow(RECOVER)
  @ApiResponse({ status: 200, description: 'Cases that stopped themselves, and why', standardSchema: ParkedPage })
  async list(
    @CurrentCaller() caller: Caller,
    @Query({ schema: ParkedQuery }) query: z.output<typeof ParkedQuery>,
  ): Promise<z.infer<typeof ParkedPage>> {
    const page = this.#cursors.read('parked', query);
    const rows = await this.#db.within(scopeFor(caller, RECOVER), (tx) => this.#store.page(tx, page));
    return this.#cursors.page('parked', rows, query.limit, ({ caseId }) => ({ sort: caseId, id: caseId }));
  }

  @Post('resync')
  @HttpCode(200)
  @Allow(RECOVER)
  @ApiResponse({ status: 200, description: 'The case reads its journal and goes on', standardSchema: Resynced })
  resync(
    @CurrentCaller() caller: Caller,
    @Key() key: RequestKey,
    @Body({ schema: Resync }) { caseId }: z.output<typeof Resync>,
  ): Promise<z.infer<typeof Resynced>> {
    return this.#cases.resync(caller, scopeFor(caller, RECOVER), key, caseId);
  }
}
