import { Injectable } from '@nestjs/common';
import { AuditService } from '../../../audit/service.ts';
import type { Tx } from '../../../platform/database/database.ts';
import type { PageRequest } from '../../../platform/http/cursor.ts';
import { PolicyService } from '../../../policy/service.ts';
import { serialOf, type Intent, type RowOutcome } from '../../model.ts';
import type { Need } from '../../need/model.ts';
import { NeedService } from '../../need/service.ts';
import { outcomes } from '../../service.ts';
import { DuplicateStore } from '../store.ts';
import type { NeedPair, ProposedCluster } from './model.ts';

/** What a person does with proposed duplicates: merges them or says that they are not the same. */
@Injectable()
export class DuplicateTriage {
  readonly #store: DuplicateStore;
  readonly #needs: NeedService;
  readonly #policy: PolicyService;
  readonly #audit: AuditService;

  constructor(store: DuplicateStore, needs: NeedService, policy: PolicyService, audit: AuditService) {
    this.#store = store;
    this.#needs = needs;
    this.#policy = policy;
    this.#audit = audit;
  }

  /** Clusters of the subtree that are still to be decided, oldest first; up to one more than the page holds. Refuses `POLICY_UNKNOWN`. */
  async page(tx: Tx, page: PageRequest, at: Intent['at']): Promise<ProposedCluster[]> {
    const { values } = await this.#policy.current(tx, 'needs', at);
    const rows = await this.#store.proposed(tx, values.duplicatePercent, page);
    const needs = await this.#needs.byIds(tx, [...new Set(rows.flatMap((row) => [row.rootId, row.needId]))]);
    const clusters = new Map<string, { serial: number; oldest: Need; repeats: { need: Need; percent: number }[] }>();
    for (const { rootId, rootSerial, needId, percent } of rows) {
      const [oldest, need] = [needs.get(rootId), needs.get(needId)];
      if (!oldest || !need) continue;
      const cluster = clusters.get(rootId) ?? { serial: rootSerial, oldest, repeats: [] };
      cluster.repeats.push({ need, percent });
      clusters.set(rootId, cluster);
    }
    for (const { repeats } of clusters.values()) repeats.sort((a, b) => serialOf(a.need.number) - serialOf(b.need.number));
    return [...clusters.values()];
  }

  /** Each for itself: one wrong row does not hold up the others. Codes as for merging one. */
  async mergeAll(tx: Tx, into: string, rows: readonly { readonly id: string; readonly version: number }[], intent: Intent): Promise<RowOutcome[]> {
    return outcomes(tx, rows, async ({ id, version }) => {
      await this.#needs.merge(tx, id, version, into, intent);
    });
  }

  /** They are not proposed again. Answers how many pairs were open; repeats change nothing. */
  async dismiss(tx: Tx, pairs: readonly NeedPair[], { commandId, at, trace }: Intent): Promise<number> {
    const seen = await this.#needs.byIds(tx, pairs.flatMap(({ one, other }) => [one, other]));
    const mine = pairs.filter(({ one, other }) => seen.has(one) && seen.has(other));
    const dismissed = await this.#store.dismiss(tx, mine, at);
    for (const { firstId, secondId, percent } of dismissed) {
      const changes = { other: secondId, percent };
      await this.#audit.record(tx, { commandId, ...trace, at, action: 'needs.duplicateDismissed', subject: `need:${firstId}`, outcome: 'done', changes });
    }
    return dismissed.length;
  }
}
