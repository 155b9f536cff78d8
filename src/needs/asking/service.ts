import { Injectable } from '@nestjs/common';
import { refuse } from '../../kernel/refusal.ts';
import { NotificationsService } from '../../notifications/service.ts';
import { SubjectKeys, type SubjectKey } from '../../platform/crypto/subject-keys.ts';
import type { Tx } from '../../platform/database/database.ts';
import type { Intent } from '../model.ts';
import { assertNeedCan, assertPublic, type LeftOut, type Need } from '../need/model.ts';
import { RaiserStore } from '../need/raiser/store.ts';
import { NeedService } from '../need/service.ts';
import type { AnsweredQuestion } from './model.ts';
import { AskingStore } from './store.ts';

const ANSWER = 'needs_question.answer_sealed';

/** Between triage and who raised a need: what is still to be said (请补充), and why it is not taken up (不列入). */
@Injectable()
export class AskingService {
  readonly #store: AskingStore;
  readonly #needs: NeedService;
  readonly #raisers: RaiserStore;
  readonly #keys: SubjectKeys;
  readonly #notifications: NotificationsService;

  constructor(store: AskingStore, needs: NeedService, raisers: RaiserStore, keys: SubjectKeys, notifications: NotificationsService) {
    this.#store = store;
    this.#needs = needs;
    this.#raisers = raisers;
    this.#keys = keys;
    this.#notifications = notifications;
  }

  /**
   * The need waits for who raised it; triage may go on without them. Refuses `NEED_UNKNOWN`, `NEED_STALE`,
   * `NEED_NOT_IN_STATE`, `PUBLIC_TEXT_PERSONAL`, and `NEED_NOBODY_TO_ASK` where nothing was kept of anybody.
   */
  async ask(tx: Tx, id: string, version: number, text: string, intent: Intent): Promise<Need> {
    const need = await this.#needs.at(tx, id, version);
    assertNeedCan(need, 'asked');
    assertPublic(text, '/text');
    if (!(await this.#raisers.of(tx, id))) refuse('NEED_NOBODY_TO_ASK', 'rule', { number: need.number });
    const asked = await this.#needs.move(tx, need, { state: 'asked' }, 'needs.asked', intent);
    await this.#store.insert(tx, need, { text, askedAt: intent.at });
    return asked;
  }

  /**
   * What who raised it says: the need is to be triaged again. Refuses `NEED_UNKNOWN`, `NEED_NOT_ASKED`, and
   * `SUBJECT_ERASED` for who asked to be forgotten.
   */
  async answer(tx: Tx, need: Need, text: string, intent: Intent): Promise<Need> {
    const question = (await this.#store.ofNeed(tx, need.id)).at(-1);
    if (need.state !== 'asked' || !question) refuse('NEED_NOT_ASKED', 'state', { number: need.number });
    const key = (await this.#keyOf(tx, need.id)) ?? refuse('SUBJECT_ERASED', 'state');
    await this.#store.answer(tx, need.id, question, key.seal(ANSWER, text), intent.at);
    return this.#needs.move(tx, need, { state: 'raised' }, 'needs.askedAnswered', intent);
  }

  /** As `answer`, by the follow-up code: the community's staff hear of it. */
  async answerByCode(tx: Tx, needId: string | null, text: string, intent: Intent): Promise<void> {
    if (needId === null) refuse('NEED_NOT_ASKED', 'state');
    const need = await this.#needs.get(tx, needId);
    await this.answer(tx, need, text, intent);
    const recipient = { kind: 'role', role: 'communityWorker', orgUnitId: need.communityId } as const;
    await this.#notifications.post(tx, [
      { key: `need:${needId}/answered/${intent.commandId}`, recipient, text: 'needs.intake.told.answered', params: { number: need.number }, at: intent.at },
    ]);
  }

  /** Who raised it is told why. Refuses `NEED_UNKNOWN`, `NEED_STALE`, `NEED_NOT_IN_STATE`, `PUBLIC_TEXT_PERSONAL`, `NEED_BUNDLED`. */
  async leaveOut(tx: Tx, id: string, version: number, leftOut: LeftOut, intent: Intent): Promise<Need> {
    const need = await this.#needs.at(tx, id, version);
    assertNeedCan(need, 'leftOut');
    assertPublic(leftOut.text, '/text');
    if (await this.#store.isBundled(tx, id)) refuse('NEED_BUNDLED', 'state', { number: need.number });
    return this.#needs.move(tx, need, { state: 'leftOut', leftOut }, 'needs.leftOut', intent, { reason: leftOut.reason });
  }

  /** It is to be triaged again. Refuses `NEED_UNKNOWN`, `NEED_STALE`, `NEED_NOT_IN_STATE`. */
  async takeUp(tx: Tx, id: string, version: number, intent: Intent): Promise<Need> {
    const need = await this.#needs.at(tx, id, version);
    if (need.state !== 'leftOut') refuse('NEED_NOT_IN_STATE', 'state', { number: need.number, state: need.state, wanted: 'raised' });
    return this.#needs.move(tx, need, { state: 'raised', leftOut: null }, 'needs.takenUp', intent);
  }

  /** Oldest first. Whoever reads them reads the raiser too, which is audited there. */
  async questions(tx: Tx, needId: string): Promise<AnsweredQuestion[]> {
    const questions = await this.#store.ofNeed(tx, needId);
    const key = await this.#keyOf(tx, needId);
    return questions.map(({ sealed, ...question }) => ({ ...question, answer: sealed && key ? key.open(ANSWER, sealed) : null }));
  }

  /** Of who raised it; undefined once they are erased, or have taken their consent back. */
  async #keyOf(tx: Tx, needId: string): Promise<SubjectKey | undefined> {
    const raiser = await this.#raisers.of(tx, needId);
    return raiser && !raiser.withdrawn ? (await this.#keys.load(tx, [raiser.subjectId])).get(raiser.subjectId) : undefined;
  }

  /** Whether who raised the need sees by a code of their own what is asked. */
  async isFollowed(tx: Tx, needId: string): Promise<boolean> {
    return this.#store.isFollowed(tx, needId);
  }
}
