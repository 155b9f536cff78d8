import { Injectable } from '@nestjs/common';
import type { OrgPath } from '../../kernel/scope.ts';
import type { Instant } from '../../kernel/time.ts';
import type { Tx } from '../../platform/database/database.ts';
import { keyset, type PageRequest } from '../../platform/http/cursor.ts';
import { humanNumber, type Category, type Changes } from '../model.ts';
import type { Found, SearchedWords } from '../search/model.ts';
import { inSubtree } from '../store.ts';
import { ENDED, urgencyOfRank, urgencyRank, type Channel, type Confirmer, type LeftOut, type Merge, type Need, type NeedState, type RaiserKind, type Urgency } from './model.ts';

/** What a need of an old ledger can be. */
export type TakenOver = Extract<NeedState, 'raised' | 'triaged' | 'closed'>;

export type NewNeed = Omit<Need, 'number' | 'state' | 'mergedInto' | 'leftOut' | 'version'> & {
  readonly serial: number;
  readonly state?: TakenOver;
  /** By which it is searched for. */
  readonly words: readonly string[];
  readonly endedAt: Instant | null;
};

export interface NeedFilter {
  readonly state?: string | undefined;
  /** Only what is on the list: listed or answered. */
  readonly published?: true | undefined;
  readonly category?: Category | undefined;
  readonly communityId?: string | undefined;
  readonly sourceNumber?: string | undefined;
  /** Only what a person is to look at. */
  readonly needsLook?: true | undefined;
  /** Only what came of the answers to this survey. */
  readonly surveyId?: string | undefined;
}

export type NeedSort = 'raisedAt' | 'urgency';

export type NeedChanges = Changes<
  Pick<Need, 'category' | 'urgency' | 'peopleAffected' | 'evidence' | 'publicText' | 'place' | 'state' | 'mergedInto' | 'leftOut' | 'needsLook'> & {
    readonly words: readonly string[];
    readonly endedAt: Instant | null;
  }
>;

interface NeedColumns {
  readonly id: string;
  readonly serial: number;
  readonly source_number: string | null;
  readonly community_id: string;
  readonly org_path: OrgPath;
  readonly channel: Channel;
  readonly place: string | null;
  readonly category: Category;
  readonly urgency: number;
  readonly people_affected: number;
  readonly evidence: string | null;
  readonly public_text: string | null;
  readonly raiser_kind: RaiserKind;
  readonly raised_by: string;
  readonly state: NeedState;
  readonly merged_into: string | null;
  readonly left_out: LeftOut | null;
  readonly needs_look: boolean;
  readonly raised_at: Instant;
  readonly version: number;
}

const COLUMNS =
  'id, serial, source_number, community_id, org_path, channel, place, category, urgency, people_affected, evidence, public_text, raiser_kind, raised_by, state, merged_into, left_out, needs_look, raised_at, version';

const COLUMNS_OF_N = COLUMNS.replaceAll(/\w+(?=,|$)/g, 'n.$&');

/** Sort column and the type its cursor value has. */
const SORTS = { raisedAt: ['raised_at', 'timestamptz'], urgency: ['urgency', 'smallint'] } as const;

const CHANGEABLE: Readonly<Record<keyof NeedChanges, string>> = {
  category: 'category',
  urgency: 'urgency',
  peopleAffected: 'people_affected',
  evidence: 'evidence',
  publicText: 'public_text',
  place: 'place',
  state: 'state',
  mergedInto: 'merged_into',
  leftOut: 'left_out',
  endedAt: 'ended_at',
  needsLook: 'needs_look',
  words: 'words',
};

@Injectable()
export class NeedStore {
  insert(tx: Tx, needs: readonly NewNeed[]): void {
    const rows = needs.map((need) => ({
      id: need.id,
      serial: need.serial,
      source_number: need.sourceNumber,
      community_id: need.communityId,
      org_path: need.orgPath,
      channel: need.channel,
      place: need.place,
      category: need.category,
      urgency: urgencyRank(need.urgency),
      people_affected: need.peopleAffected,
      evidence: need.evidence,
      public_text: need.publicText,
      raiser_kind: need.raiserKind,
      raised_by: need.raisedBy,
      raised_at: need.raisedAt,
      state: need.state ?? 'raised',
      needs_look: need.needsLook,
      words: need.words,
      ended_at: need.endedAt,
    }));
    tx.send(
      `INSERT INTO needs_need (tenant_id, id, serial, source_number, community_id, org_path, channel, place, category, urgency,
         people_affected, evidence, public_text, raiser_kind, raised_by, state, needs_look, words, raised_at, ended_at)
       SELECT $1, id, serial, source_number, community_id, org_path, channel, place, category, urgency,
         people_affected, evidence, public_text, raiser_kind, raised_by, state, needs_look, words, raised_at, ended_at
         FROM jsonb_to_recordset($2::jsonb) AS r(id uuid, serial integer, source_number text, community_id uuid, org_path text,
           channel text, place text, category text, urgency smallint, people_affected integer, evidence text,
           public_text text, raiser_kind text, raised_by text, state text, needs_look boolean, words text[],
           raised_at timestamptz, ended_at timestamptz)`,
      [tx.scope.tenant, JSON.stringify(rows)],
    );
  }

  /** Those of the given needs that lie in the scope's subtree. */
  async needs(tx: Tx, ids: readonly string[]): Promise<Need[]> {
    const rows = await tx.query<NeedColumns>(
      `SELECT ${COLUMNS} FROM needs_need WHERE tenant_id = $1 AND id = ANY($2::uuid[]) AND ${inSubtree(3)} ORDER BY serial`,
      [tx.scope.tenant, ids, tx.scope.orgPath],
    );
    return rows.map(needOf);
  }

  /** Needs by the number of the file they came from. */
  async needsBySource(tx: Tx, numbers: readonly string[]): Promise<Need[]> {
    const rows = await tx.query<NeedColumns>(
      `SELECT ${COLUMNS} FROM needs_need WHERE tenant_id = $1 AND source_number = ANY($2::text[]) AND ${inSubtree(3)} ORDER BY serial`,
      [tx.scope.tenant, numbers, tx.scope.orgPath],
    );
    return rows.map(needOf);
  }

  async countByState(tx: Tx): Promise<{ state: NeedState; count: number }[]> {
    return tx.query(
      `SELECT state, count(*) AS count FROM needs_need WHERE tenant_id = $1 AND ${inSubtree(2)} GROUP BY state ORDER BY state`,
      [tx.scope.tenant, tx.scope.orgPath],
    );
  }

  /** One row more than the page holds, newest or most urgent first. */
  async page(tx: Tx, filter: NeedFilter, sort: NeedSort, page: PageRequest): Promise<Need[]> {
    const [column, type] = SORTS[sort];
    // One state alone keeps the order of its index; several are sorted anew.
    const states = filter.state?.includes(',') ? "state = ANY(string_to_array($3, ','))" : 'state = $3';
    const rows = await tx.query<NeedColumns>(
      `SELECT ${COLUMNS} FROM needs_need
        WHERE tenant_id = $1 AND ${inSubtree(2)}
          AND ($3::text IS NULL OR ${states})
          AND ($4::text IS NULL OR category = $4)
          AND ($5::uuid IS NULL OR community_id = $5)
          AND ($6::text IS NULL OR source_number = $6)
          AND ($10::boolean IS NULL OR published)
          AND ($11::boolean IS NULL OR needs_look)
          AND ($12::uuid IS NULL OR id IN (SELECT need_id FROM needs_submission WHERE tenant_id = $1 AND survey_id = $12))
          AND ($7::text IS NULL OR (${column}, id) < ($7::${type}, $8::uuid))
        ORDER BY ${column} DESC, id DESC LIMIT $9`,
      [
        ...[tx.scope.tenant, tx.scope.orgPath],
        filter.state ?? null,
        filter.category ?? null,
        filter.communityId ?? null,
        filter.sourceNumber ?? null,
        page.after === undefined ? null : String(page.after.sort),
        page.after?.id ?? null,
        page.limit + 1,
        filter.published ?? null,
        filter.needsLook ?? null,
        filter.surveyId ?? null,
      ],
    );
    return rows.map(needOf);
  }

  /** What meets the question best, one row more than the page holds. */
  async search(tx: Tx, { words, weights, least }: SearchedWords, filter: NeedFilter, page: PageRequest): Promise<Found<Need>[]> {
    const rows = await tx.query<NeedColumns & { readonly score: number }>(
      `SELECT ${COLUMNS_OF_N}, f.score FROM door_needs_found($3, $4, $5) f JOIN needs_need n ON n.tenant_id = $1 AND n.id = f.id
        WHERE ${inSubtree(2, 'n.org_path')}
          AND ($6::text IS NULL OR n.state = ANY(string_to_array($6, ',')))
          AND ($7::text IS NULL OR n.category = $7)
          AND ($8::uuid IS NULL OR n.community_id = $8)
          AND ($9::boolean IS NULL OR n.published)
          AND ($10::integer IS NULL OR (f.score, n.id) < ($10::integer, $11::uuid))
          AND ($13::boolean IS NULL OR n.needs_look)
          AND ($14::uuid IS NULL OR n.id IN (SELECT need_id FROM needs_submission WHERE tenant_id = $1 AND survey_id = $14))
        ORDER BY f.score DESC, n.id DESC LIMIT $12`,
      [
        ...[tx.scope.tenant, tx.scope.orgPath],
        words,
        weights,
        least,
        filter.state ?? null,
        filter.category ?? null,
        filter.communityId ?? null,
        filter.published ?? null,
        ...keyset(page),
        filter.needsLook ?? null,
        filter.surveyId ?? null,
      ],
    );
    return rows.map((row) => ({ row: needOf(row), score: row.score }));
  }

  /** Needs that wait behind that one, oldest first. */
  async mergedInto(tx: Tx, id: string): Promise<Need[]> {
    const rows = await tx.query<NeedColumns>(
      `SELECT ${COLUMNS} FROM needs_need WHERE tenant_id = $1 AND merged_into = $2 AND ${inSubtree(3)} ORDER BY serial`,
      [tx.scope.tenant, id, tx.scope.orgPath],
    );
    return rows.map(needOf);
  }

  /** Every merge that the need took part in, also those undone, oldest first. */
  async merges(tx: Tx, id: string): Promise<Merge[]> {
    return tx.query<Merge>(
      `SELECT id, kept_id AS "keptId", merged_id AS "mergedId", merged_at AS "mergedAt", undone_at AS "undoneAt"
         FROM needs_merge WHERE tenant_id = $1 AND (kept_id = $2 OR merged_id = $2) ORDER BY merged_at, id`,
      [tx.scope.tenant, id],
    );
  }

  /** Triaged needs that no proposal has taken up, oldest first, at most `most`. */
  async unbundled(tx: Tx, communityId: string | undefined, most: number): Promise<Need[]> {
    const rows = await tx.query<NeedColumns>(
      `SELECT ${COLUMNS} FROM needs_need n
        WHERE tenant_id = $1 AND state = 'triaged' AND ${inSubtree(2)} AND ($3::uuid IS NULL OR community_id = $3)
          AND NOT EXISTS (SELECT FROM needs_proposal_need b WHERE b.tenant_id = $1 AND b.need_id = n.id)
        ORDER BY serial LIMIT $4`,
      [tx.scope.tenant, tx.scope.orgPath, communityId ?? null, most],
    );
    return rows.map(needOf);
  }

  /** The changed need, or undefined where it is not at `version` any more (or not in the subtree). */
  async change(tx: Tx, id: string, version: number, changes: NeedChanges): Promise<Need | undefined> {
    const set = Object.entries(changes).filter(([, value]) => value !== undefined) as [keyof NeedChanges, unknown][];
    const assignments = set.map(([key], index) => `${CHANGEABLE[key]} = $${index + 5}`);
    const rows = await tx.query<NeedColumns>(
      `UPDATE needs_need SET ${[...assignments, 'version = version + 1'].join(', ')}
        WHERE tenant_id = $1 AND id = $2 AND version = $3 AND ${inSubtree(4)} RETURNING ${COLUMNS}`,
      [
        tx.scope.tenant,
        id,
        version,
        tx.scope.orgPath,
        ...set.map(([key, value]) => (key === 'urgency' ? urgencyRank(value as Urgency) : value)),
      ],
    );
    return rows[0] && needOf(rows[0]);
  }

  /** The given needs of the subtree, held until the transaction ends, in the order that every such holder takes. */
  async held(tx: Tx, ids: readonly string[]): Promise<Need[]> {
    const rows = await tx.query<NeedColumns>(
      `SELECT ${COLUMNS} FROM needs_need WHERE tenant_id = $1 AND id = ANY($2::uuid[]) AND ${inSubtree(3)} ORDER BY id FOR NO KEY UPDATE`,
      [tx.scope.tenant, ids, tx.scope.orgPath],
    );
    return rows.map(needOf);
  }

  /** Moves all needs that are in `from`, and says which. */
  async moveAll(tx: Tx, ids: readonly string[], from: NeedState, to: NeedState, at: Instant): Promise<string[]> {
    const rows = await tx.query<{ id: string }>(
      `WITH held AS (
         SELECT id FROM needs_need WHERE tenant_id = $1 AND id = ANY($2::uuid[]) AND state = $3 ORDER BY id FOR NO KEY UPDATE)
       UPDATE needs_need n SET state = $4, version = version + 1, ended_at = $5
         FROM held WHERE n.tenant_id = $1 AND n.id = held.id RETURNING n.id`,
      [tx.scope.tenant, ids, from, to, ENDED.has(to) ? at : null],
    );
    return rows.map((row) => row.id);
  }

  async insertMerge(tx: Tx, merge: { id: string; keptId: string; mergedId: string; fromState: NeedState; at: Instant }): Promise<void> {
    await tx.query(
      `INSERT INTO needs_merge (tenant_id, id, kept_id, merged_id, from_state, merged_at, merged_by)
       VALUES ($1, $2, $3, $4, $5, $6, $7)`,
      [tx.scope.tenant, merge.id, merge.keptId, merge.mergedId, merge.fromState, merge.at, tx.scope.actor],
    );
  }

  /** Ends the open merge of a need; undefined where there is none. */
  async undoMerge(tx: Tx, mergedId: string, at: Instant): Promise<{ readonly keptId: string; readonly fromState: NeedState } | undefined> {
    const rows = await tx.query<{ keptId: string; fromState: NeedState }>(
      `UPDATE needs_merge SET undone_at = $3, undone_by = $4
        WHERE tenant_id = $1 AND merged_id = $2 AND undone_at IS NULL
        RETURNING kept_id AS "keptId", from_state AS "fromState"`,
      [tx.scope.tenant, mergedId, at, tx.scope.actor],
    );
    return rows[0];
  }

  /** Whether another need is merged into this one. */
  async keepsOthers(tx: Tx, id: string): Promise<boolean> {
    const rows = await tx.query('SELECT 1 FROM needs_need WHERE tenant_id = $1 AND merged_into = $2 LIMIT 1', [tx.scope.tenant, id]);
    return rows.length > 0;
  }

  /** Stores what is not confirmed by that side yet, and says which. */
  async insertConfirmations(tx: Tx, needIds: readonly string[], by: Confirmer, at: Instant): Promise<string[]> {
    const rows = await tx.query<{ needId: string }>(
      `INSERT INTO needs_confirmation (tenant_id, need_id, by_kind, confirmed_at, confirmed_by)
       SELECT $1, id, $3, $4, $5 FROM unnest($2::uuid[]) AS id ON CONFLICT DO NOTHING RETURNING need_id AS "needId"`,
      [tx.scope.tenant, needIds, by, at, tx.scope.actor],
    );
    return rows.map((row) => row.needId);
  }

  /** Which of these needs anyone has confirmed as solved. */
  async confirmed(tx: Tx, needIds: readonly string[]): Promise<Confirmation[]> {
    return tx.query<Confirmation>(
      `SELECT need_id AS "needId", by_kind AS by, confirmed_at AS at FROM needs_confirmation
        WHERE tenant_id = $1 AND need_id = ANY($2::uuid[]) ORDER BY need_id, by_kind`,
      [tx.scope.tenant, needIds],
    );
  }
}

export interface Confirmation {
  readonly needId: string;
  readonly by: Confirmer;
  readonly at: Instant;
}

function needOf(row: NeedColumns): Need {
  return {
    id: row.id,
    number: humanNumber('need', row.serial),
    sourceNumber: row.source_number,
    communityId: row.community_id,
    orgPath: row.org_path,
    channel: row.channel,
    place: row.place,
    category: row.category,
    urgency: urgencyOfRank(row.urgency),
    peopleAffected: row.people_affected,
    evidence: row.evidence,
    publicText: row.public_text,
    raiserKind: row.raiser_kind,
    raisedBy: row.raised_by,
    state: row.state,
    mergedInto: row.merged_into,
    leftOut: row.left_out,
    needsLook: row.needs_look,
    raisedAt: row.raised_at,
    version: row.version,
  };
}
