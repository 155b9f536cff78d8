export interface Timed {
  /** The first call in the process: its code is compiled meanwhile. */
  readonly coldMs: number;
  /** Of the calls after the warm-up, as a thread that stays alive makes them. */
  readonly medianMs: number;
  readonly leastMs: number;
  readonly mostMs: number;
  readonly runs: number;
  /** Highest resident memory of the process above that before the first call, in MB: after that call, … */
  readonly coldPeakMb: number;
  /** … and after all: what earlier calls left behind is collected when the engine sees fit. */
  readonly peakMb: number;
}

/** The engine compiles what is called often; after so long nothing more comes of it. */
const WARM_UP_MS = 2_000;

/** To be called once in a process, so that its peak of memory is its own. */
export function timed(runs: number, work: () => void): Timed {
  const idle = process.memoryUsage().rss;
  const once = (): number => {
    const begun = performance.now();
    work();
    return performance.now() - begun;
  };
  const coldMs = once();
  const coldPeakMb = peakAbove(idle);
  for (let spent = coldMs; spent < WARM_UP_MS; ) spent += once();
  const times = Array.from({ length: runs }, once).sort((a, b) => a - b);
  return {
    coldMs: rounded(coldMs),
    medianMs: rounded(times[runs >> 1]!),
    leastMs: rounded(times[0]!),
    mostMs: rounded(times.at(-1)!),
    runs,
    coldPeakMb,
    peakMb: peakAbove(idle),
  };
}

/** Of this process since it began, in MB. */
export function peakAbove(idleBytes: number): number {
  return Math.max(0, Math.round((process.resourceUsage().maxRSS * 1024 - idleBytes) / 1e6));
}

export function rounded(ms: number): number {
  return Math.round(ms * 100) / 100;
}

export function percentile(sorted: readonly number[], share: number): number {
  return rounded(sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))]!);
}

/** The last line of a part's output is what the benchmark reads. */
export function print(figures: object): void {
  process.stdout.write(`${JSON.stringify(figures)}\n`);
}
