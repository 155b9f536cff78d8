import { Injectable } from '@nestjs/common';
import { Channels } from '../../platform/database/channels.ts';
import type { Answer } from '../messages.ts';

const CHANNEL = 'cobuild_decided';
/** A command's id and its version take less than a hundred characters; NOTIFY less than 8,000 bytes. */
const MOST_TOLD = 70;

type Resolve = (answer: Answer) => void;

/**
 * Tells whoever waits for a command that it stands in the journal, before the engine has finished with it (ADR 0027).
 * Nobody needs to hear it: the engine's own answer says the same, later.
 */
@Injectable()
export class Decisions {
  readonly #channels: Channels;
  readonly #waiting = new Map<string, Set<Resolve>>();
  #untold: string[] = [];
  #isListening = false;

  constructor(channels: Channels) {
    this.#channels = channels;
  }

  /** After the commit. */
  tell(commandId: string, { version }: Answer): void {
    this.#untold.push(`${commandId} ${version}`);
    if (this.#untold.length === 1) setImmediate(() => this.#say());
  }

  /** The answer of whichever is first: the engine, or what is told of the command. A refusal is the engine's alone. */
  async first(commandId: string, engine: () => Promise<Answer>): Promise<Answer> {
    this.#listen();
    const resolves = this.#waiting.get(commandId) ?? new Set<Resolve>();
    this.#waiting.set(commandId, resolves);
    let resolve: Resolve = () => undefined;
    const told = new Promise<Answer>((it) => (resolve = it));
    resolves.add(resolve);
    try {
      return await Promise.race([engine(), told]);
    } finally {
      resolves.delete(resolve);
      if (resolves.size === 0) this.#waiting.delete(commandId);
    }
  }

  #say(): void {
    while (this.#untold.length > 0) this.#channels.say(CHANNEL, this.#untold.splice(0, MOST_TOLD).join(';'));
  }

  #listen(): void {
    if (this.#isListening) return;
    this.#isListening = true;
    this.#channels.hear(CHANNEL, (text) => {
      for (const told of text?.split(';') ?? []) this.#hear(told);
    });
  }

  #hear(told: string): void {
    const [commandId = '', version] = told.split(' ');
    for (const resolve of this.#waiting.get(commandId) ?? []) resolve({ version: Number(version) });
  }
}
