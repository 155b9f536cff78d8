import { Controller, Get, Query } from '@nestjs/common';
import { ApiResponse, ApiTags } from '@nestjs/swagger';
import type { z } from 'zod';
import { WHOLE_TENANT, type OrgPath, type Scope } from '../kernel/scope.ts';
import { Database } from '../platform/database/database.ts';
import type { Caller } from '../platform/http/caller.ts';
import { Cursors } from '../platform/http/cursor.ts';
import { Allow, CurrentCaller } from '../platform/http/decorators.ts';
import { WaitPage, WaitQuery, WaitSummary } from './schemas.ts';
import { WaitService } from './waiting/service.ts';
import { placeOf } from './waiting/store.ts';

const READ = 'projects.read';

@ApiTags('cases')
@Controller('api/v1/waits')
export class WaitController {
  readonly #db: Database;
  readonly #waits: WaitService;
  readonly #cursors: Cursors;

  constructor(db: Database, waits: WaitService, cursors: Cursors) {
    this.#db = db;
    this.#waits = waits;
    this.#cursors = cursors;
  }

  @Get()
  @Allow(READ)
  @ApiResponse({ status: 200, description: 'Who holds the ball, soonest due first', standardSchema: WaitPage })
  async list(
    @CurrentCaller() caller: Caller,
    @Query({ schema: WaitQuery }) query: z.output<typeof WaitQuery>,
  ): Promise<z.infer<typeof WaitPage>> {
    const { role = '', orgUnitId = '', kind = '', late = '', path = '', limit } = query;
    const list = ['waits', role, orgUnitId, kind, late, path].join('|');
    const after = this.#cursors.read(list, query);
    const { now, waits } = await this.#db.within(scopeOf(caller), (tx) =>
      this.#waits.page(tx, placesOf(caller), query, after),
    );
    const page = this.#cursors.page(list, waits, limit, placeOf);
    const items = page.items.map((wait) => ({ ...wait, isLate: wait.due !== null && wait.due < now }));
    return { items, next: page.next };
  }

  @Get('summary')
  @Allow(READ)
  @ApiResponse({ status: 200, description: 'How much each owner holds, and how late', standardSchema: WaitSummary })
  async summary(@CurrentCaller() caller: Caller): Promise<z.infer<typeof WaitSummary>> {
    const items = await this.#db.within(scopeOf(caller), (tx) => this.#waits.summary(tx, placesOf(caller)));
    return { items };
  }
}

/** Several grants, several places: the reader sees all of them, so no single one is the scope. */
function scopeOf({ tenant, actor }: Caller): Scope {
  return { tenant, actor, orgPath: WHOLE_TENANT };
}

function placesOf(caller: Caller): OrgPath[] {
  return caller.grants.filter(({ permissions }) => permissions.includes(READ)).map(({ orgPath }) => orgPath);
}
