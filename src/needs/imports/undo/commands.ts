import { Injectable } from '@nestjs/common';
import { AuditService } from '../../../audit/service.ts';
import { refuse } from '../../../kernel/refusal.ts';
import { SubjectKeys } from '../../../platform/crypto/subject-keys.ts';
import type { Tx } from '../../../platform/database/database.ts';
import { place } from '../../../platform/tables/table.ts';
import type { Intent } from '../../model.ts';
import { assertPublic } from '../../need/model.ts';
import type { RecordKind, StoredImport } from '../model.ts';
import { ImportStore } from '../store.ts';
import { UndoStore } from './store.ts';

const MOST_ERRORS = 1000;

/** Takes a whole import back, as long as nobody has built upon any of its rows. */
@Injectable()
export class UndoCommands {
  readonly #imports: ImportStore;
  readonly #store: UndoStore;
  readonly #keys: SubjectKeys;
  readonly #audit: AuditService;

  constructor(imports: ImportStore, store: UndoStore, keys: SubjectKeys, audit: AuditService) {
    this.#imports = imports;
    this.#store = store;
    this.#keys = keys;
    this.#audit = audit;
  }

  /**
   * Refuses `IMPORT_UNKNOWN` (also outside the subtree, or of another kind), `IMPORT_UNDONE`, `PUBLIC_TEXT_PERSONAL`
   * for the reason, and `IMPORT_IN_USE` with the rows that were edited, merged, bundled or matched since.
   */
  async undo(tx: Tx, kind: RecordKind, id: string, reason: string, intent: Intent): Promise<StoredImport> {
    assertPublic(reason, '/reason');
    await this.#imports.lock(tx, kind);
    const found = await this.#imports.import(tx, id);
    if (found?.kind !== kind) return refuse('IMPORT_UNKNOWN', 'unknown');
    if (found.undoneAt !== null) refuse('IMPORT_UNDONE', 'state');
    const records = await this.#store.records(tx, id);
    const ids = records.map(({ recordId }) => recordId);
    const used = new Set([...(await this.#store.changed(tx, kind, ids)), ...(await this.#store.named(tx, kind, ids))]);
    if (used.size > 0) {
      const errors = records.filter(({ recordId }) => used.has(recordId)).map(({ row, sheet }) => ({ at: place(row, 1), code: 'ROW_IN_USE', ...(sheet !== '' && { params: { sheet } }) }));
      refuse('IMPORT_IN_USE', 'state', { used: used.size, rows: records.length }, errors.slice(0, MOST_ERRORS));
    }
    const subjects = kind === 'needs' ? await this.#store.subjects(tx, ids) : [];
    await this.#store.remove(tx, kind, id, ids, reason, intent.at);
    for (const subject of subjects) await this.#keys.destroy(tx, subject, intent.at);
    await this.#audit.record(tx, {
      commandId: intent.commandId,
      ...intent.trace,
      at: intent.at,
      action: 'needs.importUndone',
      subject: `import:${id}`,
      outcome: 'done',
      changes: { kind, records: records.length },
    });
    return (await this.#imports.import(tx, id)) ?? refuse('IMPORT_UNKNOWN', 'unknown');
  }
}
