import { Injectable } from '@nestjs/common';
import { refuse } from '../../kernel/refusal.ts';
import type { Instant } from '../../kernel/time.ts';
import type { Tx } from '../../platform/database/database.ts';
import type { ImportKind, StoredImport } from './model.ts';
import { ImportStore } from './store.ts';
import { UndoStore, type ImportedRecord } from './undo/store.ts';

/** What later areas need to take back imports of theirs. */
@Injectable()
export class ImportedRecords {
  readonly #imports: ImportStore;
  readonly #undos: UndoStore;

  constructor(imports: ImportStore, undos: UndoStore) {
    this.#imports = imports;
    this.#undos = undos;
  }

  /** Nothing of that kind is imported or taken back meanwhile. Refuses `IMPORT_UNKNOWN`, also outside the subtree or of another kind. */
  async hold(tx: Tx, kind: ImportKind, id: string): Promise<StoredImport> {
    await this.#imports.lock(tx, kind);
    return this.get(tx, kind, id);
  }

  /** Refuses `IMPORT_UNKNOWN`, also outside the subtree or of another kind. */
  async get(tx: Tx, kind: ImportKind, id: string): Promise<StoredImport> {
    const found = await this.#imports.import(tx, id);
    return found?.kind === kind ? found : refuse('IMPORT_UNKNOWN', 'unknown');
  }

  /** What the import brought and nobody took back. */
  async of(tx: Tx, importId: string): Promise<ImportedRecord[]> {
    return this.#undos.records(tx, importId);
  }

  async noteUndo(tx: Tx, importId: string, records: number, reason: string, at: Instant): Promise<void> {
    await this.#undos.note(tx, importId, records, reason, at);
  }

  /** The record is taken back: its row is no longer known. */
  async forget(tx: Tx, recordId: string): Promise<void> {
    await this.#undos.forget(tx, [recordId]);
  }

  /** A proposal and its needs that were made for a record and go with it. Refuses `IMPORT_IN_USE` where anything else names them. */
  async removeDrawnUp(tx: Tx, { proposalId, needs }: { readonly proposalId: string; readonly needs: readonly string[] }): Promise<void> {
    const inUse = await this.#undos.named(tx, 'proposals', [proposalId]);
    if (inUse.length > 0) refuse('IMPORT_IN_USE', 'state', { used: inUse.length, rows: 1 });
    await this.#undos.erase(tx, 'proposals', [proposalId]);
    const needsInUse = await this.#undos.named(tx, 'needs', needs);
    if (needsInUse.length > 0) refuse('IMPORT_IN_USE', 'state', { used: needsInUse.length, rows: 1 });
    await this.#undos.erase(tx, 'needs', needs);
  }
}
