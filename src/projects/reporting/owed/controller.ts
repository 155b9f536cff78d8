import { Controller, Get } from '@nestjs/common';
import { ApiResponse, ApiTags } from '@nestjs/swagger';
import type { z } from 'zod';
import { UnitService } from '../../../accounts/units/service.ts';
import { BusinessClock } from '../../../calendar/clock.ts';
import { Database, type Tx } from '../../../platform/database/database.ts';
import { scopeFor, type Caller } from '../../../platform/http/caller.ts';
import { Allow, CurrentCaller } from '../../../platform/http/decorators.ts';
import { QuarterService } from '../../../quarters/service.ts';
import { ProjectStore } from '../../store.ts';
import { OwedReports } from './schemas.ts';

const REPORT = 'projects.report';

/** What a unit has to write, across its projects: the waits of a quarter name no unit. */
@ApiTags('projects')
@Controller('api/v1/reports-due')
export class OwedReportController {
  readonly #db: Database;
  readonly #clock: BusinessClock;
  readonly #units: UnitService;
  readonly #quarters: QuarterService;
  readonly #projects: ProjectStore;

  constructor(db: Database, clock: BusinessClock, units: UnitService, quarters: QuarterService, projects: ProjectStore) {
    this.#db = db;
    this.#clock = clock;
    this.#units = units;
    this.#quarters = quarters;
    this.#projects = projects;
  }

  @Get()
  @Allow(REPORT)
  @ApiResponse({ status: 200, description: 'Reports that the caller’s own units still owe, soonest due first', standardSchema: OwedReports })
  owed(@CurrentCaller() caller: Caller): Promise<z.infer<typeof OwedReports>> {
    return this.#db.within(scopeFor(caller, REPORT), async (tx) => {
      const owed = await this.#quarters.reportsOwedBy(tx, await this.#ownUnits(tx, caller));
      const titles = await this.#projects.titles(tx, owed.map(({ projectId }) => projectId));
      const named = new Map(titles.map((project) => [project.id, project]));
      const now = await this.#clock.now(tx);
      const items = owed.map(({ projectId, communityId, unitId, quarter, due, outcome, late, reminded }) => {
        const { number = '', title = '' } = named.get(projectId) ?? {};
        const state = outcome === 'returned' ? ('returned' as const) : ('missing' as const);
        return { projectId, number, title, communityId, unitId, quarter, due, state, late: late || (state === 'missing' && due <= now), reminded };
      });
      return { items };
    });
  }

  /** Those at whose own node the caller may report. */
  async #ownUnits(tx: Tx, caller: Caller): Promise<string[]> {
    const places = caller.grants.filter(({ permissions }) => permissions.includes(REPORT)).map(({ orgPath }) => orgPath);
    const units = await Promise.all([...new Set(places)].map((place) => this.#units.atPath(tx, place)));
    return units.flatMap((unit) => unit?.id ?? []);
  }
}
