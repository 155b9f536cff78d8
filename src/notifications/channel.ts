import type { MessageParams } from './model.ts';

/** What leaves the house: a text key with numbers, to a recipient key that the channel resolves to an address. */
export interface Letter {
  readonly id: string;
  readonly recipient: string;
  readonly text: string;
  readonly params: MessageParams;
}

/**
 * A way out beside the inbox (mail, robot, SMS). `deliver` may be called again after a crash: the idempotency
 * key stays the same, and the channel hands it on to its provider. It throws when the provider did not take it.
 */
export interface Channel {
  readonly name: string;
  /** By text key and recipient key; absent: all messages. */
  readonly takes?: (text: string, recipient: string) => boolean;
  deliver(letter: Letter, idempotencyKey: string): Promise<void>;
}

/** Nest token of the `Channel[]` that this process sends through; with none, messages stay in the inbox. */
export const CHANNELS = Symbol('CHANNELS');
