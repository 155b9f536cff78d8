import { Body, Controller, HttpCode, Param, Post } from '@nestjs/common';
import { ApiResponse, ApiTags } from '@nestjs/swagger';
import type { z } from 'zod';
import { traceOf } from '../../audit/model.ts';
import { BusinessClock, WallClock } from '../../calendar/clock.ts';
import { WHOLE_TENANT, type ActorId, type Scope } from '../../kernel/scope.ts';
import { Database } from '../../platform/database/database.ts';
import { scopeFor, type Caller } from '../../platform/http/caller.ts';
import { Allow, CurrentCaller, Key, Public } from '../../platform/http/decorators.ts';
import { claimKey, once, storeAnswer, type RequestKey } from '../../platform/http/idempotency.ts';
import { ProjectParam } from '../schemas.ts';
import { CodesBody, RatingAnswer, RatingBody, SlipList } from './schemas.ts';
import { RatingService } from './service.ts';

/** Whoever holds a code stays unknown. */
const RATER = 'rater' as ActorId;

@ApiTags('evaluation')
@Controller('api/v1')
export class RatingController {
  readonly #database: Database;
  readonly #ratings: RatingService;
  readonly #clock: BusinessClock;
  readonly #wall: WallClock;

  constructor(database: Database, ratings: RatingService, clock: BusinessClock, wall: WallClock) {
    this.#database = database;
    this.#ratings = ratings;
    this.#clock = clock;
    this.#wall = wall;
  }

  /** Codes are secrets: the stored answer is empty, and a repeat derives them again. */
  @Post('projects/:id/rating-codes')
  @HttpCode(200)
  @Allow('projects.accept')
  @ApiResponse({ status: 200, description: 'Slips to hand out, one per household served', standardSchema: SlipList })
  async issue(
    @CurrentCaller() caller: Caller,
    @Key() key: RequestKey,
    @Param({ schema: ProjectParam }) { id: projectId }: z.output<typeof ProjectParam>,
    @Body({ schema: CodesBody }) { count }: z.output<typeof CodesBody>,
  ): Promise<z.infer<typeof SlipList>> {
    return this.#database.within(scopeFor(caller, 'projects.accept'), async (tx) => {
      if (await claimKey(tx, key, this.#wall.now())) return { items: [...(await this.#ratings.issued(tx, key.commandId))] };
      const request = { projectId, count, at: await this.#clock.now(tx) };
      const trace = { ...traceOf(caller, key), commandId: key.commandId };
      const items = [...(await this.#ratings.issue(tx, request, trace))];
      await storeAnswer(tx, key, 200, null);
      return { items };
    });
  }

  @Post('ratings')
  @HttpCode(200)
  @Public()
  @ApiResponse({ status: 200, description: 'Counted', standardSchema: RatingAnswer })
  async rate(
    @Key() key: RequestKey,
    @Body({ schema: RatingBody }) { code, stars }: z.output<typeof RatingBody>,
  ): Promise<z.infer<typeof RatingAnswer>> {
    const { tenant, codeId } = await this.#ratings.find(code);
    const scope: Scope = { tenant, orgPath: WHOLE_TENANT, actor: RATER };
    const receivedAt = this.#wall.now();
    return once(this.#database, scope, key, receivedAt, async (tx) => {
      await this.#ratings.rate(tx, codeId, stars, { at: await this.#clock.now(tx), network: key.network, receivedAt });
      return { rated: true as const };
    });
  }
}
