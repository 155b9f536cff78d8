import { createHash } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { isPartner, isThere, type OrgUnit } from '../../accounts/units/model.ts';
import { UnitService } from '../../accounts/units/service.ts';
import { AuditService } from '../../audit/service.ts';
import { refuse, type FieldError } from '../../kernel/refusal.ts';
import { within } from '../../kernel/scope.ts';
import { shanghaiDate, type Instant } from '../../kernel/time.ts';
import { BlindIndex } from '../../platform/crypto/blind-index.ts';
import type { Tx } from '../../platform/database/database.ts';
import { deriveId } from '../../platform/ids.ts';
import type { Table } from '../../platform/tables/table.ts';
import type { Intent } from '../model.ts';
import { needsOfFile, type NeedOfFile } from '../need/import.ts';
import { NeedService } from '../need/service.ts';
import { offersOfFile, type OfferOfFile } from '../offer/import.ts';
import { OfferService } from '../offer/service.ts';
import { needNumbersIn, proposalRecords, proposalsOf, type ProposalOfFile } from '../proposal/import.ts';
import { ProposalService } from '../proposal/service.ts';
import type { FileRow, ImportKind, ImportReport } from './model.ts';
import { ImportStore, type ImportedRowKey } from './store.ts';

/** A parsed file and the bytes it came from. */
export interface ImportFile {
  readonly table: Table;
  readonly bytes: Uint8Array;
}

export interface ImportOptions {
  /** Take the good rows although others are bad; without it one bad row stops the file. */
  readonly takeGood: boolean;
}

/** Rows of one statement; a few hundred make the round trips vanish, more only hold memory. */
const BATCH = 500;
const MOST_ERRORS = 1000;

/** One kind of file: how its rows are read, and how they become records. */
interface Importer<Content extends object> {
  readonly kind: ImportKind;
  read(tx: Tx, table: Table, at: Instant): Promise<FileRows<Content>>;
  insert(tx: Tx, records: readonly (Content & { readonly id: string })[], at: Instant): Promise<void>;
}

interface FileRows<Content> {
  readonly rows: readonly FileRow<Content>[];
  readonly unknownHeadings: readonly string[];
}

interface Judged<Content> {
  readonly rows: number;
  readonly fresh: readonly { readonly record: Content & { readonly id: string }; readonly key: ImportedRowKey }[];
  readonly unchanged: number;
  readonly bad: number;
  readonly errors: readonly FieldError[];
  readonly unknownHeadings: readonly string[];
}

/**
 * The files this area takes. A row is known by its own number (or, without one, by what it says), so that a file can
 * come twice, or come back corrected, without doubling anything.
 */
@Injectable()
export class ImportCommands {
  readonly #store: ImportStore;
  readonly #units: UnitService;
  readonly #needs: NeedService;
  readonly #offers: OfferService;
  readonly #proposals: ProposalService;
  readonly #audit: AuditService;
  readonly #index: BlindIndex;

  constructor(
    store: ImportStore,
    units: UnitService,
    needs: NeedService,
    offers: OfferService,
    proposals: ProposalService,
    audit: AuditService,
    index: BlindIndex,
  ) {
    this.#store = store;
    this.#units = units;
    this.#needs = needs;
    this.#offers = offers;
    this.#proposals = proposals;
    this.#audit = audit;
    this.#index = index;
  }

  /** What an import would do; writes nothing. Refuses `TABLE_…`. */
  async preview(tx: Tx, kind: ImportKind, file: ImportFile, at: Instant): Promise<ImportReport> {
    const judged: Judged<object> = await this.#with(kind, (importer) => this.#judge(tx, importer, file.table, { commandId: '', at }));
    return report(judged, null);
  }

  /** Refuses `TABLE_…`, and `IMPORT_HAS_BAD_ROWS` with the errors of all rows unless the good ones are to be taken. */
  async take(tx: Tx, kind: ImportKind, file: ImportFile, options: ImportOptions, intent: Intent): Promise<ImportReport> {
    await this.#store.lock(tx, kind);
    return this.#with(kind, (importer) => this.#take(tx, importer, file, options, intent));
  }

  async #take<Content extends object>(
    tx: Tx,
    importer: Importer<Content>,
    file: ImportFile,
    { takeGood }: ImportOptions,
    intent: Intent,
  ): Promise<ImportReport> {
    const { kind } = importer;
    const judged = await this.#judge(tx, importer, file.table, intent);
    const { rows, fresh, unchanged, bad } = judged;
    if (bad > 0 && !takeGood) refuse('IMPORT_HAS_BAD_ROWS', 'rule', { bad, rows }, judged.errors.slice(0, MOST_ERRORS));
    const records = fresh.map(({ record }) => record);
    for (let from = 0; from < records.length; from += BATCH) await importer.insert(tx, records.slice(from, from + BATCH), intent.at);
    const importId = deriveId(intent.commandId, 'import');
    const fileHash = createHash('sha256').update(file.bytes).digest('base64url');
    const keys = fresh.map(({ key }) => key);
    await this.#store.insert(tx, { id: importId, kind, fileHash, taken: fresh.length, unchanged, bad, at: intent.at }, keys);
    await this.#audit.record(tx, {
      commandId: intent.commandId,
      ...intent.trace,
      at: intent.at,
      action: 'needs.imported',
      subject: `import:${importId}`,
      outcome: 'done',
      changes: { kind, rows, taken: fresh.length, unchanged, bad, fileHash },
    });
    return report(judged, importId);
  }

  #with<Answer>(kind: ImportKind, use: <Content extends object>(importer: Importer<Content>) => Promise<Answer>): Promise<Answer> {
    switch (kind) {
      case 'needs':
        return use(this.#ofNeeds());
      case 'offers':
        return use(this.#ofOffers());
      case 'proposals':
        return use(this.#ofProposals());
    }
  }

  #ofNeeds(): Importer<NeedOfFile> {
    return {
      kind: 'needs',
      read: async (tx, table, at) => needsOfFile(table, communitiesIn(tx, await this.#present(tx, at)), at),
      insert: (tx, records, at) => this.#needs.insertAll(tx, records, at),
    };
  }

  #ofOffers(): Importer<OfferOfFile> {
    return {
      kind: 'offers',
      read: async (tx, table, at) => {
        const units = await this.#present(tx, at);
        const communities = communitiesIn(tx, units);
        return offersOfFile(table, await this.#writable(tx, units, communities, at), communities, at);
      },
      insert: (tx, records) => this.#offers.insertAll(tx, records),
    };
  }

  #ofProposals(): Importer<ProposalOfFile> {
    return {
      kind: 'proposals',
      read: async (tx, table, at) => {
        const units = await this.#present(tx, at);
        const records = proposalRecords(table);
        const needs = await this.#needs.bySource(tx, needNumbersIn(records));
        const rows = proposalsOf(records, {
          communities: communitiesIn(tx, units),
          implementers: units.filter((unit) => unit.kind === 'socialOrganization'),
          needs: new Map(needs.map((need) => [need.sourceNumber ?? need.number, need])),
        });
        return { rows, unknownHeadings: records.unknownHeadings };
      },
      insert: (tx, records) => this.#proposals.insertAll(tx, records),
    };
  }

  async #present(tx: Tx, at: Instant): Promise<OrgUnit[]> {
    const on = shanghaiDate(at);
    return (await this.#units.all(tx)).filter((unit) => isThere(unit, on));
  }

  /** Units for which the caller may write: its own, or those that take part in its communities. */
  async #writable(tx: Tx, units: readonly OrgUnit[], communities: readonly OrgUnit[], at: Instant): Promise<OrgUnit[]> {
    const mine = new Set(communities.map((community) => community.id));
    const memberships = await this.#units.memberships(tx, shanghaiDate(at));
    const joined = new Set(memberships.filter(({ communityId }) => mine.has(communityId)).map(({ unitId }) => unitId));
    return units.filter((unit) => isPartner(unit.kind) && (within(unit.orgPath, tx.scope.orgPath) || joined.has(unit.id)));
  }

  async #judge<Content extends object>(
    tx: Tx,
    importer: Importer<Content>,
    table: Table,
    { commandId, at }: Pick<Intent, 'commandId' | 'at'>,
  ): Promise<Judged<Content>> {
    const { rows, unknownHeadings } = await importer.read(tx, table, at);
    const identified = this.#identify(tx, importer.kind, rows);
    const known = await this.#store.known(tx, importer.kind, identified.flatMap(({ keys }) => keys));
    const fresh: { record: Content & { id: string }; key: ImportedRowKey }[] = [];
    const errors: FieldError[] = [];
    let unchanged = 0;
    for (const { row, hashes, keys, twice } of identified) {
      const [rowKey = ''] = keys;
      const [contentHash = ''] = hashes;
      const before = keys.map((key) => known.get(key)).find((hash) => hash !== undefined);
      if (twice) errors.push({ at: row.sourceAt, code: 'ROW_NUMBER_TWICE' });
      else if (before !== undefined && hashes.includes(before)) unchanged += 1;
      else if (before !== undefined) errors.push({ at: row.sourceAt, code: 'ROW_IMPORTED_DIFFERENTLY' });
      else if (row.content === undefined) errors.push(...row.errors);
      else {
        const id = deriveId(commandId, rowKey);
        fresh.push({ record: { ...row.content, id }, key: { rowKey, contentHash, recordId: id } });
      }
    }
    return { rows: rows.length, fresh, unchanged, bad: rows.length - fresh.length - unchanged, errors, unknownHeadings };
  }

  /**
   * Keys under which an earlier import may know each row. What it says is hashed with a key, because residents said
   * it; there is one hash for each key that may have made the stored one.
   */
  #identify<Content>(tx: Tx, kind: ImportKind, rows: readonly FileRow<Content>[]): IdentifiedRow<Content>[] {
    const seen = new Map<string, number>();
    return rows.map((row) => {
      const hashes = this.#index.candidates(tx.scope.tenant, `needs_import_row/${kind}`, row.said).map((hash) => hash.toString('base64url'));
      const same = row.sourceNumber ?? hashes[0] ?? '';
      const ordinal = seen.get(same) ?? 0;
      seen.set(same, ordinal + 1);
      const keys = row.sourceNumber === null ? hashes.map((hash) => `#${hash}/${ordinal}`) : [row.sourceNumber];
      return { row, hashes, keys, twice: row.sourceNumber !== null && ordinal > 0 };
    });
  }
}

interface IdentifiedRow<Content> {
  readonly row: FileRow<Content>;
  readonly hashes: readonly string[];
  readonly keys: readonly string[];
  /** The number stands in the file before. */
  readonly twice: boolean;
}

function communitiesIn(tx: Tx, units: readonly OrgUnit[]): OrgUnit[] {
  return units.filter((unit) => unit.kind === 'community' && within(unit.orgPath, tx.scope.orgPath));
}

function report({ rows, fresh, unchanged, bad, errors, unknownHeadings }: Judged<object>, importId: string | null): ImportReport {
  return { importId, rows, taken: fresh.length, unchanged, bad, errors: errors.slice(0, MOST_ERRORS), unknownHeadings };
}
