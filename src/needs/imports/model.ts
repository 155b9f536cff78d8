import type { FieldError } from '../../kernel/refusal.ts';
import type { OrgPath } from '../../kernel/scope.ts';
import type { Instant } from '../../kernel/time.ts';
import type { Category } from '../model.ts';
import type { Suggestion } from './mapping/model.ts';

/** Whose rows become records of this area. */
export const RECORD_KINDS = ['needs', 'offers', 'proposals'] as const;

export type RecordKind = (typeof RECORD_KINDS)[number];

/** `projects`: a later area says how their rows are read and what becomes of them. */
export const IMPORT_KINDS = [...RECORD_KINDS, 'projects'] as const;

export type ImportKind = (typeof IMPORT_KINDS)[number];

/** Who may import such files may also say how they are read, and take an import back. */
export const IMPORT_PERMISSIONS: Readonly<Record<ImportKind, string>> = { needs: 'needs.triage', offers: 'offers.create', proposals: 'needs.triage', projects: 'projects.confirm' };

/** How rows are judged besides what their cells say. */
export interface RowTerms {
  /** The file is an old ledger: its rows keep the states they have there. */
  readonly takeOver: boolean;
  readonly at: Instant;
}

/** One row of a file: what it would become, or why it cannot. */
export interface FileRow<Content> {
  readonly row: number;
  /** The number the row bears in the file: with the kind of file it is the row's identity for good. */
  readonly sourceNumber: string | null;
  readonly sourceAt: string;
  /** What the cells say, in the order of the columns: the same again is no news. */
  readonly said: string;
  readonly content: Content | undefined;
  readonly errors: readonly FieldError[];
}

export interface ImportReport {
  readonly importId: string | null;
  /** The sheets that were read; one without a name for CSV. */
  readonly sheets: readonly string[];
  readonly rows: number;
  /** Rows that became records; in a preview: would become. */
  readonly taken: number;
  /** Rows that an earlier import took and that say the same. */
  readonly unchanged: number;
  readonly bad: number;
  /** At most the first thousand; where several sheets are read, `sheet` among the parameters says which. */
  readonly errors: readonly FieldError[];
  /** Headings that no column of this kind of file has. */
  readonly unknownHeadings: readonly string[];
  /** Rows that are no rows of the list: totals, notes, headings once more. */
  readonly asides: readonly { readonly row: number; readonly is: 'total' | 'note' | 'headings' }[];
  /** What a person looks at before the file is taken. */
  readonly preview: ImportPreview | null;
}

/** What was imported, by whom and when; `undoneAt` where that was taken back. */
export interface StoredImport {
  readonly id: string;
  readonly kind: ImportKind;
  readonly orgPath: OrgPath;
  readonly mappingId: string | null;
  readonly takeOver: boolean;
  readonly taken: number;
  readonly unchanged: number;
  readonly bad: number;
  readonly importedAt: Instant;
  readonly importedBy: string;
  readonly undoneAt: Instant | null;
  readonly undoneBy: string | null;
  readonly reason: string | null;
}

export interface PreviewedColumn {
  /** As the spreadsheet names it: `C`. */
  readonly column: string;
  /** As a mapping names it. */
  readonly heading: string;
  readonly field: string | null;
  readonly by: 'name' | 'remembered' | 'likeness' | 'none' | 'personal';
}

export interface ImportPreview {
  /** Visible sheets that hold anything. */
  readonly sheets: readonly { readonly name: string; readonly rows: number; readonly read: boolean }[];
  readonly headingRows: readonly number[];
  readonly columns: readonly PreviewedColumn[];
  /** The mapping that was applied; null = columns found by their names, or none yet. */
  readonly mapping: { readonly id: string; readonly version: number; readonly source: string } | null;
  /** The file is taken only once a person has confirmed a mapping for its headings. */
  readonly needsMapping: boolean;
  /** Fields without which no row can be read. */
  readonly missing: readonly string[];
  readonly suggestion: Suggestion;
  /** The first rows as they would be read, personal cells masked. */
  readonly sample: readonly { readonly row: number; readonly values: Readonly<Record<string, string>> }[];
  /** What the wrong cells say, personal ones masked. */
  readonly wrongCells: readonly { readonly at: string; readonly cell: string; readonly heading: string; readonly value: string }[];
}

/** How the files of offices name the categories. */
export const CATEGORY_NAMES: Readonly<Record<Category, readonly string[]>> = {
  elderly: ['一老', '养老', '为老', '老年人', '敬老'],
  children: ['一小', '一少', '儿童', '青少年', '未成年人'],
  dining: ['吃', '食', '助餐', '就餐'],
  housing: ['住', '住房', '老旧小区', '房屋'],
  mobility: ['行', '出行', '停车', '道路'],
  medical: ['医', '医疗', '健康', '就医'],
  education: ['育', '教育', '托育', '学习'],
  care: ['护', '护理', '照护', '帮扶'],
  environment: ['环境', '卫生', '绿化', '生态'],
  safety: ['安全', '平安', '消防'],
  culture: ['文化', '文体', '文娱'],
  employment: ['就业', '创业'],
  governance: ['治理', '议事', '调解', '法律服务', '自治'],
  other: ['其他', '其它'],
};
