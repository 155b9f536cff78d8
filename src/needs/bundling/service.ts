import { Injectable } from '@nestjs/common';
import type { Instant } from '../../kernel/time.ts';
import type { Tx } from '../../platform/database/database.ts';
import { PolicyService } from '../../policy/service.ts';
import { NeedService } from '../need/service.ts';
import { SearchWords } from '../search/service.ts';
import { suggestBundles, type Bundle, type SuggestedNeed } from './model.ts';

/** The oldest that wait; what they leave is suggested once some of them are settled. */
const MOST_NEEDS = 2000;
const MOST_BUNDLES = 100;

/** Which triaged needs might go into one proposal. A person decides, by drafting the proposal. */
@Injectable()
export class BundlingService {
  readonly #needs: NeedService;
  readonly #policy: PolicyService;
  readonly #words: SearchWords;

  constructor(needs: NeedService, policy: PolicyService, words: SearchWords) {
    this.#needs = needs;
    this.#policy = policy;
    this.#words = words;
  }

  /** Of the subtree, or of one of its communities. Refuses `POLICY_UNKNOWN`. */
  async suggest(tx: Tx, communityId: string | undefined, at: Instant): Promise<Bundle<SuggestedNeed>[]> {
    const { values } = await this.#policy.current(tx, 'needs', at);
    const needs = await this.#needs.unbundled(tx, communityId, MOST_NEEDS);
    const worded = needs.map((need) => ({ ...need, words: this.#words.of(need.publicText) }));
    return suggestBundles(worded, values.bundlePercent).slice(0, MOST_BUNDLES);
  }
}
