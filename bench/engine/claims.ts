import { randomUUID } from 'node:crypto';
import type { WorkflowHandle } from '@temporalio/client';
import { atOnce, quantile, rounded, timed } from './figures.ts';
import { startBare, stepBare } from './bare.ts';
import { foundTown, openProject, plantProposals } from './planting.ts';
import { LEAN_QUEUE } from './queues.ts';
import type { Stage } from './stage.ts';

export interface ClaimFigures {
  readonly claims: number;
  readonly claimP50Ms: number;
  readonly claimP90Ms: number;
  readonly bareUpdateP50Ms: number;
  readonly bareUpdateP90Ms: number;
  readonly claimRatio: number;
  /** The bare one with the product's own setting of stack traces: the stricter comparison. */
  readonly leanBareUpdateP50Ms: number;
  readonly claimRatioToLean: number;
}

const WARM_UP = 20;
/** One unit holds this many: below what the policy allows. */
const CLAIMS_PER_UNIT = 2;

/** One at a time on an idle server, product and bare ones in turn, so that all meet the same machine. */
export async function measureClaims(stage: Stage, claims: number): Promise<ClaimFigures> {
  const all = claims + WARM_UP;
  const town = await foundTown(stage, 'bench-claims', Math.ceil(all / CLAIMS_PER_UNIT));
  const proposals = await plantProposals(stage, town, all);
  const projects: string[] = [];
  const bares: WorkflowHandle[] = [];
  const leans: WorkflowHandle[] = [];
  await atOnce(8, proposals, async (proposal) => {
    projects.push(await openProject(town, proposal));
    bares.push(await startBare(stage.parts.client, 1));
    leans.push(await startBare(stage.parts.client, 1, LEAN_QUEUE));
  });
  const claimed: number[] = [];
  const updated: number[] = [];
  const leanly: number[] = [];
  for (const [index, project] of projects.entries()) {
    const unitId = town.unitIds[Math.floor(index / CLAIMS_PER_UNIT)]!;
    const claim = (): Promise<unknown> => town.liaison.post(`/api/v1/projects/${project}/claim`, { unitId }, randomUUID());
    const turns = [
      async () => claimed.push(await timed(claim)),
      async () => updated.push(await timed(() => stepBare(bares[index]!))),
      async () => leanly.push(await timed(() => stepBare(leans[index]!))),
    ];
    for (const turn of [0, 1, 2]) await turns[(turn + index) % turns.length]!();
  }
  for (const measured of [claimed, updated, leanly]) measured.splice(0, WARM_UP);
  const [claimP50Ms, bareUpdateP50Ms, leanP50Ms] = [claimed, updated, leanly].map((all) => quantile(all, 0.5)) as [number, number, number];
  return {
    claims,
    claimP50Ms: rounded(claimP50Ms),
    claimP90Ms: rounded(quantile(claimed, 0.9)),
    bareUpdateP50Ms: rounded(bareUpdateP50Ms),
    bareUpdateP90Ms: rounded(quantile(updated, 0.9)),
    claimRatio: rounded(claimP50Ms / bareUpdateP50Ms),
    leanBareUpdateP50Ms: rounded(leanP50Ms),
    claimRatioToLean: rounded(claimP50Ms / leanP50Ms),
  };
}
