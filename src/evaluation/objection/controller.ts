import { Body, Controller, Get, Headers, HttpCode, Param, Post, Req } from '@nestjs/common';
import { ApiResponse, ApiTags } from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import type { z } from 'zod';
import type { Language, Texts } from '../../kernel/texts.ts';
import type { Caller } from '../../platform/http/caller.ts';
import { Allow, CurrentCaller, Key } from '../../platform/http/decorators.ts';
import type { RequestKey } from '../../platform/http/idempotency.ts';
import { languageOf } from '../../platform/http/language.ts';
import { networkOf } from '../../platform/http/request.ts';
import { AwardView } from '../award/schemas.ts';
import { texts } from '../texts.ts';
import { ObjectionCommands } from './commands.ts';
import * as schemas from './schemas.ts';

function textIn(language: Language): (key: string) => string {
  const catalogue: Texts = texts;
  return (key) => catalogue[key]?.[language] ?? key;
}

type Input<Schema extends z.ZodType> = z.output<Schema>;
type One = Input<typeof schemas.NoticeParam>;

/** Objections of bodies that take part, and what staff do with all of them. */
@ApiTags('awards')
@Controller('api/v1')
export class ObjectionController {
  readonly #commands: ObjectionCommands;

  constructor(commands: ObjectionCommands) {
    this.#commands = commands;
  }

  @Get('objections')
  @Allow('rounds.object')
  @ApiResponse({ status: 200, description: 'Of the body that one acts for, newest first', standardSchema: schemas.FollowedList })
  async own(@CurrentCaller() caller: Caller, @Headers('accept-language') wished?: string): Promise<z.infer<typeof schemas.FollowedList>> {
    const items = await this.#commands.own(caller);
    return { items: items.map((it) => schemas.followedView(it, textIn(languageOf(wished)))) };
  }

  @Post('notices/:id/object')
  @HttpCode(200)
  @Allow('rounds.object')
  @ApiResponse({ status: 200, description: 'Taken in; the award is paused', standardSchema: schemas.FollowedView })
  async byUnit(
    @CurrentCaller() caller: Caller,
    @Key() key: RequestKey,
    @Param({ schema: schemas.NoticeParam }) { id }: One,
    @Body({ schema: schemas.UnitObjection }) { reason }: Input<typeof schemas.UnitObjection>,
    @Headers('accept-language') wished?: string,
  ): Promise<z.infer<typeof schemas.FollowedView>> {
    return schemas.followedView(await this.#commands.byUnit(caller, key, id, reason), textIn(languageOf(wished)));
  }

  @Post('awards/:id/object')
  @HttpCode(200)
  @Allow('evaluation.grade')
  @ApiResponse({ status: 200, description: 'The award after the command', standardSchema: AwardView })
  async onPaper(
    @CurrentCaller() caller: Caller,
    @Key() key: RequestKey,
    @Param({ schema: schemas.NoticeParam }) { id }: One,
    @Body({ schema: schemas.PaperObjection }) body: Input<typeof schemas.PaperObjection>,
  ): Promise<z.infer<typeof AwardView>> {
    const { orgPath: _, ...award } = await this.#commands.onPaper(caller, key, id, body);
    return award;
  }

  @Get('awards/:id/objections')
  @Allow('evaluation.grade', 'money.approve')
  @ApiResponse({ status: 200, description: 'Who objected and why, oldest first; reading is audited', standardSchema: schemas.ObjectionList })
  async ofAward(
    @CurrentCaller() caller: Caller,
    @Param({ schema: schemas.NoticeParam }) { id }: One,
    @Req() request: FastifyRequest,
  ): Promise<z.infer<typeof schemas.ObjectionList>> {
    const items = await this.#commands.read(caller, id, { requestId: request.id, network: networkOf(request) });
    return { items: items.map(schemas.objectionView) };
  }
}
