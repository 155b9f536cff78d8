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

const READS = 400;
const FLOODERS = 16;

/**
 * One person reads on while others try passwords as fast as they are answered; limits are lifted, so that only the
 * bound on hashes at work protects the reader.
 */
export async function measureFlood(stage: Stage): Promise<FloodFigures> {
  const { liaison } = await foundTown(stage, 'bench-flood', 1);
  const readOn = async (): Promise<number> => {
    const took: number[] = [];
    for (let read = 0; read < READS; read += 1) took.push(await timed(() => liaison.get('/api/v1/me')));
    return quantile(took, 0.95);
  };
  await readOn();
  const before = await readOn();
  let [floodedSignIns, going] = [0, true];
  const flooders = Array.from({ length: FLOODERS }, async () => {
    while (going) {
      await tryPassword(stage.base);
      floodedSignIns += 1;
    }
  });
  const during = await readOn();
  going = false;
  await Promise.all(flooders);
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
