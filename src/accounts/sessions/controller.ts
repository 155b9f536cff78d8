import { Controller, Get, HttpCode, Param, Post, Req } from '@nestjs/common';
import { ApiResponse, ApiTags } from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import { z } from 'zod';
import { traceOf } from '../../audit/model.ts';
import { WallClock } from '../../calendar/clock.ts';
import { refuse } from '../../kernel/refusal.ts';
import { tenantScope } from '../../kernel/scope.ts';
import { Database } from '../../platform/database/database.ts';
import type { Caller } from '../../platform/http/caller.ts';
import { SessionCookie } from '../../platform/http/cookie.ts';
import { CurrentCaller, Key, SignedIn } from '../../platform/http/decorators.ts';
import { once, type RequestKey } from '../../platform/http/idempotency.ts';
import { SessionList, SessionsEnded, sessionView } from './schemas.ts';
import { SessionService } from './service.ts';

/** Where one is signed in: a phone that was lost, a desk that was left. */
@ApiTags('me')
@Controller('api/v1/me/sessions')
export class SessionController {
  readonly #db: Database;
  readonly #sessions: SessionService;
  readonly #cookie: SessionCookie;
  readonly #wall: WallClock;

  constructor(db: Database, sessions: SessionService, cookie: SessionCookie, wall: WallClock) {
    this.#db = db;
    this.#sessions = sessions;
    this.#cookie = cookie;
    this.#wall = wall;
  }

  @Get()
  @SignedIn()
  @ApiResponse({ status: 200, description: 'Own sessions that are alive, the one seen last first', standardSchema: SessionList })
  async list(@CurrentCaller() caller: Caller, @Req() request: FastifyRequest): Promise<z.infer<typeof SessionList>> {
    const current = this.#cookie.read(request.headers.cookie);
    const found = await this.#db.within(tenantScope(caller.tenant, caller.actor), (tx) => this.#sessions.of(tx, caller.accountId, current, this.#wall.now()));
    return { items: found.map(sessionView) };
  }

  @Post('end-others')
  @HttpCode(200)
  @SignedIn()
  @ApiResponse({ status: 200, description: 'Signed out everywhere else', standardSchema: SessionsEnded })
  async endOthers(@CurrentCaller() caller: Caller, @Key() key: RequestKey, @Req() request: FastifyRequest): Promise<z.infer<typeof SessionsEnded>> {
    const secret = this.#cookie.read(request.headers.cookie);
    if (caller.via === 'token' || secret === undefined) return refuse('FORBIDDEN', 'forbidden');
    return this.#end(caller, key, { allBut: secret });
  }

  @Post(':id/end')
  @HttpCode(200)
  @SignedIn()
  @ApiResponse({ status: 200, description: 'Signed out there', standardSchema: SessionsEnded })
  async endOne(
    @CurrentCaller() caller: Caller,
    @Key() key: RequestKey,
    @Param('id', { schema: z.uuid() }) id: string,
  ): Promise<z.infer<typeof SessionsEnded>> {
    if (caller.via === 'token') refuse('FORBIDDEN', 'forbidden');
    return this.#end(caller, key, { id });
  }

  async #end(caller: Caller, key: RequestKey, which: Parameters<SessionService['end']>[2]): Promise<z.infer<typeof SessionsEnded>> {
    const at = this.#wall.now();
    const how = { at, trace: traceOf(caller, key) };
    return once(this.#db, tenantScope(caller.tenant, caller.actor), key, at, async (tx) => ({ ended: await this.#sessions.end(tx, caller.accountId, which, how) }));
  }
}
