import { Body, Controller, HttpCode, Param, Post } from '@nestjs/common';
import { ApiResponse, ApiTags } from '@nestjs/swagger';
import { z } from 'zod';
import type { Caller } from '../../platform/http/caller.ts';
import { Allow, CurrentCaller, IfMatch, Key, Versioned } from '../../platform/http/decorators.ts';
import type { RequestKey } from '../../platform/http/idempotency.ts';
import { NeedsCommands } from '../commands.ts';
import { needView, NeedView } from '../need/schemas.ts';
import { NeedService } from '../need/service.ts';
import { AnswerBody, AskBody, LeaveOutBody } from './schemas.ts';
import { AskingService } from './service.ts';

const Id = z.uuid();
const TRIAGE = 'needs.triage';

type View = Promise<z.infer<typeof NeedView>>;

/** Needs that wait for a word of who raised them, and those that are not taken up. */
@ApiTags('needs')
@Controller('api/v1/needs')
export class AskingController {
  readonly #commands: NeedsCommands;
  readonly #needs: NeedService;
  readonly #asking: AskingService;

  constructor(commands: NeedsCommands, needs: NeedService, asking: AskingService) {
    this.#commands = commands;
    this.#needs = needs;
    this.#asking = asking;
  }

  @Post(':id/ask')
  @HttpCode(200)
  @Allow(TRIAGE)
  @Versioned()
  @ApiResponse({ status: 200, description: 'Asked: the sentence is shown at the follow-up code', standardSchema: NeedView })
  async ask(
    @CurrentCaller() caller: Caller,
    @Key() key: RequestKey,
    @IfMatch() version: number,
    @Param('id', { schema: Id }) id: string,
    @Body({ schema: AskBody }) { text }: z.infer<typeof AskBody>,
  ): View {
    return this.#commands.run(caller, TRIAGE, key, async (tx, intent) => needView(await this.#asking.ask(tx, id, version, text, intent)));
  }

  @Post(':id/answer')
  @HttpCode(200)
  @Allow(TRIAGE)
  @Versioned()
  @ApiResponse({ status: 200, description: 'What who raised it told staff; to be triaged', standardSchema: NeedView })
  async answer(
    @CurrentCaller() caller: Caller,
    @Key() key: RequestKey,
    @IfMatch() version: number,
    @Param('id', { schema: Id }) id: string,
    @Body({ schema: AnswerBody }) { text }: z.infer<typeof AnswerBody>,
  ): View {
    return this.#commands.run(caller, TRIAGE, key, async (tx, intent) =>
      needView(await this.#asking.answer(tx, await this.#needs.at(tx, id, version), text, intent)),
    );
  }

  @Post(':id/leave-out')
  @HttpCode(200)
  @Allow(TRIAGE)
  @Versioned()
  @ApiResponse({ status: 200, description: 'Not taken up; the reason is shown at the follow-up code', standardSchema: NeedView })
  async leaveOut(
    @CurrentCaller() caller: Caller,
    @Key() key: RequestKey,
    @IfMatch() version: number,
    @Param('id', { schema: Id }) id: string,
    @Body({ schema: LeaveOutBody }) body: z.infer<typeof LeaveOutBody>,
  ): View {
    return this.#commands.run(caller, TRIAGE, key, async (tx, intent) => needView(await this.#asking.leaveOut(tx, id, version, body, intent)));
  }

  @Post(':id/take-up')
  @HttpCode(200)
  @Allow(TRIAGE)
  @Versioned()
  @ApiResponse({ status: 200, description: 'To be triaged after all', standardSchema: NeedView })
  async takeUp(
    @CurrentCaller() caller: Caller,
    @Key() key: RequestKey,
    @IfMatch() version: number,
    @Param('id', { schema: Id }) id: string,
  ): View {
    return this.#commands.run(caller, TRIAGE, key, async (tx, intent) => needView(await this.#asking.takeUp(tx, id, version, intent)));
  }
}
