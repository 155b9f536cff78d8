import { Injectable } from '@nestjs/common';
import type { OrgPath } from '../kernel/scope.ts';
import type { Instant } from '../kernel/time.ts';
import type { Tx } from '../platform/database/database.ts';
import { keyset, type PageRequest } from '../platform/http/cursor.ts';
import type { AlternativeReason, Decision } from './decision.ts';
import { laterValues, type Choice, type FrozenFacts } from './facts.ts';
import { countedOn, type RunEvent, type RunState, type RunStatus } from './model.ts';
import type { PlanDone, PlanSummary } from './running/model.ts';
import type { Plan } from './solver/input.ts';

export interface MatchingRun {
  readonly id: string;
  readonly orgPath: OrgPath;
  readonly version: number;
  readonly status: RunStatus;
  readonly policyVersion: number;
  readonly revision: number;
  readonly factsRevision: number;
  readonly rule: string | null;
  readonly choices: readonly Choice[];
  readonly inputHash: string | null;
  readonly planHash: string | null;
  readonly seed: number | null;
  /** Hundredths of points, as `price`. */
  readonly value: number | null;
  readonly price: number | null;
  readonly matched: number | null;
  readonly unmatched: number | null;
  readonly projects: number | null;
  readonly due: Instant | null;
  readonly late: boolean;
  readonly openedAt: Instant;
  readonly openedBy: string;
  readonly changedAt: Instant | null;
  readonly changedBy: string | null;
  readonly changeReason: string | null;
  readonly decidedAt: Instant | null;
  readonly decidedBy: string | null;
  /** Why it was given up without a decision. */
  readonly endCode: string | null;
  /** While it is solved. */
  readonly progress: SolvingProgress | null;
}

export interface SolvingProgress {
  readonly phase: string;
  readonly done: number;
  readonly total: number;
}

/** As JSON text: who only passes facts on does not read them. */
export interface StoredFacts {
  readonly facts: string;
  readonly inputHash: string;
}

export interface StoredPlan {
  readonly plan: Plan;
  /** Those it was solved with. */
  readonly choices: readonly Choice[];
}

/** One explained decision: of a run's plan, or for one project that lost its unit. */
export interface StoredDecision {
  readonly id: string;
  readonly runId: string | null;
  readonly revision: number | null;
  readonly projectId: string | null;
  readonly proposalId: string;
  readonly offerId: string | null;
  readonly unitId: string | null;
  readonly decision: Decision;
  readonly at: Instant;
}

export interface DecisionFilter {
  /** Whether some unit has it. */
  readonly placed?: boolean | undefined;
  readonly reason?: AlternativeReason | undefined;
  readonly unitId?: string | undefined;
  readonly proposalId?: string | undefined;
}

/** So many proposals of a category go to a unit; null = nobody. */
export interface Flow {
  readonly category: string;
  readonly unitId: string | null;
  readonly count: number;
}

export interface Reason {
  readonly id: string;
  readonly runId: string;
  readonly kind: 'change' | 'cancellation';
  readonly reason: string;
  readonly hash: string;
}

export interface StoredReason extends Reason {
  readonly author: string;
  readonly at: Instant;
}

const RUN = `id, org_path AS "orgPath", version, status, policy_version AS "policyVersion", revision, facts_revision AS "factsRevision", rule, choices,
  input_hash AS "inputHash", plan_hash AS "planHash", seed, value, price, matched, unmatched, projects, due, late,
  opened_at AS "openedAt", opened_by AS "openedBy", changed_at AS "changedAt", changed_by AS "changedBy",
  change_reason AS "changeReason", decided_at AS "decidedAt", decided_by AS "decidedBy", end_code AS "endCode",
  (SELECT jsonb_build_object('phase', p.phase, 'done', p.done, 'total', p.total) FROM matching_progress p
    WHERE p.tenant_id = matching_run.tenant_id AND p.run_id = matching_run.id AND p.revision = matching_run.revision
      AND matching_run.status = 'frozen') AS progress`;

const DECISION = `id, run_id AS "runId", revision, project_id AS "projectId", proposal_id AS "proposalId",
  offer_id AS "offerId", unit_id AS "unitId", decision, at`;

/** A run is seen by whoever is responsible for its place, or for a place inside it. */
const SEEN = `(org_path >= $2 AND org_path < left($2, -1) || '0' OR starts_with($2, org_path))`;

@Injectable()
export class MatchingStore {
  async insertRun(tx: Tx, id: string, event: RunEvent, state: RunState): Promise<void> {
    await tx.query(
      `INSERT INTO matching_run (tenant_id, id, org_path, version, status, policy_version, revision, choices, late, opened_at, opened_by, rule)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8::jsonb, false, $9, $10, $11)`,
      [
        tx.scope.tenant,
        id,
        state.orgPath,
        event.version,
        state.status,
        state.policy.version,
        state.revision,
        JSON.stringify(state.choices),
        event.at,
        event.actor,
        laterValues(state.policy.values).rule,
      ],
    );
  }

  /** The read model is a function of state and event; `false` if the row does not stand one version before. */
  async moveRun(tx: Tx, id: string, event: RunEvent, state: RunState): Promise<boolean> {
    const { plan } = state;
    const changed = event.type === 'changed';
    const decided = event.type === 'confirmed' || event.type === 'cancelled' || event.type === 'abandoned';
    const moved = await tx.query(
      `UPDATE matching_run SET version = $3, status = $4, revision = $5, choices = $6::jsonb, input_hash = $7, plan_hash = $8,
              seed = $9, value = $10, price = $11, matched = $12, unmatched = $13, projects = $14, due = $15, late = $16,
              changed_at = coalesce($17, changed_at), changed_by = coalesce($18, changed_by),
              change_reason = coalesce($19, change_reason),
              decided_at = coalesce($20, decided_at), decided_by = coalesce($21, decided_by),
              facts_revision = $22, end_code = $23, calendar_version = $24
        WHERE tenant_id = $1 AND id = $2 AND version = $3 - 1 RETURNING id`,
      [
        tx.scope.tenant,
        id,
        event.version,
        state.status,
        state.revision,
        JSON.stringify(state.choices),
        plan?.inputHash ?? null,
        plan?.planHash ?? null,
        plan?.seed ?? null,
        plan?.value ?? null,
        plan?.price ?? null,
        plan?.matched ?? null,
        plan?.unmatched ?? null,
        event.type === 'carriedOut' ? event.projects : null,
        state.due ?? null,
        state.late,
        changed ? event.at : null,
        changed ? event.actor : null,
        changed ? event.contentId : null,
        decided ? event.at : null,
        decided ? event.actor : null,
        state.factsRevision ?? 1,
        event.type === 'abandoned' ? event.code : null,
        countedOn(state) ?? null,
      ],
    );
    return moved.length === 1;
  }

  /** With an open date that was counted on an older calendar. */
  async countedBefore(tx: Tx, calendarVersion: number): Promise<string[]> {
    const rows = await tx.query<{ id: string }>('SELECT id FROM matching_run WHERE tenant_id = $1 AND calendar_version < $2 ORDER BY id', [
      tx.scope.tenant,
      calendarVersion,
    ]);
    return rows.map(({ id }) => id);
  }

  async run(tx: Tx, id: string): Promise<MatchingRun | undefined> {
    const [row] = await tx.query<MatchingRun>(`SELECT ${RUN} FROM matching_run WHERE tenant_id = $1 AND ${SEEN} AND id = $3`, [
      tx.scope.tenant,
      tx.scope.orgPath,
      id,
    ]);
    return row;
  }

  /** Newest first, one row more than the page holds. */
  async runs(tx: Tx, status: RunStatus | undefined, page: PageRequest): Promise<MatchingRun[]> {
    return tx.query<MatchingRun>(
      `SELECT ${RUN} FROM matching_run
        WHERE tenant_id = $1 AND ${SEEN} AND ($3::text IS NULL OR status = $3)
          AND ($4::timestamptz IS NULL OR (opened_at, id) < ($4::timestamptz, $5::uuid))
        ORDER BY opened_at DESC, id DESC LIMIT $6`,
      [tx.scope.tenant, tx.scope.orgPath, status ?? null, ...keyset(page)],
    );
  }

  async facts(tx: Tx, runId: string, revision: number): Promise<StoredFacts | undefined> {
    const [row] = await tx.query<StoredFacts>(
      'SELECT facts::text, input_hash AS "inputHash" FROM matching_facts WHERE tenant_id = $1 AND run_id = $2 AND revision = $3',
      [tx.scope.tenant, runId, revision],
    );
    return row;
  }

  async inputHash(tx: Tx, runId: string, revision: number): Promise<string | undefined> {
    const [row] = await tx.query<{ inputHash: string }>(
      'SELECT input_hash AS "inputHash" FROM matching_facts WHERE tenant_id = $1 AND run_id = $2 AND revision = $3',
      [tx.scope.tenant, runId, revision],
    );
    return row?.inputHash;
  }

  /** The part of the facts that says what each offer had left. */
  async offersOf(tx: Tx, runId: string, revision: number): Promise<FrozenFacts['offers']> {
    const [row] = await tx.query<{ offers: FrozenFacts['offers'] }>(
      "SELECT facts->'offers' AS offers FROM matching_facts WHERE tenant_id = $1 AND run_id = $2 AND revision = $3",
      [tx.scope.tenant, runId, revision],
    );
    return row?.offers ?? [];
  }

  /** Facts are frozen once: a repeat keeps the first. */
  async freezeFacts(tx: Tx, runId: string, revision: number, { facts, inputHash }: StoredFacts, at: Instant): Promise<void> {
    await tx.query(
      `INSERT INTO matching_facts (tenant_id, run_id, revision, input_hash, facts, at) VALUES ($1, $2, $3, $4, $5::jsonb, $6)
       ON CONFLICT DO NOTHING`,
      [tx.scope.tenant, runId, revision, inputHash, facts, at],
    );
  }

  /** Comes last: a plan that is there is whole. */
  async savePlan(tx: Tx, runId: string, revision: number, { plan, planHash, choices }: Pick<PlanDone, 'plan' | 'planHash'> & Pick<StoredPlan, 'choices'>, at: Instant): Promise<void> {
    await tx.query(
      `INSERT INTO matching_plan (tenant_id, run_id, revision, plan_hash, plan, choices, at) VALUES ($1, $2, $3, $4, $5::jsonb, $6::jsonb, $7)
       ON CONFLICT DO NOTHING`,
      [tx.scope.tenant, runId, revision, planHash, plan, JSON.stringify(choices), at],
    );
  }

  async plan(tx: Tx, runId: string, revision: number): Promise<StoredPlan | undefined> {
    const [row] = await tx.query<StoredPlan>(
      'SELECT plan, choices FROM matching_plan WHERE tenant_id = $1 AND run_id = $2 AND revision = $3',
      [tx.scope.tenant, runId, revision],
    );
    return row;
  }

  /** As it is stored, for a thread that reads it. */
  async planText(tx: Tx, runId: string, revision: number): Promise<string> {
    const [row] = await tx.query<{ plan: string }>('SELECT plan::text FROM matching_plan WHERE tenant_id = $1 AND run_id = $2 AND revision = $3', [
      tx.scope.tenant,
      runId,
      revision,
    ]);
    return row!.plan;
  }

  /** Of a plan that is there. */
  async solvedPlan(tx: Tx, runId: string, revision: number): Promise<(PlanSummary & Pick<StoredPlan, 'choices'>) | undefined> {
    const [row] = await tx.query<PlanSummary & Pick<StoredPlan, 'choices'>>(
      `SELECT plan_hash AS "planHash", (plan->>'seed')::bigint AS seed, choices, placed.*
         FROM matching_plan, LATERAL (
           SELECT coalesce(sum((p->>'value')::bigint), 0)::bigint AS value, count(*) FILTER (WHERE p->>'unit' IS NOT NULL) AS matched,
                  count(*) FILTER (WHERE p->>'unit' IS NULL) AS unmatched
             FROM jsonb_array_elements(plan->'placed') AS p) AS placed
        WHERE tenant_id = $1 AND run_id = $2 AND revision = $3`,
      [tx.scope.tenant, runId, revision],
    );
    return row;
  }

  async saveProgress(tx: Tx, runId: string, revision: number, { phase, done, total }: SolvingProgress): Promise<void> {
    await tx.query(
      `INSERT INTO matching_progress (tenant_id, run_id, revision, phase, done, total) VALUES ($1, $2, $3, $4, $5, $6)
       ON CONFLICT (tenant_id, run_id) DO UPDATE SET revision = $3, phase = $4, done = $5, total = $6`,
      [tx.scope.tenant, runId, revision, phase, done, total],
    );
  }

  /** `decisions`: JSON list of `StoredDecision`. A repeat with the same ids adds nothing. */
  async saveDecisions(tx: Tx, decisions: string): Promise<void> {
    await tx.query(
      `INSERT INTO matching_decision (tenant_id, id, run_id, revision, project_id, proposal_id, offer_id, unit_id, decision, at)
       SELECT $1, id, "runId", revision, "projectId", "proposalId", "offerId", "unitId", decision, at
         FROM jsonb_to_recordset($2::jsonb) AS d(id uuid, "runId" uuid, revision integer, "projectId" uuid, "proposalId" uuid,
              "offerId" uuid, "unitId" uuid, decision jsonb, at timestamptz)
       ON CONFLICT DO NOTHING`,
      [tx.scope.tenant, decisions],
    );
  }

  async decision(tx: Tx, id: string): Promise<StoredDecision | undefined> {
    const [row] = await tx.query<StoredDecision>(`SELECT ${DECISION} FROM matching_decision WHERE tenant_id = $1 AND id = $2`, [
      tx.scope.tenant,
      id,
    ]);
    return row;
  }

  /** Of one plan, by proposal; one row more than the page holds. */
  async decisionsOf(tx: Tx, runId: string, revision: number, filter: DecisionFilter, page: PageRequest): Promise<StoredDecision[]> {
    const { placed, reason, unitId, proposalId } = filter;
    return tx.query<StoredDecision>(
      `SELECT ${DECISION} FROM matching_decision
        WHERE tenant_id = $1 AND run_id = $2 AND revision = $3 AND ($4::uuid IS NULL OR proposal_id > $4)
          AND ($6::boolean IS NULL OR (unit_id IS NOT NULL) = $6)
          AND ($7::text IS NULL OR decision->'omitted' ? $7
               OR decision->'alternatives' @> jsonb_build_array(jsonb_build_object('reasonCode', $7::text)))
          AND ($8::uuid IS NULL OR unit_id = $8) AND ($9::uuid IS NULL OR proposal_id = $9)
        ORDER BY proposal_id LIMIT $5`,
      [tx.scope.tenant, runId, revision, page.after?.id ?? null, page.limit + 1, placed ?? null, reason ?? null, unitId ?? null, proposalId ?? null],
    );
  }

  /** Largest first. */
  async flows(tx: Tx, runId: string, { revision, factsRevision }: { readonly revision: number; readonly factsRevision: number }): Promise<Flow[]> {
    return tx.query<Flow>(
      `WITH p AS MATERIALIZED (
         SELECT p.id, p.category FROM matching_facts f, LATERAL jsonb_to_recordset(f.facts->'proposals') AS p(id uuid, category text)
          WHERE f.tenant_id = $1 AND f.run_id = $2 AND f.revision = $4
       )
       SELECT p.category, d.unit_id AS "unitId", count(*) AS count
         FROM matching_decision d JOIN p ON p.id = d.proposal_id
        WHERE d.tenant_id = $1 AND d.run_id = $2 AND d.revision = $3
        GROUP BY p.category, d.unit_id ORDER BY count(*) DESC, p.category, d.unit_id`,
      [tx.scope.tenant, runId, revision, factsRevision],
    );
  }

  /** Everything ever decided about a proposal, oldest first. */
  async decisionsOn(tx: Tx, proposalId: string): Promise<StoredDecision[]> {
    return tx.query<StoredDecision>(
      `SELECT ${DECISION} FROM matching_decision WHERE tenant_id = $1 AND proposal_id = $2 ORDER BY at, id`,
      [tx.scope.tenant, proposalId],
    );
  }

  /** Everything ever decided about these proposals, oldest first. */
  async decisionsOnAll(tx: Tx, proposalIds: readonly string[]): Promise<StoredDecision[]> {
    return tx.query<StoredDecision>(
      `SELECT ${DECISION} FROM matching_decision WHERE tenant_id = $1 AND proposal_id = ANY($2::uuid[]) ORDER BY at, id`,
      [tx.scope.tenant, proposalIds],
    );
  }

  /** Counts once the run has taken the command that it was sent with. */
  async saveReason(tx: Tx, commandId: string, { id, runId, kind, reason, hash }: Reason, at: Instant): Promise<void> {
    await tx.query(
      `INSERT INTO matching_content (tenant_id, id, run_id, kind, reason, hash, author, at, command_id)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9) ON CONFLICT DO NOTHING`,
      [tx.scope.tenant, id, runId, kind, reason, hash, tx.scope.actor, at, commandId],
    );
  }

  async reasons(tx: Tx, runId: string, caseId: string): Promise<StoredReason[]> {
    return tx.query(
      `SELECT id, run_id AS "runId", kind, reason, hash, author, at FROM matching_content c
        WHERE tenant_id = $1 AND run_id = $2
          AND (command_id IS NULL OR EXISTS (
            SELECT FROM case_decision d WHERE d.tenant_id = $1 AND d.case_id = $3 AND d.command_id = c.command_id))
        ORDER BY at, id`,
      [tx.scope.tenant, runId, caseId],
    );
  }
}
