import { Injectable } from '@nestjs/common';
import type { Trace } from '../../audit/model.ts';
import { AuditService } from '../../audit/service.ts';
import { refuse } from '../../kernel/refusal.ts';
import { within, type OrgPath } from '../../kernel/scope.ts';
import type { Instant } from '../../kernel/time.ts';
import { BlindIndex } from '../../platform/crypto/blind-index.ts';
import { ERASED_NAME, maskName, maskPhone } from '../../platform/crypto/mask.ts';
import { SubjectKeys, type SubjectKey } from '../../platform/crypto/subject-keys.ts';
import type { Tx } from '../../platform/database/database.ts';
import { deriveId } from '../../platform/ids.ts';
import { DraftStore } from '../drafts/store.ts';
import { GrantService } from '../grants/service.ts';
import { IdentityStore } from '../identities/store.ts';
import { AccountStore } from '../logins/store.ts';
import { SessionStore } from '../sessions/store.ts';
import { TokenStore } from '../tokens/store.ts';
import { UnitService } from '../units/service.ts';
import { ViewStore } from '../views/store.ts';
import type { Person, PersonFacts } from './model.ts';
import { PersonStore, type SealedFields, type SealedPerson } from './store.ts';

const NAME = 'accounts_person.name';
const PHONE = 'accounts_person.phone';

export interface PersonDetails {
  readonly name: string;
  readonly phone?: string | null | undefined;
  readonly unitId?: string | null | undefined;
}

export interface NewPersonDetails extends PersonDetails {
  readonly orgPath: OrgPath;
  /** Tells apart several people made by one command. */
  readonly ordinal?: string;
}

/** `at` is real time. */
export interface PersonCommand {
  readonly commandId: string;
  readonly at: Instant;
  readonly trace?: Trace;
}

export interface PersonPage {
  readonly unitId?: string | undefined;
  readonly afterId?: string | undefined;
  readonly limit: number;
}

/** People of the office and of units; names and phones are sealed with the person's own key. */
@Injectable()
export class PeopleService {
  readonly #store: PersonStore;
  readonly #units: UnitService;
  readonly #grants: GrantService;
  readonly #accounts: AccountStore;
  readonly #sessions: SessionStore;
  readonly #identities: IdentityStore;
  readonly #tokens: TokenStore;
  readonly #views: ViewStore;
  readonly #drafts: DraftStore;
  readonly #keys: SubjectKeys;
  readonly #index: BlindIndex;
  readonly #audit: AuditService;

  constructor(
    store: PersonStore,
    units: UnitService,
    grants: GrantService,
    accounts: AccountStore,
    sessions: SessionStore,
    identities: IdentityStore,
    tokens: TokenStore,
    views: ViewStore,
    drafts: DraftStore,
    keys: SubjectKeys,
    index: BlindIndex,
    audit: AuditService,
  ) {
    this.#store = store;
    this.#units = units;
    this.#grants = grants;
    this.#accounts = accounts;
    this.#sessions = sessions;
    this.#identities = identities;
    this.#tokens = tokens;
    this.#views = views;
    this.#drafts = drafts;
    this.#keys = keys;
    this.#index = index;
    this.#audit = audit;
  }

  /** Refuses `PERSON_UNKNOWN`, also for people outside the scope's subtree. */
  async get(tx: Tx, id: string): Promise<Person> {
    const [person] = await this.#open(tx, await this.#store.byIds(tx, [id]));
    return person && within(person.orgPath, tx.scope.orgPath) ? person : refuse('PERSON_UNKNOWN', 'unknown');
  }

  /** Up to one more than `limit`. */
  async page(tx: Tx, { unitId, afterId, limit }: PersonPage): Promise<Person[]> {
    return this.#open(tx, await this.#store.page(tx, unitId, afterId, limit));
  }

  /** Exact matches only: the index knows no part of a name or number. */
  async find(tx: Tx, field: 'name' | 'phone', text: string): Promise<Person[]> {
    const value = field === 'phone' ? phoneDigits(text) : text;
    const indexes = this.#index.candidates(tx.scope.tenant, field === 'phone' ? PHONE : NAME, value);
    return this.#open(tx, await this.#store.byIndex(tx, field, indexes));
  }

  /** Full names by person, 已删除 for the erased; the caller decides who may see them. */
  async names(tx: Tx, personIds: readonly string[]): Promise<ReadonlyMap<string, string>> {
    const people = await this.#open(tx, await this.#store.byIds(tx, personIds));
    return new Map(people.map((person) => [person.id, person.name]));
  }

  async facts(tx: Tx, personIds: readonly string[]): Promise<ReadonlyMap<string, PersonFacts>> {
    const people = await this.#store.byIds(tx, personIds);
    return new Map(people.map(({ id, unitId, orgPath, version, erased }) => [id, { id, unitId, orgPath, version, erased }]));
  }

  /** Whoever is shown names and numbers in full leaves a trace (trust.md §5). */
  async noteReading(tx: Tx, people: readonly Person[], at: Instant, trace: Trace): Promise<void> {
    const [only] = people.length === 1 ? people : [];
    const subject = only ? `person:${only.id}` : 'people';
    const changes = { count: people.length };
    await this.#audit.record(tx, { ...trace, at, action: 'accounts.peopleRead', subject, outcome: 'done', changes });
  }

  /** Refuses `PERSON_SCOPE`, `UNIT_UNKNOWN`. */
  async register(tx: Tx, details: NewPersonDetails, command: PersonCommand): Promise<Person> {
    const { orgPath, ordinal = 'person' } = details;
    if (!within(orgPath, tx.scope.orgPath)) refuse('PERSON_SCOPE', 'forbidden');
    const unitId = details.unitId ?? null;
    if (unitId !== null) await this.#units.get(tx, unitId);
    const id = deriveId(command.commandId, ordinal);
    const key = await this.#keys.obtain(tx, id, command.at);
    await this.#store.insert(tx, { id, unitId, orgPath, createdAt: command.at, ...this.#seal(tx, key, details) });
    await this.#record(tx, command, 'accounts.personRegistered', id);
    return this.get(tx, id);
  }

  /** Refuses `PERSON_UNKNOWN`, `PERSON_STALE`, `PERSON_ERASED`, `UNIT_UNKNOWN`. */
  async change(tx: Tx, id: string, version: number, change: Partial<PersonDetails>, command: PersonCommand): Promise<Person> {
    const person = await this.get(tx, id);
    if (person.erased) refuse('PERSON_ERASED', 'state');
    const details = {
      name: change.name ?? person.name,
      phone: change.phone === undefined ? person.phone : change.phone,
      unitId: change.unitId === undefined ? person.unitId : change.unitId,
    };
    if (details.unitId !== null) await this.#units.get(tx, details.unitId);
    const key = await this.#keys.obtain(tx, id, command.at);
    const updated = await this.#store.update(tx, id, version, details.unitId, this.#seal(tx, key, details));
    if (!updated) refuse('PERSON_STALE', 'stale');
    await this.#record(tx, command, 'accounts.personChanged', id);
    return this.get(tx, id);
  }

  /**
   * Destroys the person's key, so that name and phone are unreadable in every copy, ends all access and keeps the
   * number, which ledger, journal and audit refer to. Refuses `PERSON_UNKNOWN`, `PERSON_ERASED`.
   */
  async erase(tx: Tx, id: string, command: PersonCommand): Promise<void> {
    const person = await this.get(tx, id);
    if (person.erased || !(await this.#keys.destroy(tx, id, command.at))) refuse('PERSON_ERASED', 'state');
    await this.#store.erase(tx, id, command.at);
    await this.#endAccess(tx, id, command.at);
    await this.#record(tx, command, 'accounts.personErased', id);
  }

  /** Whoever leaves keeps name and number until their term is over, and has no way in. Refuses `PERSON_UNKNOWN`. */
  async leave(tx: Tx, id: string, command: PersonCommand): Promise<void> {
    await this.get(tx, id);
    await this.#store.leave(tx, id, command.at);
    await this.#endAccess(tx, id, command.at);
    await this.#record(tx, command, 'accounts.personLeft', id);
  }

  async #endAccess(tx: Tx, id: string, at: Instant): Promise<void> {
    await this.#grants.revokeAll(tx, id, at);
    const closed = await this.#accounts.closeAllOf(tx, id);
    await this.#sessions.endAllOf(tx, closed);
    await this.#identities.removeAllOf(tx, closed);
    await this.#tokens.revokeAllOf(tx, closed, at);
    await this.#views.removeAllOf(tx, id);
    await this.#drafts.removeAllOf(tx, closed);
  }

  #seal(tx: Tx, key: SubjectKey, { name, phone }: PersonDetails): SealedFields {
    const digits = phone ? phoneDigits(phone) : null;
    return {
      nameSealed: key.seal(NAME, name),
      nameIndex: this.#index.of(tx.scope.tenant, NAME, name),
      phoneSealed: digits ? key.seal(PHONE, digits) : null,
      phoneIndex: digits ? this.#index.of(tx.scope.tenant, PHONE, digits) : null,
    };
  }

  async #open(tx: Tx, sealed: readonly SealedPerson[]): Promise<Person[]> {
    const keys = await this.#keys.load(
      tx,
      sealed.map(({ id }) => id),
    );
    return sealed.map(({ nameSealed, phoneSealed, ...facts }) => {
      const key = keys.get(facts.id);
      const name = key ? key.open(NAME, nameSealed) : ERASED_NAME;
      return { ...facts, name, phone: key && phoneSealed ? key.open(PHONE, phoneSealed) : null };
    });
  }

  async #record(tx: Tx, { at, trace, commandId }: PersonCommand, action: string, personId: string): Promise<void> {
    await this.#audit.record(tx, { commandId, ...trace, at, action, subject: `person:${personId}`, outcome: 'done' });
  }
}

/** Without blanks, hyphens and the country's code, so that one number is one value. */
function phoneDigits(phone: string): string {
  return phone.normalize('NFKC').replace(/^\s*\+86/, '').replace(/\D/g, '');
}

/** As whoever may not see names and numbers in full is shown the person. */
export function maskedPerson(person: Person): Person {
  const { name, phone, erased } = person;
  return { ...person, name: erased ? name : maskName(name), phone: phone === null ? null : maskPhone(phone, 'staff') };
}
