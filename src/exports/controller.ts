import { Body, Controller, Get, Headers, HttpCode, Param, Post, Query, Req } from '@nestjs/common';
import { ApiResponse, ApiTags } from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import type { z } from 'zod';
import { WallClock } from '../calendar/clock.ts';
import { tenantScope } from '../kernel/scope.ts';
import { Database } from '../platform/database/database.ts';
import { scopeFor, type Caller } from '../platform/http/caller.ts';
import { Cursors } from '../platform/http/cursor.ts';
import { Allow, CurrentCaller, Key, SignedIn } from '../platform/http/decorators.ts';
import { AnswersFile, streamedAs } from '../platform/http/file-answer.ts';
import type { RequestKey } from '../platform/http/idempotency.ts';
import { languageOf } from '../platform/http/language.ts';
import { networkOf } from '../platform/http/request.ts';
import { ExportCommands } from './commands.ts';
import * as schemas from './schemas.ts';
import { ExportService } from './service.ts';

const EXPORT = 'people.export';

type One = z.output<typeof schemas.ExportParam>;
type View = z.infer<typeof schemas.ExportView>;

const answer = { status: 200, description: 'The export as it stands', standardSchema: schemas.ExportView };

/** Lists as files. Which lists, and who may take them out, is said where each list is. */
@ApiTags('exports')
@Controller('api/v1/exports')
export class ExportController {
  readonly #db: Database;
  readonly #commands: ExportCommands;
  readonly #exports: ExportService;
  readonly #cursors: Cursors;
  readonly #wall: WallClock;

  constructor(db: Database, commands: ExportCommands, exports: ExportService, cursors: Cursors, wall: WallClock) {
    this.#db = db;
    this.#commands = commands;
    this.#exports = exports;
    this.#cursors = cursors;
    this.#wall = wall;
  }

  @Post()
  @HttpCode(200)
  @SignedIn()
  @ApiResponse({ ...answer, description: 'Ready to be fetched, or waiting for a second person' })
  ask(
    @CurrentCaller() caller: Caller,
    @Key() key: RequestKey,
    @Body({ schema: schemas.ExportToMake }) body: z.output<typeof schemas.ExportToMake>,
    @Req() request: FastifyRequest,
    @Headers('accept-language') wished?: string,
  ): Promise<View> {
    return this.#commands.ask(caller, key, body, readerOf(request, wished));
  }

  @Get()
  @SignedIn()
  @ApiResponse({ status: 200, description: 'Own ones, or those of others that wait for a release; newest first', standardSchema: schemas.ExportPage })
  async list(
    @CurrentCaller() caller: Caller,
    @Query({ schema: schemas.ExportQuery }) query: z.output<typeof schemas.ExportQuery>,
    @Headers('accept-language') wished?: string,
  ): Promise<z.infer<typeof schemas.ExportPage>> {
    const { which, limit } = query;
    const name = `exports/${which}`;
    const page = this.#cursors.read(name, query);
    const rows =
      which === 'mine'
        ? await this.#db.within(tenantScope(caller.tenant, caller.actor), (tx) => this.#exports.mine(tx, caller.personId, page))
        : await this.#db.within(scopeFor(caller, EXPORT), (tx) => this.#exports.toRelease(tx, caller.personId, this.#wall.now(), page));
    const found = this.#cursors.page(name, rows, limit, ({ requestedAt, id }) => ({ sort: requestedAt, id }));
    return { ...found, items: await this.#commands.views(caller, found.items, languageOf(wished)) };
  }

  @Get(':id')
  @SignedIn()
  @ApiResponse(answer)
  one(@CurrentCaller() caller: Caller, @Param({ schema: schemas.ExportParam }) { id }: One, @Headers('accept-language') wished?: string): Promise<View> {
    return this.#commands.one(caller, id, languageOf(wished));
  }

  @Get(':id/file')
  @SignedIn()
  @AnswersFile('text/csv', 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet')
  async file(@CurrentCaller() caller: Caller, @Param({ schema: schemas.ExportParam }) { id }: One, @Req() request: FastifyRequest, @Headers('accept-language') wished?: string) {
    const { bytes, mediaType, name } = await this.#commands.file(caller, id, readerOf(request, wished));
    return streamedAs(bytes, mediaType, name);
  }

  @Post(':id/release')
  @HttpCode(200)
  @Allow(EXPORT)
  @ApiResponse({ ...answer, description: 'Released by a second person' })
  release(
    @CurrentCaller() caller: Caller,
    @Key() key: RequestKey,
    @Param({ schema: schemas.ExportParam }) { id }: One,
    @Body({ schema: schemas.ExportRelease }) { digest }: z.output<typeof schemas.ExportRelease>,
    @Headers('accept-language') wished?: string,
  ): Promise<View> {
    return this.#commands.release(caller, key, id, digest, languageOf(wished));
  }

  @Post(':id/refuse')
  @HttpCode(200)
  @Allow(EXPORT)
  @ApiResponse({ ...answer, description: 'Not released, with the reason' })
  refuse(
    @CurrentCaller() caller: Caller,
    @Key() key: RequestKey,
    @Param({ schema: schemas.ExportParam }) { id }: One,
    @Body({ schema: schemas.ExportRefusal }) { reason }: z.output<typeof schemas.ExportRefusal>,
    @Headers('accept-language') wished?: string,
  ): Promise<View> {
    return this.#commands.refuseRelease(caller, key, id, reason, languageOf(wished));
  }
}

function readerOf(request: FastifyRequest, wished: string | undefined) {
  return { language: languageOf(wished), requestId: request.id, network: networkOf(request) };
}
