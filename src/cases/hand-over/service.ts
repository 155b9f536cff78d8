import { Injectable } from '@nestjs/common';
import { GrantService, type GrantCommand } from '../../accounts/grants/service.ts';
import { PeopleService } from '../../accounts/people/service.ts';
import { refuse } from '../../kernel/refusal.ts';
import type { Tx } from '../../platform/database/database.ts';
import { HandOverStore } from './store.ts';

export interface HandedOver {
  /** Open waits that have passed to the successor, or that others hold as well. */
  readonly waits: number;
}

/**
 * A person leaves. Waits name a role at a place, never a person: they pass with the grants, all in one transaction, and
 * nobody leaves a wait behind that has no owner.
 */
@Injectable()
export class HandOverService {
  readonly #grants: GrantService;
  readonly #people: PeopleService;
  readonly #store: HandOverStore;

  constructor(grants: GrantService, people: PeopleService, store: HandOverStore) {
    this.#grants = grants;
    this.#people = people;
    this.#store = store;
  }

  /**
   * Gives the person's roles to the successor, if one is named, and ends the person's access. Refuses `PERSON_UNKNOWN`,
   * `HAND_OVER_NEEDED` with the number of waits that would have no owner, and what `GrantService.grant` refuses.
   */
  async leave(tx: Tx, personId: string, successorId: string | undefined, command: GrantCommand): Promise<HandedOver> {
    if (tx.scope.actor === personId) refuse('GRANT_SELF', 'rule');
    await this.#people.get(tx, personId);
    const held = await this.#grants.inForce(tx, personId, command.at);
    const places = await this.#store.waitingFor(tx, held);
    await this.#people.leave(tx, personId, command);
    if (successorId !== undefined) await this.#grants.take(tx, successorId, held, command);
    let [waits, ownerless] = [0, 0];
    for (const { role, place, count } of places) {
      waits += count;
      if ((await this.#grants.holdersOf(tx, role, place)).length === 0) ownerless += count;
    }
    if (ownerless > 0) refuse('HAND_OVER_NEEDED', 'state', { waits: ownerless });
    return { waits };
  }
}
