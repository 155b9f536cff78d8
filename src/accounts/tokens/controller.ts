import { Body, Controller, Get, HttpCode, Param, Post } from '@nestjs/common';
import { ApiResponse, ApiTags } from '@nestjs/swagger';
import { z } from 'zod';
import { traceOf } from '../../audit/model.ts';
import { WallClock } from '../../calendar/clock.ts';
import { refuse } from '../../kernel/refusal.ts';
import { tenantScope } from '../../kernel/scope.ts';
import { Database } from '../../platform/database/database.ts';
import { assertNotWithheld, type Caller } from '../../platform/http/caller.ts';
import { CurrentCaller, Key, SignedIn } from '../../platform/http/decorators.ts';
import { once, type RequestKey } from '../../platform/http/idempotency.ts';
import { IssuedTokenView, NewToken, TokenList, tokenView, TokenView } from './schemas.ts';
import { TokenService } from './service.ts';

/** One's own tokens; a token makes no tokens. */
@ApiTags('tokens')
@Controller('api/v1/tokens')
export class TokenController {
  readonly #db: Database;
  readonly #tokens: TokenService;
  readonly #wall: WallClock;

  constructor(db: Database, tokens: TokenService, wall: WallClock) {
    this.#db = db;
    this.#tokens = tokens;
    this.#wall = wall;
  }

  @Get()
  @SignedIn()
  @ApiResponse({ status: 200, description: 'Own tokens, newest first', standardSchema: TokenList })
  async list(@CurrentCaller() caller: Caller): Promise<z.infer<typeof TokenList>> {
    return this.#db.within(tenantScope(caller.tenant, caller.actor), async (tx) => ({
      items: (await this.#tokens.ofAccount(tx, caller.accountId)).map(tokenView),
    }));
  }

  @Post()
  @HttpCode(200)
  @SignedIn()
  @ApiResponse({ status: 200, description: 'A new token', standardSchema: IssuedTokenView })
  async issue(
    @CurrentCaller() caller: Caller,
    @Key() key: RequestKey,
    @Body({ schema: NewToken }) wanted: z.output<typeof NewToken>,
  ): Promise<z.infer<typeof IssuedTokenView>> {
    if (caller.via === 'token') refuse('FORBIDDEN', 'forbidden');
    assertNotWithheld(caller, wanted.permissions);
    const at = this.#wall.now();
    const command = { commandId: key.commandId, at, trace: traceOf(caller, key) };
    let fresh: string | null = null;
    const token = await once(this.#db, tenantScope(caller.tenant, caller.actor), key, at, async (tx) => {
      const issued = await this.#tokens.issue(tx, { accountId: caller.accountId, ...wanted }, command);
      fresh = issued.secret;
      return tokenView(issued.token);
    });
    return { ...token, secret: fresh };
  }

  @Post(':id/revoke')
  @HttpCode(200)
  @SignedIn()
  @ApiResponse({ status: 200, description: 'The token works no longer', standardSchema: TokenView })
  async revoke(
    @CurrentCaller() caller: Caller,
    @Key() key: RequestKey,
    @Param('id', { schema: z.uuid() }) id: string,
  ): Promise<z.infer<typeof TokenView>> {
    const at = this.#wall.now();
    const command = { commandId: key.commandId, at, trace: traceOf(caller, key) };
    return once(this.#db, tenantScope(caller.tenant, caller.actor), key, at, async (tx) =>
      tokenView(await this.#tokens.revoke(tx, caller.accountId, id, command)),
    );
  }
}
