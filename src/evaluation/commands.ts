import { Injectable } from '@nestjs/common';
import type { z } from 'zod';
import { CaseCommands } from '../cases/commands.ts';
import { refuse } from '../kernel/refusal.ts';
import { within } from '../kernel/scope.ts';
import { scopeFor, type Caller } from '../platform/http/caller.ts';
import type { RequestKey } from '../platform/http/idempotency.ts';
import { PolicyService } from '../policy/service.ts';
import type { ProjectCommand } from '../projects/lifecycle/model.ts';
import { PROJECT_WORKFLOW, projectCaseId } from '../projects/messages.ts';
import { ProjectService } from '../projects/service.ts';
import { AwardService } from './award/service.ts';
import { evaluate } from './model.ts';
import { countedRatings } from './rating/clusters/model.ts';
import { RatingService } from './rating/service.ts';
import type { EvaluationBody } from './schemas.ts';
import { EvaluationService, resultKind, type ProjectEvaluation } from './service.ts';
import { EvaluationStore } from './store.ts';

/** From an evaluator's marks to the project's grade: computed here, kept as content, decided by the case. */
@Injectable()
export class EvaluationCommands {
  readonly #cases: CaseCommands;
  readonly #store: EvaluationStore;
  readonly #projects: ProjectService;
  readonly #ratings: RatingService;
  readonly #awards: AwardService;
  readonly #policy: PolicyService;
  readonly #evaluations: EvaluationService;

  constructor(
    cases: CaseCommands,
    store: EvaluationStore,
    projects: ProjectService,
    ratings: RatingService,
    awards: AwardService,
    policy: PolicyService,
    evaluations: EvaluationService,
  ) {
    this.#cases = cases;
    this.#store = store;
    this.#projects = projects;
    this.#ratings = ratings;
    this.#awards = awards;
    this.#policy = policy;
    this.#evaluations = evaluations;
  }

  evaluate(
    caller: Caller,
    key: RequestKey,
    projectId: string,
    body: z.output<typeof EvaluationBody>,
  ): Promise<ProjectEvaluation> {
    const scope = scopeFor(caller, 'evaluation.grade');
    return this.#cases.send<ProjectCommand, ProjectEvaluation>({
      caller,
      scope,
      key,
      caseId: projectCaseId(projectId),
      kind: PROJECT_WORKFLOW,
      prepare: async (tx, at) => {
        const project = await this.#projects.get(tx, projectId);
        if (!within(project.orgPath, scope.orgPath)) refuse('EVALUATION_ELSEWHERE', 'forbidden');
        if (project.status !== 'accepted') refuse('EVALUATION_NOT_DUE', 'state', { status: project.status });
        const { remark = '', proposeAward, doubtfulRatings, ...marks } = body;
        const policy = await this.#policy.current(tx, 'evaluation', at);
        const award = await this.#policy.current(tx, 'award', at);
        const doubts = await this.#ratings.doubtsOf(tx, projectId, at);
        const counted = countedRatings(await this.#ratings.ratingsOf(tx, projectId), doubts, doubtfulRatings);
        const result = evaluate(marks, counted, policy.values);
        const ceilingFen = await this.#awards.ceilingFen(tx, projectId, result.grade, award);
        const written = {
          ...result,
          parts: result.parts.map((part) => ({ ...part })),
          satisfaction: { ...result.satisfaction },
          marks: { ...marks },
          remark,
          doubtfulRatings: doubts.clusters.length > 0 ? (doubtfulRatings ?? null) : null,
          policyVersion: policy.version,
          policyHash: policy.hash,
        };
        const content = { subjectId: projectId, kind: resultKind, body: written };
        return {
          type: 'evaluate',
          grade: result.grade,
          scoreHundredths: result.scoreHundredths,
          awardExpected: proposeAward && ceilingFen > 0,
          ...(await this.#store.addContent(tx, key.commandId, content, at)),
        };
      },
      view: (tx) => this.#evaluations.view(tx, projectId),
    });
  }
}
