import { Injectable } from '@nestjs/common';
import { AuditService } from '../../audit/service.ts';
import { FileService } from '../../files/service.ts';
import { refuse } from '../../kernel/refusal.ts';
import type { Instant } from '../../kernel/time.ts';
import { SubjectKeys } from '../../platform/crypto/subject-keys.ts';
import type { Tx } from '../../platform/database/database.ts';
import { HoldService } from '../holds/service.ts';
import type { Intent } from '../model.ts';
import { NeedService } from '../need/service.ts';
import type { Speaker, Withdrawal } from './model.ts';
import { ConsentStore } from './store.ts';

/**
 * Consent taken back, with effect from then on: words, contact, remarks and photographs become unreadable for good; under
 * a legal hold they are kept and no longer read, until it is lifted. What was counted, decided or written for everyone
 * stays, because it names nobody.
 */
@Injectable()
export class ConsentService {
  readonly #store: ConsentStore;
  readonly #needs: NeedService;
  readonly #files: FileService;
  readonly #holds: HoldService;
  readonly #keys: SubjectKeys;
  readonly #audit: AuditService;

  constructor(store: ConsentStore, needs: NeedService, files: FileService, holds: HoldService, keys: SubjectKeys, audit: AuditService) {
    this.#store = store;
    this.#needs = needs;
    this.#files = files;
    this.#holds = holds;
    this.#keys = keys;
    this.#audit = audit;
  }

  /** Again changes nothing. */
  async withdraw(tx: Tx, speaker: Speaker, channel: Withdrawal, intent: Intent): Promise<void> {
    if (!(await this.#store.withdraw(tx, speaker, channel, intent.at))) return;
    const { subjectId, needId } = speaker;
    const held = await this.#holds.groundOf(tx, { kind: 'need', id: needId });
    await this.#needs.forgetRaiser(tx, needId, intent);
    if (!held) await this.#destroy(tx, speaker, intent.at);
    await this.#audit.record(tx, {
      commandId: intent.commandId,
      ...intent.trace,
      at: intent.at,
      action: 'needs.consentWithdrawn',
      subject: `subject:${subjectId}`,
      outcome: 'done',
      changes: { channel, needId, ...(held && { held }) },
    });
  }

  /** The hold on a need was lifted: what its raiser had taken back meanwhile goes now. */
  async release(tx: Tx, needId: string, intent: Intent): Promise<void> {
    const withdrawn = await this.#store.withdrawnOf(tx, needId);
    if (withdrawn) await this.#destroy(tx, withdrawn, intent.at);
  }

  /** Whom a restored backup has brought back is forgotten again; false where the subject is nobody who spoke here. */
  async withdrawAgain(tx: Tx, subjectId: string, intent: Intent): Promise<boolean> {
    const speaker = await this.#store.speaker(tx, subjectId);
    if (!speaker) return false;
    await this.#store.withdraw(tx, speaker, 'restored', intent.at);
    await this.forget(tx, speaker, intent);
    return true;
  }

  /** The term is over: the caller knows that nothing holds it. */
  async forget(tx: Tx, speaker: Speaker, intent: Intent): Promise<void> {
    await this.#needs.forgetRaiser(tx, speaker.needId, intent);
    await this.#destroy(tx, speaker, intent.at);
  }

  async #destroy(tx: Tx, { subjectId, needId }: Speaker, at: Instant): Promise<void> {
    await this.#files.removeOf(tx, { kind: 'need', id: needId }, at);
    await this.#keys.destroy(tx, subjectId, at);
  }

  /** For who raised a need, told to staff. Refuses `NEED_UNKNOWN`, and `CONSENT_NONE` where nothing was kept of anybody. */
  async withdrawOfNeed(tx: Tx, needId: string, channel: Withdrawal, intent: Intent): Promise<void> {
    const { orgPath } = await this.#needs.get(tx, needId);
    const subjectId = (await this.#needs.speakerOf(tx, needId)) ?? refuse('CONSENT_NONE', 'rule');
    await this.withdraw(tx, { subjectId, orgPath, needId }, channel, intent);
  }
}
