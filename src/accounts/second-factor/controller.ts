import { Body, Controller, Get, HttpCode, Param, Post, Req, Res } from '@nestjs/common';
import { ApiResponse, ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import type { Caller } from '../../platform/http/caller.ts';
import { SessionCookie } from '../../platform/http/cookie.ts';
import { Allow, CurrentCaller, Key, Limited, SignedIn, Unkeyed } from '../../platform/http/decorators.ts';
import type { RequestKey } from '../../platform/http/idempotency.ts';
import { networkOf } from '../../platform/http/request.ts';
import { Done } from '../sign-in/schemas.ts';
import { SecondFactorCommands, type Visit } from './commands.ts';
import { Enrol, Enrolment, GivenCode, RecoveryCodes, SecondFactorView } from './schemas.ts';

/** One's own second factor; its secrets are in no stored answer, so these commands take no key. */
@ApiTags('sign-in')
@Controller('api/v1')
export class SecondFactorController {
  readonly #commands: SecondFactorCommands;
  readonly #cookie: SessionCookie;

  constructor(commands: SecondFactorCommands, cookie: SessionCookie) {
    this.#commands = commands;
    this.#cookie = cookie;
  }

  @Get('second-factor')
  @SignedIn()
  @ApiResponse({ status: 200, description: 'Whether there is one', standardSchema: SecondFactorView })
  async show(@CurrentCaller() caller: Caller): Promise<z.infer<typeof SecondFactorView>> {
    return this.#commands.of(caller);
  }

  @Post('second-factor/enrol')
  @HttpCode(200)
  @SignedIn()
  @Unkeyed()
  @Limited('signIn')
  @ApiResponse({ status: 200, description: 'A new secret; it counts once confirmed', standardSchema: Enrolment })
  async enrol(
    @CurrentCaller() caller: Caller,
    @Body({ schema: Enrol }) { password }: z.infer<typeof Enrol>,
    @Req() request: FastifyRequest,
  ): Promise<z.infer<typeof Enrolment>> {
    return this.#commands.enrol(caller, password, this.#visit(request));
  }

  @Post('second-factor/confirm')
  @HttpCode(200)
  @SignedIn()
  @Unkeyed()
  @Limited('signIn')
  @ApiResponse({ status: 200, description: 'The secret counts; this session has shown it', standardSchema: RecoveryCodes })
  async confirm(
    @CurrentCaller() caller: Caller,
    @Body({ schema: GivenCode }) { code }: z.output<typeof GivenCode>,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<z.infer<typeof RecoveryCodes>> {
    const { secret, recoveryCodes } = await this.#commands.confirm(caller, code, this.#visit(request));
    this.#cookie.set(reply, secret);
    return { recoveryCodes: [...recoveryCodes] };
  }

  @Post('second-factor/verify')
  @HttpCode(200)
  @SignedIn()
  @Unkeyed()
  @Limited('signIn')
  @ApiResponse({ status: 200, description: 'This session, renewed, has shown a second factor', standardSchema: Done })
  async verify(
    @CurrentCaller() caller: Caller,
    @Body({ schema: GivenCode }) { code }: z.output<typeof GivenCode>,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<z.infer<typeof Done>> {
    const { secret } = await this.#commands.verify(caller, code, this.#visit(request));
    this.#cookie.set(reply, secret);
    return { done: true };
  }

  @Post('accounts/:id/remove-second-factor')
  @HttpCode(200)
  @Allow('accounts.manage')
  @ApiResponse({ status: 200, description: 'The account has none; all its sessions end', standardSchema: Done })
  async remove(
    @CurrentCaller() caller: Caller,
    @Key() key: RequestKey,
    @Param('id', { schema: z.uuid() }) id: string,
  ): Promise<z.infer<typeof Done>> {
    await this.#commands.remove(caller, key, id);
    return { done: true };
  }

  #visit(request: FastifyRequest): Visit {
    return { session: this.#cookie.read(request.headers.cookie), requestId: request.id, network: networkOf(request) };
  }
}
