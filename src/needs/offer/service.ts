import { Injectable } from '@nestjs/common';
import { isPartner, isThere, type OrgUnit } from '../../accounts/units/model.ts';
import { UnitService } from '../../accounts/units/service.ts';
import type { AuditChanges } from '../../audit/model.ts';
import { AuditService } from '../../audit/service.ts';
import { refuse } from '../../kernel/refusal.ts';
import { within } from '../../kernel/scope.ts';
import { shanghaiDate, type Instant, type LocalDate } from '../../kernel/time.ts';
import type { Tx } from '../../platform/database/database.ts';
import type { PageRequest } from '../../platform/http/cursor.ts';
import { deriveId } from '../../platform/ids.ts';
import { mapInTurns } from '../../platform/tables/turns.ts';
import { changed, type Intent } from '../model.ts';
import { assertPublic } from '../need/model.ts';
import type { Found } from '../search/model.ts';
import { SearchWords } from '../search/service.ts';
import { CounterStore } from '../store.ts';
import { assertDatesInOrder, type Offer } from './model.ts';
import { OfferStore, type OfferChanges, type OfferFilter, type OfferSort } from './store.ts';

export type OfferContent = Omit<Offer, 'id' | 'number' | 'orgPath' | 'state' | 'version'>;

export interface PlacedOffer extends OfferContent {
  readonly id: string;
  readonly orgPath: Offer['orgPath'];
  /** Taken over from a ledger; open unless told. */
  readonly state?: Offer['state'];
}

/** What co-building units can give. Public within the tenant; written by the unit, or by staff for it. */
@Injectable()
export class OfferService {
  readonly #store: OfferStore;
  readonly #counters: CounterStore;
  readonly #units: UnitService;
  readonly #audit: AuditService;
  readonly #words: SearchWords;

  constructor(store: OfferStore, counters: CounterStore, units: UnitService, audit: AuditService, words: SearchWords) {
    this.#store = store;
    this.#counters = counters;
    this.#units = units;
    this.#audit = audit;
    this.#words = words;
  }

  /** Refuses `UNIT_UNKNOWN`, `COMMUNITY_UNKNOWN`, `DATES_REVERSED`, `PUBLIC_TEXT_PERSONAL`. */
  async register(tx: Tx, offer: OfferContent, intent: Intent): Promise<Offer> {
    const unit = await this.#unitFor(tx, offer.unitId, intent.at);
    await this.#assertSound(tx, offer);
    const id = deriveId(intent.commandId, 0);
    await this.insertAll(tx, [{ ...offer, id, orgPath: unit.orgPath }]);
    await this.#record(tx, intent, 'needs.offerRegistered', id, { unitId: unit.id, fundsFen: offer.fundsFen });
    return this.get(tx, id);
  }

  /** For imports, which have checked their rows. */
  async insertAll(tx: Tx, offers: readonly PlacedOffer[]): Promise<void> {
    const searched = await mapInTurns(offers, (offer) => ({ ...offer, words: this.#words.of(offer.description) }));
    const first = await this.#counters.take(tx, 'offer', offers.length);
    await this.#store.insert(tx, searched.map((offer, index) => ({ ...offer, serial: first + index })));
  }

  /** Refuses `OFFER_UNKNOWN`. */
  async get(tx: Tx, id: string): Promise<Offer> {
    return (await this.#store.offer(tx, id)) ?? refuse('OFFER_UNKNOWN', 'unknown');
  }

  /** Up to one more than the page holds. */
  async page(tx: Tx, filter: OfferFilter, sort: OfferSort, page: PageRequest): Promise<Offer[]> {
    return this.#store.page(tx, filter, sort, page);
  }

  /** What meets the question best first; up to one more than the page holds. Refuses `SEARCH_EMPTY`. */
  async search(tx: Tx, text: string, filter: OfferFilter, page: PageRequest): Promise<Found<Offer>[]> {
    return this.#store.search(tx, this.#words.asked(text), filter, page);
  }

  /** What matching may draw on in a period (days in Asia/Shanghai), in the order of the numbers. */
  async openBetween(tx: Tx, fromOn: LocalDate, untilOn: LocalDate): Promise<Offer[]> {
    return this.#store.openBetween(tx, fromOn, untilOn);
  }

  /**
   * Also withdraws and reopens it by its state; agreements already made stand by themselves. Refuses `OFFER_UNKNOWN`,
   * `OFFER_STALE` and what `register` refuses.
   */
  async edit(tx: Tx, id: string, version: number, changes: OfferChanges, intent: Intent): Promise<Offer> {
    const offer = await this.get(tx, id);
    await this.#unitFor(tx, offer.unitId, intent.at);
    if (offer.version !== version) refuse('OFFER_STALE', 'stale', { number: offer.number });
    await this.#assertSound(tx, changed<Offer>(offer, changes));
    const { description } = changes;
    const words = description === undefined ? undefined : this.#words.of(description);
    const edited = (await this.#store.change(tx, id, version, { ...changes, words })) ?? refuse('OFFER_STALE', 'stale', { number: offer.number });
    await this.#record(tx, intent, 'needs.offerEdited', id, { state: edited.state, fundsFen: edited.fundsFen, version: edited.version });
    return edited;
  }

  /** The unit itself, or staff of a community it takes part in. Refuses `UNIT_UNKNOWN`. */
  async #unitFor(tx: Tx, unitId: string, at: Instant): Promise<OrgUnit> {
    const unit = await this.#units.get(tx, unitId);
    const on = shanghaiDate(at);
    if (!isPartner(unit.kind) || !isThere(unit, on)) refuse('UNIT_UNKNOWN', 'unknown');
    if (within(unit.orgPath, tx.scope.orgPath)) return unit;
    const communities = await this.#units.communitiesOf(tx, unitId, on);
    return communities.some((community) => within(community.orgPath, tx.scope.orgPath)) ? unit : refuse('UNIT_UNKNOWN', 'unknown');
  }

  async #assertSound(tx: Tx, offer: OfferContent): Promise<void> {
    assertDatesInOrder(offer.fromOn, offer.untilOn);
    assertPublic(offer.description, '/description');
    const communities = await this.#units.byIds(tx, offer.communityIds);
    if (offer.communityIds.some((id) => communities.get(id)?.kind !== 'community')) refuse('COMMUNITY_UNKNOWN', 'unknown');
  }

  async #record(tx: Tx, { commandId, at, trace }: Intent, action: string, id: string, changes: AuditChanges): Promise<void> {
    await this.#audit.record(tx, { commandId, ...trace, at, action, subject: `offer:${id}`, outcome: 'done', changes });
  }
}
