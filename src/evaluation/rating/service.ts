import { createHash } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { AuditService } from '../../audit/service.ts';
import type { Trace } from '../../audit/model.ts';
import { refuse } from '../../kernel/refusal.ts';
import { within, type TenantId } from '../../kernel/scope.ts';
import type { Instant } from '../../kernel/time.ts';
import { BlindIndex } from '../../platform/crypto/blind-index.ts';
import { Database, type Tx } from '../../platform/database/database.ts';
import { deriveId } from '../../platform/ids.ts';
import { PolicyService } from '../../policy/service.ts';
import { ProjectService } from '../../projects/service.ts';
import { doubtsOf, type Doubts } from './clusters/model.ts';
import { codeExpiry, codeFrom, normalCode, type Ratings, type Stars } from './model.ts';
import { RatingStore, type IssuedCode } from './store.ts';

/** One slip: the number says which household of the project, the code is shown here and nowhere again in plain. */
export interface Slip {
  readonly servedNumber: number;
  readonly code: string;
  readonly expiresAt: Instant;
}

const FIELD = 'evaluation.ratingCode';
const NETWORK_FIELD = 'evaluation.network';

/** `receivedAt` is real time. */
export interface How {
  readonly at: Instant;
  readonly network: string;
  readonly receivedAt: Instant;
}

function hashOfCode(code: string): Buffer {
  return createHash('sha256').update(normalCode(code)).digest();
}

/** Residents' ratings by one-time code: one household, one rating, and nobody can tell whose it is. */
@Injectable()
export class RatingService {
  readonly #database: Database;
  readonly #store: RatingStore;
  readonly #index: BlindIndex;
  readonly #projects: ProjectService;
  readonly #policy: PolicyService;
  readonly #audit: AuditService;

  constructor(
    database: Database,
    store: RatingStore,
    index: BlindIndex,
    projects: ProjectService,
    policy: PolicyService,
    audit: AuditService,
  ) {
    this.#database = database;
    this.#store = store;
    this.#index = index;
    this.#projects = projects;
    this.#policy = policy;
    this.#audit = audit;
  }

  /** Refuses `PROJECT_UNKNOWN`, `EVALUATION_ELSEWHERE`. Codes derive from the command, so that only their hashes need to be kept. */
  async issue(
    tx: Tx,
    request: { readonly projectId: string; readonly count: number; readonly at: Instant },
    trace: Trace & { readonly commandId: string },
  ): Promise<readonly Slip[]> {
    const { projectId, count, at } = request;
    const { commandId } = trace;
    const { orgPath } = await this.#projects.get(tx, projectId);
    if (!within(orgPath, tx.scope.orgPath)) refuse('EVALUATION_ELSEWHERE', 'forbidden');
    const { values } = await this.#policy.current(tx, 'evaluation', at);
    const codes = Array.from({ length: count }, (_, place) => {
      const id = deriveId(commandId, `rating-code/${place}`);
      return { id, hash: hashOfCode(codeFrom(this.#index.of(tx.scope.tenant, FIELD, id))) };
    });
    const expiresAt = codeExpiry(at, values.ratingCodeDays);
    await this.#store.insertCodes(tx, { projectId, commandId, issuedAt: at, expiresAt }, codes);
    await this.#audit.record(tx, {
      ...trace,
      at,
      action: 'evaluation.codesIssued',
      subject: `project/${projectId}`,
      outcome: 'done',
      changes: { count },
    });
    return this.issued(tx, commandId);
  }

  /** The slips of an earlier command once more, e.g. when the answer was lost on the way to the printer. */
  async issued(tx: Tx, commandId: string): Promise<readonly Slip[]> {
    const codes = await this.#store.codesOf(tx, commandId);
    return codes.map((code) => ({
      servedNumber: code.servedNumber,
      code: this.#codeOf(tx.scope.tenant, code),
      expiresAt: code.expiresAt,
    }));
  }

  /** Whose code it is, before any tenant is known. Refuses `RATING_CODE_UNKNOWN`. */
  async find(code: string): Promise<{ readonly tenant: TenantId; readonly codeId: string }> {
    const [found] = await this.#database.door<{ tenant_id: TenantId; code_id: string }>('door_rating_code', [
      hashOfCode(code),
    ]);
    return found ? { tenant: found.tenant_id, codeId: found.code_id } : refuse('RATING_CODE_UNKNOWN', 'unknown');
  }

  /** Refuses `RATING_CODE_USED` (409) and `RATING_CODE_EXPIRED`. */
  async rate(tx: Tx, codeId: string, stars: Stars, { at, network, receivedAt }: How): Promise<void> {
    const networkIndex = this.#index.of(tx.scope.tenant, NETWORK_FIELD, network);
    const outcome = await this.#store.insertRating(tx, codeId, stars, { at, networkIndex, receivedAt });
    if (outcome === 'used') refuse('RATING_CODE_USED', 'state');
    if (outcome === 'expired') refuse('RATING_CODE_EXPIRED', 'rule');
  }

  /** Clusters among a project's ratings, as long as their marks are kept. */
  async doubtsOf(tx: Tx, projectId: string, at: Instant): Promise<Doubts> {
    const { values } = await this.#policy.current(tx, 'evaluation', at);
    return doubtsOf(await this.#store.marksOf(tx, projectId), values);
  }

  async ratingsOf(tx: Tx, projectId: string): Promise<Ratings & { readonly issued: number }> {
    return this.#store.ratingsOf(tx, projectId);
  }

  /** Under whichever key it was made. */
  #codeOf(tenant: TenantId, issued: IssuedCode): string {
    const codes = this.#index.candidates(tenant, FIELD, issued.id).map((digest) => codeFrom(digest));
    const code = codes.find((candidate) => hashOfCode(candidate).equals(issued.hash));
    return code ?? refuse('RATING_CODE_UNREADABLE', 'state');
  }
}
