import { Body, Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { ApiResponse, ApiTags } from '@nestjs/swagger';
import type { z } from 'zod';
import { traceOf } from '../../audit/model.ts';
import { BusinessClock, WallClock } from '../../calendar/clock.ts';
import { tenantId, tenantScope, type ActorId } from '../../kernel/scope.ts';
import { Database } from '../../platform/database/database.ts';
import { scopeFor, type Caller } from '../../platform/http/caller.ts';
import { Cursors } from '../../platform/http/cursor.ts';
import { Allow, CurrentCaller, Key, Public } from '../../platform/http/decorators.ts';
import { once, type RequestKey } from '../../platform/http/idempotency.ts';
import { ProjectId } from '../schemas.ts';
import * as schemas from './schemas.ts';
import { ExposureService } from './service.ts';

/** Whoever reads a public page has no name. */
const READER = 'public' as ActorId;
const TRIAGE = 'needs.triage';

@ApiTags('projects')
@Controller('api/v1')
export class ExposureController {
  readonly #db: Database;
  readonly #exposures: ExposureService;
  readonly #clock: BusinessClock;
  readonly #wall: WallClock;
  readonly #cursors: Cursors;

  constructor(db: Database, exposures: ExposureService, clock: BusinessClock, wall: WallClock, cursors: Cursors) {
    this.#db = db;
    this.#exposures = exposures;
    this.#clock = clock;
    this.#wall = wall;
    this.#cursors = cursors;
  }

  @Post('public/projects/:id/report-exposure')
  @HttpCode(200)
  @Public()
  @ApiResponse({ status: 200, description: 'Its title is hidden until a person has looked', standardSchema: schemas.ExposureReported })
  async report(
    @Key() key: RequestKey,
    @Param({ schema: ProjectId }) { id }: z.output<typeof ProjectId>,
    @Body({ schema: schemas.ExposureReportBody }) { tenant }: z.output<typeof schemas.ExposureReportBody>,
  ): Promise<z.infer<typeof schemas.ExposureReported>> {
    return once(this.#db, tenantScope(tenantId(tenant), READER), key, this.#wall.now(), async (tx) => {
      await this.#exposures.report(tx, id, key, await this.#clock.now(tx));
      return { reported: true as const };
    });
  }

  @Get('exposures')
  @Allow(TRIAGE)
  @ApiResponse({ status: 200, description: 'Said to tell of a neighbour and not yet looked at; oldest first', standardSchema: schemas.ExposurePage })
  async list(@CurrentCaller() caller: Caller, @Query({ schema: schemas.ExposureQuery }) query: z.output<typeof schemas.ExposureQuery>): Promise<z.infer<typeof schemas.ExposurePage>> {
    const list = `exposures/${query.projectId ?? ''}`;
    const page = this.#cursors.read(list, query);
    const rows = await this.#db.within(scopeFor(caller, TRIAGE), (tx) => this.#exposures.undecided(tx, query.projectId, page));
    const found = this.#cursors.page(list, rows, page.limit, ({ reportedAt, id }) => ({ sort: reportedAt, id }));
    return { ...found, items: found.items.map((row) => ({ ...row, state: row.state === 'open' ? 'open' : 'noted' })) };
  }

  @Post('exposures/:id/decide')
  @HttpCode(200)
  @Allow(TRIAGE)
  @ApiResponse({ status: 200, description: 'Shown again, or hidden for good', standardSchema: schemas.ExposureDecided })
  async decide(
    @CurrentCaller() caller: Caller,
    @Key() key: RequestKey,
    @Param({ schema: schemas.ExposureParam }) { id }: z.output<typeof schemas.ExposureParam>,
    @Body({ schema: schemas.ExposureVerdictBody }) { verdict }: z.output<typeof schemas.ExposureVerdictBody>,
  ): Promise<z.infer<typeof schemas.ExposureDecided>> {
    return once(this.#db, scopeFor(caller, TRIAGE), key, this.#wall.now(), async (tx) => {
      await this.#exposures.decide(tx, id, verdict, await this.#clock.now(tx), traceOf(caller, key));
      return { decided: true as const };
    });
  }
}
