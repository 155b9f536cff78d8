import { Injectable } from '@nestjs/common';
import type { Fen } from '../../kernel/money.ts';
import type { OrgPath } from '../../kernel/scope.ts';
import type { LocalDate } from '../../kernel/time.ts';
import type { Tx } from '../../platform/database/database.ts';
import type { PageRequest } from '../../platform/http/cursor.ts';
import { humanNumber, type Category, type Changes } from '../model.ts';
import { inSubtree } from '../store.ts';
import type { Proposal, ProposalMove, ProposalState } from './model.ts';

export type NewProposal = Omit<Proposal, 'number' | 'state' | 'version'> & { readonly serial: number };

export interface ProposalFilter {
  readonly state?: ProposalState | undefined;
  /** Only what is on the list: ready or matched. */
  readonly published?: true | undefined;
  readonly category?: Category | undefined;
  readonly communityId?: string | undefined;
  readonly sourceNumber?: string | undefined;
}

export type ProposalSort = 'serial' | 'budgetFen';

export type ProposalChanges = Changes<
  Pick<
    Proposal,
    | 'title'
    | 'description'
    | 'category'
    | 'capability'
    | 'budgetFen'
    | 'hours'
    | 'fromOn'
    | 'untilOn'
    | 'sharedProperty'
    | 'peopleExpected'
    | 'implementerId'
    | 'state'
  >
>;

interface ProposalColumns {
  readonly id: string;
  readonly serial: number;
  readonly source_number: string | null;
  readonly community_id: string;
  readonly org_path: OrgPath;
  readonly title: string;
  readonly description: string;
  readonly category: Category;
  readonly capability: Category;
  readonly budget_fen: Fen;
  readonly hours: number;
  readonly from_on: LocalDate;
  readonly until_on: LocalDate;
  readonly shared_property: boolean;
  readonly people_expected: number;
  readonly implementer_id: string | null;
  readonly need_ids: string[];
  readonly state: ProposalState;
  readonly version: number;
}

const COLUMNS = `p.id, p.serial, p.source_number, p.community_id, p.org_path, p.title, p.description, p.category, p.capability, p.budget_fen,
  p.hours, p.from_on, p.until_on, p.shared_property, p.people_expected, p.implementer_id, p.state, p.version,
  ARRAY(SELECT b.need_id FROM needs_proposal_need b WHERE b.tenant_id = p.tenant_id AND b.proposal_id = p.id ORDER BY b.need_id) AS need_ids`;

const SORTS = { serial: ['p.serial', 'integer'], budgetFen: ['p.budget_fen', 'bigint'] } as const;

const CHANGEABLE: Readonly<Record<keyof ProposalChanges, string>> = {
  title: 'title',
  description: 'description',
  category: 'category',
  capability: 'capability',
  budgetFen: 'budget_fen',
  hours: 'hours',
  fromOn: 'from_on',
  untilOn: 'until_on',
  sharedProperty: 'shared_property',
  peopleExpected: 'people_expected',
  implementerId: 'implementer_id',
  state: 'state',
};

@Injectable()
export class ProposalStore {
  async insert(tx: Tx, proposals: readonly NewProposal[]): Promise<void> {
    await tx.query(
      `INSERT INTO needs_proposal (tenant_id, id, serial, source_number, community_id, org_path, title, description, category,
         capability, budget_fen, hours, from_on, until_on, shared_property, people_expected, implementer_id, state)
       SELECT $1, id, serial, "sourceNumber", "communityId", "orgPath", title, description, category,
         capability, "budgetFen", hours, "fromOn", "untilOn", "sharedProperty", "peopleExpected", "implementerId", 'draft'
         FROM jsonb_to_recordset($2::jsonb) AS r(id uuid, serial integer, "sourceNumber" text, "communityId" uuid, "orgPath" text,
           title text, description text, category text, capability text, "budgetFen" bigint, hours integer, "fromOn" date,
           "untilOn" date, "sharedProperty" boolean, "peopleExpected" integer, "implementerId" uuid)`,
      [tx.scope.tenant, JSON.stringify(proposals)],
    );
    const bundled = proposals.flatMap((proposal) => proposal.needIds.map((needId) => ({ proposalId: proposal.id, needId })));
    await this.#bundle(tx, bundled);
  }

  async replaceBundle(tx: Tx, proposalId: string, needIds: readonly string[]): Promise<void> {
    await tx.query('DELETE FROM needs_proposal_need WHERE tenant_id = $1 AND proposal_id = $2', [tx.scope.tenant, proposalId]);
    await this.#bundle(tx, needIds.map((needId) => ({ proposalId, needId })));
  }

  async #bundle(tx: Tx, pairs: readonly { proposalId: string; needId: string }[]): Promise<void> {
    await tx.query(
      `INSERT INTO needs_proposal_need (tenant_id, proposal_id, need_id)
       SELECT $1, * FROM unnest($2::uuid[], $3::uuid[])`,
      [tx.scope.tenant, pairs.map((pair) => pair.proposalId), pairs.map((pair) => pair.needId)],
    );
  }

  async idsOfNeed(tx: Tx, needId: string): Promise<string[]> {
    const rows = await tx.query<{ id: string }>(
      'SELECT proposal_id AS id FROM needs_proposal_need WHERE tenant_id = $1 AND need_id = $2',
      [tx.scope.tenant, needId],
    );
    return rows.map(({ id }) => id);
  }

  /** Those of the given proposals that lie in the scope's subtree, in the order of their numbers. */
  async proposals(tx: Tx, ids: readonly string[]): Promise<Proposal[]> {
    const rows = await tx.query<ProposalColumns>(
      `SELECT ${COLUMNS} FROM needs_proposal p WHERE p.tenant_id = $1 AND p.id = ANY($2::uuid[]) AND ${inSubtree(3, 'p.org_path')} ORDER BY p.serial`,
      [tx.scope.tenant, ids, tx.scope.orgPath],
    );
    return rows.map(proposalOf);
  }

  /** One row more than the page holds, newest or dearest first. */
  async page(tx: Tx, filter: ProposalFilter, sort: ProposalSort, page: PageRequest): Promise<Proposal[]> {
    const [column, type] = SORTS[sort];
    const rows = await tx.query<ProposalColumns>(
      `SELECT ${COLUMNS} FROM needs_proposal p
        WHERE p.tenant_id = $1 AND ${inSubtree(2, 'p.org_path')}
          AND ($3::text IS NULL OR p.state = $3)
          AND ($4::text IS NULL OR p.category = $4)
          AND ($5::uuid IS NULL OR p.community_id = $5)
          AND ($6::text IS NULL OR p.source_number = $6)
          AND ($10::boolean IS NULL OR p.published)
          AND ($7::text IS NULL OR (${column}, p.id) < ($7::${type}, $8::uuid))
        ORDER BY ${column} DESC, p.id DESC LIMIT $9`,
      [
        tx.scope.tenant,
        tx.scope.orgPath,
        filter.state ?? null,
        filter.category ?? null,
        filter.communityId ?? null,
        filter.sourceNumber ?? null,
        page.after === undefined ? null : String(page.after.sort),
        page.after?.id ?? null,
        page.limit + 1,
        filter.published ?? null,
      ],
    );
    return rows.map(proposalOf);
  }

  /** All that wait for a unit, in the order of their numbers. */
  async ready(tx: Tx): Promise<Proposal[]> {
    const rows = await tx.query<ProposalColumns>(
      `SELECT ${COLUMNS} FROM needs_proposal p WHERE p.tenant_id = $1 AND p.state = 'ready' AND ${inSubtree(2, 'p.org_path')} ORDER BY p.serial`,
      [tx.scope.tenant, tx.scope.orgPath],
    );
    return rows.map(proposalOf);
  }

  /** Whether the proposal was at `version` in that subtree and now has the changes. */
  async change(tx: Tx, id: string, version: number, changes: ProposalChanges): Promise<boolean> {
    const set = Object.entries(changes).filter(([, value]) => value !== undefined) as [keyof ProposalChanges, unknown][];
    const assignments = set.map(([key], index) => `${CHANGEABLE[key]} = $${index + 5}`);
    const rows = await tx.query(
      `UPDATE needs_proposal p SET ${[...assignments, 'version = version + 1'].join(', ')}
        WHERE p.tenant_id = $1 AND p.id = $2 AND p.version = $3 AND ${inSubtree(4, 'p.org_path')} RETURNING p.id`,
      [tx.scope.tenant, id, version, tx.scope.orgPath, ...set.map(([, value]) => value)],
    );
    return rows.length > 0;
  }

  /** Moves all that are in `from`, and says which. */
  async moveAll(tx: Tx, ids: readonly string[], { from, to }: ProposalMove): Promise<string[]> {
    const rows = await tx.query<{ id: string }>(
      `WITH held AS (
         SELECT id FROM needs_proposal WHERE tenant_id = $1 AND id = ANY($2::uuid[]) AND state = $3 ORDER BY id FOR NO KEY UPDATE)
       UPDATE needs_proposal p SET state = $4, version = version + 1
         FROM held WHERE p.tenant_id = $1 AND p.id = held.id RETURNING p.id`,
      [tx.scope.tenant, ids, from, to],
    );
    return rows.map((row) => row.id);
  }
}

function proposalOf(row: ProposalColumns): Proposal {
  return {
    id: row.id,
    number: humanNumber('proposal', row.serial),
    sourceNumber: row.source_number,
    communityId: row.community_id,
    orgPath: row.org_path,
    title: row.title,
    description: row.description,
    category: row.category,
    capability: row.capability,
    budgetFen: row.budget_fen,
    hours: row.hours,
    fromOn: row.from_on,
    untilOn: row.until_on,
    sharedProperty: row.shared_property,
    peopleExpected: row.people_expected,
    implementerId: row.implementer_id,
    needIds: row.need_ids,
    state: row.state,
    version: row.version,
  };
}
