import type { z } from 'zod';
import type { Language } from '../../kernel/texts.ts';
import type { Caller } from './caller.ts';
import type { Page } from './cursor.ts';

/** A value as the list holds it; whoever writes the file puts it into words. */
export type Cell =
  | string
  | number
  | null
  | { readonly unit: string | null }
  | { readonly fen: number | null }
  /** Instant. */
  | { readonly at: string | null }
  /** Key of a text. */
  | { readonly text: string }
  | readonly Cell[];

export interface ListReading {
  readonly caller: Caller;
  readonly language: Language;
  readonly requestId: string;
  readonly network: string;
}

/** A list of the API as a file may be made of it: read by the very function that answers the list, so masked as it is. */
export interface ListedAs<Query, Item> {
  /** Key of the list's name. */
  readonly title: string;
  /** One of these; of a personal list, at the same place as the right to export. */
  readonly anyOf: readonly [string, ...string[]];
  /** One row a person or household: counted against what one person may take out alone. */
  readonly personal: boolean;
  /** Of the list's route. */
  readonly query: z.ZodType<Query>;
  readonly page: (reading: ListReading, query: Query) => Promise<Page<Item>>;
  /** Text keys of headings: `<headings>.<column>`. */
  readonly headings: string;
  readonly columns: Readonly<Record<string, (item: Item) => Cell>>;
}

export type Listed = ListedAs<unknown, unknown>;

/** Every list that can be taken out as a file; each area registers those that are its own. */
export class ListRegistry {
  readonly #lists = new Map<string, Listed>();

  /** `name` is the list's route under `/api/v1`. */
  register<Query, Item>(name: string, list: ListedAs<Query, Item>): void {
    this.#lists.set(name, list as unknown as Listed);
  }

  find(name: string): Listed | undefined {
    return this.#lists.get(name);
  }

  get names(): readonly string[] {
    return [...this.#lists.keys()];
  }
}
