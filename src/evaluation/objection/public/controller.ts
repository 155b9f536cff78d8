import { Body, Controller, Get, Headers, HttpCode, Param, Post } from '@nestjs/common';
import { ApiHeader, ApiResponse, ApiTags } from '@nestjs/swagger';
import type { z } from 'zod';
import type { Language, Texts } from '../../../kernel/texts.ts';
import { Key, Public } from '../../../platform/http/decorators.ts';
import type { RequestKey } from '../../../platform/http/idempotency.ts';
import { languageOf } from '../../../platform/http/language.ts';
import { texts } from '../../texts.ts';
import { ObjectionCommands } from '../commands.ts';
import * as schemas from '../schemas.ts';

function textIn(language: Language): (key: string) => string {
  const catalogue: Texts = texts;
  return (key) => catalogue[key]?.[language] ?? key;
}

type Input<Schema extends z.ZodType> = z.output<Schema>;

/** Anybody may object while a notice lasts, with a name; the code that is answered opens the outcome. */
@ApiTags('public')
@Controller('api/v1/public')
export class PublicObjectionController {
  readonly #commands: ObjectionCommands;

  constructor(commands: ObjectionCommands) {
    this.#commands = commands;
  }

  @Post('notices/:id/object')
  @HttpCode(200)
  @Public()
  @ApiResponse({ status: 200, description: 'Taken in; the award is paused', standardSchema: schemas.SentObjection })
  async object(
    @Key() key: RequestKey,
    @Param({ schema: schemas.NoticeParam }) { id }: Input<typeof schemas.NoticeParam>,
    @Body({ schema: schemas.PublicObjection }) body: Input<typeof schemas.PublicObjection>,
    @Headers('accept-language') wished?: string,
  ): Promise<z.infer<typeof schemas.SentObjection>> {
    const { followUpCode, ...found } = await this.#commands.byResident(key, id, body);
    return { ...schemas.followedView(found, textIn(languageOf(wished))), followUpCode };
  }

  /** The code comes in a header, so that no log of addresses holds it. */
  @Get('objection')
  @Public()
  @ApiHeader({ name: 'X-Follow-Up-Code', required: true, description: 'As it was shown after sending' })
  @ApiResponse({ status: 200, description: 'How it stands, and its answer', standardSchema: schemas.FollowedView })
  async follow(@Headers('x-follow-up-code') code = '', @Headers('accept-language') wished?: string): Promise<z.infer<typeof schemas.FollowedView>> {
    return schemas.followedView(await this.#commands.follow(code.slice(0, 100)), textIn(languageOf(wished)));
  }
}
