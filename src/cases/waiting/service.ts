import { Injectable } from '@nestjs/common';
import { isPartner } from '../../accounts/units/model.ts';
import { UnitService } from '../../accounts/units/service.ts';
import { BusinessClock } from '../../calendar/clock.ts';
import type { OrgPath } from '../../kernel/scope.ts';
import type { Instant, LocalDate } from '../../kernel/time.ts';
import type { Tx } from '../../platform/database/database.ts';
import type { PageRequest } from '../../platform/http/cursor.ts';
import { WaitStore, type HeldRole, type OpenWait, type OwnerSummary, type Sight, type WaitFilter, type WaitKey } from './store.ts';

/** A grant that lets its holder see waits. */
export interface Place {
  readonly role: string;
  readonly orgPath: OrgPath;
}

/** Who holds the ball, as far as a reader may know. `places`: the reader's grants that let waits be read. */
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
    places: readonly Place[],
    filter: WaitFilter,
    page: PageRequest,
  ): Promise<{ now: Instant; waits: OpenWait[] }> {
    const now = await this.#clock.now(tx);
    return { now, waits: await this.#store.page(tx, await this.#sight(tx, places), filter, now, page) };
  }

  async summary(tx: Tx, places: readonly Place[]): Promise<OwnerSummary[]> {
    return this.#store.summary(tx, await this.#sight(tx, places), await this.#clock.now(tx));
  }

  /** How many the list of that filter has; `now` as the list counts it. */
  async count(tx: Tx, places: readonly Place[], filter: WaitFilter): Promise<number> {
    return this.#store.count(tx, await this.#sight(tx, places), filter, await this.#clock.now(tx));
  }

  async dueByDay(tx: Tx, places: readonly Place[], filter: WaitFilter): Promise<{ day: LocalDate; count: number }[]> {
    return this.#store.dueByDay(tx, await this.#sight(tx, places), filter, await this.#clock.now(tx));
  }

  /** Those of them that the reader sees, held until the transaction ends. */
  async held(tx: Tx, places: readonly Place[], keys: readonly WaitKey[]): Promise<Awaited<ReturnType<WaitStore['held']>>> {
    return this.#store.held(tx, await this.#sight(tx, places), keys);
  }

  async noteReminder(tx: Tx, key: WaitKey, workday: LocalDate, at: Instant): Promise<boolean> {
    return this.#store.remind(tx, key, workday, at);
  }

  /**
   * Everyone sees what their own unit owns, also in a case of a place above it. Partner bodies stand beside the
   * communities, so their place holds no cases.
   */
  async #sight(tx: Tx, held: readonly Place[]): Promise<Sight> {
    const places = new Set<OrgPath>();
    const units = new Set<string>();
    const roles: HeldRole[] = [];
    for (const { role, orgPath } of held) {
      const unit = await this.#units.atPath(tx, orgPath);
      roles.push({ role, path: orgPath, unit: unit?.id ?? null });
      if (unit) units.add(unit.id);
      if (!unit || !isPartner(unit.kind)) places.add(orgPath);
    }
    return { places: [...places], units: [...units], roles };
  }
}
