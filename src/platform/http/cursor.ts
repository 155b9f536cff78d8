import { createHmac, hkdfSync, timingSafeEqual } from 'node:crypto';
import { z } from 'zod';
import { refuse } from '../../kernel/refusal.ts';
import type { NamedKey } from '../keys.ts';

/** Where a page ended: the value sorted by, and the id that breaks ties. */
export interface Position {
  readonly sort: string | number | null;
  readonly id: string;
}

export interface PageRequest {
  readonly after: Position | undefined;
  /** Rows wanted; stores read one more, which tells whether there is a next page. */
  readonly limit: number;
}

/** For a query's values: sort and id to go on after (null for the first page), and how many rows to read. */
export function keyset({ after, limit }: PageRequest): [sort: Position['sort'], id: string | null, rows: number] {
  return [after?.sort ?? null, after?.id ?? null, limit + 1];
}

export interface Page<Item> {
  readonly items: Item[];
  readonly next: string | null;
}

export const MAX_PAGE = 100;

/** Spread into a list's query schema. */
export const pageFields = {
  cursor: z.string().max(1000).optional(),
  limit: z.coerce.number().int().min(1).max(MAX_PAGE).default(20),
};

export function pageOf<Item extends z.ZodType>(item: Item) {
  return z.strictObject({ items: z.array(item), next: z.string().nullable() });
}

const PAYLOAD = z.tuple([z.union([z.string(), z.number(), z.null()]), z.string()]);

/**
 * Keyset cursors, signed: a client can neither read rows between two values it invents nor send a type the query
 * does not expect. `list` names list, order and filter; a cursor of another list is refused.
 */
export class Cursors {
  readonly #keys: readonly Uint8Array[];

  /** Derived keys: the first signs, all are accepted. */
  constructor(masters: readonly NamedKey[]) {
    this.#keys = masters.map(({ secret }) => new Uint8Array(hkdfSync('sha256', secret, '', 'cobuild cursor', 32)));
  }

  /** Refuses `CURSOR_INVALID`. */
  read(list: string, query: { readonly cursor?: string | undefined; readonly limit: number }): PageRequest {
    return { after: query.cursor === undefined ? undefined : this.#open(list, query.cursor), limit: query.limit };
  }

  /** `rows` may hold one more than `limit`. */
  page<Row>(list: string, rows: readonly Row[], limit: number, position: (row: Row) => Position): Page<Row> {
    const items = rows.slice(0, limit);
    const last = items.at(-1);
    return { items, next: rows.length > limit && last ? this.#seal(list, position(last)) : null };
  }

  #seal(list: string, position: Position): string {
    const payload = Buffer.from(JSON.stringify([position.sort, position.id]));
    const [signature] = this.#signatures(list, payload);
    return `${payload.toString('base64url')}.${signature?.toString('base64url')}`;
  }

  #open(list: string, cursor: string): Position {
    const [body = '', signature = ''] = cursor.split('.');
    const payload = Buffer.from(body, 'base64url');
    const given = Buffer.from(signature, 'base64url');
    const known = this.#signatures(list, payload).some((it) => it.length === given.length && timingSafeEqual(it, given));
    if (!known) return refuse('CURSOR_INVALID', 'invalid');
    const [sort, id] = PAYLOAD.parse(JSON.parse(payload.toString()));
    return { sort, id };
  }

  #signatures(list: string, payload: Uint8Array): Buffer[] {
    return this.#keys.map((key) => createHmac('sha256', key).update(`${list}\n`).update(payload).digest().subarray(0, 16));
  }
}
