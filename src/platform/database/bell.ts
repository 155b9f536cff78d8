import pg from 'pg';
import type { TenantId } from '../../kernel/scope.ts';

const CHANNEL = 'cobuild_change';
/** Many commits ring once. */
const GATHER_MS = 100;
/** NOTIFY takes less than 8,000 bytes. */
const MOST_NAMED = 200;
/** A process that lost its connection asks by itself until it is back. */
const RETRY_MS = 1000;

/** Undefined = one or all of them. */
export type Heard = (tenants: readonly TenantId[] | undefined) => void;

/**
 * Says between processes that a tenant's rows have changed. NOTIFY inside a transaction would make all commits wait for
 * one another, so it follows the commits, gathered; should it get lost, listeners look by themselves now and then.
 */
export class ChangeBell {
  readonly #send: (text: string) => Promise<unknown>;
  readonly #url: string;
  readonly #tenants = new Set<TenantId>();
  #timer: NodeJS.Timeout | undefined;
  #heard: Heard | undefined;
  #client: pg.Client | undefined;
  #retry: NodeJS.Timeout | undefined;

  constructor(url: string, send: (channel: string, text: string) => Promise<unknown>) {
    this.#url = url;
    this.#send = (text) => send(CHANNEL, text);
  }

  /** After a commit that wrote something. */
  ring(tenant: TenantId): void {
    this.#tenants.add(tenant);
    this.#timer ??= setTimeout(() => this.#tell(), GATHER_MS);
  }

  /** Whether another process would be heard at once. */
  get isListening(): boolean {
    return this.#client !== undefined;
  }

  /** One connection of its own a process, beside the pool. */
  listen(heard: Heard): void {
    this.#heard = heard;
    void this.#connect();
  }

  async close(): Promise<void> {
    this.#heard = undefined;
    clearTimeout(this.#timer);
    clearTimeout(this.#retry);
    const client = this.#client;
    this.#client = undefined;
    await client?.end().catch(() => undefined);
  }

  #tell(): void {
    this.#timer = undefined;
    const tenants = [...this.#tenants];
    this.#tenants.clear();
    this.#heard?.(tenants);
    this.#send(tenants.length > MOST_NAMED ? '*' : tenants.join(' ')).catch(() => undefined);
  }

  async #connect(): Promise<void> {
    const client = new pg.Client({ connectionString: this.#url, application_name: 'cobuild-listen', keepAlive: true });
    client.on('error', () => this.#lost(client));
    client.on('end', () => this.#lost(client));
    client.on('notification', ({ payload = '*' }) => this.#heard?.(payload === '*' ? undefined : (payload.split(' ') as TenantId[])));
    try {
      await client.connect();
      await client.query(`LISTEN ${CHANNEL}`);
      // Closed while it was being connected.
      if (this.#heard === undefined) {
        await client.end();
        return;
      }
      this.#client = client;
      this.#heard(undefined);
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
    if (this.#heard === undefined) return;
    clearTimeout(this.#retry);
    this.#retry = setTimeout(() => void this.#connect(), RETRY_MS);
    this.#retry.unref();
  }
}
