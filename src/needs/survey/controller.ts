import { Body, Controller, Get, Header, HttpCode, Param, Patch, Post, Query, Res } from '@nestjs/common';
import { ApiProduces, ApiResponse, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import type { z } from 'zod';
import type { Texts } from '../../kernel/texts.ts';
import { scopeFor, type Caller } from '../../platform/http/caller.ts';
import { Cursors } from '../../platform/http/cursor.ts';
import { Allow, CurrentCaller, IfMatch, Key, Versioned } from '../../platform/http/decorators.ts';
import type { RequestKey } from '../../platform/http/idempotency.ts';
import { ListRegistry, type ListedAs } from '../../platform/http/listed.ts';
import { NeedsCommands } from '../commands.ts';
import { texts } from '../texts.ts';
import { SurveyCommands } from './commands.ts';
import type { Survey } from './content/model.ts';
import { POSTER_POLICY, SurveyPoster } from './poster/service.ts';
import * as schemas from './schemas.ts';
import { SurveyService } from './service.ts';

type Input<Schema extends z.ZodType> = z.output<Schema>;
type One = Input<typeof schemas.SurveyParam>;
type View = z.infer<typeof schemas.SurveyView>;

const READ = 'people.read';
const RUN = 'needs.publish';
const moved = { status: 200, description: 'The survey after the command', standardSchema: schemas.SurveyView };

function say(key: string): { zh: string; en: string } {
  const catalogue: Texts = texts;
  return catalogue[key] ?? { zh: key, en: key };
}

/** 需求摸底: survey campaigns as the office runs them. */
@ApiTags('surveys')
@Controller('api/v1/surveys')
export class SurveyController {
  readonly #needs: NeedsCommands;
  readonly #commands: SurveyCommands;
  readonly #surveys: SurveyService;
  readonly #poster: SurveyPoster;
  readonly #cursors: Cursors;

  constructor(needs: NeedsCommands, commands: SurveyCommands, surveys: SurveyService, poster: SurveyPoster, cursors: Cursors, lists: ListRegistry) {
    this.#needs = needs;
    this.#commands = commands;
    this.#surveys = surveys;
    this.#poster = poster;
    this.#cursors = cursors;
    lists.register('surveys', { title: 'needs.list.surveys', anyOf: [READ], personal: false, query: schemas.SurveyQuery, page: ({ caller }, query) => this.list(caller, query), headings: 'needs.column', columns: COLUMNS });
  }

  @Get()
  @Allow(READ)
  @ApiResponse({ status: 200, description: 'Newest first', standardSchema: schemas.SurveyPage })
  async list(
    @CurrentCaller() caller: Caller,
    @Query({ schema: schemas.SurveyQuery }) query: Input<typeof schemas.SurveyQuery>,
  ): Promise<z.infer<typeof schemas.SurveyPage>> {
    const list = `surveys/${query.status ?? ''}`;
    const page = this.#cursors.read(list, query);
    const rows = await this.#needs.read(scopeFor(caller, READ), (tx) => this.#surveys.page(tx, query.status, page));
    const found = this.#cursors.page(list, rows, page.limit, ({ createdAt, id }) => ({ sort: createdAt, id }));
    return { ...found, items: found.items.map((survey) => this.#view(survey)) };
  }

  @Post()
  @Allow(RUN)
  @Versioned()
  @ApiResponse({ ...moved, status: 201, description: 'A draft' })
  async create(
    @CurrentCaller() caller: Caller,
    @Key() key: RequestKey,
    @Body({ schema: schemas.SurveyBody }) body: Input<typeof schemas.SurveyBody>,
  ): Promise<View> {
    return this.#view(await this.#commands.create({ caller, key }, { ...body, intro: body.intro ?? null }));
  }

  @Get(':id')
  @Allow(READ)
  @Versioned()
  @ApiResponse({ status: 200, description: 'One survey', standardSchema: schemas.SurveyView })
  async one(@CurrentCaller() caller: Caller, @Param({ schema: schemas.SurveyParam }) { id }: One): Promise<View> {
    return this.#view(await this.#needs.read(scopeFor(caller, READ), (tx) => this.#surveys.get(tx, id)));
  }

  @Patch(':id')
  @Allow(RUN)
  @Versioned()
  @ApiResponse({ status: 200, description: 'The edited draft', standardSchema: schemas.SurveyView })
  async edit(
    @CurrentCaller() caller: Caller,
    @Key() key: RequestKey,
    @IfMatch() version: number,
    @Param({ schema: schemas.SurveyParam }) { id }: One,
    @Body({ schema: schemas.SurveyPatch }) body: Input<typeof schemas.SurveyPatch>,
  ): Promise<View> {
    return this.#needs.run(caller, RUN, key, async (tx, intent) => this.#view(await this.#surveys.edit(tx, id, version, body, intent)));
  }

  @Get(':id/progress')
  @Allow(READ)
  @ApiResponse({ status: 200, description: 'How far each area is', standardSchema: schemas.SurveyProgress })
  async progress(
    @CurrentCaller() caller: Caller,
    @Param({ schema: schemas.SurveyParam }) { id }: One,
  ): Promise<z.infer<typeof schemas.SurveyProgress>> {
    return { areas: await this.#needs.read(scopeFor(caller, READ), (tx) => this.#surveys.progress(tx, id)) };
  }

  @Get(':id/results')
  @Allow(READ)
  @ApiResponse({ status: 200, description: 'How often each choice, mark or number was given', standardSchema: schemas.SurveyResults })
  async results(
    @CurrentCaller() caller: Caller,
    @Param({ schema: schemas.SurveyParam }) { id }: One,
  ): Promise<z.infer<typeof schemas.SurveyResults>> {
    return { items: await this.#needs.read(scopeFor(caller, READ), (tx) => this.#surveys.results(tx, id)) };
  }

  @Get(':id/poster')
  @Allow(READ)
  @Header('content-type', 'text/html; charset=utf-8')
  @ApiProduces('text/html')
  @ApiResponse({ status: 200, description: 'One A4 page with the QR code, to print', schema: { type: 'string' } })
  async poster(
    @CurrentCaller() caller: Caller,
    @Param({ schema: schemas.SurveyParam }) { id }: One,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<string> {
    void reply.header('content-security-policy', POSTER_POLICY);
    return this.#needs.read(scopeFor(caller, READ), async (tx) => {
      const survey = await this.#surveys.get(tx, id);
      const areas = await this.#surveys.areas(tx, survey.communityIds);
      return this.#poster.html(survey, areas.map(({ name }) => name), say);
    });
  }

  @Post(':id/release')
  @HttpCode(200)
  @Allow(RUN)
  @Versioned()
  @ApiResponse(moved)
  async release(@CurrentCaller() caller: Caller, @Key() key: RequestKey, @Param({ schema: schemas.SurveyParam }) { id }: One): Promise<View> {
    return this.#view(await this.#commands.release({ caller, key, id }));
  }

  @Post(':id/recall')
  @HttpCode(200)
  @Allow(RUN)
  @Versioned()
  @ApiResponse(moved)
  async recall(@CurrentCaller() caller: Caller, @Key() key: RequestKey, @Param({ schema: schemas.SurveyParam }) { id }: One): Promise<View> {
    return this.#view(await this.#commands.move({ caller, key, id }, 'recall'));
  }

  @Post(':id/discard')
  @HttpCode(200)
  @Allow(RUN)
  @Versioned()
  @ApiResponse(moved)
  async discard(@CurrentCaller() caller: Caller, @Key() key: RequestKey, @Param({ schema: schemas.SurveyParam }) { id }: One): Promise<View> {
    return this.#view(await this.#commands.move({ caller, key, id }, 'discard'));
  }

  @Post(':id/extend')
  @HttpCode(200)
  @Allow(RUN)
  @Versioned()
  @ApiResponse(moved)
  async extend(
    @CurrentCaller() caller: Caller,
    @Key() key: RequestKey,
    @Param({ schema: schemas.SurveyParam }) { id }: One,
    @Body({ schema: schemas.SurveyExtension }) { closesAt }: Input<typeof schemas.SurveyExtension>,
  ): Promise<View> {
    return this.#view(await this.#commands.extend({ caller, key, id }, closesAt));
  }

  @Post(':id/end-collecting')
  @HttpCode(200)
  @Allow(RUN)
  @Versioned()
  @ApiResponse(moved)
  async endCollecting(@CurrentCaller() caller: Caller, @Key() key: RequestKey, @Param({ schema: schemas.SurveyParam }) { id }: One): Promise<View> {
    return this.#view(await this.#commands.move({ caller, key, id }, 'endCollecting'));
  }

  @Post(':id/list')
  @HttpCode(200)
  @Allow(RUN)
  @Versioned()
  @ApiResponse(moved)
  async finishTriage(@CurrentCaller() caller: Caller, @Key() key: RequestKey, @Param({ schema: schemas.SurveyParam }) { id }: One): Promise<View> {
    return this.#view(await this.#commands.move({ caller, key, id }, 'list'));
  }

  @Post(':id/close')
  @HttpCode(200)
  @Allow(RUN)
  @Versioned()
  @ApiResponse(moved)
  async close(@CurrentCaller() caller: Caller, @Key() key: RequestKey, @Param({ schema: schemas.SurveyParam }) { id }: One): Promise<View> {
    return this.#view(await this.#commands.move({ caller, key, id }, 'close'));
  }

  #view(survey: Survey): View {
    return schemas.surveyView(survey, this.#poster.link(survey));
  }
}

const COLUMNS: ListedAs<Input<typeof schemas.SurveyQuery>, View>['columns'] = {
  survey: ({ title }) => title,
  communities: ({ communityIds }) => communityIds.map((unit) => ({ unit })),
  state: ({ status }) => ({ text: `needs.survey.${status}` }),
  opensAt: ({ opensAt }) => ({ at: opensAt }),
  closesAt: ({ closesAt }) => ({ at: closesAt }),
  target: ({ targetPerArea }) => targetPerArea,
};
