import { Injectable } from '@nestjs/common';
import { UnitService } from '../../accounts/units/service.ts';
import type { AuditChanges } from '../../audit/model.ts';
import { AuditService } from '../../audit/service.ts';
import { FileService } from '../../files/service.ts';
import { refuse } from '../../kernel/refusal.ts';
import { within } from '../../kernel/scope.ts';
import type { Instant } from '../../kernel/time.ts';
import { BlindIndex } from '../../platform/crypto/blind-index.ts';
import { SubjectKeys, type SubjectKey } from '../../platform/crypto/subject-keys.ts';
import type { Tx } from '../../platform/database/database.ts';
import type { PageRequest } from '../../platform/http/cursor.ts';
import { deriveId } from '../../platform/ids.ts';
import { mapInTurns, Turns } from '../../platform/tables/turns.ts';
import { DuplicateFinder, type ComparedNeed } from '../duplicates/service.ts';
import { serialOf, type Changes, type Intent, type RowOutcome } from '../model.ts';
import type { Found } from '../search/model.ts';
import { SearchWords } from '../search/service.ts';
import { outcomes } from '../service.ts';
import { CounterStore } from '../store.ts';
import {
  assertBundled,
  assertConsent,
  assertNeedCan,
  assertPublic,
  ENDED,
  splitPersonal,
  UNTRIAGED,
  type Confirmer,
  type Merge,
  type Need,
  type NeedState,
  type Raiser,
} from './model.ts';
import { RaiserStore, type SealedRaiser } from './raiser/store.ts';
import { NeedStore, type TakenOver, type Confirmation, type NeedChanges, type NeedFilter, type NeedSort } from './store.ts';

/** A need as it comes in; ids and numbers are given here. */
export type RaisedNeed = Omit<Need, 'id' | 'number' | 'orgPath' | 'raisedBy' | 'state' | 'mergedInto' | 'leftOut' | 'needsLook' | 'version'> & {
  readonly raiser: Raiser;
  /** Sent before, by the same person. */
  readonly files?: readonly string[] | undefined;
};

export interface PlacedNeed extends RaisedNeed {
  readonly id: string;
  readonly orgPath: Need['orgPath'];
  /** Taken over from a ledger; raised unless told. */
  readonly state?: TakenOver;
}

/** What triage settles; what it leaves out stays. */
export type Triage = Pick<NeedChanges, 'category' | 'urgency' | 'peopleAffected' | 'evidence' | 'place'> & {
  readonly publicText: string;
};

export type NeedEdit = Pick<NeedChanges, 'category' | 'urgency' | 'peopleAffected' | 'evidence' | 'place' | 'publicText'>;

/** Photographs of homes. */
const WITH_NEED = { limit: 'perNeed', household: true, sensitive: true } as const;

const FIELDS = { words: 'needs_raiser.words_sealed', name: 'needs_raiser.name_sealed', phone: 'needs_raiser.phone_sealed' } as const;

/** Needs from the first word to the confirmation that they are solved. Records, not cases: every edit names its version. */
@Injectable()
export class NeedService {
  readonly #store: NeedStore;
  readonly #raisers: RaiserStore;
  readonly #counters: CounterStore;
  readonly #units: UnitService;
  readonly #audit: AuditService;
  readonly #keys: SubjectKeys;
  readonly #index: BlindIndex;
  readonly #words: SearchWords;
  readonly #duplicates: DuplicateFinder;
  readonly #files: FileService;

  constructor(
    store: NeedStore,
    raisers: RaiserStore,
    counters: CounterStore,
    units: UnitService,
    audit: AuditService,
    keys: SubjectKeys,
    index: BlindIndex,
    words: SearchWords,
    duplicates: DuplicateFinder,
    files: FileService,
  ) {
    this.#store = store;
    this.#raisers = raisers;
    this.#counters = counters;
    this.#units = units;
    this.#audit = audit;
    this.#keys = keys;
    this.#index = index;
    this.#words = words;
    this.#duplicates = duplicates;
    this.#files = files;
  }

  /** What is personal in the public text moves to the raiser's words. Refuses `COMMUNITY_UNKNOWN`, `CONSENT_MISSING`. */
  async raise(tx: Tx, { files = [], ...need }: RaisedNeed, intent: Intent): Promise<Need> {
    const community = (await this.#units.byIds(tx, [need.communityId])).get(need.communityId);
    if (community?.kind !== 'community' || !within(community.orgPath, tx.scope.orgPath)) refuse('COMMUNITY_UNKNOWN', 'unknown');
    assertConsent(need.raiserKind, need.raiser);
    const id = deriveId(intent.commandId, 0);
    await this.insertAll(tx, [{ ...need, id, orgPath: community.orgPath }], intent.at);
    const { orgPath } = community;
    await this.#files.attach(tx, { ...WITH_NEED, record: { kind: 'need', id, orgPath }, ids: files, sender: tx.scope.actor });
    const raised = await this.get(tx, id);
    const { raiserKind, channel, needsLook } = raised;
    await this.#record(tx, intent, 'needs.raised', id, { raiserKind, channel, needsLook });
    return raised;
  }

  /**
   * For imports, which have checked their rows: a few statements for each batch, however many needs. What everyone may
   * read holds nothing personal afterwards, whoever calls.
   */
  async insertAll(tx: Tx, placed: readonly PlacedNeed[], at: Instant): Promise<void> {
    const needs = await mapInTurns(placed, (need) => {
      const split = splitPersonal(need);
      return { ...split, words: this.#words.of(split.publicText, split.place) };
    });
    const raisers = await this.#sealAll(tx, needs, at);
    // Last of all, because whoever wants a number after this waits for the end of the transaction.
    const first = await this.#counters.take(tx, 'need', needs.length);
    const rows = needs.map((need, index) => ({ ...need, serial: first + index, raisedBy: tx.scope.actor, endedAt: need.state === 'closed' ? at : null }));
    const turns = new Turns();
    for (let from = 0; from < rows.length; from += ROWS_A_STATEMENT) {
      this.#store.insert(tx, rows.slice(from, from + ROWS_A_STATEMENT));
      this.#raisers.insert(tx, raisers.slice(from, from + ROWS_A_STATEMENT).flat());
      await turns.take();
    }
    const compared = rows.map((need) => ({ need: { ...need, settled: need.state === 'closed' }, spoken: need.raiser.words }));
    await this.#duplicates.remember(tx, compared, at);
  }

  /** For each need the one who raised it, or nobody. */
  async #sealAll(tx: Tx, needs: readonly PlacedNeed[], at: Instant): Promise<SealedRaiser[][]> {
    const subjects = await mapInTurns(needs, ({ id, raiser }) =>
      raiser.words !== null || raiser.name !== null || raiser.phone !== null ? deriveId(id, 'raiser') : undefined,
    );
    const keys = await this.#keys.obtainAll(tx, subjects.filter((id) => id !== undefined), at);
    return mapInTurns(needs, (need, index) => {
      const subjectId = subjects[index];
      return subjectId === undefined ? [] : [this.#seal(tx, need, subjectId, keys.get(subjectId) ?? refuse('SUBJECT_ERASED', 'state'))];
    });
  }

  #seal(tx: Tx, { id, orgPath, raiser }: Pick<PlacedNeed, 'id' | 'orgPath' | 'raiser'>, subjectId: string, key: SubjectKey): SealedRaiser {
    const seal = (field: keyof typeof FIELDS): Buffer | null => {
      const text = raiser[field];
      return text === null ? null : key.seal(FIELDS[field], text);
    };
    const { phone } = raiser;
    return {
      needId: id,
      orgPath,
      subjectId,
      words: seal('words'),
      name: seal('name'),
      phone: seal('phone'),
      phoneIndex: phone === null ? null : this.#index.of(tx.scope.tenant, FIELDS.phone, phone),
      consent: raiser.consent,
    };
  }

  /** Refuses `NEED_UNKNOWN`, also for needs outside the subtree. */
  async get(tx: Tx, id: string): Promise<Need> {
    const [need] = await this.#store.needs(tx, [id]);
    return need ?? refuse('NEED_UNKNOWN', 'unknown');
  }

  /** Needs of the subtree among the given ones. */
  async byIds(tx: Tx, ids: readonly string[]): Promise<ReadonlyMap<string, Need>> {
    return new Map((await this.#store.needs(tx, ids)).map((need) => [need.id, need]));
  }

  async bySource(tx: Tx, numbers: readonly string[]): Promise<Need[]> {
    return this.#store.needsBySource(tx, numbers);
  }

  /** Of the scope's subtree. */
  async countByState(tx: Tx): Promise<{ state: NeedState; count: number }[]> {
    return this.#store.countByState(tx);
  }

  /** Up to one more than the page holds. */
  async page(tx: Tx, filter: NeedFilter, sort: NeedSort, page: PageRequest): Promise<Need[]> {
    return this.#store.page(tx, filter, sort, page);
  }

  /** What meets the question best first; up to one more than the page holds. Refuses `SEARCH_EMPTY`. */
  async search(tx: Tx, text: string, filter: NeedFilter, page: PageRequest): Promise<Found<Need>[]> {
    return this.#store.search(tx, this.#words.asked(text), filter, page);
  }

  /** Triaged needs that no proposal has taken up, oldest first, at most `most`. */
  async unbundled(tx: Tx, communityId: string | undefined, most: number): Promise<Need[]> {
    return this.#store.unbundled(tx, communityId, most);
  }

  /** What a need stands for or behind: whose fate its raiser follows, who else raised it, and every merge with its undoing. */
  async kinOf(tx: Tx, need: Need): Promise<{ readonly follows: Need | null; readonly repeats: Need[]; readonly merges: Merge[] }> {
    const follows = need.mergedInto === null ? null : await this.get(tx, need.mergedInto);
    return { follows, repeats: await this.#store.mergedInto(tx, need.id), merges: await this.#store.merges(tx, need.id) };
  }

  /** Words and contact in the clear; null where there were none, or the resident was erased. Reading is audited. */
  async raiserOf(tx: Tx, id: string, intent: Omit<Intent, 'commandId'>): Promise<Raiser | null> {
    const opened = await this.#openRaiser(tx, id);
    if (!opened) return null;
    await this.#audit.record(tx, { ...intent.trace, at: intent.at, action: 'needs.raiserRead', subject: `need:${id}`, outcome: 'done' });
    return opened.raiser;
  }

  async #openRaiser(tx: Tx, id: string): Promise<{ readonly raiser: Raiser; readonly subjectId: string; readonly key: SubjectKey } | undefined> {
    const sealed = await this.#raisers.of(tx, id);
    if (!sealed || sealed.withdrawn) return undefined;
    const { subjectId, consent } = sealed;
    const key = (await this.#keys.load(tx, [subjectId])).get(subjectId);
    if (!key) return undefined;
    const open = (field: keyof typeof FIELDS): string | null => {
      const bytes = sealed[field];
      return bytes === null ? null : key.open(FIELDS[field], bytes);
    };
    return { raiser: { words: open('words'), name: open('name'), phone: open('phone'), consent }, subjectId, key };
  }

  /** What was said or noted of who raised it is put right; what it leaves out stays. Refuses `SUBJECT_ERASED`. */
  async correctRaiser(tx: Tx, id: string, correction: Partial<Pick<Raiser, 'words' | 'name' | 'phone'>>, intent: Intent): Promise<void> {
    const need = await this.get(tx, id);
    const { raiser, subjectId, key } = (await this.#openRaiser(tx, id)) ?? refuse('SUBJECT_ERASED', 'state');
    await this.#raisers.correct(tx, this.#seal(tx, { id, orgPath: need.orgPath, raiser: { ...raiser, ...correction } }, subjectId, key));
    if (correction.words !== undefined && need.publicText === null) {
      await this.#duplicates.forget(tx, comparedOf(need));
      await this.#duplicates.remember(tx, [{ need: comparedOf(need), spoken: correction.words }], intent.at);
    }
    await this.#record(tx, intent, 'needs.raiserCorrected', id, { fields: Object.keys(correction).sort().join(' ') });
  }

  /** The number of who raised it; undefined where nothing was kept of anybody. */
  async speakerOf(tx: Tx, id: string): Promise<string | undefined> {
    return (await this.#raisers.of(tx, id))?.subjectId;
  }

  /**
   * Who raised it took their consent back. By what they said nothing is found or compared any more; a need that nobody
   * has looked at ends. A text that a person wrote for everyone stays. The raiser's key is the caller's to destroy.
   */
  async forgetRaiser(tx: Tx, id: string, intent: Intent): Promise<void> {
    const [need] = await this.#store.needs(tx, [id]);
    if (!need) return;
    await this.#raisers.forgetContact(tx, id);
    if (need.publicText === null || UNTRIAGED.has(need.state)) await this.#duplicates.forget(tx, comparedOf(need));
    if (!UNTRIAGED.has(need.state)) return;
    await this.move(tx, need, { state: 'withdrawn', publicText: null, evidence: null, needsLook: false }, 'needs.withdrawn', intent);
  }

  /** Refuses `NEED_UNKNOWN`, `NEED_STALE`, `PUBLIC_TEXT_PERSONAL`, and `NEED_NOT_IN_STATE` once it is answered. */
  async edit(tx: Tx, id: string, version: number, edit: NeedEdit, intent: Intent): Promise<Need> {
    const need = await this.at(tx, id, version);
    if (!EDITABLE.has(need.state)) refuse('NEED_NOT_IN_STATE', 'state', { number: need.number, state: need.state, wanted: 'triaged' });
    const looked = edit.publicText !== undefined && { needsLook: false };
    return this.move(tx, need, { ...edit, ...looked }, 'needs.edited', intent);
  }

  /** A person has written or confirmed the public text. Also corrects an earlier triage. Refuses `NEED_UNKNOWN`, `NEED_STALE`, `NEED_NOT_IN_STATE`, `PUBLIC_TEXT_PERSONAL`. */
  async triage(tx: Tx, id: string, version: number, triage: Triage, intent: Intent): Promise<Need> {
    const need = await this.at(tx, id, version);
    assertNeedCan(need, 'triaged');
    return this.move(tx, need, { ...triage, state: 'triaged', needsLook: false }, 'needs.triaged', intent);
  }

  /** The same for many, each for itself: one wrong row does not hold up the others. */
  async triageAll(tx: Tx, rows: readonly { id: string; version: number; triage: Changes<Triage> }[], intent: Intent): Promise<RowOutcome[]> {
    return outcomes(tx, rows, async ({ id, version, triage }) => {
      const need = await this.at(tx, id, version);
      const publicText = triage.publicText ?? need.publicText ?? refuse('NEED_PUBLIC_TEXT_MISSING', 'rule', { number: need.number });
      await this.triage(tx, id, version, { ...triage, publicText }, intent);
    });
  }

  /**
   * Puts a need behind the one it repeats; a person decides. Refuses `NEED_UNKNOWN`, `NEED_STALE`,
   * `NEED_NOT_IN_STATE`, `NEED_MERGE_SELF`, `NEED_MERGE_TARGET` (itself merged) and `NEED_MERGE_CHAIN` (keeps others).
   */
  async merge(tx: Tx, id: string, version: number, keptId: string, intent: Intent): Promise<Need> {
    if (id === keptId) refuse('NEED_MERGE_SELF', 'rule');
    const need = await this.at(tx, id, version);
    const kept = await this.get(tx, keptId);
    assertNeedCan(need, 'merged');
    if (kept.state === 'merged') refuse('NEED_MERGE_TARGET', 'rule', { number: kept.number });
    if (await this.#store.keepsOthers(tx, id)) refuse('NEED_MERGE_CHAIN', 'rule', { number: need.number });
    await this.#store.insertMerge(tx, { id: deriveId(intent.commandId, `merge/${id}`), keptId, mergedId: id, fromState: need.state === 'asked' ? 'raised' : need.state, at: intent.at });
    return this.move(tx, need, { state: 'merged', mergedInto: keptId }, 'needs.merged', intent, { keptId });
  }

  /** Undoes the merge for good reasons at any time. Refuses `NEED_UNKNOWN`, `NEED_STALE`, `NEED_NOT_IN_STATE`. */
  async unmerge(tx: Tx, id: string, version: number, intent: Intent): Promise<Need> {
    const need = await this.at(tx, id, version);
    const undone = await this.#store.undoMerge(tx, id, intent.at);
    if (!undone) refuse('NEED_NOT_IN_STATE', 'state', { number: need.number, state: need.state, wanted: 'merged' });
    return this.move(tx, need, { state: undone.fromState, mergedInto: null }, 'needs.unmerged', intent, { keptId: undone.keptId });
  }

  /** A published proposal puts its needs on the list. Refuses `NEED_NOT_IN_STATE` for merged and answered ones. */
  async list(tx: Tx, ids: readonly string[], intent: Intent): Promise<void> {
    for (const need of await this.#store.held(tx, ids)) assertBundled(need);
    const listed = await this.#store.moveAll(tx, ids, 'triaged', 'listed', intent.at);
    for (const id of listed) await this.#record(tx, intent, 'needs.listed', id, {});
  }

  /**
   * An accepted report says that these needs are answered (called by the projects area in its publish). Those that
   * were confirmed before are closed at once; repeats and needs in another state change nothing.
   */
  async markAnswered(tx: Tx, ids: readonly string[], intent: Intent): Promise<void> {
    const answered = await this.#store.moveAll(tx, ids, 'listed', 'answered', intent.at);
    for (const id of answered) await this.#record(tx, intent, 'needs.answered', id, {});
    await this.#closeConfirmed(tx, answered, intent);
  }

  /**
   * The raiser or the community confirms that needs are solved; each row for itself, repeats change nothing. Whether
   * an accepted report named the need is the projects area's to say. Without `staff` only needs one raised oneself. Who
   * raised a merged need confirms the one that is kept: it counts once, whoever speaks.
   */
  async confirmSolved(tx: Tx, ids: readonly string[], by: Confirmer, staff: boolean, intent: Intent): Promise<RowOutcome[]> {
    const asked = await this.byIds(tx, ids);
    const keptOf = (id: string): string => asked.get(id)?.mergedInto ?? id;
    const needs = new Map((await this.#store.held(tx, ids.map(keptOf))).map((need) => [need.id, need]));
    const rows = [...new Set(ids)].map((id): RowOutcome => {
      const need = needs.get(keptOf(id));
      if (!need || (!staff && asked.get(id)?.raisedBy !== tx.scope.actor)) return { id, code: 'NEED_UNKNOWN' };
      return { id, code: CONFIRMABLE.has(need.state) ? null : 'NEED_NOT_IN_STATE' };
    });
    const good = [...new Set(rows.filter((row) => row.code === null).map((row) => keptOf(row.id)))];
    const confirmed = await this.#store.insertConfirmations(tx, good, by, intent.at);
    for (const id of confirmed) await this.#record(tx, intent, 'needs.confirmedSolved', id, { by });
    await this.#closeConfirmed(tx, good, intent);
    return rows;
  }

  /** Confirmations of these needs, by need and side. For counting problems solved. */
  async confirmations(tx: Tx, ids: readonly string[]): Promise<Confirmation[]> {
    return this.#store.confirmed(tx, ids);
  }

  async #closeConfirmed(tx: Tx, ids: readonly string[], intent: Intent): Promise<void> {
    const confirmed = new Set((await this.#store.confirmed(tx, ids)).map((row) => row.needId));
    const closed = await this.#store.moveAll(tx, [...confirmed], 'answered', 'closed', intent.at);
    for (const id of closed) await this.#record(tx, intent, 'needs.closed', id, {});
  }

  /** Refuses `NEED_UNKNOWN`, `NEED_STALE`. */
  async at(tx: Tx, id: string, version: number): Promise<Need> {
    const need = await this.get(tx, id);
    return need.version === version ? need : refuse('NEED_STALE', 'stale', { number: need.number });
  }

  /** One change with its audit row. Refuses `NEED_STALE`, `PUBLIC_TEXT_PERSONAL`; whether the state allows it is the caller's to say. */
  async move(tx: Tx, need: Need, changes: NeedChanges, action: string, intent: Intent, noted: AuditChanges = {}): Promise<Need> {
    assertPublic(changes.publicText, '/publicText');
    assertPublic(changes.place, '/place');
    assertPublic(changes.evidence, '/evidence');
    const words = this.#wordsAfter(need, changes);
    const endedAt = changes.state && (ENDED.has(changes.state) ? intent.at : null);
    const changed = await this.#store.change(tx, need.id, need.version, { ...changes, words, endedAt });
    if (!changed) refuse('NEED_STALE', 'stale', { number: need.number });
    if (changed.publicText !== need.publicText || changed.category !== need.category) {
      await this.#duplicates.renew(tx, comparedOf(need), comparedOf(changed), intent.at);
    }
    await this.#record(tx, intent, action, need.id, { ...noted, from: need.state, to: changed.state, version: changed.version });
    return changed;
  }

  /** Undefined where nothing by which it is searched has changed. */
  #wordsAfter(need: Need, { publicText = need.publicText, place = need.place }: NeedChanges): string[] | undefined {
    return publicText === need.publicText && place === need.place ? undefined : this.#words.of(publicText, place);
  }

  async #record(tx: Tx, { commandId, at, trace }: Intent, action: string, id: string, changes: AuditChanges): Promise<void> {
    await this.#audit.record(tx, { commandId, ...trace, at, action, subject: `need:${id}`, outcome: 'done', changes });
  }
}

/** Bounds how long a statement, and the JSON of it, keeps others waiting. */
const ROWS_A_STATEMENT = 500;

const EDITABLE: ReadonlySet<NeedState> = new Set(['raised', 'asked', 'triaged', 'listed']);
const CONFIRMABLE: ReadonlySet<NeedState> = new Set(['triaged', 'listed', 'answered', 'closed']);

function comparedOf(need: Need): ComparedNeed {
  return { ...need, serial: serialOf(need.number) };
}
