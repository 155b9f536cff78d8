import { HttpException } from '@nestjs/common';
import { Refusal, type FieldError, type RefusalKind, type RefusalParams } from '../../kernel/refusal.ts';
import { databaseFailure } from './database-failure.ts';

/** What went wrong, as the client is told. `defect` = nobody planned for it; operators must hear of it. */
export interface Failure {
  readonly status: number;
  readonly code: string;
  readonly params: RefusalParams;
  readonly errors: readonly FieldError[];
  readonly defect: boolean;
}

const STATUS: Readonly<Record<RefusalKind, number>> = {
  invalid: 400,
  unauthenticated: 401,
  forbidden: 403,
  unknown: 404,
  state: 409,
  stale: 412,
  rule: 422,
  precondition: 428,
  tooMany: 429,
  unavailable: 503,
};

/** The framework's own errors, by status. */
const FRAMEWORK: Readonly<Record<number, string>> = {
  400: 'REQUEST_MALFORMED',
  404: 'ROUTE_UNKNOWN',
  405: 'METHOD_UNSUPPORTED',
  408: 'REQUEST_TIMED_OUT',
  413: 'REQUEST_TOO_LARGE',
  414: 'URL_TOO_LONG',
  415: 'MEDIA_TYPE_UNSUPPORTED',
  431: 'HEADER_TOO_LARGE',
  503: 'SHUTTING_DOWN',
};

/** What the framework's own error of that status means. */
export function frameworkFailure(status: number): Failure | undefined {
  const code = FRAMEWORK[status];
  return code === undefined ? undefined : failure(status, code);
}

function failure(status: number, code: string, defect = false): Failure {
  return { status, code, params: {}, errors: [], defect };
}

function frameworkStatus(error: unknown): number | undefined {
  if (error instanceof HttpException) return error.getStatus();
  const status = (error as { statusCode?: unknown } | null)?.statusCode;
  return typeof status === 'number' ? status : undefined;
}

export function failureFrom(error: unknown): Failure {
  if (error instanceof Refusal) {
    return { status: STATUS[error.kind], code: error.code, params: error.params, errors: error.errors, defect: false };
  }
  const fromDatabase = databaseFailure(error);
  if (fromDatabase) return failure(STATUS[fromDatabase.kind], fromDatabase.code, fromDatabase.defect);
  const status = frameworkStatus(error);
  return (status && frameworkFailure(status)) || failure(500, 'INTERNAL', true);
}
