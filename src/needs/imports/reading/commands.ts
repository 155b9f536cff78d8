import { Injectable } from '@nestjs/common';
import { refuse, type FieldError } from '../../../kernel/refusal.ts';
import type { Tx } from '../../../platform/database/database.ts';
import { bare, findLayout, type Layout } from '../../../platform/tables/headings.ts';
import { knownHeadings, missingIn, type ColumnPlan, type ColumnRules } from '../../../platform/tables/records.ts';
import { columnLetters, place, type Table } from '../../../platform/tables/table.ts';
import { ImportKinds, type PlannedSheet } from '../kinds/commands.ts';
import {
  fieldsByName,
  fingerprintOf,
  namedColumns,
  planByFields,
  planOf,
  suggestionFor,
  withoutErrors,
  type NamedColumn,
} from '../mapping/import.ts';
import { isPersonalHeading, type Mapping, type Suggestion } from '../mapping/model.ts';
import { MappingStore } from '../mapping/store.ts';
import type { ImportKind, PreviewedColumn } from '../model.ts';

/** A file whose sheet was chosen and whose columns are known, as far as they are. */
export interface OpenedFile extends PlannedSheet {
  readonly kind: ImportKind;
  readonly rules: ColumnRules;
  readonly tables: readonly Table[];
  readonly columns: readonly NamedColumn[];
  readonly mapping: Mapping | undefined;
  /** Nothing is taken before a person has said which column is what. */
  readonly needsMapping: boolean;
  readonly missing: readonly string[];
  /** Columns whose cells together tell rows apart that bear no number. */
  readonly identity: readonly NamedColumn[];
}

/** At least one. */
export type OpenedSheets = readonly [OpenedFile, ...OpenedFile[]];

export interface SheetWish {
  readonly sheets?: readonly string[] | undefined;
  readonly sameHeadings?: boolean | undefined;
}

const MOST_ASKED = 100;

interface Candidate {
  readonly table: Table;
  readonly layout: Layout;
  readonly columns: readonly NamedColumn[];
  readonly mapping: Mapping | undefined;
  readonly named: number;
}

@Injectable()
export class ImportReader {
  readonly #mappings: MappingStore;
  readonly #kinds: ImportKinds;

  constructor(mappings: MappingStore, kinds: ImportKinds) {
    this.#mappings = mappings;
    this.#kinds = kinds;
  }

  /**
   * The sheets that are wished for, else the first with a remembered mapping, else the one with most known headings;
   * and with `sameHeadings` all that are headed like the first of these. Never none. Refuses `TABLE_SHEET_UNKNOWN`.
   */
  async open(tx: Tx, kind: ImportKind, tables: readonly Table[], { sheets, sameHeadings }: SheetWish): Promise<OpenedSheets> {
    const known = new Set(tables.map(({ sheet }) => sheet));
    if (sheets?.some((name) => !known.has(name))) refuse('TABLE_SHEET_UNKNOWN', 'invalid');
    const candidates: Candidate[] = [];
    const looked = sheets && !sameHeadings ? tables.filter(({ sheet }) => sheets.includes(sheet)) : tables;
    for (const table of looked) candidates.push(await this.#look(tx, kind, table));
    const wished = sheets ? candidates.filter(({ table }) => sheets.includes(table.sheet)) : bestOf(candidates);
    const [first] = wished;
    if (!first) return refuse('TABLE_SHEET_UNKNOWN', 'invalid');
    const print = fingerprintOf(kind, first.columns);
    const alike = sameHeadings ? candidates.filter(({ columns }) => fingerprintOf(kind, columns) === print) : [];
    const rules = this.#kinds.rules(kind);
    const [one, ...more] = [...new Set([...wished, ...alike])].map((candidate) => opened(kind, rules, tables, candidate));
    return [one!, ...more];
  }

  /** Mappings that may have something to say about files of that kind. */
  async earlier(tx: Tx, kind: ImportKind): Promise<Mapping[]> {
    return this.#mappings.all(tx, kind, MOST_ASKED);
  }

  async #look(tx: Tx, kind: ImportKind, table: Table): Promise<Candidate> {
    const rules = this.#kinds.rules(kind);
    const known = knownHeadings(rules);
    const layout = withoutErrors(findLayout(table, (heading) => known.has(bare(heading))));
    const columns = namedColumns(layout);
    const mapping = await this.#mappings.nearest(tx, kind, fingerprintOf(kind, columns));
    return { table, layout, columns, mapping, named: fieldsByName(columns, rules).found.size };
  }
}

/** The first of those that fit best. */
function bestOf(candidates: readonly Candidate[]): Candidate[] {
  const [first, ...others] = candidates;
  return first ? [others.reduce((best, other) => (rank(other) > rank(best) ? other : best), first)] : [];
}

function rank({ mapping, named }: Candidate): number {
  return mapping ? Number.MAX_SAFE_INTEGER : named;
}

function opened(kind: ImportKind, rules: ColumnRules, tables: readonly Table[], { table, layout, columns, mapping }: Candidate): OpenedFile {
  const { found, unclear } = fieldsByName(columns, rules);
  const plan: ColumnPlan = mapping ? planOf(mapping, columns, rules) : planByFields(found);
  const missing = missingIn(plan, rules);
  const identity = identityIn(columns, mapping?.identity ?? []);
  return { kind, rules, tables, table, layout, columns, plan, mapping, missing, identity, needsMapping: !mapping && (unclear || missing.length > 0) };
}

/** In the mapping's order: the columns of the next file may stand in another. */
function identityIn(columns: readonly NamedColumn[], names: readonly string[]): NamedColumn[] {
  return names.flatMap((name) => columns.find((column) => column.name === name) ?? []);
}

/** For a preview: the plan that a person would confirm. */
export function asSuggested(file: OpenedFile, earlier: readonly Mapping[] = []): { readonly file: OpenedFile; readonly suggestion: Suggestion } {
  const { kind, rules, table, layout, columns, mapping } = file;
  const suggestion = mapping ?? suggestionFor(kind, table, layout, rules, earlier);
  if (!file.needsMapping) return { file, suggestion };
  const plan = planOf(suggestion, columns, rules);
  const identity = identityIn(columns, suggestion.identity);
  return { file: { ...file, plan, identity, missing: missingIn(plan, rules) }, suggestion };
}

/** Refuses `IMPORT_MAPPING_UNCONFIRMED` where a person could say which column is what; without any hope reading refuses. */
export function assertMapped(file: OpenedFile): void {
  if (file.needsMapping && asSuggested(file).file.missing.length === 0) refuse('IMPORT_MAPPING_UNCONFIRMED', 'rule');
}

export function columnsShown({ columns, plan, mapping, needsMapping }: OpenedFile): PreviewedColumn[] {
  const fields = new Map([...plan].flatMap(([field, source]) => source.columns.map(({ column }): [number, string] => [column, field])));
  return columns.map(({ column, name, heading }): PreviewedColumn => {
    const field = fields.get(column) ?? null;
    const by = field === null ? 'none' : mapping ? 'remembered' : needsMapping ? 'likeness' : 'name';
    return { column: columnLetters(column), heading: name, field, by: isPersonalHeading(heading) ? 'personal' : by };
  });
}

/** What a preview says of a file that no plan can read. */
export function missingErrors({ layout, missing, rules }: OpenedFile): FieldError[] {
  return missing.map((field) => ({
    at: place(Math.max(layout.until, 1), 1),
    code: 'TABLE_HEADING_MISSING',
    params: { heading: rules[field]?.headings[0] ?? field },
  }));
}
