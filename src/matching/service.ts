import { Injectable } from '@nestjs/common';
import type { PublishAnswer, PublishRequest } from '../cases/messages.ts';
import { CalendarService } from '../calendar/service.ts';
import { CaseRecounts, type Recount } from '../cases/recounting/service.ts';
import { CaseService, type Transition } from '../cases/service.ts';
import { refuse } from '../kernel/refusal.ts';
import { SYSTEM_ACTOR, tenantScope } from '../kernel/scope.ts';
import type { Instant } from '../kernel/time.ts';
import type { Proposal } from '../needs/proposal/model.ts';
import { ProposalService } from '../needs/proposal/service.ts';
import { Database, type Tx } from '../platform/database/database.ts';
import type { PageRequest } from '../platform/http/cursor.ts';
import { deriveId } from '../platform/ids.ts';
import type { ThreadWatch } from '../platform/threads/thread.ts';
import { faultsOf } from './choices.ts';
import type { Decision } from './decision.ts';
import { differenceBetween, type Difference } from './difference.ts';
import type { Choice, FrozenFacts } from './facts.ts';
import { GatheringService } from './gathering/service.ts';
import { humanDecisionOn, humanDecisionsOf, type HumanDecision } from './human.ts';
import { matchingCaseId, matchingRunIdOf, type NextUnitRequest, type SolvedPlan, type SolveRequest } from './messages.ts';
import { runMachine, type RunCommand, type RunProposal, type RunState, type RunStatus } from './model.ts';
import { provedPlan } from './proved-plan.ts';
import type { PlanPart, PlanTask, Preview, SizedTask } from './running/model.ts';
import { SolverThreads } from './running/service.ts';
import type { SizedPlan } from './sized/model.ts';
import { overbooked } from './standing/model.ts';
import { StandingService, type Commitments } from './standing/service.ts';
import { MatchingStore, type DecisionFilter, type Flow, type MatchingRun, type SolvingProgress, type StoredDecision, type StoredReason } from './store.ts';

/** Where a confirmed plan sends a proposal; null = nobody, it goes on the open list. */
export interface PlannedProposal {
  readonly proposalId: string;
  readonly unitId: string | null;
}

export interface ExplainedDecision extends StoredDecision {
  readonly decision: Decision & { readonly humanDecision?: HumanDecision };
  /** What it is about, as it is called today. */
  readonly proposal: Pick<Proposal, 'number' | 'title' | 'category' | 'communityId'> | null;
}

/** Opens a transaction as the caller may read. */
export type Reader = <Result>(work: (tx: Tx) => Promise<Result>) => Promise<Result>;

@Injectable()
export class MatchingService {
  readonly #db: Database;
  readonly #cases: CaseService;
  readonly #store: MatchingStore;
  readonly #gathering: GatheringService;
  readonly #proposals: ProposalService;
  readonly #standing: StandingService;
  readonly #threads: SolverThreads;
  readonly #calendar: CalendarService;

  constructor(
    db: Database,
    cases: CaseService,
    store: MatchingStore,
    gathering: GatheringService,
    proposals: ProposalService,
    standing: StandingService,
    threads: SolverThreads,
    calendar: CalendarService,
    recounts: CaseRecounts,
  ) {
    this.#db = db;
    this.#cases = cases;
    this.#store = store;
    this.#gathering = gathering;
    this.#proposals = proposals;
    this.#standing = standing;
    this.#threads = threads;
    this.#calendar = calendar;
    recounts.register((tx, at) => this.#recounts(tx, at));
  }

  publish(request: PublishRequest<RunProposal>, commitments: Commitments): Promise<PublishAnswer<RunProposal>> {
    return this.#cases.publish(runMachine, request, (tx, transition) => this.#effects(tx, transition, commitments));
  }

  async #recounts(tx: Tx, at: Instant): Promise<Recount[]> {
    const { version: calendarVersion } = await this.#calendar.calendar(tx);
    const ids = await this.#store.countedBefore(tx, calendarVersion);
    const command: RunCommand = { id: `recount@${calendarVersion}`, actor: SYSTEM_ACTOR, at, type: 'recount', calendarVersion };
    return ids.map((id) => ({ caseId: matchingCaseId(id), command }));
  }

  /**
   * Freezes the facts (the first time), solves, proves and explains in a thread, and stores. A repeat answers what
   * is stored. `commitments`: what the later areas know of the units. Refuses `MATCHING_NOTHING_READY`, what
   * `checkInput` refuses and, when the thread breaks down, what `SolverThreads` does.
   */
  async solve(request: SolveRequest, commitments: Commitments, watch: Omit<ThreadWatch, 'onPart'> = {}): Promise<SolvedPlan> {
    const { tenant, orgPath, runId, revision, choices, bestWanted = false, at } = request;
    const scope = { tenant, orgPath, actor: SYSTEM_ACTOR };
    const within = <Result>(work: (tx: Tx) => Promise<Result>): Promise<Result> => this.#db.within(scope, work);
    const { facts, inputHash } = await within((tx) => this.#gathered(tx, request, commitments));
    const earlier = bestWanted ? undefined : await within((tx) => this.#store.solvedPlan(tx, runId, revision));
    if (earlier && inputHash) return { ...earlier, inputHash };
    const task = { type: 'plan', runId, revision, facts, inputHash, choices, bestWanted, at } as const;
    const onPart = (part: unknown): Promise<void> => within((tx) => this.#keep(tx, request, part as PlanPart));
    const done = await this.#threads.plan(task, { ...watch, onPart });
    const { plan, planHash, seed, value, bestValue, matched, unmatched } = done;
    const kept = choices.filter((_, index) => !done.dropped.includes(index));
    await within((tx) => this.#store.savePlan(tx, runId, revision, { plan, planHash, choices: kept }, at));
    return { inputHash: done.inputHash, planHash, seed, value, matched, unmatched, choices: kept, ...(bestValue !== null && { bestValue }) };
  }

  /** As they were frozen, else as they stand now and still to be sealed. */
  async #gathered(tx: Tx, { runId, policy, factsRevision = 1, at }: SolveRequest, commitments: Commitments): Promise<Pick<PlanTask, 'facts' | 'inputHash'>> {
    const frozen = await this.#store.facts(tx, runId, factsRevision);
    if (frozen) return frozen;
    const records = await this.#standing.records(tx, commitments);
    const facts = await this.#gathering.forRun(tx, { policy, records, excluded: [], at });
    return { facts: JSON.stringify(facts), inputHash: null };
  }

  /** Another attempt may have frozen facts meanwhile: then this one has nothing to decide by. */
  async #keep(tx: Tx, { runId, factsRevision = 1, at }: SolveRequest, part: PlanPart): Promise<void> {
    if ('decisions' in part) return this.#store.saveDecisions(tx, part.decisions);
    await this.#store.freezeFacts(tx, runId, factsRevision, part, at);
    const frozen = await this.#store.inputHash(tx, runId, factsRevision);
    if (frozen !== part.inputHash) throw new Error('the facts were frozen by another attempt');
  }

  /** How far the solving is, for people who look at the run meanwhile. */
  async noteProgress({ tenant, orgPath, runId, revision }: SolveRequest, progress: SolvingProgress): Promise<void> {
    await this.#db.within({ tenant, orgPath, actor: SYSTEM_ACTOR }, (tx) => this.#store.saveProgress(tx, runId, revision, progress));
  }

  /**
   * The best unit left for one project while all others stay as they are; null = none fits. Whoever promises places in
   * this tenant waits for it, so that projects which lose their units at once do not find the same place. Stored with
   * its explanation; a repeat answers the same. Refuses `PROPOSAL_UNKNOWN`.
   */
  async nextUnit(request: NextUnitRequest, commitments: Commitments): Promise<string | null> {
    const { tenant, projectId, proposalId, passedBy, at } = request;
    const id = deriveId(projectId, `next/${passedBy.length}`);
    return this.#db.within(tenantScope(tenant), async (tx) => {
      const earlier = await this.#store.decision(tx, id);
      if (earlier) return earlier.unitId;
      await this.#standing.lock(tx);
      const excluded = passedBy.map((unitId) => ({ unitId, proposalId, reason: 'REFUSED' as const }));
      const records = await this.#standing.records(tx, commitments, projectId);
      const { facts, inputHash } = await this.#gathering.forProposal(tx, proposalId, { records, excluded, at });
      const [decision] = provedPlan(facts, [], inputHash).decisions;
      const { best } = decision!;
      const row = { id, runId: null, revision: null, projectId, proposalId, offerId: best?.target ?? null, unitId: best?.unitId ?? null, decision, at };
      await this.#store.saveDecisions(tx, JSON.stringify([row]));
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
  async decisions(tx: Tx, id: string, filter: DecisionFilter, page: PageRequest): Promise<ExplainedDecision[]> {
    const run = this.#planned(await this.get(tx, id));
    const rows = await this.#store.decisionsOf(tx, id, run.revision, filter, page);
    const proposals = await this.#proposals.byIds(tx, rows.map(({ proposalId }) => proposalId));
    return rows.map((row) => {
      const found = proposals.get(row.proposalId);
      const proposal = found ? { number: found.number, title: found.title, category: found.category, communityId: found.communityId } : null;
      return { ...row, proposal, decision: { ...row.decision, ...humanDecisionOn(run, row.proposalId) } };
    });
  }

  /** Of the run's newest plan. Refuses `MATCHING_RUN_UNKNOWN`, `MATCHING_PLAN_PENDING`. */
  async flows(tx: Tx, id: string): Promise<Flow[]> {
    const { revision, factsRevision } = this.#planned(await this.get(tx, id));
    return this.#store.flows(tx, id, { revision, factsRevision });
  }

  /** Everything ever decided about a proposal, oldest first. Refuses `PROPOSAL_UNKNOWN`. */
  async history(tx: Tx, proposalId: string): Promise<StoredDecision[]> {
    await this.#proposals.get(tx, proposalId);
    return this.#store.decisionsOn(tx, proposalId);
  }

  /** Refuses `MATCHING_RUN_UNKNOWN`. */
  async reasons(tx: Tx, id: string): Promise<StoredReason[]> {
    await this.get(tx, id);
    return this.#store.reasons(tx, id, matchingCaseId(id));
  }

  /** What `tools/verify-plan.mjs` reads, written in a thread: JSON in UTF-8. Refuses `MATCHING_RUN_UNKNOWN`, `MATCHING_PLAN_PENDING`. */
  async file(read: Reader, id: string): Promise<Uint8Array> {
    const { run, frozen, plan } = await read((tx) => this.#stored(tx, id));
    return this.#threads.file({ type: 'file', ...frozen, plan, choices: run.choices, humanDecisions: humanDecisionsOf(run) });
  }

  /** For whoever makes projects of it. Refuses `MATCHING_RUN_UNKNOWN`, `MATCHING_PLAN_PENDING`. */
  async confirmedPlan(tx: Tx, id: string): Promise<PlannedProposal[]> {
    const run = this.#planned(await this.get(tx, id));
    if (run.status !== 'confirmed' && run.status !== 'carriedOut') refuse('MATCHING_PLAN_PENDING', 'state');
    const { facts } = await this.#facts(tx, run);
    const { placed } = (await this.#store.plan(tx, id, run.revision))!.plan;
    const unitOf = new Map(facts.offers.map((offer) => [offer.id, offer.unitId]));
    const target = new Map(placed.map(({ need, unit }) => [need, unit === null ? null : unitOf.get(unit)!]));
    return facts.proposals.map((proposal) => ({ proposalId: proposal.id, unitId: target.get(proposal.id) ?? null }));
  }

  /** Refuses `MATCHING_RUN_UNKNOWN`, `MATCHING_PLAN_PENDING` and the first fault of the choices. */
  async assertChoosable(tx: Tx, id: string, choices: readonly Choice[]): Promise<void> {
    const run = this.#planned(await this.get(tx, id));
    assertNoFault((await this.#facts(tx, run)).facts, choices);
  }

  /**
   * What choices would do to the plan, before anybody asks for them; solved in a thread, outside any transaction.
   * `read` opens one as the caller may. Refuses as `assertChoosable` does.
   */
  async preview(read: Reader, id: string, choices: readonly Choice[]): Promise<Preview> {
    const { frozen, plan } = await read((tx) => this.#stored(tx, id));
    assertNoFault(JSON.parse(frozen.facts) as FrozenFacts, choices);
    return this.#threads.preview({ type: 'preview', facts: frozen.facts, plan, choices });
  }

  /**
   * Where the run's proposals would go if its offers were given out by hours or by money instead of by places; nothing is
   * changed. Refuses `MATCHING_RUN_UNKNOWN`, `MATCHING_PLAN_PENDING` and what `matchSized` refuses.
   */
  async sized(read: Reader, id: string, asked: Omit<SizedTask, 'type' | 'facts'>): Promise<SizedPlan> {
    const { facts } = await read(async (tx) => {
      const run = this.#planned(await this.get(tx, id));
      return (await this.#store.facts(tx, id, run.factsRevision))!;
    });
    return this.#threads.sized({ type: 'sized', facts, ...asked });
  }

  /** Against the plan before it; of a first plan nothing. Refuses `MATCHING_RUN_UNKNOWN`, `MATCHING_PLAN_PENDING`. */
  async difference(tx: Tx, id: string): Promise<Difference | null> {
    const { revision } = this.#planned(await this.get(tx, id));
    if (revision === 1) return null;
    const [before, after] = [await this.#store.plan(tx, id, revision - 1), await this.#store.plan(tx, id, revision)];
    return differenceBetween({ revision: revision - 1, ...before! }, { revision, ...after! });
  }

  /** Facts and plan as text, for a thread. */
  async #stored(tx: Tx, id: string): Promise<{ run: MatchingRun; frozen: { facts: string; inputHash: string }; plan: string }> {
    const run = this.#planned(await this.get(tx, id));
    const frozen = (await this.#store.facts(tx, id, run.factsRevision))!;
    return { run, frozen, plan: await this.#store.planText(tx, id, run.revision) };
  }

  async #facts(tx: Tx, { id, factsRevision }: MatchingRun): Promise<{ facts: FrozenFacts; inputHash: string }> {
    const { facts, inputHash } = (await this.#store.facts(tx, id, factsRevision))!;
    return { facts: JSON.parse(facts) as FrozenFacts, inputHash };
  }

  #planned(run: MatchingRun): MatchingRun {
    return run.planHash === null ? refuse('MATCHING_PLAN_PENDING', 'state') : run;
  }

  async #effects(tx: Tx, { caseId, event, after }: Transition<RunState, RunProposal>, commitments: Commitments): Promise<void> {
    const id = matchingRunIdOf(caseId);
    if (event.type === 'opened') return this.#store.insertRun(tx, id, event, after);
    if (event.type === 'confirmed') await this.#takeProposals(tx, id, after, { commandId: event.commandId, at: event.at }, commitments);
    if (!(await this.#store.moveRun(tx, id, event, after))) {
      throw new Error('the run row does not stand where its journal does');
    }
  }

  /** Another run may have taken proposals or places since the facts were frozen: then this plan is no longer one. */
  async #takeProposals(tx: Tx, runId: string, run: RunState, intent: { commandId: string; at: Instant }, commitments: Commitments): Promise<void> {
    await this.#standing.lock(tx);
    const { plan } = (await this.#store.plan(tx, runId, run.revision))!;
    const ids = plan.placed.map(({ need }) => need);
    const proposals = await this.#proposals.byIds(tx, ids);
    const gone = ids.filter((id) => proposals.get(id)?.state !== 'ready').length;
    if (gone > 0) refuse('MATCHING_PLAN_OUTDATED', 'state', { gone });
    const offers = await this.#store.offersOf(tx, runId, run.factsRevision ?? 1);
    const units = overbooked(offers, plan, await this.#standing.records(tx, commitments)).length;
    if (units > 0) refuse('MATCHING_PLACES_TAKEN', 'state', { units });
    await this.#proposals.markMatched(tx, ids, intent);
  }
}

function assertNoFault(facts: FrozenFacts, choices: readonly Choice[]): void {
  const [fault] = faultsOf(facts, choices);
  if (fault) refuse(fault.code, 'rule', { at: `choices/${fault.at}` });
}
