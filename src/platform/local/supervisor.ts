import { setTimeout as delay } from 'node:timers/promises';
import { isAlive, type ProcessMark } from './processes.ts';

/** A server that this machine keeps running. */
export interface Service {
  readonly name: string;
  /** Reports the process as soon as there is one; returns when it is ready to serve. */
  start(spawned: (mark: ProcessMark) => void): Promise<void>;
  /** Returns when the process is gone. */
  stop(mark: ProcessMark): Promise<void>;
  /** Present for a piece of work that comes to an end; asked when its process is gone: true = for good. */
  isOver?(): Promise<boolean>;
}

export interface SupervisorOptions {
  /** Told at every change, so that a later start can end what a killed one has left. */
  readonly record: (running: Readonly<Record<string, ProcessMark>>) => void;
  readonly say: (line: string) => void;
  /** How often the processes are looked at, in ms. */
  readonly pollMs?: number;
}

const LONGEST_PAUSE_MS = 10_000;
const FIRST_PAUSE_MS = 200;
/** A service that has lived this long has recovered; its next end is a new one. */
const STEADY_MS = 30_000;

/** Starts services in order, starts again what ends by itself, stops all in the reverse order. */
export class Supervisor {
  readonly #options: SupervisorOptions;
  readonly #services: Service[] = [];
  readonly #marks = new Map<string, ProcessMark>();
  readonly #watches: Promise<void>[] = [];
  readonly #stop = new AbortController();

  constructor(options: SupervisorOptions) {
    this.#options = options;
  }

  /** Aborted as soon as everything is to stop. */
  get signal(): AbortSignal {
    return this.#stop.signal;
  }

  /** Throws when the first start fails: that is a mistake in the set-up, not a fault to recover from. */
  async add(service: Service): Promise<void> {
    this.#stop.signal.throwIfAborted();
    this.#services.push(service);
    await this.#start(service);
    this.#watches.push(this.#watch(service));
  }

  /** Can be called at any moment, also while something is starting. */
  async stopAll(): Promise<void> {
    this.#stop.abort(new Error('stopping'));
    await Promise.all(this.#watches);
    for (const service of [...this.#services].reverse()) {
      const mark = this.#marks.get(service.name);
      if (mark) await service.stop(mark);
      this.#marks.delete(service.name);
      this.#record();
    }
  }

  async #start(service: Service): Promise<void> {
    await service.start((mark) => {
      this.#marks.set(service.name, mark);
      this.#record();
    });
  }

  #record(): void {
    this.#options.record(Object.fromEntries(this.#marks));
  }

  async #watch(service: Service): Promise<void> {
    let pause = FIRST_PAUSE_MS;
    let since = performance.now();
    while (await this.#pause(this.#options.pollMs ?? 300)) {
      const mark = this.#marks.get(service.name);
      if (mark && isAlive(mark)) continue;
      if (await service.isOver?.()) {
        this.#marks.delete(service.name);
        this.#record();
        return;
      }
      if (performance.now() - since > STEADY_MS) pause = FIRST_PAUSE_MS;
      this.#options.say(`${service.name} has ended; starting it again`);
      if (!(await this.#pause(pause))) return;
      pause = Math.min(pause * 2, LONGEST_PAUSE_MS);
      since = performance.now();
      await this.#start(service).then(
        () => this.#options.say(`${service.name} runs again`),
        (error: unknown) => this.#options.say(`${service.name} did not start: ${(error as Error).message}`),
      );
    }
  }

  /** False as soon as everything is to stop. */
  async #pause(ms: number): Promise<boolean> {
    return delay(ms, true, { signal: this.#stop.signal }).catch(() => false);
  }
}
