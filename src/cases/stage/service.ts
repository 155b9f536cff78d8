import { Inject, Injectable } from '@nestjs/common';
import { GrantService } from '../../accounts/grants/service.ts';
import type { OrgUnit } from '../../accounts/units/model.ts';
import { UnitService } from '../../accounts/units/service.ts';
import { PeopleService } from '../../accounts/people/service.ts';
import { BusinessClock } from '../../calendar/clock.ts';
import { provisionally, resolveDeadline, workdaysBetween } from '../../calendar/model.ts';
import { CalendarService } from '../../calendar/service.ts';
import { within, type OrgPath } from '../../kernel/scope.ts';
import { fill, type Language, type Texts } from '../../kernel/texts.ts';
import { maskName } from '../../platform/crypto/mask.ts';
import type { Tx } from '../../platform/database/database.ts';
import type { Caller } from '../../platform/http/caller.ts';
import { CATALOGUE } from '../../platform/http/catalogue.ts';
import type { Command, Proposal, Recorded, WaitOwner } from '../model.ts';
import { CaseStore } from '../store.ts';
import { audienceOf } from './audience.ts';
import type { StagedCase, StageView, Telltale } from './model.ts';
import { namesIn, stageView } from './view.ts';

export interface StageReader {
  /** Undefined = the public. */
  readonly caller?: Caller | undefined;
  readonly language: Language;
}

const PERSON = /^[0-9a-f]{8}-/;

/** The stage view of a case that the caller was found to be allowed to read; staff read people's names masked. */
@Injectable()
export class StageService {
  readonly #store: CaseStore;
  readonly #units: UnitService;
  readonly #grants: GrantService;
  readonly #people: PeopleService;
  readonly #calendar: CalendarService;
  readonly #clock: BusinessClock;
  readonly #texts: Texts;

  constructor(
    store: CaseStore,
    units: UnitService,
    grants: GrantService,
    people: PeopleService,
    calendar: CalendarService,
    clock: BusinessClock,
    @Inject(CATALOGUE) texts: Texts,
  ) {
    this.#store = store;
    this.#units = units;
    this.#grants = grants;
    this.#people = people;
    this.#calendar = calendar;
    this.#clock = clock;
    this.#texts = texts;
  }

  async view<State, C extends Command, P extends Proposal>(tx: Tx, staged: StagedCase<State, C, P>, reader: StageReader): Promise<StageView> {
    const { caseId, orgPath, ...rest } = staged;
    const rows = await this.#store.eventsAfter(tx, caseId, 0);
    const input = { ...rest, events: rows.map(({ bytes }) => JSON.parse(bytes.toString('utf8')) as Recorded<P>) };
    const { units, owners, actors } = namesIn(input);
    const tell = await this.telltale(tx, { units, owners, actors, orgPath }, reader);
    return stageView(input, tell);
  }

  /** What the texts are made with, for those who are named. */
  async telltale(
    tx: Tx,
    named: { readonly units: readonly string[]; readonly owners: readonly WaitOwner[]; readonly actors: readonly string[]; readonly orgPath: OrgPath },
    { caller, language }: StageReader,
  ): Promise<Telltale> {
    const audience = caller ? audienceOf(caller.grants) : 'resident';
    const [now, published, units] = await Promise.all([this.#clock.now(tx), this.#calendar.calendar(tx), this.#units.byIds(tx, named.units)]);
    const calendar = provisionally(published);
    const placeOf = (owner: WaitOwner): OrgPath | undefined => (owner.orgUnitId === undefined ? named.orgPath : units.get(owner.orgUnitId)?.orgPath);
    const people = audience === 'staff' ? await this.#namesOf(tx, named, placeOf) : undefined;
    return {
      audience,
      language,
      now,
      say: (key, params = {}) => fill((this.#texts[key] ?? unknownText(key))[language], params),
      unit: (id) => nameOf(units, id),
      person: (actor) => people?.names.get(actor),
      holders: (owner) => people?.holders(owner) ?? [],
      isMine: (owner) => {
        const place = placeOf(owner);
        // A body's turn without a name is every body's; which of them is not known here.
        if (!caller || place === undefined || (owner.role === 'unit' && owner.orgUnitId === undefined)) return false;
        return caller.grants.some((grant) => grant.role === owner.role && within(place, grant.orgPath));
      },
      workdays: (from, to) => workdaysBetween(from, to, calendar),
      resolve: (from, { n, unit }) => resolveDeadline({ from, n, unit }, calendar).on,
    };
  }

  async #namesOf(
    tx: Tx,
    { owners, actors }: { readonly owners: readonly WaitOwner[]; readonly actors: readonly string[] },
    placeOf: (owner: WaitOwner) => OrgPath | undefined,
  ): Promise<{ readonly names: ReadonlyMap<string, string>; holders(owner: WaitOwner): readonly string[] }> {
    const held = new Map<string, readonly string[]>();
    for (const owner of owners) {
      const place = placeOf(owner);
      const key = ownerKey(owner);
      if (place === undefined || owner.role === 'system' || held.has(key)) continue;
      const holders = await this.#grants.holdersOf(tx, owner.role, place);
      // The nearest place answers for the wait; who holds the role further up is not named.
      held.set(key, holders.filter(({ orgPath }) => orgPath === holders[0]?.orgPath).map(({ personId }) => personId));
    }
    const ids = [...new Set([...[...held.values()].flat(), ...actors.filter((actor) => PERSON.test(actor))])];
    const full = await this.#people.names(tx, ids);
    const names = new Map([...full].map(([id, name]) => [id, maskName(name)]));
    return { names, holders: (owner) => (held.get(ownerKey(owner)) ?? []).slice(0, MOST_NAMED).flatMap((id) => names.get(id) ?? []) };
  }
}

/** A sentence with more names is no sentence. */
const MOST_NAMED = 2;

function ownerKey({ role, orgUnitId = '' }: WaitOwner): string {
  return `${role} ${orgUnitId}`;
}

function nameOf(units: ReadonlyMap<string, OrgUnit>, id: string): string | undefined {
  return units.get(id)?.name;
}

function unknownText(key: string): never {
  throw new RangeError(`there is no text ${key}`);
}
