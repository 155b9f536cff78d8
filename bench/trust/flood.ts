import { randomUUID } from 'node:crypto';
import { quantile, rounded, timed } from '../engine/figures.ts';
import { foundTown } from '../engine/planting.ts';
import type { Stage } from '../engine/stage.ts';

export interface FloodFigures {
  readonly floodedSignIns: number;
  readonly othersP95BeforeMs: number;
  readonly othersP95DuringMs: number;
  readonly othersP95Ratio: number;
}

/** Quiet and flooded in turn, so that whatever else the machine does meets both alike. */
const ROUNDS = 5;
const READS = 150;
const FLOODERS = 16;

/**
 * One person reads on while others try passwords as fast as they are answered; limits are lifted, so that only the
 * bound on hashes at work protects the reader.
 */
export async function measureFlood(stage: Stage): Promise<FloodFigures> {
  const { liaison } = await foundTown(stage, 'bench-flood', 1);
  const readOn = async (): Promise<number[]> => {
    const took: number[] = [];
    for (let read = 0; read < READS; read += 1) took.push(await timed(() => liaison.get('/api/v1/me')));
    return took;
  };
  let floodedSignIns = 0;
  const whileFlooded = async (work: () => Promise<number[]>): Promise<number[]> => {
    let going = true;
    const flooders = Array.from({ length: FLOODERS }, async () => {
      while (going) {
        await tryPassword(stage.base);
        floodedSignIns += 1;
      }
    });
    try {
      return await work();
    } finally {
      going = false;
      await Promise.all(flooders);
    }
  };
  await readOn();
  const [quiet, flooded]: [number[], number[]] = [[], []];
  for (let round = 0; round < ROUNDS; round += 1) {
    quiet.push(...(await readOn()));
    flooded.push(...(await whileFlooded(readOn)));
  }
  const [before, during] = [quantile(quiet, 0.95), quantile(flooded, 0.95)];
  return {
    floodedSignIns,
    othersP95BeforeMs: rounded(before),
    othersP95DuringMs: rounded(during),
    othersP95Ratio: rounded(during / before),
  };
}

async function tryPassword(base: string): Promise<void> {
  const answer = await fetch(`${base}/api/v1/sign-in`, {
    method: 'POST',
    headers: { origin: base, 'content-type': 'application/json' },
    body: JSON.stringify({ login: `nobody-${randomUUID().slice(0, 8)}`, password: 'not the password' }),
  });
  await answer.arrayBuffer();
}
