import type { FieldError } from '../../kernel/refusal.ts';
import type { Category } from '../model.ts';

export const IMPORT_KINDS = ['needs', 'offers', 'proposals'] as const;

export type ImportKind = (typeof IMPORT_KINDS)[number];

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
  readonly rows: number;
  /** Rows that became records; in a preview: would become. */
  readonly taken: number;
  /** Rows that an earlier import took and that say the same. */
  readonly unchanged: number;
  readonly bad: number;
  /** At most the first thousand. */
  readonly errors: readonly FieldError[];
  /** Headings that no column of this kind of file has. */
  readonly unknownHeadings: readonly string[];
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
