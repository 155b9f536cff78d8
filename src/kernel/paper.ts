import type { Language } from './texts.ts';

export type Align = 'left' | 'center' | 'right';

export interface PaperColumn {
  readonly text: string;
  /** Of the width, beside the other columns' shares. */
  readonly share: number;
  readonly align?: Align;
}

/** One piece of a page, from top to bottom; how it looks is the writer's matter. */
export type PaperBlock =
  | { readonly type: 'heading'; readonly text: string }
  | { readonly type: 'paragraph'; readonly text: string; readonly align?: Align; readonly indent?: boolean; readonly small?: boolean }
  | { readonly type: 'facts'; readonly rows: readonly (readonly [label: string, value: string])[] }
  | {
      readonly type: 'table';
      readonly columns: readonly PaperColumn[];
      readonly rows: readonly (readonly string[])[];
      /** The last row is a sum. */
      readonly total?: boolean;
    }
  /** Stays together: who signs, and room for seal and date. */
  | { readonly type: 'signatures'; readonly parties: readonly (readonly string[])[] };

/** What is printed, without how: one description becomes PDF and DOCX. */
export interface Paper {
  /** `official`: letters and agreements in the layout of GB/T 9704; `report`: dense, with tables. */
  readonly style: 'official' | 'report';
  /** 红头: in whose name, above the title. */
  readonly letterhead?: string;
  readonly title: string;
  readonly subtitle?: string;
  readonly language: Language;
  readonly blocks: readonly PaperBlock[];
  /** At the foot of each page; `{page}` and `{pages}` are filled in. */
  readonly foot: { readonly left: string; readonly page: string; readonly right: string };
  /** At the end, beside a square that leads there. */
  readonly proof: { readonly link: string; readonly lines: readonly string[] };
  /** ISO instant in UTC: the file's own date, so that equal papers are equal bytes. */
  readonly printedAt: string;
}
