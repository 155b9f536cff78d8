import { Injectable } from '@nestjs/common';
import { BusinessClock } from '../calendar/clock.ts';
import type { Tx } from '../platform/database/database.ts';
import { PolicyService } from '../policy/service.ts';
import type { Grade } from '../projects/lifecycle/model.ts';
import { projectCaseId } from '../projects/messages.ts';
import { ProjectService } from '../projects/service.ts';
import type { Evaluation } from './model.ts';
import type { Doubts, Handling } from './rating/clusters/model.ts';
import { satisfactionOf, type Satisfaction } from './rating/model.ts';
import { RatingService } from './rating/service.ts';
import { EvaluationStore } from './store.ts';

/** Kind of the content that holds an evaluation with all its parts. */
export const resultKind = 'evaluation';

/** An evaluation as it is kept: with the policy that it followed. */
export interface EvaluationRecord extends Evaluation {
  /** What was decided about clusters of ratings; null = there were none, or it was evaluated before they were looked for. */
  readonly doubtfulRatings?: Handling | null;
  readonly policyVersion: number;
  readonly policyHash: string;
  readonly remark: string;
}

export interface ProjectEvaluation {
  readonly projectId: string;
  readonly grade: Grade | null;
  /** How residents rate it now; where a person has left doubtful ratings out, as it was evaluated. */
  readonly satisfaction: Satisfaction;
  readonly codesIssued: number;
  readonly ratersNeeded: number;
  /** Ratings of which many came from one network or at once: a person decides whether they count. */
  readonly doubts: Doubts;
  /** Null until it is evaluated. */
  readonly result: EvaluationRecord | null;
}

@Injectable()
export class EvaluationService {
  readonly #store: EvaluationStore;
  readonly #projects: ProjectService;
  readonly #ratings: RatingService;
  readonly #policy: PolicyService;
  readonly #clock: BusinessClock;

  constructor(
    store: EvaluationStore,
    projects: ProjectService,
    ratings: RatingService,
    policy: PolicyService,
    clock: BusinessClock,
  ) {
    this.#store = store;
    this.#projects = projects;
    this.#ratings = ratings;
    this.#policy = policy;
    this.#clock = clock;
  }

  /** Refuses `PROJECT_UNKNOWN`. Ratings are summed, never listed, and hidden while there are too few. */
  async view(tx: Tx, projectId: string): Promise<ProjectEvaluation> {
    const project = await this.#projects.get(tx, projectId);
    const { issued, ...ratings } = await this.#ratings.ratingsOf(tx, projectId);
    const now = await this.#clock.now(tx);
    const { values } = await this.#policy.current(tx, 'evaluation', now);
    const results = (await this.#store.contents(tx, projectId, projectCaseId(projectId)))
      .filter(({ kind }) => kind === resultKind)
      .map(({ body }) => body as EvaluationRecord);
    // Marks that came too late to be decided on were stored as well; the first with the decided grade counts.
    const result = results.find(({ grade }) => grade === project.grade);
    return {
      projectId,
      grade: result?.grade ?? null,
      satisfaction: result?.doubtfulRatings === 'leaveOut' ? result.satisfaction : satisfactionOf(ratings, values.ratersMin),
      codesIssued: issued,
      ratersNeeded: values.ratersMin,
      doubts: await this.#ratings.doubtsOf(tx, projectId, now),
      result: result ?? null,
    };
  }
}
