import { makeTelemetryFilterString, Runtime, type Logger } from '@temporalio/worker';
import type { Log } from '../logging.ts';

const levels = { TRACE: 'trace', DEBUG: 'debug', INFO: 'debug', WARN: 'warn', ERROR: 'error' } as const;

/** Once a process, before its first worker: the SDK's lines go through our log and its field allow-list. */
export function installRuntime(log: Log): void {
  const write = (level: keyof typeof levels, message: string, { error, ...meta }: Record<string, unknown> = {}): void =>
    log[levels[level]]({ ...meta, ...(error !== undefined && { err: error }) }, message);
  const logger: Logger = {
    log: (level, message, meta) => write(level, message, meta),
    trace: (message, meta) => write('TRACE', message, meta),
    debug: (message, meta) => write('DEBUG', message, meta),
    info: (message, meta) => write('INFO', message, meta),
    warn: (message, meta) => write('WARN', message, meta),
    error: (message, meta) => write('ERROR', message, meta),
  };
  // The native part's lines too: on its own it writes to the console, past every level and field list.
  const logging = { forward: {}, filter: makeTelemetryFilterString({ core: 'WARN', other: 'ERROR' }) };
  Runtime.install({ logger, telemetryOptions: { logging } });
}
