import { Body, Controller, HttpCode, Param, Post } from '@nestjs/common';
import { ApiResponse, ApiTags } from '@nestjs/swagger';
import type { z } from 'zod';
import type { Caller } from '../../platform/http/caller.ts';
import { Allow, CurrentCaller, Key, Versioned } from '../../platform/http/decorators.ts';
import type { RequestKey } from '../../platform/http/idempotency.ts';
import { ProjectCommands } from '../commands.ts';
import * as schemas from '../schemas.ts';
import type { Project } from '../store.ts';

type Input<Schema extends z.ZodType> = z.output<Schema>;
type OneReport = Input<typeof schemas.ReportId>;

const moved = { status: 200, description: 'The project after the command', standardSchema: schemas.ProjectView };

@ApiTags('projects')
@Controller('api/v1/projects/:id/reports/:quarter')
export class ReportController {
  readonly #commands: ProjectCommands;

  constructor(commands: ProjectCommands) {
    this.#commands = commands;
  }

  @Post('submit')
  @HttpCode(200)
  @Allow('projects.report')
  @Versioned()
  @ApiResponse(moved)
  submit(
    @CurrentCaller() caller: Caller,
    @Key() key: RequestKey,
    @Param({ schema: schemas.ReportId }) { id, quarter }: OneReport,
    @Body({ schema: schemas.ReportBody }) body: Input<typeof schemas.ReportBody>,
  ): Promise<Project> {
    return this.#commands.submitReport({ caller, key, id }, quarter, body);
  }

  @Post('return')
  @HttpCode(200)
  @Allow('projects.accept')
  @Versioned()
  @ApiResponse(moved)
  return(
    @CurrentCaller() caller: Caller,
    @Key() key: RequestKey,
    @Param({ schema: schemas.ReportId }) { id, quarter }: OneReport,
    @Body({ schema: schemas.Reason }) body: Input<typeof schemas.Reason>,
  ): Promise<Project> {
    return this.#commands.returnReport({ caller, key, id }, quarter, body);
  }

  @Post('accept')
  @HttpCode(200)
  @Allow('projects.accept')
  @Versioned()
  @ApiResponse(moved)
  accept(
    @CurrentCaller() caller: Caller,
    @Key() key: RequestKey,
    @Param({ schema: schemas.ReportId }) { id, quarter }: OneReport,
    @Body({ schema: schemas.Nothing }) _: Input<typeof schemas.Nothing>,
  ): Promise<Project> {
    return this.#commands.acceptReport({ caller, key, id }, quarter);
  }

  @Post('waive')
  @HttpCode(200)
  @Allow('projects.confirm')
  @Versioned()
  @ApiResponse(moved)
  waive(
    @CurrentCaller() caller: Caller,
    @Key() key: RequestKey,
    @Param({ schema: schemas.ReportId }) { id, quarter }: OneReport,
    @Body({ schema: schemas.Reason }) body: Input<typeof schemas.Reason>,
  ): Promise<Project> {
    return this.#commands.waiveReport({ caller, key, id }, quarter, body);
  }
}
