import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import type { Payload, PayloadCodec, SerializationContext } from '@temporalio/common';
import proto from '@temporalio/proto';
import type { NamedKey } from '../keys.ts';

const { Payload: PayloadMessage } = proto.temporal.api.common.v1;

const ENCODING = 'binary/cobuild-sealed';
/** Names the cipher and layout for good: nonce (12) ‖ ciphertext ‖ tag (16), AES-256-GCM. */
const SUITE = 'aes-256-gcm-1';
const NONCE_BYTES = 12;
const TAG_BYTES = 16;

const utf8 = (text: string): Uint8Array => Buffer.from(text, 'utf8');
const text = (bytes: Uint8Array | null | undefined): string => Buffer.from(bytes ?? []).toString('utf8');

/** The workflow that a payload was sealed for; undefined where it is not sealed. */
export function ownerOf({ metadata }: Payload): string | undefined {
  return text(metadata?.['encoding']) === ENCODING ? text(metadata?.['owner']) : undefined;
}

/** What stands in place of an input that this codec did not seal; every handler refuses it. */
function refused(code: 'PLAIN_PAYLOAD' | 'FOREIGN_PAYLOAD'): Payload {
  return {
    metadata: { encoding: utf8('json/plain') },
    data: utf8(JSON.stringify({ refused: code })),
  };
}

/**
 * Seals every payload of a workflow; bound to its workflow id, so that a copied one does not open elsewhere.
 * Decoding never throws: a throwing codec lets one plain Signal fail a case's tasks for ever (trust.md §1).
 */
export class SealingCodec implements PayloadCodec {
  readonly #newest: NamedKey;
  readonly #keys: ReadonlyMap<string, NamedKey>;

  constructor(keys: readonly NamedKey[]) {
    const [newest] = keys;
    if (!newest) throw new Error('payload keys are missing');
    this.#newest = newest;
    this.#keys = new Map(keys.map((key) => [key.id, key]));
  }

  encode(payloads: Payload[], context?: SerializationContext): Promise<Payload[]> {
    return Promise.resolve(payloads.map((payload) => this.#seal(payload, context?.workflowId ?? '')));
  }

  decode(payloads: Payload[], context?: SerializationContext): Promise<Payload[]> {
    return Promise.resolve(payloads.map((payload) => this.#open(payload, context?.workflowId)));
  }

  #seal(payload: Payload, owner: string): Payload {
    const nonce = randomBytes(NONCE_BYTES);
    const cipher = createCipheriv('aes-256-gcm', this.#newest.secret, nonce).setAAD(utf8(owner));
    const sealed = Buffer.concat([cipher.update(PayloadMessage.encode(payload).finish()), cipher.final()]);
    return {
      metadata: {
        encoding: utf8(ENCODING),
        suite: utf8(SUITE),
        key: utf8(this.#newest.id),
        owner: utf8(owner),
      },
      data: Buffer.concat([nonce, sealed, cipher.getAuthTag()]),
    };
  }

  #open(payload: Payload, reader: string | undefined): Payload {
    const { encoding, suite, key, owner } = payload.metadata ?? {};
    if (text(encoding) !== ENCODING || text(suite) !== SUITE) return refused('PLAIN_PAYLOAD');
    const secret = this.#keys.get(text(key))?.secret;
    if (!secret || (reader !== undefined && reader !== text(owner))) return refused('FOREIGN_PAYLOAD');
    try {
      const data = Buffer.from(payload.data ?? []);
      const decipher = createDecipheriv('aes-256-gcm', secret, data.subarray(0, NONCE_BYTES), {
        authTagLength: TAG_BYTES,
      });
      decipher.setAAD(owner ?? new Uint8Array()).setAuthTag(data.subarray(-TAG_BYTES));
      const open = [decipher.update(data.subarray(NONCE_BYTES, -TAG_BYTES)), decipher.final()];
      return PayloadMessage.decode(Buffer.concat(open));
    } catch {
      return refused('FOREIGN_PAYLOAD');
    }
  }
}
