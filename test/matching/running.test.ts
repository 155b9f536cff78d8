import { monitorEventLoopDelay } from 'node:perf_hooks';
import { describe, expect, it } from '@jest/globals';
import { SolverFailure, SolverThreads } from '../../src/matching/running/service.ts';
import type { PlanTask } from '../../src/matching/running/model.ts';
import type { ThreadWatch } from '../../src/platform/threads/thread.ts';
import { AT } from '../needs/support.ts';
import { pinnedDefault } from '../support/policies.ts';
import { street } from './support/street.ts';

const RUN = '00000000-0000-4000-8000-000000000001';

function task(facts: unknown): PlanTask {
  return { type: 'plan', runId: RUN, revision: 1, facts: JSON.stringify(facts), inputHash: 'h', choices: [], bestWanted: false, at: AT };
}

describe('solving in threads', () => {
  it('sends every decision before the plan, and says how far it is', async () => {
    const sent: { proposalId: string }[] = [];
    const phases: string[] = [];
    const watch: ThreadWatch = {
      onPart: (part) => Promise.resolve(void sent.push(...(JSON.parse((part as { decisions: string }).decisions) as { proposalId: string }[]))),
      onProgress: ({ phase }) => phases.push(phase),
    };
    const frozen = street(1, 30, 12);
    const { matched, unmatched, value, plan } = await new SolverThreads().plan(task(frozen), watch);
    expect(sent.map(({ proposalId }) => proposalId).sort()).toEqual(frozen.proposals.map(({ id }) => id).sort());
    expect(matched + unmatched).toBe(30);
    expect((JSON.parse(plan) as { certificate: unknown }).certificate).toEqual({ primal: value, dual: value, gap: 0 });
    expect([...new Set(phases)]).toEqual(['candidates', 'solving', 'checking', 'explaining']);
  });

  it('plans by the rule of the policy, and proves either', async () => {
    const frozen = { ...street(4, 40, 15), policy: pinnedDefault('matching', { rule: 'stable' }) };
    const stable = await new SolverThreads().plan(task(frozen), { onPart: () => Promise.resolve() });
    const optimal = await new SolverThreads().plan(task(street(4, 40, 15)), { onPart: () => Promise.resolve() });
    expect(JSON.parse(stable.plan)).toMatchObject({ rule: 'stable' });
    expect(JSON.parse(stable.plan)).not.toHaveProperty('certificate');
    expect(stable.value).toBeLessThan(optimal.value);
  });

  it('ends at once where nobody waits any more, also while it waits for its turn, and gives its place on', async () => {
    const threads = new SolverThreads();
    const stops = Array.from({ length: 3 }, () => new AbortController());
    const large = task(street(2, 600, 300));
    const running = stops.map(({ signal }) => threads.plan(large, { signal }));
    const reasons = stops.map((stop, at) => (stop.abort(`stopped ${at}`), `stopped ${at}`));
    const ends = await Promise.allSettled(running);
    expect(ends.map((end) => end.status === 'rejected' && end.reason)).toEqual(reasons);
    expect((await threads.plan(task(street(3, 2, 2)), {})).matched).toBeGreaterThanOrEqual(0);
  });

  it.each(['candidates', 'solving', 'checking'])('is over within a second of being stopped, in the midst of %s', async (midst) => {
    const heldUp = monitorEventLoopDelay({ resolution: 10 });
    heldUp.enable();
    const stop = new AbortController();
    let stoppedAt = Infinity;
    const onProgress: ThreadWatch['onProgress'] = ({ phase }) => {
      if (phase !== midst || stop.signal.aborted) return;
      stoppedAt = performance.now();
      stop.abort('enough');
    };
    await expect(new SolverThreads().plan(task(street(5, 3000, 400)), { signal: stop.signal, onProgress, onPart: () => Promise.resolve() })).rejects.toBe('enough');
    // What else this machine does holds it up as much.
    expect(performance.now() - stoppedAt).toBeLessThan(1000 + (3 * heldUp.max) / 1e6);
  });

  it('breaks down with a code and leaves the process alone', async () => {
    const failure = await new SolverThreads().plan(task({}), {}).catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(SolverFailure);
    expect(failure).toMatchObject({ code: 'MATCHING_SOLVER_FAILED', kind: 'unavailable', cause: { name: 'TypeError' } });
  });
});
