import { Injectable } from '@nestjs/common';
import type { Instant } from '../kernel/time.ts';
import type { Tx } from '../platform/database/database.ts';
import {
  assertCanApprove,
  assertRequest,
  progressOf,
  type Approval,
  type ApprovalState,
  type OpenRequest,
  type Progress,
  type Subject,
} from './model.ts';
import { ApprovalsStore } from './store.ts';

/** Who approved which digest. Persons are counted, not accounts; whoever prepared it does not count. */
@Injectable()
export class ApprovalsService {
  readonly #store: ApprovalsStore;

  constructor(store: ApprovalsStore) {
    this.#store = store;
  }

  /** Asks for approvals. Repeating it changes nothing; another digest voids what was given for the former one. */
  async open(tx: Tx, request: OpenRequest): Promise<void> {
    assertRequest(request);
    const live = await this.#store.lockLive(tx, request.subject);
    if (live?.digest === request.digest) return;
    if (live) await this.#store.voidRequest(tx, live.id, request.at);
    await this.#store.openRequest(tx, request);
  }

  /**
   * Refuses `APPROVALS_NOT_OPEN`, `APPROVALS_DIGEST_CHANGED`, `APPROVALS_PREPARER`, `APPROVALS_TWICE`,
   * `APPROVALS_COMPLETE`. A repeat of the same command answers as the first time.
   */
  async approve(tx: Tx, approval: Approval): Promise<Progress> {
    const live = await this.#store.lockLive(tx, approval.subject);
    const state = live && (await this.#store.stateOf(tx, live));
    if (live && state?.commandIds.includes(approval.commandId)) return progressOf(state.given, state.needed);
    assertCanApprove(state, approval.digest, approval.personId);
    if (live) await this.#store.insertVote(tx, live.id, approval);
    return progressOf((state?.given ?? 0) + 1, state?.needed ?? 0);
  }

  /** What was given no longer counts; a new request has to be opened. */
  async void(tx: Tx, subject: Subject, at: Instant): Promise<void> {
    const live = await this.#store.lockLive(tx, subject);
    if (live) await this.#store.voidRequest(tx, live.id, at);
  }

  /** Undefined if nothing was asked, or what was asked is void. */
  async state(tx: Tx, subject: Subject): Promise<ApprovalState | undefined> {
    const live = await this.#store.live(tx, subject);
    if (!live) return undefined;
    const { commandIds: _, ...state } = await this.#store.stateOf(tx, live);
    return state;
  }
}
