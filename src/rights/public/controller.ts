import { Body, Controller, Get, Headers, HttpCode, Param, Post } from '@nestjs/common';
import { ApiHeader, ApiResponse, ApiTags } from '@nestjs/swagger';
import type { z } from 'zod';
import type { Language, Texts } from '../../kernel/texts.ts';
import { Key, Public } from '../../platform/http/decorators.ts';
import type { RequestKey } from '../../platform/http/idempotency.ts';
import { languageOf } from '../../platform/http/language.ts';
import { RightsCommands, type FollowedRequest } from '../commands.ts';
import * as schemas from '../schemas.ts';
import { texts } from '../texts.ts';

type Input<Schema extends z.ZodType> = z.output<Schema>;
type One = Input<typeof schemas.RightsParam>;
type Followed = z.infer<typeof schemas.FollowedRights>;

const CODE = { name: 'X-Follow-Up-Code', required: true, description: 'As it was shown after sending' } as const;
const followed = { status: 200, description: 'The request as it stands', standardSchema: schemas.FollowedRights };

function viewIn(language: Language): (it: FollowedRequest) => Followed {
  const catalogue: Texts = texts;
  return ({ request, contents }) => schemas.followedRights(request, contents, (key) => catalogue[key]?.[language] ?? key);
}

/** For residents without an account: whoever holds the code asks about what they sent. */
@ApiTags('public')
@Controller('api/v1/public/rights-requests')
export class PublicRightsController {
  readonly #commands: RightsCommands;

  constructor(commands: RightsCommands) {
    this.#commands = commands;
  }

  /** The code comes in a header, so that no log of addresses holds it. */
  @Get()
  @Public()
  @ApiHeader(CODE)
  @ApiResponse({ status: 200, description: 'One’s own requests, newest first', standardSchema: schemas.FollowedRightsList })
  async list(@Headers('x-follow-up-code') code = '', @Headers('accept-language') wished?: string): Promise<z.infer<typeof schemas.FollowedRightsList>> {
    const items = await this.#commands.follow(code.slice(0, 100));
    return { items: items.map(viewIn(languageOf(wished))) };
  }

  @Post()
  @HttpCode(200)
  @Public()
  @ApiResponse(followed)
  async ask(
    @Key() key: RequestKey,
    @Body({ schema: schemas.PublicRightsBody }) { code, right, wish }: Input<typeof schemas.PublicRightsBody>,
    @Headers('accept-language') wished?: string,
  ): Promise<Followed> {
    return viewIn(languageOf(wished))(await this.#commands.ask(key, code, right, wish));
  }

  @Get(':id/copy')
  @Public()
  @ApiHeader(CODE)
  @ApiResponse({ status: 200, description: 'All that is kept of oneself', standardSchema: schemas.OwnDataView })
  async copy(@Param({ schema: schemas.RightsParam }) { id }: One, @Headers('x-follow-up-code') code = ''): Promise<z.infer<typeof schemas.OwnDataView>> {
    return schemas.ownDataView(await this.#commands.copyByCode(code.slice(0, 100), id));
  }

  @Post(':id/withdraw')
  @HttpCode(200)
  @Public()
  @ApiResponse(followed)
  async withdraw(
    @Key() key: RequestKey,
    @Param({ schema: schemas.RightsParam }) { id }: One,
    @Body({ schema: schemas.PublicWithdrawBody }) { code }: Input<typeof schemas.PublicWithdrawBody>,
    @Headers('accept-language') wished?: string,
  ): Promise<Followed> {
    return viewIn(languageOf(wished))(await this.#commands.withdraw(key, code, id));
  }
}
