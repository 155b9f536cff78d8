import { Body, Controller, Get, HttpCode, Post, Put, Req, Res } from '@nestjs/common';
import { ApiResponse, ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { BusinessClock, WallClock } from '../../calendar/clock.ts';
import { refuse } from '../../kernel/refusal.ts';
import { tenantScope } from '../../kernel/scope.ts';
import { Database } from '../../platform/database/database.ts';
import type { Caller } from '../../platform/http/caller.ts';
import { SessionCookie } from '../../platform/http/cookie.ts';
import { CurrentCaller, Key, Limited, Public, SignedIn, Unkeyed } from '../../platform/http/decorators.ts';
import { once, type RequestKey } from '../../platform/http/idempotency.ts';
import { networkOf } from '../../platform/http/request.ts';
import { CallerService } from '../callers/service.ts';
import { AccountService } from '../logins/service.ts';
import { SAMPLE_TENANT } from '../model.ts';
import { PeopleService } from '../people/service.ts';
import { TenantService } from '../service.ts';
import { Done, MeView, NewPassword, SignIn } from './schemas.ts';
import { SignInService } from './service.ts';

@ApiTags('sign-in')
@Controller('api/v1')
export class SignInController {
  readonly #db: Database;
  readonly #signIn: SignInService;
  readonly #callers: CallerService;
  readonly #tenants: TenantService;
  readonly #people: PeopleService;
  readonly #accounts: AccountService;
  readonly #cookie: SessionCookie;
  readonly #clock: BusinessClock;
  readonly #wall: WallClock;

  constructor(
    db: Database,
    signIn: SignInService,
    callers: CallerService,
    tenants: TenantService,
    people: PeopleService,
    accounts: AccountService,
    cookie: SessionCookie,
    clock: BusinessClock,
    wall: WallClock,
  ) {
    this.#db = db;
    this.#signIn = signIn;
    this.#callers = callers;
    this.#tenants = tenants;
    this.#people = people;
    this.#accounts = accounts;
    this.#cookie = cookie;
    this.#clock = clock;
    this.#wall = wall;
  }

  @Post('sign-in')
  @HttpCode(200)
  @Public()
  @Unkeyed()
  @Limited('signIn')
  @ApiResponse({ status: 200, description: 'Signed in; the session is in the cookie', standardSchema: Done })
  async signIn(
    @Body({ schema: SignIn }) { login, password, tenant, code }: z.output<typeof SignIn>,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<z.infer<typeof Done>> {
    const secret = await this.#signIn.signIn({ login, password, tenant, code, ...this.#circumstances(request) });
    await this.#endSession(request);
    this.#cookie.set(reply, secret);
    return { done: true };
  }

  @Post('sign-out')
  @HttpCode(200)
  @SignedIn()
  @Unkeyed()
  @ApiResponse({ status: 200, description: 'Signed out', standardSchema: Done })
  async signOut(
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<z.infer<typeof Done>> {
    await this.#endSession(request);
    this.#cookie.clear(reply);
    return { done: true };
  }

  @Post('password')
  @HttpCode(200)
  @SignedIn()
  @Unkeyed()
  @Limited('signIn')
  @ApiResponse({ status: 200, description: 'Changed; all other sessions have ended', standardSchema: Done })
  async changePassword(
    @CurrentCaller() caller: Caller,
    @Body({ schema: NewPassword }) { current, next }: z.infer<typeof NewPassword>,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<z.infer<typeof Done>> {
    if (caller.via === 'token') refuse('FORBIDDEN', 'forbidden');
    const { tenant, accountId, actor } = caller;
    const secret = await this.#signIn.changePassword({
      tenant,
      accountId,
      actor,
      current,
      next,
      ...this.#circumstances(request),
    });
    this.#cookie.set(reply, secret);
    return { done: true };
  }

  @Get('me')
  @SignedIn()
  @ApiResponse({ status: 200, description: 'Who is asking, and what they may do where', standardSchema: MeView })
  async me(@CurrentCaller() caller: Caller): Promise<z.infer<typeof MeView>> {
    return this.#db.within(tenantScope(caller.tenant, caller.actor), async (tx) => {
      const person = await this.#people.get(tx, caller.personId);
      const account = await this.#accounts.get(tx, caller.accountId);
      return {
        tenant: { id: caller.tenant, name: await this.#tenants.name(tx), isSample: caller.tenant === SAMPLE_TENANT },
        now: await this.#clock.now(tx),
        person: { id: person.id, name: person.name, unitId: person.unitId },
        account: { id: account.id, login: account.login, guideSeen: account.guideSeen },
        mustSetPassword: account.oneTimePasswordUntil !== null,
        via: caller.via,
        secondFactor: caller.secondFactor,
        withheld: [...caller.withheld],
        grants: caller.grants.map((grant) => ({ ...grant, permissions: [...grant.permissions] })),
      };
    });
  }

  @Put('me/guide')
  @SignedIn()
  @ApiResponse({ status: 200, description: 'The guide for a first visit is not shown by itself any more', standardSchema: Done })
  async seeGuide(@CurrentCaller() caller: Caller, @Key() key: RequestKey): Promise<z.infer<typeof Done>> {
    const at = this.#wall.now();
    return once(this.#db, tenantScope(caller.tenant, caller.actor), key, at, async (tx) => {
      await this.#accounts.seeGuide(tx, caller.accountId, at);
      return { done: true as const };
    });
  }

  /** The session the browser came with, whoever's it is: a new one never lives beside it. */
  async #endSession(request: FastifyRequest): Promise<void> {
    const secret = this.#cookie.read(request.headers.cookie);
    const { at, network, requestId } = this.#circumstances(request);
    const caller = secret === undefined ? undefined : await this.#callers.authenticate({ cookie: secret }, at);
    if (secret === undefined || !caller) return;
    await this.#signIn.signOut(caller.tenant, caller.actor, secret, { network, requestId, at });
  }

  #circumstances(request: FastifyRequest) {
    return { at: this.#wall.now(), network: networkOf(request), requestId: request.id };
  }
}
