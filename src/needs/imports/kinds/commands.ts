import { Injectable } from '@nestjs/common';
import { isPartner, isThere, type OrgUnit } from '../../../accounts/units/model.ts';
import { UnitService } from '../../../accounts/units/service.ts';
import { within } from '../../../kernel/scope.ts';
import { shanghaiDate, type Instant } from '../../../kernel/time.ts';
import type { Tx } from '../../../platform/database/database.ts';
import type { Layout } from '../../../platform/tables/headings.ts';
import { readRecords, type Aside, type ColumnPlan, type ColumnRules } from '../../../platform/tables/records.ts';
import type { Table } from '../../../platform/tables/table.ts';
import type { Intent } from '../../model.ts';
import { NEED_COLUMNS, needsOf, type NeedOfFile } from '../../need/import.ts';
import { NeedService } from '../../need/service.ts';
import { OFFER_COLUMNS, offersOf, type OfferOfFile } from '../../offer/import.ts';
import { OfferService } from '../../offer/service.ts';
import { needNumbersIn, PROPOSAL_COLUMNS, proposalsOf, type ProposalOfFile } from '../../proposal/import.ts';
import { ProposalService } from '../../proposal/service.ts';
import type { FileRow, ImportKind, RowTerms } from '../model.ts';

/** A sheet, and which of its columns is what. */
export interface PlannedSheet {
  readonly table: Table;
  readonly layout: Layout;
  readonly plan: ColumnPlan;
}

export interface FileRows<Content> {
  readonly rows: readonly FileRow<Content>[];
  readonly unknownHeadings: readonly string[];
  readonly asides: readonly Aside[];
}

/** One kind of file: how its rows are read, and how they become records. */
export interface Importer<Content extends object> {
  readonly kind: ImportKind;
  readonly rules: ColumnRules;
  read(tx: Tx, sheet: PlannedSheet, terms: RowTerms): Promise<FileRows<Content>>;
  insert(tx: Tx, records: readonly PlacedRecord<Content>[], intent: Intent, source: ImportSource): Promise<void>;
}

/** A good row and where it stands; `sheet` is empty where only one was read. */
export type PlacedRecord<Content> = Content & { readonly id: string; readonly row: number; readonly sheet: string };

export interface ImportSource {
  readonly importId: string;
  /** SHA-256 of the file, base64url. */
  readonly fileHash: string;
}

type Use<Answer> = <Content extends object>(importer: Importer<Content>) => Promise<Answer>;

interface Registered {
  readonly rules: ColumnRules;
  readonly with: <Answer>(use: Use<Answer>) => Promise<Answer>;
}

@Injectable()
export class ImportKinds {
  readonly #units: UnitService;
  readonly #needs: NeedService;
  readonly #offers: OfferService;
  readonly #proposals: ProposalService;
  readonly #registered = new Map<ImportKind, Registered>();

  constructor(units: UnitService, needs: NeedService, offers: OfferService, proposals: ProposalService) {
    this.#units = units;
    this.#needs = needs;
    this.#offers = offers;
    this.#proposals = proposals;
    this.register(this.#ofNeeds());
    this.register(this.#ofOffers());
    this.register(this.#ofProposals());
  }

  /** Later areas add their kinds of file when they start. */
  register<Content extends object>(importer: Importer<Content>): void {
    this.#registered.set(importer.kind, { rules: importer.rules, with: (use) => use(importer) });
  }

  /** The fields of a kind of file. */
  rules(kind: ImportKind): ColumnRules {
    return this.#of(kind).rules;
  }

  async with<Answer>(kind: ImportKind, use: Use<Answer>): Promise<Answer> {
    return this.#of(kind).with(use);
  }

  #of(kind: ImportKind): Registered {
    const registered = this.#registered.get(kind);
    if (!registered) throw new RangeError(`nobody reads files of ${kind}`);
    return registered;
  }

  #ofNeeds(): Importer<NeedOfFile> {
    return {
      kind: 'needs',
      rules: NEED_COLUMNS,
      read: async (tx, { table, layout, plan }, terms) => {
        const records = await readRecords(table, layout, plan, NEED_COLUMNS);
        const { unknownHeadings, asides } = records;
        return { unknownHeadings, asides, rows: await needsOf(records, communitiesIn(tx, await this.#present(tx, terms.at)), terms) };
      },
      insert: (tx, records, { at }) => this.#needs.insertAll(tx, records, at),
    };
  }

  #ofOffers(): Importer<OfferOfFile> {
    return {
      kind: 'offers',
      rules: OFFER_COLUMNS,
      read: async (tx, { table, layout, plan }, terms) => {
        const records = await readRecords(table, layout, plan, OFFER_COLUMNS);
        const units = await this.#present(tx, terms.at);
        const communities = communitiesIn(tx, units);
        const { unknownHeadings, asides } = records;
        return { unknownHeadings, asides, rows: await offersOf(records, await this.#writable(tx, units, communities, terms.at), communities, terms) };
      },
      insert: (tx, records) => this.#offers.insertAll(tx, records),
    };
  }

  #ofProposals(): Importer<ProposalOfFile> {
    return {
      kind: 'proposals',
      rules: PROPOSAL_COLUMNS,
      read: async (tx, { table, layout, plan }, terms) => {
        const records = await readRecords(table, layout, plan, PROPOSAL_COLUMNS);
        const units = await this.#present(tx, terms.at);
        const needs = await this.#needs.bySource(tx, needNumbersIn(records));
        const known = {
          communities: communitiesIn(tx, units),
          implementers: units.filter((unit) => unit.kind === 'socialOrganization'),
          needs: new Map(needs.map((need) => [need.sourceNumber ?? need.number, need])),
        };
        const { unknownHeadings, asides } = records;
        return { unknownHeadings, asides, rows: await proposalsOf(records, known, terms) };
      },
      insert: async (tx, records, intent) => {
        await this.#proposals.insertAll(tx, records);
        for (const { id, ready } of records) if (ready) await this.#proposals.makeReady(tx, id, 1, intent);
      },
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
}

function communitiesIn(tx: Tx, units: readonly OrgUnit[]): OrgUnit[] {
  return units.filter((unit) => unit.kind === 'community' && within(unit.orgPath, tx.scope.orgPath));
}
