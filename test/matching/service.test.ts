import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { spawnSync } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { CalendarService } from '../../src/calendar/service.ts';
import { CalendarStore } from '../../src/calendar/store.ts';
import type { PublishAnswer } from '../../src/cases/messages.ts';
import { CaseRecounts } from '../../src/cases/recounting/service.ts';
import { Decisions } from '../../src/cases/decided/service.ts';
import { Channels } from '../../src/platform/database/channels.ts';
import { CaseService } from '../../src/cases/service.ts';
import { CaseStore } from '../../src/cases/store.ts';
import { fen } from '../../src/kernel/money.ts';
import { ConditionService } from '../../src/matching/conditions/service.ts';
import { ConditionStore } from '../../src/matching/conditions/store.ts';
import type { PlanFile } from '../../src/matching/export.ts';
import type { Choice } from '../../src/matching/facts.ts';
import { GatheringService } from '../../src/matching/gathering/service.ts';
import { SolverThreads } from '../../src/matching/running/service.ts';
import { StandingService, type Commitments } from '../../src/matching/standing/service.ts';
import type { SeekingProject } from '../../src/matching/standing/model.ts';
import { StandingStore } from '../../src/matching/standing/store.ts';
import { matchingCaseId, type SolvedPlan, type UnitRecord } from '../../src/matching/messages.ts';
import { runMachine, type RunCommand, type RunState } from '../../src/matching/model.ts';
import { MatchingService } from '../../src/matching/service.ts';
import { MatchingStore, type DecisionFilter } from '../../src/matching/store.ts';
import { addHours, localDate } from '../../src/kernel/time.ts';
import type { Tx } from '../../src/platform/database/database.ts';
import { createTestDatabase, type TestDatabase } from '../support/database.ts';
import { AT, codeOf, intent } from '../needs/support.ts';
import { area, audit, createOffice, openOffer, policies, readyProposal, type Office } from './support/office.ts';

let test: TestDatabase;
let office: Office;
let calendar: CalendarService;
const recounts = new CaseRecounts();
let matching: MatchingService;
let conditions: ConditionService;

beforeAll(async () => {
  test = await createTestDatabase();
  calendar = new CalendarService(new CalendarStore(), audit);
  const cases = new CaseService(test.database, new CaseStore(), audit, calendar, new Decisions(new Channels('', async () => undefined)));
  const declared = new ConditionStore();
  const gathering = new GatheringService(area.proposals, area.needs, area.offers, area.units, policies, declared);
  const standing = new StandingService(new StandingStore(), area.proposals);
  matching = new MatchingService(test.database, cases, new MatchingStore(), gathering, area.proposals, standing, new SolverThreads(), calendar, recounts);
  conditions = new ConditionService(declared, area.units, area.proposals, audit);
}, 60_000);
afterAll(() => test?.drop());
beforeEach(async () => {
  office = await createOffice(test);
});

/** What the areas after matching would say; by default that nobody does anything. */
function commitments(records: readonly UnitRecord[] = [], said: Partial<{ seeking: SeekingProject[]; planned: string[]; opened: string[] }> = {}): Commitments {
  return {
    records: () => Promise.resolve([...records]),
    seeking: () => Promise.resolve(said.seeking ?? []),
    planned: () => Promise.resolve(said.planned ?? []),
    opened: () => Promise.resolve(said.opened ?? []),
  };
}

/** A run without an engine: its commands are decided and published one after the other. */
class Run {
  readonly id = randomUUID();
  #state: RunState | undefined;
  #version = 0;

  async ask(command: Record<string, unknown> & { type: string }, known = commitments()): Promise<PublishAnswer> {
    const { tenant, actor } = office.scope;
    const asked = { id: randomUUID(), actor, at: AT, ...command } as unknown as RunCommand;
    const answer = await matching.publish({
      tenant,
      caseId: matchingCaseId(this.id),
      clockMode: 'virtual',
      version: this.#version + 1,
      before: this.#state,
      command: asked,
      proposal: runMachine.decide(this.#state, asked, AT),
      at: AT,
    }, known);
    if (!('events' in answer)) return answer;
    for (const event of answer.events) this.#state = runMachine.apply(this.#state, event);
    this.#version += answer.events.length;
    return answer;
  }

  async open(): Promise<this> {
    const policy = await office.within((tx) => policies.current(tx, 'matching', AT));
    await this.ask({ type: 'open', orgPath: '/', policy });
    return this;
  }

  async solve(records: readonly UnitRecord[] = []): Promise<SolvedPlan> {
    const { revision, factsRevision, choices, policy, orgPath, bestValue } = this.#state!;
    const bestWanted = bestValue === undefined && choices.length > 0;
    const request = { tenant: office.scope.tenant, runId: this.id, orgPath, policy, revision, factsRevision, choices, bestWanted, at: AT };
    const plan = await matching.solve(request, commitments(records));
    await this.ask({ type: 'recordPlan', revision, plan });
    return plan;
  }

  async confirm(plan: SolvedPlan, known = commitments()): Promise<PublishAnswer> {
    return this.ask({ type: 'confirm', planHash: plan.planHash }, known);
  }
}

const unitId = async (code: string): Promise<string> => office.within(async (tx) => (await area.units.byCodes(tx, [code])).get(code)!.id);
const page = { after: undefined, limit: 100 };
const decisions = (run: Run) => office.within((tx) => matching.decisions(tx, run.id, {}, page));

async function seed(work: (tx: Tx) => Promise<string>): Promise<string> {
  return office.within(work);
}

describe('a matching run over the tenant\u2019s lists', () => {
  it('sends each ready proposal where it fits, explains it, and hands the confirmed plan on', async () => {
    const [first, second] = [await unitId('gj01'), await unitId('gj02')];
    const here = await seed((tx) => readyProposal(tx, office.xincheng));
    const there = await seed((tx) => readyProposal(tx, office.dongjie));
    await seed((tx) => openOffer(tx, { unitId: first }));
    await seed((tx) => openOffer(tx, { unitId: second }));

    const run = await new Run().open();
    const plan = await run.solve();
    expect(plan).toMatchObject({ matched: 2, unmatched: 0 });
    const explained = await decisions(run);
    expect(Object.fromEntries(explained.map((row) => [row.proposalId, row.unitId]))).toEqual({ [here]: first, [there]: second });
    expect(explained[0]?.decision).toMatchObject({ inputHash: plan.inputHash, seed: plan.seed, ruleVersion: 1, certificate: { gap: 0 } });
    expect(explained.find((row) => row.proposalId === here)?.decision.alternatives).toMatchObject([{ unitId: second, reasonCode: 'AREA', eligible: false }]);
    expect(explained.find((row) => row.proposalId === here)?.proposal).toMatchObject({ communityId: office.xincheng, category: 'elderly' });

    expect(await codeOf(office.within((tx) => matching.confirmedPlan(tx, run.id)))).toBe('MATCHING_PLAN_PENDING');
    await run.confirm(plan);
    const placements = await office.within((tx) => matching.confirmedPlan(tx, run.id));
    expect(placements).toEqual([{ proposalId: here, unitId: first }, { proposalId: there, unitId: second }]);
    expect((await decisions(run))[0]?.decision.humanDecision).toMatchObject({ by: 'staff', changed: false });
    expect(await office.within(async (tx) => (await area.proposals.get(tx, here)).state)).toBe('matched');
  });

  it('lists of a plan what is asked for, and tells which categories go where', async () => {
    const unit = await unitId('gj01');
    const placed = await seed((tx) => readyProposal(tx, office.xincheng));
    const open = await seed((tx) => readyProposal(tx, office.dongjie));
    await seed((tx) => openOffer(tx, { unitId: unit, communityIds: [office.xincheng] }));
    const run = await new Run().open();
    await run.solve();
    const listed = async (filter: DecisionFilter) =>
      (await office.within((tx) => matching.decisions(tx, run.id, filter, page))).map(({ proposalId }) => proposalId);
    expect(await listed({ placed: true })).toEqual([placed]);
    expect(await listed({ placed: false })).toEqual([open]);
    expect(await listed({ unitId: unit })).toEqual([placed]);
    expect(await listed({ reason: 'AREA' })).toEqual([open]);
    expect(await listed({ reason: 'FUNDS' })).toEqual([]);
    expect(await listed({ proposalId: open })).toEqual([open]);
    expect(await office.within((tx) => matching.flows(tx, run.id))).toEqual([
      { category: 'elderly', unitId: unit, count: 1 },
      { category: 'elderly', unitId: null, count: 1 },
    ]);
  });

  it('solves what was frozen, once, whatever happens to the lists afterwards', async () => {
    const unit = await unitId('gj01');
    await seed((tx) => readyProposal(tx, office.xincheng));
    const run = await new Run().open();
    const before = await run.solve();
    await seed((tx) => openOffer(tx, { unitId: unit }));
    await run.ask({ type: 'change', choices: [], contentId: randomUUID() });
    expect(await run.solve()).toEqual(before);
    expect(before).toMatchObject({ matched: 0, unmatched: 1 });
  });

  it('is to be counted again once the calendar was revised', async () => {
    const run = await new Run().open();
    const first = await unitId('gj01');
    await seed((tx) => readyProposal(tx, office.xincheng));
    await seed((tx) => openOffer(tx, { unitId: first }));
    await run.solve();
    const concerned = () => office.within((tx) => recounts.all(tx, AT));
    expect(await concerned()).toEqual([]);
    const notice = { year: 2026, papers: ['示例通知'], holidays: [{ name: '示例', paper: 0, rest: ['2026-12-31', '2026-12-31'] as const, work: [] }] };
    const { version } = await office.within((tx) => calendar.publishYear(tx, { notice, reason: '示例', at: AT }));
    expect(await concerned()).toMatchObject([{ caseId: matchingCaseId(run.id), command: { type: 'recount', calendarVersion: version } }]);
    await run.ask({ type: 'recount', calendarVersion: version });
    expect(await concerned()).toEqual([]);
  });

  it('takes from an offer what its unit has taken on already', async () => {
    const unit = await unitId('gj01');
    await seed((tx) => readyProposal(tx, office.xincheng));
    await seed((tx) => openOffer(tx, { unitId: unit, capacity: 2, fundsFen: 400_000 }));
    const record = { unitId: unit, load: 0, pledgedFen: fen(0), gradePercent: null };
    const outcome = async (change: Partial<UnitRecord>): Promise<string | undefined> => {
      const run = await new Run().open();
      await run.solve([{ ...record, ...change }]);
      const [row] = await decisions(run);
      return row?.unitId ?? row?.decision.alternatives[0]?.reasonCode;
    };
    expect(await outcome({})).toBe(unit);
    expect(await outcome({ load: 1 })).toBe(unit);
    expect(await outcome({ load: 2 })).toBe('CAPACITY');
    expect(await outcome({ pledgedFen: fen(100_000) })).toBe('FUNDS');
  });

  it('honours what people have declared, for as long as it holds', async () => {
    const unit = await unitId('gj01');
    const wished = await seed((tx) => readyProposal(tx, office.xincheng));
    await seed((tx) => openOffer(tx, { unitId: unit }));
    const path = await office.within(async (tx) => (await area.units.get(tx, unit)).orgPath);
    await office.within((tx) => conditions.prefer(tx, path, { unitId: unit, proposalId: wished }, intent()));
    const exclusion = await office.within((tx) =>
      conditions.exclude(tx, { unitId: unit, proposalId: wished, reasonCode: 'CONFLICT', note: '单位负责该处物业', fromOn: localDate('2025-01-01'), untilOn: null }, intent()),
    );
    const outcome = async () => {
      const run = await new Run().open();
      await run.solve();
      return (await decisions(run))[0]!.decision;
    };
    expect((await outcome()).alternatives).toMatchObject([{ reasonCode: 'CONFLICT' }]);
    await office.within((tx) => conditions.endExclusion(tx, exclusion.id, exclusion.version, { ...intent(), at: addHours(AT, -24) }));
    expect((await outcome()).best?.scoreParts.preference).toBe(1000);
    expect(await codeOf(office.within((tx) => conditions.endExclusion(tx, exclusion.id, 1, intent())))).toBe('EXCLUSION_STALE');
    expect(await codeOf(office.within((tx) => conditions.prefer(tx, path, { unitId: unit, proposalId: randomUUID() }, intent())))).toBe('PROPOSAL_UNKNOWN');
  });

  it('shows what a change by hand would cost, makes it with its reason, and says so', async () => {
    const unit = await unitId('gj01');
    const calm = await seed((tx) => readyProposal(tx, office.xincheng));
    const dear = await seed((tx) => readyProposal(tx, office.xincheng, { category: 'dining' }));
    const offer = await seed((tx) => openOffer(tx, { unitId: unit }));
    const run = await new Run().open();
    const best = await run.solve();
    const choices: Choice[] = [{ proposalId: dear, offerId: offer }];
    const preview = await matching.preview(office.within, run.id, choices);
    expect(preview).toMatchObject({ value: best.value - 1500, price: 1500 });
    expect(preview.moves).toHaveLength(2);

    const contentId = randomUUID();
    await run.ask({ type: 'change', choices, contentId });
    const changed = await run.solve();
    expect(changed.value).toBe(preview.value);
    const row = await office.within((tx) => matching.get(tx, run.id));
    expect(row).toMatchObject({ status: 'solved', revision: 2, price: 1500, choices, changeReason: contentId, changedBy: 'staff' });
    const explained = await decisions(run);
    expect(explained.find(({ proposalId }) => proposalId === dear)?.decision).toMatchObject({ outcome: 'settled', humanDecision: { changed: true, reason: contentId } });
    expect(explained.find(({ proposalId }) => proposalId === calm)?.decision).toMatchObject({ outcome: 'unmatched', alternatives: [{ reasonCode: 'SETTLED' }] });
    const unknown = [{ proposalId: randomUUID(), offerId: null }];
    expect(await codeOf(matching.preview(office.within, run.id, unknown))).toBe('MATCHING_NEED_UNKNOWN');
    expect(await codeOf(matching.preview(office.within, run.id, [{ proposalId: dear, offerId: randomUUID() }]))).toBe('MATCHING_UNIT_UNKNOWN');
  });

  it('is planned anew on today\u2019s facts, keeps what still can be kept, and shows the difference', async () => {
    const unit = await unitId('gj01');
    const [kept, dropped] = [await seed((tx) => readyProposal(tx, office.xincheng)), await seed((tx) => readyProposal(tx, office.xincheng))];
    const offer = await seed((tx) => openOffer(tx, { unitId: unit, capacity: 2 }));
    const run = await new Run().open();
    await run.solve();
    expect(await office.within((tx) => matching.difference(tx, run.id))).toBeNull();
    const out = { proposalId: kept, offerId: null };
    await run.ask({ type: 'change', choices: [out, { proposalId: dropped, offerId: offer }], contentId: randomUUID() });
    await run.solve();

    const { version } = await office.within((tx) => area.offers.get(tx, offer));
    await office.within((tx) => area.offers.edit(tx, offer, version, { state: 'withdrawn' }, intent()));
    const other = await seed((tx) => openOffer(tx, { unitId: unit, capacity: 1 }));
    const added = await seed((tx) => readyProposal(tx, office.xincheng));
    await run.ask({ type: 'replan' });
    const again = await run.solve();
    const row = await office.within((tx) => matching.get(tx, run.id));
    expect(row).toMatchObject({ status: 'solved', revision: 3, factsRevision: 3, choices: [out] });
    const difference = await office.within((tx) => matching.difference(tx, run.id));
    expect(difference).toMatchObject({ from: 2, to: 3, added: [added], removed: [], dropped: [{ proposalId: dropped, offerId: offer }] });
    const goes = again.planHash && (await decisions(run)).find(({ offerId }) => offerId === other)?.proposalId;
    expect(difference?.moved).toEqual([{ proposalId: dropped, from: offer, to: goes === dropped ? other : null }]);
    const file = JSON.parse(Buffer.from(await matching.file(office.within, run.id)).toString('utf8')) as PlanFile;
    expect(file.humanDecisions).toMatchObject([{ need: kept, chosen: 'leaveOut', by: 'staff', changed: true }]);
  });

  it('keeps a proposal from an offer that a person rules out', async () => {
    const [first, second] = [await unitId('gj01'), await unitId('gj02')];
    const proposalId = await seed((tx) => readyProposal(tx, office.xincheng));
    const near = await seed((tx) => openOffer(tx, { unitId: first, communityIds: [office.xincheng] }));
    await seed((tx) => openOffer(tx, { unitId: second, communityIds: [office.xincheng] }));
    const run = await new Run().open();
    await run.solve();
    const choices: Choice[] = [{ proposalId, offerId: near, forbid: true }];
    const { price } = await matching.preview(office.within, run.id, choices);
    await run.ask({ type: 'change', choices, contentId: randomUUID() });
    await run.solve();
    const [row] = await decisions(run);
    expect(row).toMatchObject({ unitId: second, decision: { humanDecision: { changed: true }, alternatives: [{ target: near, reasonCode: 'RULED_OUT' }] } });
    expect(await office.within((tx) => matching.get(tx, run.id))).toMatchObject({ price, choices });
    expect(price).toBeGreaterThan(0);
    expect(await codeOf(matching.preview(office.within, run.id, [...choices, { proposalId, offerId: near }]))).toBe('MATCHING_PIN_FORBIDDEN');
    expect(await codeOf(matching.preview(office.within, run.id, [{ proposalId, offerId: null, forbid: true }]))).toBe('MATCHING_FORBID_WITHOUT_OFFER');
  });

  it('exports a plan that the stand-alone tool proves', async () => {
    const unit = await unitId('gj01');
    for (let count = 0; count < 3; count++) await seed((tx) => readyProposal(tx, office.xincheng));
    await seed((tx) => openOffer(tx, { unitId: unit, capacity: 2 }));
    const run = await new Run().open();
    await run.solve();
    const folder = mkdtempSync(join(tmpdir(), 'plan-'));
    const path = join(folder, 'plan.json');
    writeFileSync(path, await matching.file(office.within, run.id));
    const tool = fileURLToPath(new URL('../../tools/verify-plan.mjs', import.meta.url));
    const proof = spawnSync(process.execPath, [tool, path], { encoding: 'utf8', env: {} });
    rmSync(folder, { recursive: true });
    expect(proof.stdout).toMatch(/^proved: 3 needs, 1 units/);
  });

  it('does not confirm a plan whose proposals another run has taken', async () => {
    const unit = await unitId('gj01');
    await seed((tx) => readyProposal(tx, office.xincheng));
    await seed((tx) => openOffer(tx, { unitId: unit }));
    const rivals = [await new Run().open(), await new Run().open()];
    const plans = [await rivals[0]!.solve(), await rivals[1]!.solve()];
    const answers = await Promise.all(rivals.map((run, at) => run.confirm(plans[at]!)));
    const refused = answers.filter((answer) => 'refused' in answer);
    expect(refused).toMatchObject([{ refused: { code: 'MATCHING_PLAN_OUTDATED', params: { gone: 1 } } }]);
  });

  it('does not confirm a plan whose places have been taken meanwhile', async () => {
    const unit = await unitId('gj01');
    await seed((tx) => readyProposal(tx, office.xincheng));
    await seed((tx) => openOffer(tx, { unitId: unit }));
    const run = await new Run().open();
    const plan = await run.solve();
    const taken = commitments([{ unitId: unit, load: 1, pledgedFen: fen(0), gradePercent: null }]);
    expect(await run.confirm(plan, taken)).toMatchObject({ refused: { code: 'MATCHING_PLACES_TAKEN', params: { units: 1 } } });
    expect(await run.confirm(plan)).toMatchObject({ events: [{ type: 'confirmed' }] });
  });

  it('gives no place twice when several projects lose their units at once, nor one that a confirmed plan has promised', async () => {
    const [first, second] = [await unitId('gj01'), await unitId('gj02')];
    const promised = await seed((tx) => readyProposal(tx, office.xincheng));
    await seed((tx) => openOffer(tx, { unitId: first, communityIds: [office.xincheng] }));
    const run = await new Run().open();
    await run.confirm(await run.solve());
    await seed((tx) => openOffer(tx, { unitId: second, communityIds: [office.xincheng], capacity: 2 }));
    const losers = await Promise.all(Array.from({ length: 3 }, async () => ({ projectId: randomUUID(), proposalId: await seed((tx) => readyProposal(tx, office.xincheng)) })));
    const seeking = losers.map(({ projectId }) => ({ projectId, since: AT }));
    const next = (known: Commitments) =>
      Promise.all(losers.map((loser) => matching.nextUnit({ tenant: office.scope.tenant, ...loser, passedBy: [], at: AT }, known)));
    const found = await next(commitments([], { seeking }));
    expect(found.filter((unit) => unit === second)).toHaveLength(2);
    expect(found.filter((unit) => unit === null)).toHaveLength(1);
    // Its project is there now, and waits for consent.
    const later = { projectId: randomUUID(), proposalId: losers[0]!.proposalId, passedBy: [second], tenant: office.scope.tenant, at: AT };
    expect(await matching.nextUnit(later, commitments([], { opened: [promised], planned: [promised] }))).toBeNull();
    expect(await matching.nextUnit({ ...later, projectId: randomUUID() }, commitments([], { opened: [promised] }))).toBe(first);
  });

  it('finds the next unit for one project, never one that passed, and remembers why', async () => {
    const [first, second] = [await unitId('gj01'), await unitId('gj02')];
    const proposalId = await seed((tx) => readyProposal(tx, office.xincheng));
    await seed((tx) => openOffer(tx, { unitId: first, communityIds: [office.xincheng] }));
    await seed((tx) => openOffer(tx, { unitId: second, communityIds: [office.xincheng] }));
    const projectId = randomUUID();
    const next = (...passedBy: string[]) => matching.nextUnit({ tenant: office.scope.tenant, projectId, proposalId, passedBy, at: AT }, commitments());
    expect(await next()).toBe(first);
    expect(await next(first)).toBe(second);
    expect(await next(first, second)).toBeNull();
    expect(await next(first)).toBe(second);
    const history = await office.within((tx) => matching.history(tx, proposalId));
    expect(history).toHaveLength(3);
    const last = history.find((row) => row.unitId === null);
    expect(last?.decision.alternatives.map(({ reasonCode }) => reasonCode)).toEqual(['REFUSED', 'REFUSED']);
    expect(await codeOf(matching.nextUnit({ tenant: office.scope.tenant, projectId: randomUUID(), proposalId: randomUUID(), passedBy: [], at: AT }, commitments()))).toBe('PROPOSAL_UNKNOWN');
  });

  it('refuses to begin with nothing, and keeps runs of other places and tenants out of sight', async () => {
    const run = await new Run().open();
    expect(await codeOf(run.solve())).toBe('MATCHING_NOTHING_READY');
    const seen = (orgPath: string) => test.database.within({ ...office.scope, orgPath: orgPath as typeof office.scope.orgPath }, (tx) => matching.get(tx, run.id));
    expect((await seen('/mengyang/xincheng/')).id).toBe(run.id);
    office = await createOffice(test);
    expect(await codeOf(office.within((tx) => matching.get(tx, run.id)))).toBe('MATCHING_RUN_UNKNOWN');
  });
});
