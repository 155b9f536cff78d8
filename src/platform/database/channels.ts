import pg from 'pg';

/** A process that lost its connection asks by itself until it is back. */
const RETRY_MS = 1000;

/** Undefined: this process has just begun to listen, and may have missed anything. */
export type Heard = (text: string | undefined) => void;

/**
 * What processes tell one another through PostgreSQL. NOTIFY inside a transaction would make all commits wait for one
 * another, so it follows the commits; nothing may depend on being heard.
 */
export class Channels {
  readonly #url: string;
  readonly #send: (channel: string, text: string) => Promise<unknown>;
  readonly #heard = new Map<string, Heard>();
  #client: pg.Client | undefined;
  #retry: NodeJS.Timeout | undefined;
  #isClosed = false;

  constructor(url: string, send: (channel: string, text: string) => Promise<unknown>) {
    this.#url = url;
    this.#send = send;
  }

  /** Less than 8,000 bytes. */
  say(channel: string, text: string): void {
    this.#send(channel, text).catch(() => undefined);
  }

  /** Whether another process would be heard at once. */
  get isListening(): boolean {
    return this.#client !== undefined;
  }

  /** One connection of its own a process, beside the pool; one listener a channel. */
  hear(channel: string, heard: Heard): void {
    const isFirst = this.#heard.size === 0;
    this.#heard.set(channel, heard);
    if (isFirst) void this.#connect();
    else void this.#client?.query(listen(channel)).then(() => heard(undefined), () => undefined);
  }

  async close(): Promise<void> {
    this.#isClosed = true;
    clearTimeout(this.#retry);
    const client = this.#client;
    this.#client = undefined;
    await client?.end().catch(() => undefined);
  }

  async #connect(): Promise<void> {
    const client = new pg.Client({ connectionString: this.#url, application_name: 'cobuild-listen', keepAlive: true });
    client.on('error', () => this.#lost(client));
    client.on('end', () => this.#lost(client));
    client.on('notification', ({ channel, payload = '' }) => this.#heard.get(channel)?.(payload));
    try {
      await client.connect();
      let listening = 0;
      while (listening < this.#heard.size) {
        const channels = [...this.#heard.keys()].slice(listening);
        await client.query(channels.map(listen).join(';'));
        listening += channels.length;
      }
      // Closed while it was being connected.
      if (this.#isClosed) {
        await client.end();
        return;
      }
      this.#client = client;
      for (const heard of this.#heard.values()) heard(undefined);
    } catch {
      this.#again();
    }
  }

  #lost(client: pg.Client): void {
    if (this.#client !== client) return;
    this.#client = undefined;
    this.#again();
  }

  #again(): void {
    if (this.#isClosed) return;
    clearTimeout(this.#retry);
    this.#retry = setTimeout(() => void this.#connect(), RETRY_MS);
    this.#retry.unref();
  }
}

/** Names of channels stand in the sources, never in input. */
function listen(channel: string): string {
  return `LISTEN ${channel}`;
}
