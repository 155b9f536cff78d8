import type { ReactNode } from 'react';

export interface Column<Row> {
  readonly key: string;
  readonly title: string;
  readonly render: (row: Row) => ReactNode;
  /** Values of the query's `sort` that this column stands for: ascending, and descending where the API has it. */
  readonly sort?: { readonly up: string; readonly down?: string };
  /** Numbers and money. */
  readonly align?: 'end';
  /** On a phone it is the heading of the row's card. */
  readonly isHeading?: true;
}

/** One filter; its value stands in the address under `key`, as the API's query has it. */
export type Filter =
  | { readonly key: string; readonly label: string; readonly kind: 'choice'; readonly options: readonly { readonly value: string; readonly label: string }[] }
  | { readonly key: string; readonly label: string; readonly kind: 'switch' }
  | { readonly key: string; readonly label: string; readonly kind: 'text' }
  /** `2026-10-20` */
  | { readonly key: string; readonly label: string; readonly kind: 'day' };

/** Values of the filters that are set, and `sort`; as in the address. */
export type Wanted = Readonly<Record<string, string>>;

export interface RowOutcome {
  readonly id: string;
  /** Why it was refused; undefined = done. */
  readonly refusal?: string | undefined;
}
