import { Controller, Get, HttpCode, Post } from '@nestjs/common';
import { ApiResponse, ApiTags } from '@nestjs/swagger';
import type { z } from 'zod';
import { scopeFor, type Caller } from '../platform/http/caller.ts';
import { Allow, CurrentCaller, DuringRecovery, Key } from '../platform/http/decorators.ts';
import type { RequestKey } from '../platform/http/idempotency.ts';
import { RecoveryCommands } from './commands.ts';
import { RecoveryMode } from './mode/service.ts';
import { RecoveryView } from './schemas.ts';

@ApiTags('recovery')
@Controller('api/v1/recovery')
export class RecoveryController {
  readonly #mode: RecoveryMode;
  readonly #commands: RecoveryCommands;

  constructor(mode: RecoveryMode, commands: RecoveryCommands) {
    this.#mode = mode;
    this.#commands = commands;
  }

  @Get()
  @Allow('system.recover')
  @ApiResponse({ status: 200, description: 'Whether commands are taken, and since when not', standardSchema: RecoveryView })
  async read(@CurrentCaller() caller: Caller): Promise<z.infer<typeof RecoveryView>> {
    return this.#mode.read(scopeFor(caller, 'system.recover'));
  }

  @Post('leave')
  @HttpCode(200)
  @Allow('system.recover')
  @DuringRecovery()
  @ApiResponse({ status: 200, description: 'Everything was compared and agrees: commands are taken again', standardSchema: RecoveryView })
  async leave(@CurrentCaller() caller: Caller, @Key() key: RequestKey): Promise<z.infer<typeof RecoveryView>> {
    return this.#commands.leave(caller, key);
  }
}
