import { Body, Controller, Get, HttpCode, Param, Post } from '@nestjs/common';
import { ApiResponse, ApiTags } from '@nestjs/swagger';
import type { z } from 'zod';
import { WHOLE_TENANT } from '../kernel/scope.ts';
import { Database } from '../platform/database/database.ts';
import { holds, scopeFor, type Caller } from '../platform/http/caller.ts';
import { Allow, CurrentCaller, Key } from '../platform/http/decorators.ts';
import type { RequestKey } from '../platform/http/idempotency.ts';
import { ProjectService } from '../projects/service.ts';
import { EvaluationCommands } from './commands.ts';
import { EvaluationBody, EvaluationView, ProjectParam } from './schemas.ts';
import { EvaluationService, type ProjectEvaluation } from './service.ts';

type One = z.output<typeof ProjectParam>;
type View = z.infer<typeof EvaluationView>;

const evaluated = { status: 200, description: 'The evaluation with all its parts', standardSchema: EvaluationView };

/** Whoever is rated does not hear what makes ratings doubtful. */
function view({ result, satisfaction, doubts: found, ...facts }: ProjectEvaluation, mayGrade: boolean): View {
  const doubts = mayGrade ? { raters: found.doubtful.raters, clusters: [...found.clusters] } : null;
  const project = { ...facts, doubts };
  if (!result) return { ...project, satisfaction, result: null };
  const { scoreHundredths, grade, vetoedBy, spread, parts, policyVersion, policyHash, remark } = result;
  const shown = { scoreHundredths, grade, vetoedBy, spread, policyVersion, policyHash, remark, doubtfulRatings: (mayGrade && result.doubtfulRatings) || null };
  return { ...project, satisfaction, result: { ...shown, satisfaction: result.satisfaction, parts: [...parts] } };
}

@ApiTags('evaluation')
@Controller('api/v1/projects/:id')
export class EvaluationController {
  readonly #database: Database;
  readonly #projects: ProjectService;
  readonly #evaluations: EvaluationService;
  readonly #commands: EvaluationCommands;

  constructor(database: Database, projects: ProjectService, evaluations: EvaluationService, commands: EvaluationCommands) {
    this.#database = database;
    this.#projects = projects;
    this.#evaluations = evaluations;
    this.#commands = commands;
  }

  @Get('evaluation')
  @Allow('evaluation.read')
  @ApiResponse(evaluated)
  async read(@CurrentCaller() caller: Caller, @Param({ schema: ProjectParam }) { id }: One): Promise<View> {
    const own = scopeFor(caller, 'evaluation.read');
    await this.#database.within(own, (tx) => this.#projects.openFile(tx, id));
    return view(await this.#database.within({ ...own, orgPath: WHOLE_TENANT }, (tx) => this.#evaluations.view(tx, id)), holds(caller, 'evaluation.grade'));
  }

  @Post('evaluate')
  @HttpCode(200)
  @Allow('evaluation.grade')
  @ApiResponse(evaluated)
  async evaluate(
    @CurrentCaller() caller: Caller,
    @Key() key: RequestKey,
    @Param({ schema: ProjectParam }) { id }: One,
    @Body({ schema: EvaluationBody }) body: z.output<typeof EvaluationBody>,
  ): Promise<View> {
    return view(await this.#commands.evaluate(caller, key, id, body), true);
  }
}
