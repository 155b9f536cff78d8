import { Body, Controller, HttpCode, Param, Post } from '@nestjs/common';
import { ApiResponse, ApiTags } from '@nestjs/swagger';
import { z } from 'zod';
import type { Caller } from '../../platform/http/caller.ts';
import { Allow, CurrentCaller, Key } from '../../platform/http/decorators.ts';
import type { RequestKey } from '../../platform/http/idempotency.ts';
import { NeedsCommands } from '../commands.ts';
import { needView, NeedView } from '../need/schemas.ts';
import { NeedService } from '../need/service.ts';
import { WithdrawForBody } from './schemas.ts';
import { ConsentService } from './service.ts';

/** For needs that staff wrote down or that came in a file; answers to forms have their own way. */
@ApiTags('needs')
@Controller('api/v1/needs')
export class ConsentController {
  readonly #commands: NeedsCommands;
  readonly #consents: ConsentService;
  readonly #needs: NeedService;

  constructor(commands: NeedsCommands, consents: ConsentService, needs: NeedService) {
    this.#commands = commands;
    this.#consents = consents;
    this.#needs = needs;
  }

  @Post(':id/withdraw-consent')
  @HttpCode(200)
  @Allow('needs.triage')
  @ApiResponse({ status: 200, description: 'Taken back for who raised it; again changes nothing', standardSchema: NeedView })
  async withdraw(
    @CurrentCaller() caller: Caller,
    @Key() key: RequestKey,
    @Param('id', { schema: z.uuid() }) id: string,
    @Body({ schema: WithdrawForBody }) { channel }: z.infer<typeof WithdrawForBody>,
  ): Promise<z.infer<typeof NeedView>> {
    return this.#commands.run(caller, 'needs.triage', key, async (tx, intent) => {
      await this.#consents.withdrawOfNeed(tx, id, channel, intent);
      return needView(await this.#needs.get(tx, id));
    });
  }
}
