import { Injectable } from '@nestjs/common';
import type { Trace } from '../../audit/model.ts';
import { AuditService } from '../../audit/service.ts';
import { refuse } from '../../kernel/refusal.ts';
import type { TenantId } from '../../kernel/scope.ts';
import type { Instant } from '../../kernel/time.ts';
import { followUpCode, normalFollowUp } from '../../needs/intake/follow-up/model.ts';
import { BlindIndex } from '../../platform/crypto/blind-index.ts';
import { secretHash } from '../../platform/crypto/secret.ts';
import { SubjectKeys } from '../../platform/crypto/subject-keys.ts';
import { Database, type Tx } from '../../platform/database/database.ts';
import { deriveId, hashOf } from '../../platform/ids.ts';
import { ProjectService } from '../../projects/service.ts';
import { AwardStore, type Award } from '../award/store.ts';
import type { FollowedObjection, Objection, ObjectionChannel, ObjectionWords, OpenedObjection } from './model.ts';
import { ObjectionStore, type SealedObjection } from './store.ts';

const SEALED = 'evaluation_objection.sealed';
const PHONE_FIELD = 'evaluation.objectorPhone';
const CODE_FIELD = 'evaluation.objectionCode';
const OWN_MOST = 100;

/** One objection as it comes in. */
export interface Raised {
  readonly id: string;
  readonly channel: ObjectionChannel;
  readonly unitId: string | null;
  readonly words: ObjectionWords;
}

/** Objections (异议) to awards in public notice: who objects and why lies sealed with a key of its own. */
@Injectable()
export class ObjectionService {
  readonly #db: Database;
  readonly #store: ObjectionStore;
  readonly #awards: AwardStore;
  readonly #projects: ProjectService;
  readonly #keys: SubjectKeys;
  readonly #index: BlindIndex;
  readonly #audit: AuditService;

  constructor(db: Database, store: ObjectionStore, awards: AwardStore, projects: ProjectService, keys: SubjectKeys, index: BlindIndex, audit: AuditService) {
    this.#db = db;
    this.#store = store;
    this.#awards = awards;
    this.#projects = projects;
    this.#keys = keys;
    this.#index = index;
    this.#audit = audit;
  }

  /** Answers what the command carries. Refuses `OBJECTION_BEFORE` where the same phone has objected to that award. */
  async write(tx: Tx, award: Pick<Award, 'id' | 'orgPath'>, { id, channel, unitId, words }: Raised, at: Instant): Promise<{ contentId: string; contentHash: string }> {
    const { tenant } = tx.scope;
    const { phone } = words;
    if (phone !== null && (await this.#store.hasObjected(tx, award.id, this.#index.candidates(tenant, PHONE_FIELD, digits(phone))))) {
      refuse('OBJECTION_BEFORE', 'state');
    }
    const subjectId = deriveId(id, 'objector');
    const sealed = (await this.#keys.obtain(tx, subjectId, at)).seal(SEALED, JSON.stringify(words));
    await this.#store.insert(tx, {
      id,
      awardId: award.id,
      orgPath: award.orgPath,
      channel,
      unitId,
      subjectId,
      sealed,
      phoneIndex: phone === null ? null : this.#index.of(tenant, PHONE_FIELD, digits(phone)),
      followUpHash: channel === 'publicForm' ? secretHash(normalFollowUp(this.#codes(tenant, id)[0]!)) : null,
      at,
    });
    // Over the sealed bytes: a short text could be guessed from a hash of itself.
    return { contentId: id, contentHash: hashOf(sealed.toString('base64')) };
  }

  /** The award's case has taken it in. */
  async opened(tx: Tx, id: string): Promise<void> {
    await this.#store.open(tx, id);
  }

  /** What is open at that award is over. */
  async settled(tx: Tx, awardId: string, state: Objection['state'], answerId: string | null, at: Instant): Promise<void> {
    await this.#store.settle(tx, awardId, state, answerId, at);
  }

  /** In the clear, for those who answer it; reading is audited. */
  async read(tx: Tx, awardId: string, at: Instant, trace: Trace): Promise<OpenedObjection[]> {
    const found = await this.#opened(tx, await this.#store.ofAward(tx, awardId));
    if (found.length > 0) await this.#audit.record(tx, { ...trace, at, action: 'evaluation.objectionRead', subject: `award:${awardId}`, outcome: 'done' });
    return found;
  }

  /** Of a body, newest first. */
  async ofUnit(tx: Tx, unitId: string): Promise<FollowedObjection[]> {
    return this.#followed(tx, await this.#store.ofUnit(tx, unitId, OWN_MOST));
  }

  /** Refuses `OBJECTION_UNKNOWN`. */
  async one(tx: Tx, id: string): Promise<FollowedObjection> {
    const found = await this.#store.byId(tx, id);
    const [followed] = found ? await this.#followed(tx, [found]) : [];
    return followed ?? refuse('OBJECTION_UNKNOWN', 'unknown');
  }

  /** Whose code it is, before any tenant is known. Refuses `FOLLOW_UP_UNKNOWN`, `OBJECTION_UNKNOWN`. */
  async find(code: string): Promise<{ readonly tenant: TenantId; readonly id: string }> {
    const hash = secretHash(normalFollowUp(code));
    const [found] = await this.#db.door<{ tenant_id: TenantId; objection_id: string }>('door_objection', [hash]);
    return found ? { tenant: found.tenant_id, id: found.objection_id } : refuse('OBJECTION_UNKNOWN', 'unknown');
  }

  /** The code that was given for it, derived again: nothing but its hash is kept. Refuses `OBJECTION_UNKNOWN`. */
  async codeOf(tx: Tx, id: string): Promise<string> {
    const { followUpHash } = (await this.#store.byId(tx, id)) ?? refuse('OBJECTION_UNKNOWN', 'unknown');
    const code = this.#codes(tx.scope.tenant, id).find((it) => followUpHash && secretHash(normalFollowUp(it)).equals(followUpHash));
    return code ?? refuse('OBJECTION_UNKNOWN', 'unknown');
  }

  async countExpired(tx: Tx, before: Instant): Promise<{ due: number; held: number }> {
    return { due: await this.#store.countExpired(tx, before), held: 0 };
  }

  /** Their keys are destroyed; that there was an objection, and its answer, stays. */
  async forgetExpired(tx: Tx, before: Instant, most: number, at: Instant): Promise<number> {
    const subjects = await this.#store.expired(tx, before, most);
    for (const subject of subjects) await this.#keys.destroy(tx, subject, at);
    return subjects.length;
  }

  #codes(tenant: TenantId, id: string): string[] {
    return this.#index.candidates(tenant, CODE_FIELD, id).map((digest) => followUpCode(digest));
  }

  async #opened(tx: Tx, sealed: readonly SealedObjection[]): Promise<OpenedObjection[]> {
    const keys = await this.#keys.load(tx, sealed.map(({ subjectId }) => subjectId));
    return sealed.map(({ subjectId, sealed: bytes, followUpHash: _hash, ...objection }) => {
      const key = keys.get(subjectId);
      return { ...objection, words: key ? (JSON.parse(key.open(SEALED, bytes)) as ObjectionWords) : null };
    });
  }

  async #followed(tx: Tx, sealed: readonly SealedObjection[]): Promise<FollowedObjection[]> {
    const awards = new Map((await this.#awards.byIds(tx, sealed.map(({ awardId }) => awardId))).map((award) => [award.id, award]));
    const titles = await this.#projects.titles(tx, [...awards.values()].map(({ projectId }) => projectId));
    return (await this.#opened(tx, sealed)).map((objection) => {
      const award = awards.get(objection.awardId);
      const { number = '', title = '' } = (award && titles.get(award.projectId)) ?? {};
      return { ...objection, projectNumber: number, projectTitle: title, due: objection.state === 'open' ? (award?.due ?? null) : null };
    });
  }
}

function digits(phone: string): string {
  return phone.replace(/\D/g, '');
}
