import { Injectable } from '@nestjs/common';
import { isPartner } from '../../accounts/units/model.ts';
import { UnitService } from '../../accounts/units/service.ts';
import { BusinessClock } from '../../calendar/clock.ts';
import type { OrgPath } from '../../kernel/scope.ts';
import type { Instant } from '../../kernel/time.ts';
import type { Tx } from '../../platform/database/database.ts';
import type { PageRequest } from '../../platform/http/cursor.ts';
import { WaitStore, type OpenWait, type OwnerSummary, type Sight, type WaitFilter } from './store.ts';

/** Who holds the ball, as far as a reader may know. `places`: where the reader's grants are. */
@Injectable()
export class WaitService {
  readonly #store: WaitStore;
  readonly #units: UnitService;
  readonly #clock: BusinessClock;

  constructor(store: WaitStore, units: UnitService, clock: BusinessClock) {
    this.#store = store;
    this.#units = units;
    this.#clock = clock;
  }

  /** `now`: the business instant at which lateness was counted. */
  async page(
    tx: Tx,
    places: readonly OrgPath[],
    filter: WaitFilter,
    page: PageRequest,
  ): Promise<{ now: Instant; waits: OpenWait[] }> {
    const now = await this.#clock.now(tx);
    return { now, waits: await this.#store.page(tx, await this.#sight(tx, places), filter, now, page) };
  }

  async summary(tx: Tx, places: readonly OrgPath[]): Promise<OwnerSummary[]> {
    return this.#store.summary(tx, await this.#sight(tx, places), await this.#clock.now(tx));
  }

  /**
   * Everyone sees what their own unit owns, also in a case of a place above it. Partner bodies stand beside the
   * communities, so their place holds no cases.
   */
  async #sight(tx: Tx, paths: readonly OrgPath[]): Promise<Sight> {
    const places: OrgPath[] = [];
    const units: string[] = [];
    for (const path of new Set(paths)) {
      const unit = await this.#units.atPath(tx, path);
      if (unit) units.push(unit.id);
      if (!unit || !isPartner(unit.kind)) places.push(path);
    }
    return { places, units };
  }
}
