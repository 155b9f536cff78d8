import { randomUUID } from 'node:crypto';

export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  // A test names the fields it expects; the schemas are checked by the API itself.
  // eslint-disable-next-line @typescript-eslint/no-explicit-any
  readonly body: any;
}

export type HeaderMap = Readonly<Record<string, string | undefined>>;

/** One sender of requests: what it always sends, and a fresh idempotency key for each mutation. */
export class HttpClient {
  readonly base: string;
  readonly #headers: HeaderMap;

  constructor(base: string, headers: HeaderMap = {}) {
    this.base = base;
    this.#headers = headers;
  }

  get authorization(): string | undefined {
    return this.#headers['authorization'];
  }

  get cookie(): string | undefined {
    return this.#headers['cookie'];
  }

  /** The same sender with more headers; undefined removes one. */
  with(headers: HeaderMap): HttpClient {
    return new HttpClient(this.base, { ...this.#headers, ...headers });
  }

  /** The same sender before another process. */
  at(base: string): HttpClient {
    return new HttpClient(base, this.#headers);
  }

  async get(path: string, headers: HeaderMap = {}): Promise<Answer> {
    return this.send('GET', path, undefined, headers);
  }

  async post(path: string, body?: unknown, headers: HeaderMap = {}): Promise<Answer> {
    return this.send('POST', path, body, headers);
  }

  async put(path: string, body?: unknown, headers: HeaderMap = {}): Promise<Answer> {
    return this.send('PUT', path, body, headers);
  }

  async delete(path: string, headers: HeaderMap = {}): Promise<Answer> {
    return this.send('DELETE', path, undefined, headers);
  }

  /** An answer that goes on; ended by the signal. */
  async open(path: string, headers: HeaderMap, signal: AbortSignal): Promise<Response> {
    const all = Object.entries({ ...this.#headers, ...headers }).filter((entry): entry is [string, string] => entry[1] !== undefined);
    return fetch(`${this.base}${path}`, { headers: all, signal });
  }

  /** What a file route answers, byte by byte. */
  async bytes(path: string, headers: HeaderMap = {}): Promise<{ status: number; headers: Headers; bytes: Buffer }> {
    const all = Object.entries({ ...this.#headers, ...headers }).filter((entry): entry is [string, string] => entry[1] !== undefined);
    const response = await fetch(`${this.base}${path}`, { headers: all });
    return { status: response.status, headers: response.headers, bytes: Buffer.from(await response.arrayBuffer()) };
  }

  /** Of a stream the head alone. `body`: a string or `FormData` goes as it is, anything else as JSON. */
  async send(method: string, path: string, body?: unknown, headers: HeaderMap = {}): Promise<Answer> {
    const raw = typeof body === 'string' || body instanceof FormData;
    const all: HeaderMap = {
      ...(method !== 'GET' && { 'idempotency-key': randomUUID(), 'x-cobuild': '1' }),
      ...(body !== undefined && !(body instanceof FormData) && { 'content-type': 'application/json' }),
      ...this.#headers,
      ...headers,
    };
    const response = await fetch(`${this.base}${path}`, {
      method,
      redirect: 'manual',
      headers: Object.entries(all).filter((entry): entry is [string, string] => entry[1] !== undefined),
      ...(body !== undefined && { body: raw ? body : JSON.stringify(body) }),
    });
    if (response.headers.get('content-type')?.startsWith('text/event-stream')) {
      await response.body?.cancel();
      return { status: response.status, headers: response.headers, body: '' };
    }
    const text = await response.text();
    const json = /[/+]json/.test(response.headers.get('content-type') ?? '') && text !== '';
    return { status: response.status, headers: response.headers, body: json ? JSON.parse(text) : text };
  }
}
