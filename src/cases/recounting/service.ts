import { Injectable } from '@nestjs/common';
import type { Instant } from '../../kernel/time.ts';
import type { Tx } from '../../platform/database/database.ts';
import type { Command } from '../model.ts';

/** A fact for a case whose open dates were counted on notices that have been revised since. */
export interface Recount {
  readonly caseId: string;
  readonly command: Command;
}

/** The cases of one area, in the scope of the transaction. A case that has heard of the revision is not named again. */
export type RecountsOf = (tx: Tx, at: Instant) => Promise<readonly Recount[]>;

/**
 * Who looks at the calendar asks here for all cases that a revision concerns; each area with dates of its own says
 * which of its cases those are, so that nobody has to know of later areas. Asking again is how a lost fact is repeated.
 */
@Injectable()
export class CaseRecounts {
  readonly #areas: RecountsOf[] = [];

  register(area: RecountsOf): void {
    this.#areas.push(area);
  }

  async all(tx: Tx, at: Instant): Promise<Recount[]> {
    const recounts: Recount[] = [];
    for (const area of this.#areas) recounts.push(...(await area(tx, at)));
    return recounts;
  }
}
