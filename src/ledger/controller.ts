import { Controller, Get, Param, Query } from '@nestjs/common';
import { ApiResponse, ApiTags } from '@nestjs/swagger';
import { z } from 'zod';
import { UnitService } from '../accounts/units/service.ts';
import { parseInstant } from '../kernel/time.ts';
import { Database, type Tx } from '../platform/database/database.ts';
import { scopeFor, type Caller } from '../platform/http/caller.ts';
import { Cursors } from '../platform/http/cursor.ts';
import { Allow, CurrentCaller } from '../platform/http/decorators.ts';
import { AccountList, AccountsQuery, StatementPage, StatementQuery } from './schemas.ts';
import { LedgerService } from './service.ts';

const LIST = 'ledger.statement';

@ApiTags('ledger')
@Controller('api/v1/ledger/accounts')
export class LedgerController {
  readonly #database: Database;
  readonly #ledger: LedgerService;
  readonly #units: UnitService;
  readonly #cursors: Cursors;

  constructor(database: Database, ledger: LedgerService, units: UnitService, cursors: Cursors) {
    this.#database = database;
    this.#ledger = ledger;
    this.#units = units;
    this.#cursors = cursors;
  }

  @Get()
  @Allow('money.read')
  @ApiResponse({ status: 200, description: 'Balances about one subject', standardSchema: AccountList })
  async accounts(
    @CurrentCaller() caller: Caller,
    @Query({ schema: AccountsQuery }) { subjectId }: z.infer<typeof AccountsQuery>,
  ): Promise<z.infer<typeof AccountList>> {
    return this.#database.within(scopeFor(caller, 'money.read'), async (tx) => ({
      items: [...(await this.#ledger.balancesOf(tx, [subjectId], await this.#ownUnits(tx, caller)))],
    }));
  }

  @Get(':id/statement')
  @Allow('money.read')
  @ApiResponse({ status: 200, description: 'Transfers of one account, newest first', standardSchema: StatementPage })
  async statement(
    @CurrentCaller() caller: Caller,
    @Param('id', { schema: z.uuid() }) id: string,
    @Query({ schema: StatementQuery }) query: z.infer<typeof StatementQuery>,
  ): Promise<z.infer<typeof StatementPage>> {
    const list = `${LIST}/${id}`;
    const { after, limit } = this.#cursors.read(list, query);
    return this.#database.within(scopeFor(caller, 'money.read'), async (tx) => {
      const page = {
        limit: limit + 1,
        ...(after ? { after: { at: parseInstant(String(after.sort)), id: after.id } } : {}),
      };
      const { account, transfers } = await this.#ledger.statement(tx, id, page, await this.#ownUnits(tx, caller));
      const rows = transfers.map(({ commandId: _command, ordinal: _ordinal, ...transfer }) => transfer);
      return { account, ...this.#cursors.page(list, rows, limit, (row) => ({ sort: row.at, id: row.id })) };
    });
  }

  /** Partner bodies stand beside the communities: what is theirs they see wherever it was given. */
  async #ownUnits(tx: Tx, caller: Caller): Promise<string[]> {
    const ids: string[] = [];
    for (const { permissions, orgPath } of caller.grants) {
      const unit = permissions.includes('money.read') ? await this.#units.atPath(tx, orgPath) : undefined;
      if (unit) ids.push(unit.id);
    }
    return ids;
  }
}
