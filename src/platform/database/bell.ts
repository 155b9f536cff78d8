import type { TenantId } from '../../kernel/scope.ts';
import type { Channels } from './channels.ts';

const CHANNEL = 'cobuild_change';
/** Many commits ring once. */
const GATHER_MS = 100;
/** NOTIFY takes less than 8,000 bytes. */
const MOST_NAMED = 200;
const ALL = '*';

/** Undefined = one or all of them. */
export type Heard = (tenants: readonly TenantId[] | undefined) => void;

/** Says between processes that a tenant's rows have changed; should it get lost, listeners look by themselves now and then. */
export class ChangeBell {
  readonly #channels: Channels;
  readonly #tenants = new Set<TenantId>();
  #timer: NodeJS.Timeout | undefined;
  #heard: Heard | undefined;

  constructor(channels: Channels) {
    this.#channels = channels;
  }

  /** After a commit that wrote something. */
  ring(tenant: TenantId): void {
    this.#tenants.add(tenant);
    this.#timer ??= setTimeout(() => this.#tell(), GATHER_MS);
  }

  /** Whether another process would be heard at once. */
  get isListening(): boolean {
    return this.#channels.isListening;
  }

  listen(heard: Heard): void {
    this.#heard = heard;
    this.#channels.hear(CHANNEL, (text = ALL) => this.#heard?.(text === ALL ? undefined : (text.split(' ') as TenantId[])));
  }

  close(): void {
    this.#heard = undefined;
    clearTimeout(this.#timer);
  }

  #tell(): void {
    this.#timer = undefined;
    const tenants = [...this.#tenants];
    this.#tenants.clear();
    this.#heard?.(tenants);
    this.#channels.say(CHANNEL, tenants.length > MOST_NAMED ? ALL : tenants.join(' '));
  }
}
