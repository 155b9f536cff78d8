import type { LoggerService } from '@nestjs/common';
import { pino, type Bindings, type ChildLoggerOptions, type DestinationStream, type Logger } from 'pino';
import { requestContext } from './request-context.ts';

export type Log = Logger;

/** Nest token of the process's log. */
export const LOG = Symbol('LOG');

/**
 * The only fields that reach a log line; anything else is dropped. No bodies, headers, cookies, queries or concrete
 * paths (they may hold one-time codes), no names.
 */
const FIELDS = new Set([
  ...['requestId', 'method', 'route', 'status', 'code', 'durationMs', 'tenant', 'actor', 'component', 'err'],
  ...['workflowId', 'workflowType', 'runId', 'activityType', 'attempt', 'taskQueue', 'namespace', 'commandId', 'caseId'],
  ...['version', 'count', 'port', 'host', 'signal', 'migration', 'job', 'sdkComponent'],
]);

function listed(fields: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(fields).filter(([name]) => FIELDS.has(name)));
}

interface Traits {
  readonly name?: unknown;
  readonly code?: unknown;
  readonly table?: unknown;
  readonly constraint?: unknown;
  readonly driverError?: Traits;
  readonly message?: unknown;
  readonly stack?: unknown;
}

/** Messages of these quote the input that failed. */
const QUOTES_INPUT = new Set(['SyntaxError', 'QueryFailedError', 'ZodError', 'URIError']);

/** An error's kind and frames; its message only where it cannot quote a person's input. */
export function describeError(error: unknown): Record<string, unknown> {
  if (!(error instanceof Error)) return { name: typeof error };
  const traits = error as Traits;
  const driver = traits.driverError ?? traits;
  const frames = String(error.stack ?? '')
    .split('\n')
    .filter((line) => line.startsWith('    at '));
  return {
    name: error.name,
    code: driver.code,
    table: driver.table,
    constraint: driver.constraint,
    ...(!QUOTES_INPUT.has(error.name) && driver.table === undefined && { message: error.message }),
    frames: frames.slice(0, 12).map((line) => line.trim()),
  };
}

export function createLog(level: string, destination?: DestinationStream): Log {
  const options = {
    level,
    base: null,
    timestamp: pino.stdTimeFunctions.isoTime,
    mixin: () => ({ ...requestContext.getStore() }),
    formatters: { level: (label: string) => ({ level: label }), log: listed },
    serializers: { err: describeError },
  };
  const log: Log = destination ? pino(options, destination) : pino(options);
  // pino formats what a child binds only where each child asks for it.
  const child: (this: Log, bindings: Bindings, options?: ChildLoggerOptions) => Log = log.child;
  Object.assign(log, {
    child(this: Log, bindings: Bindings, childOptions?: ChildLoggerOptions): Log {
      return child.call(this, listed(bindings), childOptions);
    },
  });
  return log;
}

/** Nest's own lines; free-form parameters other than the message and its context are not printed. */
export class NestLog implements LoggerService {
  readonly #log: Log;

  constructor(log: Log) {
    this.#log = log;
  }

  log(message: unknown, ...rest: unknown[]): void {
    this.#log.debug(context(rest), String(message));
  }

  warn(message: unknown, ...rest: unknown[]): void {
    this.#log.warn(context(rest), String(message));
  }

  error(message: unknown, ...rest: unknown[]): void {
    if (message instanceof Error) this.#log.error({ ...context(rest), err: message }, 'failure inside the framework');
    else this.#log.error(context(rest), String(message));
  }

  debug(message: unknown, ...rest: unknown[]): void {
    this.#log.trace(context(rest), String(message));
  }
}

function context(rest: readonly unknown[]): { component?: string } {
  const last = rest.at(-1);
  return typeof last === 'string' ? { component: last } : {};
}
