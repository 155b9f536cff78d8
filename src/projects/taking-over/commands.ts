import { Injectable } from '@nestjs/common';
import { AuditService } from '../../audit/service.ts';
import { CaseBatches } from '../../cases/batches/commands.ts';
import { refuse, type FieldError } from '../../kernel/refusal.ts';
import { WHOLE_TENANT } from '../../kernel/scope.ts';
import { NeedsCommands } from '../../needs/commands.ts';
import { ImportCommands, type ImportFile, type ImportOptions } from '../../needs/imports/commands.ts';
import { IMPORT_PERMISSIONS, type ImportReport, type StoredImport } from '../../needs/imports/model.ts';
import { ImportedRecords } from '../../needs/imports/service.ts';
import { assertPublic } from '../../needs/need/model.ts';
import { scopeFor, type Caller } from '../../platform/http/caller.ts';
import type { RequestKey } from '../../platform/http/idempotency.ts';
import { place } from '../../platform/tables/table.ts';
import type { ProjectCommand } from '../lifecycle/model.ts';
import { projectCaseId } from '../messages.ts';
import { TAKE_OVER, UNDO_TAKE_OVER } from './batch.ts';
import { TakeOverStore } from './store.ts';

const PERMISSION = IMPORT_PERMISSIONS.projects;

export type LedgerOptions = Omit<ImportOptions, 'takeOver'>;

type Row = Awaited<ReturnType<ImportedRecords['of']>>[number];

/** Projects that were under way before they came here: one import opens one case for each row, and can be taken back as a whole. */
@Injectable()
export class TakeOverCommands {
  readonly #needs: NeedsCommands;
  readonly #imports: ImportCommands;
  readonly #imported: ImportedRecords;
  readonly #batches: CaseBatches;
  readonly #store: TakeOverStore;
  readonly #audit: AuditService;

  constructor(needs: NeedsCommands, imports: ImportCommands, imported: ImportedRecords, batches: CaseBatches, store: TakeOverStore, audit: AuditService) {
    this.#needs = needs;
    this.#imports = imports;
    this.#imported = imported;
    this.#batches = batches;
    this.#store = store;
    this.#audit = audit;
  }

  async preview(caller: Caller, file: ImportFile, options: LedgerOptions): Promise<ImportReport> {
    const wish = { ...options, takeOver: true };
    return this.#needs.read(scopeFor(caller, PERMISSION), async (tx) => this.#imports.preview(tx, 'projects', file, wish, await this.#needs.now(tx)));
  }

  /** Rows and their commands in one transaction; then each case is opened. Refuses what every import refuses. */
  async take(caller: Caller, key: RequestKey, file: ImportFile, options: LedgerOptions): Promise<ImportReport> {
    const wish = { ...options, takeOver: true };
    const report = await this.#needs.run(caller, PERMISSION, key, (tx, intent) => this.#imports.take(tx, 'projects', file, wish, intent));
    const rows = await this.#rows(caller, report.importId);
    await this.#batches.send(caller.tenant, TAKE_OVER, key.commandId, rows.map(caseOf));
    return report;
  }

  /**
   * Refuses `IMPORT_UNKNOWN`, `IMPORT_UNDONE`, `PUBLIC_TEXT_PERSONAL` for the reason, and `IMPORT_IN_USE` with the rows whose
   * projects have gone on since.
   */
  async undo(caller: Caller, key: RequestKey, importId: string, reason: string): Promise<StoredImport> {
    assertPublic(reason, '/reason');
    const undone = await this.#needs.run(caller, PERMISSION, key, async (tx, intent) => {
      const found = await this.#imported.hold(tx, 'projects', importId);
      const rows = await this.#imported.of(tx, importId);
      if (found.undoneAt !== null && rows.length === 0) refuse('IMPORT_UNDONE', 'state');
      assertUnused(rows, await this.#store.movedOn(tx, rows.map(({ recordId }) => recordId)));
      await this.#imported.noteUndo(tx, importId, rows.length, reason, intent.at);
      const items = rows.map((row) => ({ caseId: caseOf(row), asked: { type: 'undoTakeOver' as const } }));
      await this.#batches.store<ProjectCommand>(tx, UNDO_TAKE_OVER, intent, items);
      const { commandId, at, trace } = intent;
      const changes = { kind: 'projects', records: rows.length };
      await this.#audit.record(tx, { commandId, ...trace, at, action: 'needs.importUndone', subject: `import:${importId}`, outcome: 'done', changes });
      return this.#imported.get(tx, 'projects', importId);
    });
    const rows = await this.#rows(caller, importId);
    const refused = await this.#batches.send(caller.tenant, UNDO_TAKE_OVER, key.commandId, rows.map(caseOf));
    const ids = new Set(refused.map(({ caseId }) => caseId));
    assertUnused(rows, rows.filter((row) => ids.has(caseOf(row))).map(({ recordId }) => recordId));
    return undone;
  }

  async #rows(caller: Caller, importId: string | null): Promise<Row[]> {
    if (importId === null) return [];
    return this.#needs.read({ ...scopeFor(caller, PERMISSION), orgPath: WHOLE_TENANT }, (tx) => this.#imported.of(tx, importId));
  }
}

function caseOf({ recordId }: Row): string {
  return projectCaseId(recordId);
}

function assertUnused(rows: readonly Row[], used: readonly string[]): void {
  if (used.length === 0) return;
  const ids = new Set(used);
  const errors = rows.filter(({ recordId }) => ids.has(recordId)).map(({ row, sheet }): FieldError => ({ at: place(row, 1), code: 'ROW_IN_USE', ...(sheet !== '' && { params: { sheet } }) }));
  refuse('IMPORT_IN_USE', 'state', { used: used.length, rows: rows.length }, errors.slice(0, 1000));
}
