/** Why a refusal happened, as a client must tell it apart; the HTTP status follows from it. */
export type RefusalKind =
  | 'invalid' // 400: the request itself is malformed
  | 'unauthenticated' // 401
  | 'forbidden' // 403
  | 'unknown' // 404: absent, or not visible to this caller
  | 'state' // 409: legal in another state of the case
  | 'stale' // 412: somebody changed it first
  | 'rule' // 422: a business rule says no
  | 'precondition' // 428: If-Match is missing
  | 'tooMany' // 429
  | 'unavailable'; // 503: may be retried with the same key

export type RefusalParams = Readonly<Record<string, string | number | boolean>>;

export interface FieldError {
  /** JSON pointer of the field, or `row:column` in a file. */
  readonly at: string;
  readonly code: string;
  readonly params?: RefusalParams;
}

/**
 * An expected "no". `code` is `AREA_REASON`, stable for good; its texts live under `error.<CODE>`.
 * `params` reach users, logs and histories: numbers, ids and dates only, never personal data.
 */
export class Refusal extends Error {
  override readonly name = 'Refusal';
  readonly code: string;
  readonly kind: RefusalKind;
  readonly params: RefusalParams;
  readonly errors: readonly FieldError[];

  constructor(code: string, kind: RefusalKind, params: RefusalParams = {}, errors: readonly FieldError[] = []) {
    super(code);
    this.code = code;
    this.kind = kind;
    this.params = params;
    this.errors = errors;
  }
}

export function refuse(
  code: string,
  kind: RefusalKind,
  params?: RefusalParams,
  errors?: readonly FieldError[],
): never {
  throw new Refusal(code, kind, params, errors);
}
