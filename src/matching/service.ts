import { Injectable } from '@nestjs/common';
import type { PublishAnswer, PublishRequest } from '../cases/messages.ts';
import { CaseService, type Transition } from '../cases/service.ts';
import { refuse } from '../kernel/refusal.ts';
import { SYSTEM_ACTOR, tenantScope } from '../kernel/scope.ts';
import type { Instant } from '../kernel/time.ts';
import { ProposalService } from '../needs/proposal/service.ts';
import { canonicalJson, type CanonicalValue } from '../platform/crypto/canonical.ts';
import { Database, type Tx } from '../platform/database/database.ts';
import type { PageRequest } from '../platform/http/cursor.ts';
import { deriveId, hashOf } from '../platform/ids.ts';
import type { Decision } from './explain.ts';
import { planFile, type PlanFile } from './export.ts';
import type { Choice } from './facts.ts';
import { factsHash, GatheringService } from './gathering/service.ts';
import { matchingRunIdOf, type NextUnitRequest, type SolvedPlan, type SolveRequest, type UnitRecord } from './messages.ts';
import { runMachine, type RunProposal, type RunState, type RunStatus } from './model.ts';
import { provedPlan } from './proved-plan.ts';
import { askQuestion } from './scoring.ts';
import type { Placed, Plan } from './solver/input.ts';
import { matchNeeds } from './solver/match-needs.ts';
import { MatchingStore, type MatchingRun, type StoredDecision, type StoredFacts } from './store.ts';

/** Where a confirmed plan sends a proposal; null = nobody, it goes on the open list. */
export interface PlannedProposal {
  readonly proposalId: string;
  readonly unitId: string | null;
}

/** What choices would do to the plan, before anybody asks for them; points in hundredths. */
export interface Preview {
  readonly value: number;
  readonly price: number;
  readonly moves: readonly { readonly proposalId: string; readonly from: string | null; readonly to: string | null }[];
}

export interface ExplainedDecision extends StoredDecision {
  readonly decision: Decision & { readonly humanDecision?: HumanDecision };
}

export interface HumanDecision {
  readonly by: string;
  readonly at: Instant;
  /** False: the plan was confirmed as it was solved. */
  readonly changed: boolean;
  /** Id of the stored reason. */
  readonly reason?: string;
}

@Injectable()
export class MatchingService {
  readonly #db: Database;
  readonly #cases: CaseService;
  readonly #store: MatchingStore;
  readonly #gathering: GatheringService;
  readonly #proposals: ProposalService;

  constructor(db: Database, cases: CaseService, store: MatchingStore, gathering: GatheringService, proposals: ProposalService) {
    this.#db = db;
    this.#cases = cases;
    this.#store = store;
    this.#gathering = gathering;
    this.#proposals = proposals;
  }

  publish(request: PublishRequest<RunProposal>): Promise<PublishAnswer<RunProposal>> {
    return this.#cases.publish(runMachine, request, (tx, transition) => this.#effects(tx, transition));
  }

  /**
   * Freezes the facts (the first time), solves, proves, explains and stores. A repeat answers what is stored.
   * `records`: what the later areas know of the units. Refuses `MATCHING_NOTHING_READY` and what `checkInput` refuses.
   */
  async solve(request: SolveRequest, records: readonly UnitRecord[]): Promise<SolvedPlan> {
    const { tenant, orgPath, runId, revision, choices, policy, at } = request;
    const scope = { tenant, orgPath, actor: SYSTEM_ACTOR };
    const frozen = await this.#db.within(scope, async (tx): Promise<StoredFacts> => {
      const earlier = await this.#store.facts(tx, runId);
      if (earlier) return earlier;
      const facts = await this.#gathering.forRun(tx, { policy, records, excluded: [], at });
      await this.#store.freezeFacts(tx, runId, { facts, inputHash: factsHash(facts) }, at);
      return (await this.#store.facts(tx, runId))!;
    });
    const { plan, decisions } = provedPlan(frozen.facts, choices, frozen.inputHash);
    const planHash = hashOf(canonicalJson(plan as unknown as CanonicalValue));
    await this.#db.within(scope, async (tx) => {
      await this.#store.savePlan(tx, runId, revision, plan, planHash, at);
      const rows = decisions.map((decision) => ({ ...rowOf(decision), id: deriveId(runId, `${revision}/${decision.subject}`) }));
      await this.#store.saveDecisions(tx, rows.map((row) => ({ ...row, runId, revision, projectId: null, at })));
    });
    const matched = plan.placed.filter(({ unit }) => unit !== null).length;
    return {
      inputHash: frozen.inputHash,
      planHash,
      seed: plan.seed,
      value: plan.certificate.primal,
      matched,
      unmatched: plan.placed.length - matched,
    };
  }

  /**
   * The best unit left for one project while all others stay as they are; null = none fits. Stored with its
   * explanation; a repeat answers the same. Refuses `PROPOSAL_UNKNOWN`.
   */
  async nextUnit(request: NextUnitRequest, records: readonly UnitRecord[]): Promise<string | null> {
    const { tenant, projectId, proposalId, passedBy, at } = request;
    const id = deriveId(projectId, `next/${passedBy.length}`);
    return this.#db.within(tenantScope(tenant), async (tx) => {
      const earlier = await this.#store.decision(tx, id);
      if (earlier) return earlier.unitId;
      const excluded = passedBy.map((unitId) => ({ unitId, proposalId, reason: 'REFUSED' as const }));
      const facts = await this.#gathering.forProposal(tx, proposalId, { records, excluded, at });
      const { decisions } = provedPlan(facts, [], factsHash(facts));
      const row = rowOf(decisions[0]!);
      await this.#store.saveDecisions(tx, [{ ...row, id, runId: null, revision: null, projectId, at }]);
      return row.unitId;
    });
  }

  /** Refuses `MATCHING_RUN_UNKNOWN`, also for runs of other places. */
  async get(tx: Tx, id: string): Promise<MatchingRun> {
    return (await this.#store.run(tx, id)) ?? refuse('MATCHING_RUN_UNKNOWN', 'unknown');
  }

  /** Up to one more than the page holds. */
  async page(tx: Tx, status: RunStatus | undefined, page: PageRequest): Promise<MatchingRun[]> {
    return this.#store.runs(tx, status, page);
  }

  /** Of the run's newest plan; up to one more than the page holds. Refuses `MATCHING_RUN_UNKNOWN`, `MATCHING_PLAN_PENDING`. */
  async decisions(tx: Tx, id: string, page: PageRequest): Promise<ExplainedDecision[]> {
    const run = this.#planned(await this.get(tx, id));
    const rows = await this.#store.decisionsOf(tx, id, run.revision, page);
    return rows.map((row) => ({ ...row, decision: { ...row.decision, ...humanPart(run, row.proposalId) } }));
  }

  /** Everything ever decided about a proposal, oldest first. Refuses `PROPOSAL_UNKNOWN`. */
  async history(tx: Tx, proposalId: string): Promise<StoredDecision[]> {
    await this.#proposals.get(tx, proposalId);
    return this.#store.decisionsOn(tx, proposalId);
  }

  /** Refuses `MATCHING_RUN_UNKNOWN`. */
  async reasons(tx: Tx, id: string): ReturnType<MatchingStore['reasons']> {
    await this.get(tx, id);
    return this.#store.reasons(tx, id);
  }

  /** What `tools/verify-plan.mjs` reads. Refuses `MATCHING_RUN_UNKNOWN`, `MATCHING_PLAN_PENDING`. */
  async file(tx: Tx, id: string): Promise<PlanFile> {
    const run = this.#planned(await this.get(tx, id));
    const { facts, inputHash } = (await this.#store.facts(tx, id))!;
    return planFile(facts, askQuestion(facts, run.choices), (await this.#store.plan(tx, id, run.revision))!, inputHash);
  }

  /** For whoever makes projects of it. Refuses `MATCHING_RUN_UNKNOWN`, `MATCHING_PLAN_PENDING`. */
  async confirmedPlan(tx: Tx, id: string): Promise<PlannedProposal[]> {
    const run = this.#planned(await this.get(tx, id));
    if (run.status !== 'confirmed' && run.status !== 'carriedOut') refuse('MATCHING_PLAN_PENDING', 'state');
    const { facts } = (await this.#store.facts(tx, id))!;
    const { placed } = (await this.#store.plan(tx, id, run.revision))!;
    const unitOf = new Map(facts.offers.map((offer) => [offer.id, offer.unitId]));
    const target = new Map(placed.map(({ need, unit }) => [need, unit === null ? null : unitOf.get(unit)!]));
    return facts.proposals.map((proposal) => ({ proposalId: proposal.id, unitId: target.get(proposal.id) ?? null }));
  }

  /** Refuses `MATCHING_RUN_UNKNOWN`, `MATCHING_PLAN_PENDING`, `MATCHING_NEED_UNKNOWN`, `MATCHING_UNIT_UNKNOWN`, `MATCHING_PIN_NOT_CANDIDATE`, `MATCHING_PINS_EXCEED_CAPACITY`. */
  async preview(tx: Tx, id: string, choices: readonly Choice[]): Promise<Preview> {
    const run = this.#planned(await this.get(tx, id));
    const { facts } = (await this.#store.facts(tx, id))!;
    const known = new Set(facts.proposals.map((proposal) => proposal.id));
    if (choices.some(({ proposalId }) => !known.has(proposalId))) refuse('MATCHING_NEED_UNKNOWN', 'rule', { at: 'choices' });
    const best = matchNeeds(askQuestion(facts)).certificate.primal;
    const next = matchNeeds(askQuestion(facts, choices));
    const now = (await this.#store.plan(tx, id, run.revision))!;
    return { value: next.certificate.primal, price: best - next.certificate.primal, moves: moves(now, next) };
  }

  #planned(run: MatchingRun): MatchingRun {
    return run.planHash === null ? refuse('MATCHING_PLAN_PENDING', 'state') : run;
  }

  async #effects(tx: Tx, { caseId, event, after }: Transition<RunState, RunProposal>): Promise<void> {
    const id = matchingRunIdOf(caseId);
    if (event.type === 'opened') return this.#store.insertRun(tx, id, event, after);
    if (!(await this.#store.moveRun(tx, id, event, after))) {
      throw new Error('the run row does not stand where its journal does');
    }
    if (event.type === 'confirmed') await this.#takeProposals(tx, id, after.revision, { commandId: event.commandId, at: event.at });
  }

  /** Another run may have taken some of them since the facts were frozen: then this plan is no longer one. */
  async #takeProposals(tx: Tx, runId: string, revision: number, intent: { commandId: string; at: Instant }): Promise<void> {
    await this.#store.lockConfirmations(tx);
    const ids = (await this.#store.plan(tx, runId, revision))!.placed.map(({ need }) => need);
    const proposals = await this.#proposals.byIds(tx, ids);
    const gone = ids.filter((id) => proposals.get(id)?.state !== 'ready').length;
    if (gone > 0) refuse('MATCHING_PLAN_OUTDATED', 'state', { gone });
    await this.#proposals.markMatched(tx, ids, intent);
  }
}

function rowOf(decision: Decision): Pick<StoredDecision, 'proposalId' | 'offerId' | 'unitId' | 'decision'> {
  const { subject, best } = decision;
  return { proposalId: subject, offerId: best?.target ?? null, unitId: best?.unitId ?? null, decision };
}

function humanPart(run: MatchingRun, proposalId: string): { humanDecision?: HumanDecision } {
  if (run.choices.some((choice) => choice.proposalId === proposalId) && run.changedBy && run.changedAt && run.changeReason) {
    return { humanDecision: { by: run.changedBy, at: run.changedAt, changed: true, reason: run.changeReason } };
  }
  const confirmed = run.status === 'confirmed' || run.status === 'carriedOut';
  return confirmed ? { humanDecision: { by: run.decidedBy!, at: run.decidedAt!, changed: false } } : {};
}

function moves(now: Plan, next: Plan): Preview['moves'] {
  const before = new Map(now.placed.map(({ need, unit }) => [need, unit]));
  const moved = next.placed.filter(({ need, unit }: Placed) => before.get(need) !== unit);
  return moved.map(({ need, unit }) => ({ proposalId: need, from: before.get(need) ?? null, to: unit }));
}
