import { randomUUID } from 'node:crypto';
import { atOnce, quantile, rounded, timed } from './figures.ts';
import { startBare, stepBare } from './bare.ts';
import { foundTown, openProject, plantProposals, type Town } from './planting.ts';
import type { Stage } from './stage.ts';

export interface LifecycleFigures {
  readonly lifecyclesPerSecond: number;
  readonly bareLifecyclesPerSecond: number;
  /** Of every round, product ÷ bare. */
  readonly lifecycleRatios: readonly number[];
  readonly apiPeakMiB?: number;
  readonly workerPeakMiB?: number;
}

const WIDTH = 16;
/** Opened, claimed, agreed, started, acceptance requested, accepted. */
const TRANSITIONS = 6;

/** Rounds of product and bare in turn; the figures are medians of rounds. */
export async function measureLifecycles(stage: Stage, rounds: number, perRound: number): Promise<LifecycleFigures> {
  const town = await foundTown(stage, 'bench-lives', WIDTH * 4);
  const product: number[] = [];
  const bare: number[] = [];
  for (let round = 0; round < rounds; round += 1) {
    const proposals = await plantProposals(stage, town, perRound);
    const lives = proposals.map((proposal, index) => ({ proposal, unitId: town.unitIds[index % town.unitIds.length]! }));
    const productMs = await timed(() => atOnce(WIDTH, lives, (life) => live(town, life)));
    const bareMs = await timed(() => atOnce(WIDTH, lives, () => liveBare(stage)));
    product.push((1000 * perRound) / productMs);
    bare.push((1000 * perRound) / bareMs);
  }
  const [apiPeakMiB, workerPeakMiB] = [await stage.peakMiB('api'), await stage.peakMiB('worker')];
  return {
    lifecyclesPerSecond: rounded(quantile(product, 0.5)),
    bareLifecyclesPerSecond: rounded(quantile(bare, 0.5)),
    lifecycleRatios: product.map((rate, round) => rounded(rate / bare[round]!)),
    ...(apiPeakMiB !== undefined && { apiPeakMiB }),
    ...(workerPeakMiB !== undefined && { workerPeakMiB }),
  };
}

async function live(town: Town, { proposal, unitId }: { proposal: string; unitId: string }): Promise<void> {
  const path = `/api/v1/projects/${await openProject(town, proposal)}`;
  const asLead = (step: string, body: object): Promise<unknown> => town.liaison.post(`${path}/${step}`, { unitId, ...body }, randomUUID());
  await asLead('claim', {});
  await asLead('agree', { implementerId: unitId, signedOn: '2026-11-23' });
  await asLead('start', {});
  await asLead('request-acceptance', { summary: '示例' });
  await town.worker.post(`${path}/accept`, { finding: '示例' }, randomUUID());
}

async function liveBare({ parts: { client } }: Stage): Promise<void> {
  const handle = await startBare(client, TRANSITIONS);
  for (let step = 0; step < TRANSITIONS; step += 1) await stepBare(handle);
}
