import { setTimeout as delay } from 'node:timers/promises';
import { PATIENCE_MS } from './patience.ts';

/** A refusal of the API that the script did not expect. */
export class Refused extends Error {
  override readonly name = 'Refused';
  readonly status: number;
  readonly code: string;

  constructor(path: string, status: number, code: string) {
    super(`${path}: ${status} ${code}`);
    this.status = status;
    this.code = code;
  }
}

export interface Sender {
  get<View>(path: string): Promise<View>;
  /** `key` names the intended change: the same one may be sent again without doing it twice. */
  post<View>(path: string, body: unknown, key: string, headers?: Readonly<Record<string, string>>): Promise<View>;
  upload<View>(path: string, file: { name: string; bytes: Uint8Array }, fields: Readonly<Record<string, string>>, key: string): Promise<View>;
}

const PAUSE_MS = 300;

/** Throws when the answer breaks off: as good as none. */
async function read(response: Response): Promise<{ ok: boolean; status: number; content: unknown }> {
  const text = await response.text();
  return { ok: response.ok, status: response.status, content: text === '' ? undefined : JSON.parse(text) };
}

/** One person at a keyboard: presses again while the API is away, never otherwise. */
export function senderOf(base: string, headers: Readonly<Record<string, string>>): Sender {
  async function send<View>(method: string, path: string, body: string | FormData | undefined, extra: Record<string, string>): Promise<View> {
    const deadline = performance.now() + PATIENCE_MS;
    for (;;) {
      const request = { method, body: body ?? null, headers: { ...headers, ...extra } };
      const answer = await fetch(`${base}${path}`, request).then(read).catch(() => undefined);
      if (answer?.ok) return answer.content as View;
      const code = (answer?.content as { code?: string } | undefined)?.code;
      const again = answer === undefined || answer.status === 503 || code === 'IDEMPOTENCY_KEY_IN_USE';
      if (!again || performance.now() > deadline) throw new Refused(path, answer?.status ?? 0, code ?? 'UNREACHABLE');
      await delay(PAUSE_MS);
    }
  }
  return {
    get: (path) => send('GET', path, undefined, {}),
    post: (path, body, key, extra = {}) =>
      send('POST', path, JSON.stringify(body), { 'content-type': 'application/json', 'idempotency-key': key, 'x-cobuild': '1', ...extra }),
    upload: (path, file, fields, key) => {
      const form = new FormData();
      for (const [name, value] of Object.entries(fields)) form.append(name, value);
      form.append('file', new Blob([Buffer.from(file.bytes)]), file.name);
      return send('POST', path, form, { 'idempotency-key': key, 'x-cobuild': '1' });
    },
  };
}
