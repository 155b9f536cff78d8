import { Injectable } from '@nestjs/common';
import { refuse } from '../../kernel/refusal.ts';
import type { Tx } from '../../platform/database/database.ts';
import type { Caller } from '../../platform/http/caller.ts';
import type { RequestKey } from '../../platform/http/idempotency.ts';
import { NeedsCommands } from '../commands.ts';
import { ConsentService } from '../consent/service.ts';
import { ImportStore } from '../imports/store.ts';
import { IntakeService } from '../intake/service.ts';
import { NeedService } from '../need/service.ts';
import type { Hold } from './model.ts';
import { HoldService } from './service.ts';

/** What is to be kept, as staff name it. */
export interface Named {
  readonly kind: 'need' | 'submission' | 'import';
  readonly id: string;
}

const PERMISSION = 'needs.publish';

@Injectable()
export class HoldCommands {
  readonly #needsCommands: NeedsCommands;
  readonly #holds: HoldService;
  readonly #needs: NeedService;
  readonly #intake: IntakeService;
  readonly #imports: ImportStore;
  readonly #consents: ConsentService;

  constructor(commands: NeedsCommands, holds: HoldService, needs: NeedService, intake: IntakeService, imports: ImportStore, consents: ConsentService) {
    this.#needsCommands = commands;
    this.#holds = holds;
    this.#needs = needs;
    this.#intake = intake;
    this.#imports = imports;
    this.#consents = consents;
  }

  /** Refuses `NEED_UNKNOWN`, `SUBMISSION_UNKNOWN`, `IMPORT_UNKNOWN`, `HOLD_EXISTS`. */
  place(caller: Caller, key: RequestKey, named: Named, content: Pick<Hold, 'ground' | 'note'>): Promise<Hold> {
    return this.#needsCommands.run(caller, PERMISSION, key, async (tx, intent) =>
      this.#holds.place(tx, { ...(await this.#found(tx, named)), ...content }, intent),
    );
  }

  /** What was taken back while it was held is destroyed now. Refuses `HOLD_UNKNOWN`, `HOLD_LIFTED`. */
  lift(caller: Caller, key: RequestKey, id: string): Promise<Hold> {
    return this.#needsCommands.run(caller, PERMISSION, key, async (tx, intent) => {
      const hold = await this.#holds.lift(tx, id, intent);
      if (hold.record.kind === 'need') await this.#consents.release(tx, hold.record.id, intent);
      return hold;
    });
  }

  async #found(tx: Tx, { kind, id }: Named): Promise<Pick<Hold, 'record' | 'orgPath'>> {
    if (kind === 'need') return { record: { kind, id }, orgPath: (await this.#needs.get(tx, id)).orgPath };
    if (kind === 'submission') {
      const { needId, orgPath } = await this.#intake.speakerOf(tx, id);
      return { record: { kind: 'need', id: needId }, orgPath };
    }
    const { orgPath } = (await this.#imports.import(tx, id)) ?? refuse('IMPORT_UNKNOWN', 'unknown');
    return { record: { kind, id }, orgPath };
  }
}
