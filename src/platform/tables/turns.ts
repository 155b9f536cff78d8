import { setImmediate as turn } from 'node:timers/promises';

/** How long a big file may hold the event loop; everybody else's answer waits no longer than this. */
const SLICE_MS = 8;
const ITEMS_A_LOOK = 16;

/** Long work in slices: whoever shares the event loop has their turn in between. */
export class Turns {
  #since = performance.now();

  async take(): Promise<void> {
    if (performance.now() - this.#since < SLICE_MS) return;
    await turn();
    this.#since = performance.now();
  }
}

/** `items.map(work)` in slices. */
export async function mapInTurns<Item, Result>(items: readonly Item[], work: (item: Item, index: number) => Result): Promise<Result[]> {
  const turns = new Turns();
  const results: Result[] = [];
  for (const [index, item] of items.entries()) {
    if (index % ITEMS_A_LOOK === 0) await turns.take();
    results.push(work(item, index));
  }
  return results;
}
