import { Body, Controller, Get, HttpCode, Param, Patch, Post, Query, Req } from '@nestjs/common';
import { ApiResponse, ApiTags } from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import { z } from 'zod';
import { WallClock } from '../../calendar/clock.ts';
import type { Scope } from '../../kernel/scope.ts';
import { Database, type Tx } from '../../platform/database/database.ts';
import { holds, scopeFor, type Caller } from '../../platform/http/caller.ts';
import { Cursors } from '../../platform/http/cursor.ts';
import { Allow, CurrentCaller, IfMatch, Key, Unkeyed, Versioned } from '../../platform/http/decorators.ts';
import type { RequestKey } from '../../platform/http/idempotency.ts';
import { ListRegistry, type ListedAs } from '../../platform/http/listed.ts';
import { networkOf } from '../../platform/http/request.ts';
import { GrantService } from '../grants/service.ts';
import { AccountService } from '../logins/service.ts';
import { PeopleCommands } from './commands.ts';
import type { Person } from './model.ts';
import {
  accountView,
  FindPerson,
  grantView,
  GrantView,
  NewAccount,
  NewGrant,
  NewPerson,
  OpenedAccount,
  PeopleQuery,
  PersonDetails,
  PersonList,
  PersonPage,
  PersonPatch,
  personView,
  PersonView,
} from './schemas.ts';
import { maskedPerson, PeopleService } from './service.ts';

const LIST = 'people';
const Id = z.uuid();

interface How {
  readonly requestId: string;
  readonly network: string;
}

function howOf(request: FastifyRequest): How {
  return { requestId: request.id, network: networkOf(request) };
}

/** Who manages accounts sees names; who may only read sees masks. */
function readingScope(caller: Caller): { scope: Scope; full: boolean } {
  const permission = ['accounts.manage', 'accounts.read'].find((it) => holds(caller, it)) ?? 'people.read';
  return { scope: scopeFor(caller, permission), full: permission === 'accounts.manage' };
}

@ApiTags('people')
@Controller('api/v1')
export class PeopleController {
  readonly #db: Database;
  readonly #people: PeopleService;
  readonly #grants: GrantService;
  readonly #accounts: AccountService;
  readonly #commands: PeopleCommands;
  readonly #cursors: Cursors;
  readonly #wall: WallClock;

  constructor(
    db: Database,
    people: PeopleService,
    grants: GrantService,
    accounts: AccountService,
    commands: PeopleCommands,
    cursors: Cursors,
    wall: WallClock,
    lists: ListRegistry,
  ) {
    this.#db = db;
    this.#people = people;
    this.#grants = grants;
    this.#accounts = accounts;
    this.#commands = commands;
    this.#cursors = cursors;
    this.#wall = wall;
    lists.register('people', { title: 'accounts.list.people', anyOf: ['accounts.read', 'people.read'], personal: true, query: PeopleQuery, page: ({ caller, ...how }, query) => this.#page(caller, query, how), headings: 'accounts.column', columns: COLUMNS });
  }

  @Get('people')
  @Allow('accounts.read', 'people.read')
  @ApiResponse({ status: 200, description: 'People of the own place and below', standardSchema: PersonPage })
  async list(
    @CurrentCaller() caller: Caller,
    @Query({ schema: PeopleQuery }) query: z.infer<typeof PeopleQuery>,
    @Req() request: FastifyRequest,
  ): Promise<z.infer<typeof PersonPage>> {
    return this.#page(caller, query, howOf(request));
  }

  /** A reading by POST: names and numbers do not belong into addresses, which are logged. */
  @Post('people/find')
  @HttpCode(200)
  @Allow('accounts.manage')
  @Unkeyed()
  @ApiResponse({ status: 200, description: 'Exactly this name or number', standardSchema: PersonList })
  async find(
    @CurrentCaller() caller: Caller,
    @Body({ schema: FindPerson }) wanted: z.infer<typeof FindPerson>,
    @Req() request: FastifyRequest,
  ): Promise<z.infer<typeof PersonList>> {
    return this.#db.within(scopeFor(caller, 'accounts.manage'), async (tx) => {
      const found =
        'name' in wanted
          ? await this.#people.find(tx, 'name', wanted.name)
          : await this.#people.find(tx, 'phone', wanted.phone);
      await this.#noteReading(tx, found, caller, howOf(request));
      return { items: found.map(personView) };
    });
  }

  @Get('people/:id')
  @Allow('accounts.read', 'people.read')
  @Versioned()
  @ApiResponse({ status: 200, description: 'A person, with roles and accounts', standardSchema: PersonDetails })
  async one(
    @CurrentCaller() caller: Caller,
    @Param('id', { schema: Id }) id: string,
    @Req() request: FastifyRequest,
  ): Promise<z.infer<typeof PersonDetails>> {
    const { scope, full } = readingScope(caller);
    return this.#db.within(scope, async (tx) => {
      const person = await this.#people.get(tx, id);
      if (full) await this.#noteReading(tx, [person], caller, howOf(request));
      const grants = (await this.#grants.ofPeople(tx, [id])).map(grantView);
      const accounts = full ? (await this.#accounts.ofPeople(tx, [id])).map(accountView) : [];
      return { ...personView(full ? person : maskedPerson(person)), grants, accounts };
    });
  }

  @Post('people')
  @HttpCode(200)
  @Allow('accounts.manage')
  @Versioned()
  @ApiResponse({ status: 200, description: 'Registered; the name is masked', standardSchema: PersonView })
  async register(
    @CurrentCaller() caller: Caller,
    @Key() key: RequestKey,
    @Body({ schema: NewPerson }) person: z.output<typeof NewPerson>,
  ): Promise<z.infer<typeof PersonView>> {
    return this.#commands.register(caller, key, person);
  }

  @Patch('people/:id')
  @Allow('accounts.manage')
  @Versioned()
  @ApiResponse({ status: 200, description: 'Changed; the name is masked', standardSchema: PersonView })
  async change(
    @CurrentCaller() caller: Caller,
    @Key() key: RequestKey,
    @Param('id', { schema: Id }) id: string,
    @IfMatch() version: number,
    @Body({ schema: PersonPatch }) patch: z.output<typeof PersonPatch>,
  ): Promise<z.infer<typeof PersonView>> {
    return this.#commands.change(caller, key, id, version, patch);
  }

  @Post('people/:id/grants')
  @HttpCode(200)
  @Allow('accounts.grant')
  @ApiResponse({ status: 200, description: 'The role holds', standardSchema: GrantView })
  async grant(
    @CurrentCaller() caller: Caller,
    @Key() key: RequestKey,
    @Param('id', { schema: Id }) id: string,
    @Body({ schema: NewGrant }) wanted: z.output<typeof NewGrant>,
  ): Promise<z.infer<typeof GrantView>> {
    return this.#commands.grant(caller, key, id, wanted);
  }

  @Post('grants/:id/revoke')
  @HttpCode(200)
  @Allow('accounts.grant')
  @ApiResponse({ status: 200, description: 'The role has ended', standardSchema: GrantView })
  async revoke(
    @CurrentCaller() caller: Caller,
    @Key() key: RequestKey,
    @Param('id', { schema: Id }) id: string,
  ): Promise<z.infer<typeof GrantView>> {
    return this.#commands.revoke(caller, key, id);
  }

  @Post('people/:id/accounts')
  @HttpCode(200)
  @Allow('accounts.manage')
  @ApiResponse({ status: 200, description: 'An account with a one-time password', standardSchema: OpenedAccount })
  async openAccount(
    @CurrentCaller() caller: Caller,
    @Key() key: RequestKey,
    @Param('id', { schema: Id }) id: string,
    @Body({ schema: NewAccount }) account: z.infer<typeof NewAccount>,
  ): Promise<z.infer<typeof OpenedAccount>> {
    return this.#commands.openAccount(caller, key, id, account);
  }

  @Post('accounts/:id/reset-password')
  @HttpCode(200)
  @Allow('accounts.manage')
  @ApiResponse({ status: 200, description: 'A new one-time password; all sessions end', standardSchema: OpenedAccount })
  async resetPassword(
    @CurrentCaller() caller: Caller,
    @Key() key: RequestKey,
    @Param('id', { schema: Id }) id: string,
  ): Promise<z.infer<typeof OpenedAccount>> {
    return this.#commands.resetPassword(caller, key, id);
  }

  async #page(caller: Caller, query: z.infer<typeof PeopleQuery>, how: How): Promise<z.infer<typeof PersonPage>> {
    const list = `${LIST} ${query.unit ?? ''}`;
    const { after, limit } = this.#cursors.read(list, query);
    const { scope, full } = readingScope(caller);
    return this.#db.within(scope, async (tx) => {
      const people = await this.#people.page(tx, { unitId: query.unit, afterId: after?.id, limit });
      if (full) await this.#noteReading(tx, people.slice(0, limit), caller, how);
      const rows = people.map((person) => personView(full ? person : maskedPerson(person)));
      return this.#cursors.page(list, rows, limit, ({ id }) => ({ sort: null, id }));
    });
  }

  async #noteReading(tx: Tx, people: readonly Person[], caller: Caller, { requestId, network }: How): Promise<void> {
    const { accountId, personId } = caller;
    const trace = { accountId, personId, requestId, network };
    await this.#people.noteReading(tx, people, this.#wall.now(), trace);
  }
}

const COLUMNS: ListedAs<z.infer<typeof PeopleQuery>, z.infer<typeof PersonView>>['columns'] = {
  name: ({ name }) => name,
  phone: ({ phone }) => phone,
  unit: ({ unitId }) => ({ unit: unitId }),
  place: ({ orgPath }) => orgPath,
};
