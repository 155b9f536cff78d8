/** What the API refuses with (RFC 9457), in the reader's language; also what never reached it. */
export interface ProblemDocument {
  readonly title: string;
  readonly status: number;
  readonly code: string;
  readonly detail: string;
  readonly params: Readonly<Record<string, unknown>>;
  readonly errors: readonly { readonly at: string; readonly code: string; readonly detail: string }[];
  readonly requestId: string;
}

/** Codes of our own, for what no server said; their texts are in `texts.ts` here. */
export const NETWORK = 'NETWORK';
export const UNREADABLE = 'UNREADABLE';

export class Problem extends Error {
  override readonly name = 'Problem';
  readonly document: ProblemDocument;

  constructor(document: ProblemDocument) {
    super(`${document.code} (${document.requestId})`);
    this.document = document;
  }

  get code(): string {
    return this.document.code;
  }

  get status(): number {
    return this.document.status;
  }

  /** Whether the change may have happened all the same: only the same key may be sent again. */
  get isOpen(): boolean {
    return this.status === 0 || this.status >= 500 || this.code === 'IDEMPOTENCY_KEY_IN_USE';
  }
}

const isObject = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null;

/** From an answer that is no success; a proxy's page becomes `UNREADABLE`. */
export async function problemFrom(answer: Response): Promise<Problem> {
  const requestId = answer.headers.get('x-request-id') ?? '';
  const body: unknown = await answer.json().catch(() => undefined);
  if (!isObject(body) || typeof body['code'] !== 'string') {
    return new Problem({ title: '', status: answer.status, code: UNREADABLE, detail: '', params: {}, errors: [], requestId });
  }
  return new Problem(body as unknown as ProblemDocument);
}

export function unreachable(requestId: string): Problem {
  return new Problem({ title: '', status: 0, code: NETWORK, detail: '', params: {}, errors: [], requestId });
}

/** Anything thrown, as something that can be shown. */
export function asProblem(error: unknown): Problem | undefined {
  return error instanceof Problem ? error : undefined;
}
