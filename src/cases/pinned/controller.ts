import { Controller, Get, Query } from '@nestjs/common';
import { ApiResponse, ApiTags } from '@nestjs/swagger';
import type { z } from 'zod';
import { Database } from '../../platform/database/database.ts';
import { scopeFor, type Caller } from '../../platform/http/caller.ts';
import { Cursors } from '../../platform/http/cursor.ts';
import { Allow, CurrentCaller } from '../../platform/http/decorators.ts';
import { CaseNames } from '../waiting/names/service.ts';
import { PinnedCount, PinnedCountQuery, PinnedPage, PinnedQuery } from './schemas.ts';
import { PinnedStore } from './store.ts';

const READ = 'projects.read';

/** Which open cases a version of a policy pack holds for: they pinned it when they opened, and keep it. */
@ApiTags('cases')
@Controller('api/v1/pinned-cases')
export class PinnedController {
  readonly #db: Database;
  readonly #store: PinnedStore;
  readonly #names: CaseNames;
  readonly #cursors: Cursors;

  constructor(db: Database, store: PinnedStore, names: CaseNames, cursors: Cursors) {
    this.#db = db;
    this.#store = store;
    this.#names = names;
    this.#cursors = cursors;
  }

  @Get()
  @Allow(READ)
  @ApiResponse({ status: 200, description: 'Open cases that pinned that version, opened last first', standardSchema: PinnedPage })
  async list(@CurrentCaller() caller: Caller, @Query({ schema: PinnedQuery }) query: z.output<typeof PinnedQuery>): Promise<z.infer<typeof PinnedPage>> {
    const { policy, version } = query;
    const list = `pinned-cases/${policy}/${version}`;
    const page = this.#cursors.read(list, query);
    return this.#db.within(scopeFor(caller, READ), async (tx) => {
      const rows = await this.#store.page(tx, { policy, version }, page);
      const found = this.#cursors.page(list, rows, page.limit, ({ openedAt, caseId }) => ({ sort: openedAt, id: caseId }));
      const names = await this.#names.of(tx, found.items);
      return { ...found, items: found.items.map(({ caseId, kind, openedAt }) => ({ caseId, kind, title: names.get(caseId) ?? null, openedAt })) };
    });
  }

  @Get('count')
  @Allow(READ)
  @ApiResponse({ status: 200, description: 'How many the list has', standardSchema: PinnedCount })
  async count(@CurrentCaller() caller: Caller, @Query({ schema: PinnedCountQuery }) pack: z.output<typeof PinnedCountQuery>): Promise<z.infer<typeof PinnedCount>> {
    return { count: await this.#db.within(scopeFor(caller, READ), (tx) => this.#store.count(tx, pack)) };
  }
}
