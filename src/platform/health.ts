/** Something this process cannot serve without. */
export interface Dependency {
  readonly name: string;
  ping(): Promise<unknown>;
}

/** A dependency that is silent for longer counts as down. */
const PATIENCE_MS = 3000;

export interface Readiness {
  readonly ready: boolean;
  readonly draining: boolean;
  readonly dependencies: Readonly<Record<string, 'up' | 'down'>>;
}

/** Whether traffic should come here. Liveness asks nothing of this: a lost database does not ask for a restart. */
export class Health {
  readonly #dependencies: readonly Dependency[];
  #draining = false;
  #open = 0;
  #whenIdle: (() => void) | undefined;
  readonly #whenDraining: (() => void)[] = [];

  constructor(dependencies: readonly Dependency[]) {
    this.#dependencies = dependencies;
  }

  get draining(): boolean {
    return this.#draining;
  }

  drain(): void {
    this.#draining = true;
    for (const end of this.#whenDraining) end();
  }

  /** For what would never end by itself. */
  onDrain(end: () => void): void {
    this.#whenDraining.push(end);
  }

  requestBegan(): void {
    this.#open += 1;
  }

  requestEnded(): void {
    this.#open -= 1;
    if (this.#open === 0) this.#whenIdle?.();
  }

  /** Resolves when no request is open any more, or when `patienceMs` is over. */
  async idle(patienceMs: number): Promise<void> {
    if (this.#open === 0) return;
    await new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, patienceMs);
      this.#whenIdle = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  }

  async readiness(): Promise<Readiness> {
    const states = await Promise.all(this.#dependencies.map(async (it) => [it.name, await answers(it)] as const));
    const dependencies = Object.fromEntries(states);
    return { ready: !this.#draining && states.every(([, state]) => state === 'up'), draining: this.#draining, dependencies };
  }
}

async function answers(dependency: Dependency): Promise<'up' | 'down'> {
  let timer: NodeJS.Timeout | undefined;
  const silence = new Promise<'down'>((resolve) => {
    timer = setTimeout(() => resolve('down'), PATIENCE_MS);
  });
  const answer = dependency.ping().then(
    () => 'up' as const,
    () => 'down' as const,
  );
  return Promise.race([answer, silence]).finally(() => clearTimeout(timer));
}
