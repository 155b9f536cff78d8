import type { HttpClient } from '../../support/http.ts';

interface Told {
  readonly items: readonly { readonly kind: string; readonly id: string | null; readonly version: number | null }[];
  readonly cursor: string;
  readonly isReset: boolean;
}

/** A page that listens; every wait is for an event, never for a time. */
export class Page {
  readonly told: Told[] = [];
  readonly ended: Promise<void>;
  readonly #abort = new AbortController();
  #status = 0;
  #changed = (): void => undefined;

  private constructor(client: HttpClient, since: string | undefined, opened: () => void) {
    this.ended = this.#read(client, since, opened).catch(() => opened());
  }

  static async open(client: HttpClient, since?: string): Promise<Page> {
    let page: Page | undefined;
    await new Promise<void>((resolve) => {
      page = new Page(client, since, resolve);
    });
    if (page!.#status === 200) await page!.until(() => page!.told.length > 0);
    return page!;
  }

  get status(): number {
    return this.#status;
  }

  get cursor(): string {
    return this.told.at(-1)!.cursor;
  }

  get items(): string[] {
    return this.told.flatMap(({ items }) => items.map(({ kind, id }) => `${kind} ${id}`));
  }

  /** Rejects after `ms`: before a process that is not rung for looks by itself, after 15 s. */
  async until(test: () => boolean, ms = 10_000): Promise<void> {
    const limit = Date.now() + ms;
    while (!test()) {
      const left = limit - Date.now();
      if (left <= 0) throw new Error(`not told within ${ms} ms: ${JSON.stringify(this.told)}`);
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, left);
        this.#changed = () => {
          clearTimeout(timer);
          resolve();
        };
      });
    }
  }

  close(): void {
    this.#abort.abort();
  }

  async #read(client: HttpClient, since: string | undefined, opened: () => void): Promise<void> {
    const answer = await client.open('/api/v1/stream', { 'last-event-id': since }, this.#abort.signal);
    this.#status = answer.status;
    opened();
    let text = '';
    for await (const part of answer.body!.pipeThrough(new TextDecoderStream())) {
      text += part;
      const events = text.split('\n\n');
      text = events.pop()!;
      for (const event of events) {
        const data = /^data: (.*)$/m.exec(event)?.[1];
        if (data) this.told.push(JSON.parse(data) as Told);
      }
      this.#changed();
    }
  }
}
