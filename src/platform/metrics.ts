import { collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';

/** One registry for each process, so that two applications in one test run do not share counts. */
export class Metrics {
  readonly registry = new Registry();
  /** Labels are bounded: the route's pattern, never the path; the status, never a code with an id. */
  readonly #requests = new Histogram({
    name: 'cobuild_http_request_duration_seconds',
    help: 'Time to answer an HTTP request, by route pattern',
    labelNames: ['method', 'route', 'status'],
    buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5],
    registers: [this.registry],
  });

  constructor() {
    collectDefaultMetrics({ register: this.registry });
  }

  /** Asked anew by each collector; nothing is said of it while it cannot be read. */
  counted(name: string, help: string, labelName: string, read: () => Promise<readonly { label: string; count: number }[]>): void {
    new Gauge({
      name,
      help,
      labelNames: [labelName],
      registers: [this.registry],
      async collect() {
        this.reset();
        for (const { label, count } of await read().catch(() => [])) this.set({ [labelName]: label }, count);
      },
    });
  }

  answered(method: string, route: string, status: number, seconds: number): void {
    this.#requests.observe({ method, route, status: String(status) }, seconds);
  }
}
