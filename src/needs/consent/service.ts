import { Injectable } from '@nestjs/common';
import { AuditService } from '../../audit/service.ts';
import { FileService } from '../../files/service.ts';
import { refuse } from '../../kernel/refusal.ts';
import { SubjectKeys } from '../../platform/crypto/subject-keys.ts';
import type { Tx } from '../../platform/database/database.ts';
import type { Intent } from '../model.ts';
import { NeedService } from '../need/service.ts';
import type { Speaker, Withdrawal } from './model.ts';
import { ConsentStore } from './store.ts';

/**
 * Consent taken back, with effect from then on: words, contact, remarks and photographs become unreadable for good.
 * What was counted, decided or written for everyone stays, because it names nobody.
 */
@Injectable()
export class ConsentService {
  readonly #store: ConsentStore;
  readonly #needs: NeedService;
  readonly #files: FileService;
  readonly #keys: SubjectKeys;
  readonly #audit: AuditService;

  constructor(store: ConsentStore, needs: NeedService, files: FileService, keys: SubjectKeys, audit: AuditService) {
    this.#store = store;
    this.#needs = needs;
    this.#files = files;
    this.#keys = keys;
    this.#audit = audit;
  }

  /** Again changes nothing. */
  async withdraw(tx: Tx, speaker: Speaker, channel: Withdrawal, intent: Intent): Promise<void> {
    if (!(await this.#store.withdraw(tx, speaker, channel, intent.at))) return;
    const { subjectId, needId } = speaker;
    await this.#needs.forgetRaiser(tx, needId, intent);
    await this.#files.removeOf(tx, { kind: 'need', id: needId }, intent.at);
    await this.#keys.destroy(tx, subjectId, intent.at);
    await this.#audit.record(tx, {
      commandId: intent.commandId,
      ...intent.trace,
      at: intent.at,
      action: 'needs.consentWithdrawn',
      subject: `subject:${subjectId}`,
      outcome: 'done',
      changes: { channel, needId },
    });
  }

  /** For who raised a need, told to staff. Refuses `NEED_UNKNOWN`, and `CONSENT_NONE` where nothing was kept of anybody. */
  async withdrawOfNeed(tx: Tx, needId: string, channel: Withdrawal, intent: Intent): Promise<void> {
    const { orgPath } = await this.#needs.get(tx, needId);
    const subjectId = (await this.#needs.speakerOf(tx, needId)) ?? refuse('CONSENT_NONE', 'rule');
    await this.withdraw(tx, { subjectId, orgPath, needId }, channel, intent);
  }
}
