import { setTimeout as delay } from 'node:timers/promises';

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

const PATIENCE_MS = 120_000;
const PAUSE_MS = 300;

/** One person at a keyboard: presses again while the API is away, never otherwise. */
export function senderOf(base: string, headers: Readonly<Record<string, string>>): Sender {
  async function send<View>(method: string, path: string, body: string | FormData | undefined, extra: Record<string, string>): Promise<View> {
    const deadline = performance.now() + PATIENCE_MS;
    for (;;) {
      const answer = await fetch(`${base}${path}`, { method, body: body ?? null, headers: { ...headers, ...extra } }).catch(() => undefined);
      const problem = answer && !answer.ok ? ((await answer.json().catch(() => ({}))) as { code?: string }) : undefined;
      const again = answer === undefined || answer.status === 503 || problem?.code === 'IDEMPOTENCY_KEY_IN_USE';
      if (answer?.ok) return (answer.status === 204 ? undefined : await answer.json()) as View;
      if (!again || performance.now() > deadline) throw new Refused(path, answer?.status ?? 0, problem?.code ?? 'UNREACHABLE');
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
