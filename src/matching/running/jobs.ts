import { canonicalJson, type CanonicalValue } from '../../platform/crypto/canonical.ts';
import { deriveId, hashOf } from '../../platform/ids.ts';
import { loadPrograms } from '../../platform/programs/linear.ts';
import { workInThread, type Outside } from '../../platform/threads/inside.ts';
import { faultsOf } from '../choices.ts';
import type { Decision } from '../decision.ts';
import { movesBetween, valueOf } from '../difference.ts';
import { planFile } from '../export.ts';
import type { FrozenFacts } from '../facts.ts';
import { bestValueOf, provedPlan } from '../proved-plan.ts';
import { askQuestion } from '../scoring.ts';
import { matchSized } from '../sized/match-sized.ts';
import type { SizedPlan } from '../sized/model.ts';
import type { Plan } from '../solver/input.ts';
import { matchNeeds } from '../solver/match-needs.ts';
import { sealed, type OpenFacts, type SealedFacts } from '../sealing/service.ts';
import type { FileTask, PlanDone, PlanPart, PlanTask, Preview, PreviewTask, SizedTask, SolverTask } from './model.ts';

/** Decisions sent at a time: about a megabyte. */
const PART = 500;

workInThread<SolverTask, PlanDone | Preview | SizedPlan | { file: Uint8Array }>(async (task, outside) => {
  switch (task.type) {
    case 'plan':
      return plan(task, outside);
    case 'preview':
      return preview(task);
    case 'sized':
      return sized(task);
    case 'file':
      return file(task);
  }
});

async function plan(task: PlanTask, outside: Outside): Promise<PlanDone> {
  const { facts, inputHash } = await sealedFacts(task, outside);
  const dropped = faultsOf(facts, task.choices).map(({ at }) => at);
  const choices = task.choices.filter((_, at) => !dropped.includes(at));
  const proved = provedPlan(facts, choices, inputHash, (phase, done, total) => outside.progress({ phase, done, total }));
  const rows: object[] = [];
  let done = 0;
  for (const decision of proved.decisions) {
    rows.push(rowOf(task, decision));
    done++;
    if (rows.length < PART && done < facts.proposals.length) continue;
    outside.progress({ phase: 'explaining', done, total: facts.proposals.length });
    await tell(outside, { decisions: JSON.stringify(rows.splice(0)) });
  }
  const matched = proved.plan.placed.filter(({ unit }) => unit !== null).length;
  return {
    plan: JSON.stringify(proved.plan),
    planHash: hashOf(canonicalJson(proved.plan as unknown as CanonicalValue)),
    seed: proved.plan.seed,
    value: valueOf(proved.plan),
    bestValue: task.bestWanted && choices.length > 0 ? bestValueOf(facts) : null,
    matched,
    unmatched: proved.plan.placed.length - matched,
    dropped,
    inputHash,
  };
}

/** Facts are kept before anything is decided by them. */
async function sealedFacts({ facts: text, inputHash }: PlanTask, outside: Outside): Promise<SealedFacts> {
  if (inputHash !== null) return { facts: JSON.parse(text) as FrozenFacts, inputHash };
  const frozen = sealed(JSON.parse(text) as OpenFacts);
  await tell(outside, { facts: JSON.stringify(frozen.facts), inputHash: frozen.inputHash });
  return frozen;
}

function tell(outside: Outside, part: PlanPart): Promise<void> {
  return outside.send(part);
}

function rowOf({ runId, revision, at }: PlanTask, decision: Decision): object {
  const { subject, best } = decision;
  const id = deriveId(runId, `${revision}/${subject}`);
  return { id, runId, revision, projectId: null, proposalId: subject, offerId: best?.target ?? null, unitId: best?.unitId ?? null, decision, at };
}

function preview({ facts: text, plan: now, choices }: PreviewTask): Preview {
  const facts = JSON.parse(text) as FrozenFacts;
  const next = matchNeeds(askQuestion(facts, choices));
  const value = valueOf(next);
  return { value, price: Math.max(0, bestValueOf(facts) - value), moves: movesBetween(JSON.parse(now) as Plan, next) };
}

function file({ facts: text, plan: planText, inputHash, choices, humanDecisions }: FileTask): { file: Uint8Array } {
  const facts = JSON.parse(text) as FrozenFacts;
  const plan = JSON.parse(planText) as Plan;
  const exported = planFile({ facts, question: askQuestion(facts, choices), plan, inputHash, choices, humanDecisions });
  // As bytes it is handed over, as text it would be copied.
  return { file: new TextEncoder().encode(JSON.stringify(exported)) };
}

async function sized({ facts: text, measure, secondsLimit }: SizedTask): Promise<SizedPlan> {
  const facts = JSON.parse(text) as FrozenFacts;
  const { needs: _needs, units: _units, ...question } = askQuestion(facts);
  const sizeOf = { hours: 'hours', fundsFen: 'budgetFen' } as const;
  return matchSized(
    {
      ...question,
      needs: facts.proposals.map((proposal) => ({ id: proposal.id, size: proposal[sizeOf[measure]] })),
      units: facts.offers.map((offer) => ({ id: offer.id, capacity: offer[measure] })),
      secondsLimit,
    },
    await loadPrograms(),
  );
}
