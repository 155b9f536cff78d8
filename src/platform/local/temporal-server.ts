import { execFile, spawn, type ChildProcess } from 'node:child_process';
import { setTimeout as delay } from 'node:timers/promises';
import { promisify } from 'node:util';
import { accepts } from './ports.ts';

const run = promisify(execFile);

export interface TemporalServer {
  /** The `temporal` program. */
  readonly binary: string;
  readonly port: number;
  /** Absent: no web page. */
  readonly uiPort?: number;
  /** Absent: everything is kept in memory and gone at the end. */
  readonly file?: string;
  /** `limit.historyCount.suggestContinueAsNew=100` and the like. */
  readonly dynamicConfig?: readonly string[];
}

export function addressOf(server: TemporalServer): string {
  return `127.0.0.1:${server.port}`;
}

/**
 * In a process group of its own, so that Ctrl-C in a terminal does not take it away before the worker has
 * drained. `output` is a file descriptor.
 */
export function spawnTemporal(server: TemporalServer, output: number | 'ignore'): ChildProcess {
  const args = ['server', 'start-dev', '--ip', '127.0.0.1', '--port', String(server.port), '--log-level', 'warn'];
  if (server.uiPort === undefined) args.push('--headless');
  else args.push('--ui-port', String(server.uiPort));
  if (server.file !== undefined) {
    args.push('--db-filename', server.file);
    args.push('--sqlite-pragma', 'journal_mode=WAL', '--sqlite-pragma', 'synchronous=NORMAL');
  }
  for (const setting of server.dynamicConfig ?? []) args.push('--dynamic-config-value', setting);
  return spawn(server.binary, args, { detached: true, stdio: ['ignore', output, output] });
}

async function isHealthy(server: TemporalServer): Promise<boolean> {
  if (!(await accepts(server.port))) return false;
  try {
    await run(server.binary, ['operator', 'cluster', 'health', '--address', addressOf(server)], { timeout: 5000 });
    // Healthy comes before the namespace is there.
    const namespace = ['operator', 'namespace', 'describe', '--namespace', 'default', '--address', addressOf(server)];
    await run(server.binary, namespace, { timeout: 5000 });
    return true;
  } catch {
    return false;
  }
}

/** Throws when the process ends first or after `withinMs`. */
export async function untilHealthy(server: TemporalServer, child: ChildProcess, withinMs = 60_000): Promise<void> {
  const deadline = performance.now() + withinMs;
  while (!(await isHealthy(server))) {
    if (child.exitCode !== null || child.signalCode !== null) throw new Error('the Temporal server ended at its start');
    if (performance.now() > deadline) throw new Error('the Temporal server is not healthy in time');
    await delay(50);
  }
}
