import { Injectable } from '@nestjs/common';
import type { Fen } from '../../kernel/money.ts';
import type { OrgPath } from '../../kernel/scope.ts';
import type { LocalDate } from '../../kernel/time.ts';
import type { Tx } from '../../platform/database/database.ts';
import { keyset, type PageRequest } from '../../platform/http/cursor.ts';
import { humanNumber, type Category, type Changes } from '../model.ts';
import type { Found, SearchedWords } from '../search/model.ts';
import type { Offer, OfferState } from './model.ts';

export type NewOffer = Omit<Offer, 'number' | 'state' | 'version'> & {
  readonly serial: number;
  readonly state?: OfferState;
  /** By which it is searched for. */
  readonly words: readonly string[];
};

export interface OfferFilter {
  readonly state?: OfferState | undefined;
  readonly category?: Category | undefined;
  readonly unitId?: string | undefined;
  /** Open to that community, by name or because it names none. */
  readonly communityId?: string | undefined;
  readonly sourceNumber?: string | undefined;
}

export type OfferSort = 'serial' | 'fundsFen';

export type OfferChanges = Changes<
  Pick<Offer, 'categories' | 'communityIds' | 'description' | 'capacity' | 'fundsFen' | 'hours' | 'fromOn' | 'untilOn' | 'state'> & {
    readonly words: readonly string[];
  }
>;

interface OfferColumns {
  readonly id: string;
  readonly serial: number;
  readonly source_number: string | null;
  readonly unit_id: string;
  readonly org_path: OrgPath;
  readonly categories: Category[];
  readonly community_ids: string[];
  readonly description: string;
  readonly capacity: number;
  readonly funds_fen: Fen;
  readonly hours: number;
  readonly from_on: LocalDate;
  readonly until_on: LocalDate | null;
  readonly state: OfferState;
  readonly version: number;
}

const COLUMNS =
  'id, serial, source_number, unit_id, org_path, categories, community_ids, description, capacity, funds_fen, hours, from_on, until_on, state, version';

const COLUMNS_OF_O = COLUMNS.split(', ')
  .map((column) => `o.${column}`)
  .join(', ');

const SORTS = { serial: ['serial', 'integer'], fundsFen: ['funds_fen', 'bigint'] } as const;

const CHANGEABLE: Readonly<Record<keyof OfferChanges, string>> = {
  categories: 'categories',
  communityIds: 'community_ids',
  description: 'description',
  capacity: 'capacity',
  fundsFen: 'funds_fen',
  hours: 'hours',
  fromOn: 'from_on',
  untilOn: 'until_on',
  state: 'state',
  words: 'words',
};

@Injectable()
export class OfferStore {
  async insert(tx: Tx, offers: readonly NewOffer[]): Promise<void> {
    await tx.query(
      `INSERT INTO needs_offer (tenant_id, id, serial, source_number, unit_id, org_path, categories, community_ids, description,
         capacity, funds_fen, hours, from_on, until_on, state, words)
       SELECT $1, id, serial, "sourceNumber", "unitId", "orgPath", categories, "communityIds", description,
         capacity, "fundsFen", hours, "fromOn", "untilOn", coalesce(state, 'open'), words
         FROM jsonb_to_recordset($2::jsonb) AS r(id uuid, serial integer, "sourceNumber" text, "unitId" uuid, "orgPath" text,
           categories text[], "communityIds" uuid[], description text, capacity integer, "fundsFen" bigint, hours integer,
           "fromOn" date, "untilOn" date, state text, words text[])`,
      [tx.scope.tenant, JSON.stringify(offers)],
    );
  }

  async offer(tx: Tx, id: string): Promise<Offer | undefined> {
    const rows = await tx.query<OfferColumns>(`SELECT ${COLUMNS} FROM needs_offer WHERE tenant_id = $1 AND id = $2`, [tx.scope.tenant, id]);
    return rows[0] && offerOf(rows[0]);
  }

  /** One row more than the page holds, newest or richest first. */
  async page(tx: Tx, filter: OfferFilter, sort: OfferSort, page: PageRequest): Promise<Offer[]> {
    const [column, type] = SORTS[sort];
    const rows = await tx.query<OfferColumns>(
      `SELECT ${COLUMNS} FROM needs_offer
        WHERE tenant_id = $1
          AND ($2::text IS NULL OR state = $2)
          AND ($3::text IS NULL OR $3 = ANY(categories))
          AND ($4::uuid IS NULL OR unit_id = $4)
          AND ($5::uuid IS NULL OR community_ids = '{}' OR $5 = ANY(community_ids))
          AND ($6::text IS NULL OR source_number = $6)
          AND ($7::text IS NULL OR (${column}, id) < ($7::${type}, $8::uuid))
        ORDER BY ${column} DESC, id DESC LIMIT $9`,
      [
        tx.scope.tenant,
        filter.state ?? null,
        filter.category ?? null,
        filter.unitId ?? null,
        filter.communityId ?? null,
        filter.sourceNumber ?? null,
        page.after === undefined ? null : String(page.after.sort),
        page.after?.id ?? null,
        page.limit + 1,
      ],
    );
    return rows.map(offerOf);
  }

  /** What meets the question best, one row more than the page holds. */
  async search(tx: Tx, { words, weights, least }: SearchedWords, filter: OfferFilter, page: PageRequest): Promise<Found<Offer>[]> {
    const rows = await tx.query<OfferColumns & { readonly score: number }>(
      `SELECT ${COLUMNS_OF_O}, f.score FROM door_offers_found($2, $3, $4) f JOIN needs_offer o ON o.tenant_id = $1 AND o.id = f.id
        WHERE ($5::text IS NULL OR o.state = $5)
          AND ($6::text IS NULL OR $6 = ANY(o.categories))
          AND ($7::uuid IS NULL OR o.unit_id = $7)
          AND ($8::uuid IS NULL OR o.community_ids = '{}' OR $8 = ANY(o.community_ids))
          AND ($9::integer IS NULL OR (f.score, o.id) < ($9::integer, $10::uuid))
        ORDER BY f.score DESC, o.id DESC LIMIT $11`,
      [
        tx.scope.tenant,
        words,
        weights,
        least,
        filter.state ?? null,
        filter.category ?? null,
        filter.unitId ?? null,
        filter.communityId ?? null,
        ...keyset(page),
      ],
    );
    return rows.map((row) => ({ row: offerOf(row), score: row.score }));
  }

  /** Open offers that can be given on some day of the period, in the order of their numbers. */
  async openBetween(tx: Tx, fromOn: LocalDate, untilOn: LocalDate): Promise<Offer[]> {
    const rows = await tx.query<OfferColumns>(
      `SELECT ${COLUMNS} FROM needs_offer
        WHERE tenant_id = $1 AND state = 'open' AND from_on <= $3 AND (until_on IS NULL OR until_on >= $2) ORDER BY serial`,
      [tx.scope.tenant, fromOn, untilOn],
    );
    return rows.map(offerOf);
  }

  /** The changed offer, or undefined where it is not at `version` any more. */
  async change(tx: Tx, id: string, version: number, changes: OfferChanges): Promise<Offer | undefined> {
    const set = Object.entries(changes).filter(([, value]) => value !== undefined) as [keyof OfferChanges, unknown][];
    const assignments = set.map(([key], index) => `${CHANGEABLE[key]} = $${index + 4}`);
    const rows = await tx.query<OfferColumns>(
      `UPDATE needs_offer SET ${[...assignments, 'version = version + 1'].join(', ')}
        WHERE tenant_id = $1 AND id = $2 AND version = $3 RETURNING ${COLUMNS}`,
      [tx.scope.tenant, id, version, ...set.map(([, value]) => value)],
    );
    return rows[0] && offerOf(rows[0]);
  }
}

function offerOf(row: OfferColumns): Offer {
  return {
    id: row.id,
    number: humanNumber('offer', row.serial),
    sourceNumber: row.source_number,
    unitId: row.unit_id,
    orgPath: row.org_path,
    categories: row.categories,
    communityIds: row.community_ids,
    description: row.description,
    capacity: row.capacity,
    fundsFen: row.funds_fen,
    hours: row.hours,
    fromOn: row.from_on,
    untilOn: row.until_on,
    state: row.state,
    version: row.version,
  };
}
