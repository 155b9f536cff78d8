import { hashOf } from '../../../platform/ids.ts';
import type { CellReader } from '../../../platform/tables/cells.ts';
import { bare, type HeadingColumn, type Layout } from '../../../platform/tables/headings.ts';
import { choiceOf, knownHeadings, plainChoice, type ColumnPlan, type ColumnRules, type ColumnSource } from '../../../platform/tables/records.ts';
import type { Table } from '../../../platform/tables/table.ts';
import { likeness, NOT_LIKE } from './likeness.ts';
import { isPersonalHeading, plainHeading, type FieldMapping, type Mapping, type MappingContent, type Suggestion } from './model.ts';

/** A column with the heading by which mappings know it. */
export interface NamedColumn extends HeadingColumn {
  readonly name: string;
}

/** The column that files with wrong rows get, and that is not read when they come back. */
export const ERROR_HEADINGS = ['错误说明', 'Errors'] as const;
const ERRORS: ReadonlySet<string> = new Set(ERROR_HEADINGS.map(plainHeading));

/** The layout without the column in which errors came back. */
export function withoutErrors(layout: Layout): Layout {
  return { ...layout, columns: layout.columns.filter(({ heading }) => !ERRORS.has(plainHeading(heading))) };
}

/** Headings as mappings name them: a repeated one is told apart by its place among its equals. */
export function namedColumns({ columns }: Layout): NamedColumn[] {
  const seen = new Map<string, number>();
  return columns.flatMap((column) => {
    const plain = plainHeading(column.heading);
    if (plain === '') return [];
    const count = (seen.get(plain) ?? 0) + 1;
    seen.set(plain, count);
    return [{ ...column, name: count === 1 ? plain : `${plain}#${count}` }];
  });
}

/** By which a file's source is known again, whatever the order of its columns. */
export function fingerprintOf(kind: string, columns: readonly NamedColumn[]): string {
  const kept = columns.filter(({ heading }) => !isPersonalHeading(heading));
  return hashOf(kind, ...kept.map(({ name }) => name).sort());
}

/** What 问卷星 puts beside the answers. */
const WJX = { number: '序号', submittedAt: '提交答卷时间', aside: new Set(['序号', '提交答卷时间', '所用时间', '来源', '来源详情', '来自ip', '总分']) };

function isWenjuanxing(columns: readonly NamedColumn[]): boolean {
  const names = new Set(columns.map(({ name }) => name));
  return names.has(WJX.number) && names.has(WJX.submittedAt);
}

export interface NamedFields {
  readonly found: ReadonlyMap<string, NamedColumn>;
  /** Two columns bear names of one field, or names mean something else in this source: a person is to say. */
  readonly unclear: boolean;
}

/** Fields by the names of their headings. */
export function fieldsByName(columns: readonly NamedColumn[], rules: ColumnRules): NamedFields {
  if (isWenjuanxing(columns)) return { found: new Map(), unclear: true };
  const known = knownHeadings(rules);
  const found = new Map<string, NamedColumn>();
  let unclear = false;
  for (const column of columns) {
    if (isPersonalHeading(column.heading)) continue;
    const field = known.get(bare(column.heading)) ?? known.get(bare(column.own));
    if (field === undefined) continue;
    unclear ||= found.has(field);
    if (!found.has(field)) found.set(field, column);
  }
  return { found, unclear };
}

/**
 * What looks right: as an earlier mapping of the same questions had it, else by name, else by likeness; with
 * translations for choices that contain a known name.
 */
export function suggestionFor(kind: string, table: Table, layout: Layout, rules: ColumnRules, earlier: readonly Mapping[] = []): Suggestion {
  const columns = namedColumns(layout);
  const wenjuanxing = isWenjuanxing(columns);
  const like = mostAlike(columns, earlier);
  const kept = like ? keptOf(like, columns) : [];
  const given = new Set(kept.map(({ field }) => field));
  const taken = new Set(kept.flatMap(({ headings }) => headings));
  const found = new Map([...fieldsByName(columns, rules).found].filter(([field, { name }]) => !given.has(field) && !taken.has(name)));
  for (const { name } of found.values()) taken.add(name);
  const open = columns.filter(({ name, heading }) => !taken.has(name) && !isPersonalHeading(heading) && !(wenjuanxing && WJX.aside.has(name)));
  const pairs = open.flatMap((column) =>
    Object.entries(rules).map(([field, rule]) => ({ column, field, score: likeness(column.own, rule.headings) })),
  );
  for (const { column, field, score } of pairs.sort((a, b) => b.score - a.score)) {
    if (score < NOT_LIKE || given.has(field) || found.has(field) || taken.has(column.name)) continue;
    found.set(field, column);
    taken.add(column.name);
  }
  const fields = [...found].map(([field, column]): FieldMapping => {
    const question = rules[field]?.read.choices ? choicesOf(column, columns, taken) : [column];
    for (const { name } of question) taken.add(name);
    return { ...bareMapping(field), headings: question.map(({ name }) => name), values: translations(table, layout, question, rules[field]?.read) };
  });
  const fingerprint = fingerprintOf(kind, columns);
  const all = [...kept, ...fields];
  if (!wenjuanxing) return { source: like?.source ?? null, fingerprint, fields: all, identity: like?.identity ?? [] };
  const around = aroundAnswers(new Set(all.map(({ field }) => field)), rules);
  return { source: like?.source ?? '问卷星', fingerprint, fields: [...all, ...around], identity: [WJX.number, WJX.submittedAt] };
}

/** The earlier mapping of which most is here again; at least half of it. */
function mostAlike(columns: readonly NamedColumn[], earlier: readonly Mapping[]): Mapping | undefined {
  const names = new Set(columns.map(({ name }) => name));
  const shares = earlier.map((mapping) => {
    const headings = mapping.fields.flatMap((field) => field.headings);
    return { mapping, share: headings.filter((name) => names.has(name)).length / Math.max(headings.length, 1) };
  });
  return shares.reduce<{ mapping?: Mapping; share: number }>((best, next) => (next.share > best.share ? next : best), { share: 0.499 }).mapping;
}

/** Its fields whose columns are all here; fixed ones too. */
function keptOf({ fields }: Mapping, columns: readonly NamedColumn[]): FieldMapping[] {
  const names = new Set(columns.map(({ name }) => name));
  return fields.filter(({ headings }) => headings.every((name) => names.has(name)));
}

function aroundAnswers(found: ReadonlySet<string>, rules: ColumnRules): FieldMapping[] {
  return [
    ...('raisedOn' in rules && !found.has('raisedOn') ? [{ ...bareMapping('raisedOn'), headings: [WJX.submittedAt] }] : []),
    ...('channel' in rules && !found.has('channel') ? [{ ...bareMapping('channel'), fixed: 'form' }] : []),
  ];
}

function bareMapping(field: string): FieldMapping {
  return { field, headings: [], unit: null, values: {}, fixed: null, first: false };
}

/** The columns of one question's choices: `4、您关注的领域(养老)`, `4、您关注的领域(助餐)`. */
function choicesOf(column: NamedColumn, columns: readonly NamedColumn[], taken: ReadonlySet<string>): NamedColumn[] {
  const question = questionOf(column);
  if (question === undefined) return [column];
  return columns.filter((other) => other.name === column.name || (questionOf(other) === question && !taken.has(other.name)));
}

function questionOf({ own }: NamedColumn): string | undefined {
  return /^(.+)\([^()]+\)$/.exec(plainHeading(own))?.[1];
}

const MOST_CHOICES = 100;
const LISTED = /[、,;/|]/;

/** Of what the file says, what the rule does not read but what contains exactly one known name. */
function translations(table: Table, layout: Layout, columns: readonly NamedColumn[], read: CellReader<unknown> | undefined): Record<string, string> {
  const choices = Object.entries(read?.choices ?? {});
  if (!read || choices.length === 0) return {};
  const values: Record<string, string> = {};
  for (const said of saidIn(table, layout, columns)) {
    if ('value' in read({ row: 1, column: 1, kind: 'text', text: said }, '') || LISTED.test(said.replace(/\([^)]*\)/g, ''))) continue;
    const contained = choices.filter(([, names]) => names.some((name) => name.length > 1 && said.includes(plainChoice(name))));
    if (contained.length === 1) values[said] = contained[0]![0];
  }
  return values;
}

function saidIn({ rows }: Table, layout: Layout, columns: readonly NamedColumn[]): Set<string> {
  const said = new Set(columns.length > 1 ? columns.map((column) => plainChoice(choiceOf(column))) : []);
  for (const row of rows) {
    if (row.number <= layout.until) continue;
    for (const { column } of columns) {
      for (const choice of row.cells.get(column)?.text.split('┋') ?? []) if (choice.length <= 60) said.add(plainChoice(choice));
      if (said.size > MOST_CHOICES) return said;
    }
  }
  return said;
}

/** The plan that a confirmed mapping gives for these columns. */
export function planOf({ fields }: Pick<MappingContent, 'fields'>, columns: readonly NamedColumn[], rules: ColumnRules): ColumnPlan {
  const byName = new Map(columns.filter(({ heading }) => !isPersonalHeading(heading)).map((column) => [column.name, column]));
  return new Map(
    fields.map((mapping): [string, ColumnSource] => [
      mapping.field,
      {
        columns: mapping.headings.flatMap((name) => byName.get(name) ?? []),
        unit: mapping.unit ?? undefined,
        values: new Map(Object.entries(mapping.values).map(([said, meant]) => [plainChoice(said), meant])),
        fixed: mapping.fixed ?? undefined,
        choices: rules[mapping.field]?.read.choices !== undefined,
        first: mapping.first,
      },
    ]),
  );
}

/** The plan that names alone give. */
export function planByFields(found: ReadonlyMap<string, NamedColumn>): ColumnPlan {
  return new Map([...found].map(([field, column]) => [field, { columns: [column] }]));
}
