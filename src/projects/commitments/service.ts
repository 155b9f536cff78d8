import { Injectable } from '@nestjs/common';
import { tenantScope, type TenantId } from '../../kernel/scope.ts';
import type { Instant } from '../../kernel/time.ts';
import type { UnitRecord } from '../../matching/messages.ts';
import { Database } from '../../platform/database/database.ts';
import type { EvaluationPolicy } from '../../policy/model.ts';
import { PolicyService } from '../../policy/service.ts';
import type { Grade } from '../lifecycle/model.ts';
import { CommitmentStore } from './store.ts';

/** Tells matching what units have taken on and how they did. */
@Injectable()
export class CommitmentService {
  readonly #db: Database;
  readonly #store: CommitmentStore;
  readonly #policy: PolicyService;

  constructor(db: Database, store: CommitmentStore, policy: PolicyService) {
    this.#db = db;
    this.#store = store;
    this.#policy = policy;
  }

  async records(tenant: TenantId, at: Instant): Promise<UnitRecord[]> {
    return this.#db.within(tenantScope(tenant), async (tx) => {
      const { values } = await this.#policy.current(tx, 'evaluation', at);
      const commitments = await this.#store.all(tx);
      return commitments.map(({ unitId, load, budgetFen, lastGrade }) => ({
        unitId,
        load,
        pledgedFen: budgetFen,
        gradePercent: lastGrade && percentOf(lastGrade, values),
      }));
    });
  }
}

/** The least that the grade stands for. */
function percentOf(grade: Grade, policy: EvaluationPolicy): number {
  const least = { excellent: policy.excellentFrom, good: policy.goodFrom, pass: policy.passFrom, fail: 0 };
  return least[grade];
}
