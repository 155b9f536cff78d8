import { Injectable } from '@nestjs/common';
import { WHOLE_TENANT } from '../../../kernel/scope.ts';
import type { Message } from '../../../notifications/model.ts';
import { NotificationsService } from '../../../notifications/service.ts';
import type { Tx } from '../../../platform/database/database.ts';
import type { Caller } from '../../../platform/http/caller.ts';
import type { RequestKey } from '../../../platform/http/idempotency.ts';
import { dueDay } from '../../stage/dates.ts';
import { ReminderRounds, type RoundDay } from '../round/service.ts';
import { WaitService, type Place } from '../service.ts';
import type { WaitKey } from '../store.ts';

/** What became of one of them; null = reminded. */
export interface Reminded extends WaitKey {
  readonly code: 'WAIT_UNKNOWN' | 'WAIT_OF_NOBODY' | 'WAIT_OWN' | 'WAIT_REMINDED_TODAY' | null;
}

/** 催办 by hand: once a workday for each wait, so that nobody drowns in it. */
@Injectable()
export class WaitReminding {
  readonly #rounds: ReminderRounds;
  readonly #waits: WaitService;
  readonly #notifications: NotificationsService;

  constructor(rounds: ReminderRounds, waits: WaitService, notifications: NotificationsService) {
    this.#rounds = rounds;
    this.#waits = waits;
    this.#notifications = notifications;
  }

  /** In the order asked; each for itself. */
  async remind(caller: Caller, key: RequestKey, places: readonly Place[], keys: readonly WaitKey[]): Promise<Reminded[]> {
    const scope = { tenant: caller.tenant, orgPath: WHOLE_TENANT, actor: caller.actor };
    return this.#rounds.hold({ caller, scope, key, subject: 'waits' }, async (tx, day) => {
      const held = await this.#waits.held(tx, places, keys);
      const results: Reminded[] = [];
      for (const wanted of keys) results.push({ ...wanted, code: await this.#one(tx, held, wanted, day) });
      return results;
    });
  }

  async #one(
    tx: Tx,
    held: Awaited<ReturnType<WaitService['held']>>,
    wanted: WaitKey,
    { workday, at }: RoundDay,
  ): Promise<Reminded['code']> {
    const wait = held.find(({ caseId, name }) => caseId === wanted.caseId && name === wanted.name);
    if (!wait) return 'WAIT_UNKNOWN';
    if (wait.ownerRole === 'system') return 'WAIT_OF_NOBODY';
    if (wait.isMine) return 'WAIT_OWN';
    if (!(await this.#waits.noteReminder(tx, wait, workday, at))) return 'WAIT_REMINDED_TODAY';
    const { caseId, name, ownerRole: role, ownerOrgUnit, due } = wait;
    const message: Message = {
      key: `${caseId}:${name}@remind${workday}`,
      recipient: { kind: 'role', role, ...(ownerOrgUnit !== null && { orgUnitId: ownerOrgUnit }) },
      text: due === null ? 'cases.told.reminded' : 'cases.told.remindedOfDate',
      params: due === null ? {} : { date: dueDay(due) },
      caseId,
      at,
    };
    await this.#notifications.post(tx, [message]);
    return null;
  }
}
