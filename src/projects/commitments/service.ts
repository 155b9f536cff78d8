import { Injectable } from '@nestjs/common';
import type { Instant } from '../../kernel/time.ts';
import type { UnitRecord } from '../../matching/messages.ts';
import type { Commitments } from '../../matching/standing/service.ts';
import type { Tx } from '../../platform/database/database.ts';
import type { EvaluationPolicy } from '../../policy/model.ts';
import { PolicyService } from '../../policy/service.ts';
import type { Grade } from '../lifecycle/model.ts';
import { CommitmentStore } from './store.ts';

/** Tells matching what units have taken on and how they did. */
@Injectable()
export class CommitmentService {
  readonly #store: CommitmentStore;
  readonly #policy: PolicyService;

  constructor(store: CommitmentStore, policy: PolicyService) {
    this.#store = store;
    this.#policy = policy;
  }

  /** As matching asks for it; grades are read by the policy of that instant. */
  at(at: Instant): Commitments {
    return {
      records: (tx) => this.#records(tx, at),
      seeking: (tx) => this.#store.seeking(tx),
      planned: (tx) => this.#store.planned(tx),
      opened: (tx, proposalIds) => this.#store.opened(tx, proposalIds),
    };
  }

  async #records(tx: Tx, at: Instant): Promise<UnitRecord[]> {
    const { values } = await this.#policy.current(tx, 'evaluation', at);
    const commitments = await this.#store.all(tx);
    return commitments.map(({ unitId, load, budgetFen, lastGrade }) => ({
      unitId,
      load,
      pledgedFen: budgetFen,
      gradePercent: lastGrade && percentOf(lastGrade, values),
    }));
  }
}

/** The least that the grade stands for. */
function percentOf(grade: Grade, policy: EvaluationPolicy): number {
  const least = { excellent: policy.excellentFrom, good: policy.goodFrom, pass: policy.passFrom, fail: 0 };
  return least[grade];
}
