import { Controller, Get, Param } from '@nestjs/common';
import { ApiResponse, ApiTags } from '@nestjs/swagger';
import type { z } from 'zod';
import { UnitService } from '../../accounts/units/service.ts';
import type { OrgPath } from '../../kernel/scope.ts';
import { Database } from '../../platform/database/database.ts';
import { scopeFor, type Caller } from '../../platform/http/caller.ts';
import { Allow, CurrentCaller } from '../../platform/http/decorators.ts';
import type { Status } from '../lifecycle/model.ts';
import { ProjectId } from '../schemas.ts';
import { ProjectService } from '../service.ts';
import { openActions } from './model.ts';
import { ActionList } from './schemas.ts';

@ApiTags('projects')
@Controller('api/v1/projects')
export class ProjectActionsController {
  readonly #db: Database;
  readonly #projects: ProjectService;
  readonly #units: UnitService;

  constructor(db: Database, projects: ProjectService, units: UnitService) {
    this.#db = db;
    this.#projects = projects;
    this.#units = units;
  }

  @Get(':id/actions')
  @Allow('projects.read')
  @ApiResponse({ status: 200, description: 'What the caller may do next', standardSchema: ActionList })
  actions(
    @CurrentCaller() caller: Caller,
    @Param({ schema: ProjectId }) { id }: z.output<typeof ProjectId>,
  ): Promise<z.infer<typeof ActionList>> {
    return this.#db.within(scopeFor(caller, 'projects.read'), async (tx) => {
      const project = await this.#projects.get(tx, id);
      const placesOf = (permission: string): OrgPath[] =>
        caller.grants.filter(({ permissions }) => permissions.includes(permission)).map(({ orgPath }) => orgPath);
      const own = await Promise.all([...new Set(placesOf('projects.claim'))].map((place) => this.#units.atPath(tx, place)));
      const concerned = await this.#units.byIds(tx, [project.offeredTo, project.leadUnit].filter((it) => it !== null));
      const units = new Map([...own.filter((it) => it !== undefined), ...concerned.values()].map((unit) => [unit.id, unit]));
      const items = openActions({ ...project, status: project.status as Status }, { placesOf, units: [...units.values()] });
      return { items, mayReadFile: await this.#projects.isFileOpen(tx, id) };
    });
  }
}
