import { Body, Controller, Get, HttpCode, Param, Post, Req, Res } from '@nestjs/common';
import { ApiResponse, ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { Refusal } from '../../kernel/refusal.ts';
import type { Caller } from '../../platform/http/caller.ts';
import { SessionCookie } from '../../platform/http/cookie.ts';
import { Allow, CurrentCaller, Key, Public } from '../../platform/http/decorators.ts';
import type { RequestKey } from '../../platform/http/idempotency.ts';
import { networkOf } from '../../platform/http/request.ts';
import { IdentityCommands } from './commands.ts';
import { IdentityList, IdentityView, NewIdentity, ProviderList } from './schemas.ts';

const START = '/api/v1/sign-in/openid';
const Id = z.uuid();

@ApiTags('sign-in')
@Controller('api/v1')
export class IdentityController {
  readonly #commands: IdentityCommands;
  readonly #cookie: SessionCookie;
  /** What the browser takes along to the provider and back. */
  readonly #luggage: SessionCookie;

  constructor(commands: IdentityCommands, cookie: SessionCookie) {
    this.#commands = commands;
    this.#cookie = cookie;
    this.#luggage = cookie.beside('-openid');
  }

  @Get('sign-in/providers')
  @Public()
  @ApiResponse({ status: 200, description: 'Where else one may sign in', standardSchema: ProviderList })
  providers(): z.infer<typeof ProviderList> {
    const { label } = this.#commands;
    return { items: label === undefined ? [] : [{ label, href: START }] };
  }

  @Get('sign-in/openid')
  @Public()
  @ApiResponse({ status: 302, description: 'To the provider' })
  async depart(@Res() reply: FastifyReply): Promise<void> {
    const { address, luggage } = await this.#commands.depart();
    this.#luggage.set(reply, luggage);
    await reply.redirect(address, 302);
  }

  /** A browser's navigation: whatever goes wrong is told by the page, by its code. */
  @Get('sign-in/openid/callback')
  @Public()
  @ApiResponse({ status: 302, description: 'To the start page signed in, or to the sign-in page with `?problem=<code>`' })
  async arrive(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const [, query = ''] = /\?(.*)$/s.exec(request.url) ?? [];
    const luggage = this.#luggage.read(request.headers.cookie);
    this.#luggage.clear(reply);
    const trace = { network: networkOf(request), requestId: request.id };
    const arrived = await this.#commands.arrive(query, luggage, trace).catch((error: unknown) => {
      if (error instanceof Refusal && error.code !== 'OPENID_NONE') return error;
      throw error;
    });
    if (typeof arrived === 'string') this.#cookie.set(reply, arrived);
    await reply.redirect(typeof arrived === 'string' ? '/' : `/sign-in?problem=${arrived.code}`, 302);
  }

  @Get('accounts/:id/identities')
  @Allow('accounts.manage')
  @ApiResponse({ status: 200, description: 'Names at the provider that open the account', standardSchema: IdentityList })
  async list(
    @CurrentCaller() caller: Caller,
    @Param('id', { schema: Id }) id: string,
  ): Promise<z.infer<typeof IdentityList>> {
    return this.#commands.list(caller, id);
  }

  @Post('accounts/:id/identities')
  @HttpCode(200)
  @Allow('accounts.manage')
  @ApiResponse({ status: 200, description: 'That name opens the account', standardSchema: IdentityView })
  async link(
    @CurrentCaller() caller: Caller,
    @Key() key: RequestKey,
    @Param('id', { schema: Id }) id: string,
    @Body({ schema: NewIdentity }) { subject }: z.infer<typeof NewIdentity>,
  ): Promise<z.infer<typeof IdentityView>> {
    return this.#commands.link(caller, key, id, subject);
  }

  @Post('accounts/:id/identities/:identityId/unlink')
  @HttpCode(200)
  @Allow('accounts.manage')
  @ApiResponse({ status: 200, description: 'It opens it no longer; all sessions end', standardSchema: IdentityView })
  async unlink(
    @CurrentCaller() caller: Caller,
    @Key() key: RequestKey,
    @Param('id', { schema: Id }) id: string,
    @Param('identityId', { schema: Id }) identityId: string,
  ): Promise<z.infer<typeof IdentityView>> {
    return this.#commands.unlink(caller, key, id, identityId);
  }
}
