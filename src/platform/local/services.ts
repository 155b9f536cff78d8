import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { openSync, closeSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as delay } from 'node:timers/promises';
import * as postgres from './postgres.ts';
import { endProcess, isAlive, markOf, type ProcessMark } from './processes.ts';
import type { Service } from './supervisor.ts';
import { spawnTemporal, untilHealthy, type TemporalServer } from './temporal-server.ts';

const GRACE_MS = 15_000;

function withLog<Result>(file: string, work: (descriptor: number) => Result): Result {
  const descriptor = openSync(file, 'a', 0o600);
  try {
    return work(descriptor);
  } finally {
    closeSync(descriptor);
  }
}

function mustHave(pid: number | undefined, name: string): ProcessMark {
  const mark = pid === undefined ? undefined : markOf(pid);
  if (!mark) throw new Error(`${name} could not be started`);
  return mark;
}

export function postgresService(cluster: postgres.Cluster): Service {
  return {
    name: 'PostgreSQL',
    async start(spawned) {
      spawned(await postgres.start(cluster));
    },
    stop: postgres.stop,
  };
}

export function temporalService(server: TemporalServer, logs: string): Service {
  return {
    name: 'Temporal',
    async start(spawned) {
      const child = withLog(join(logs, 'temporal.log'), (output) => spawnTemporal(server, output));
      child.unref();
      child.once('error', () => undefined);
      spawned(mustHave(child.pid, 'Temporal'));
      await untilHealthy(server, child);
    },
    stop: (mark) => endProcess(mark, GRACE_MS),
  };
}

export interface NodeService {
  readonly name: string;
  readonly script: string;
  readonly env: NodeJS.ProcessEnv;
  readonly logs: string;
  /** Absent: ready as soon as it runs. */
  readonly isReady?: () => Promise<boolean>;
  readonly readyWithinMs?: number;
}

function lastLines(file: string): string {
  return readFileSync(file, 'utf8').trimEnd().split('\n').slice(-12).join('\n');
}

/** A process of our own code; in its own process group, so that Ctrl-C reaches it in our order. */
export function nodeService(options: NodeService): Service {
  const log = join(options.logs, `${options.name}.log`);
  return {
    name: options.name,
    async start(spawned) {
      const child = withLog(log, (output) =>
        spawn(process.execPath, ['--enable-source-maps', options.script], {
          env: options.env,
          detached: true,
          stdio: ['ignore', output, output],
        }),
      );
      child.unref();
      const mark = mustHave(child.pid, options.name);
      spawned(mark);
      const deadline = performance.now() + (options.readyWithinMs ?? 60_000);
      while (options.isReady && !(await options.isReady())) {
        if (!isAlive(mark)) throw new Error(`it ended at its start; the end of ${log}:\n${lastLines(log)}`);
        if (performance.now() > deadline) throw new Error(`it is not ready in time; see ${log}`);
        await delay(100);
      }
    },
    stop: (mark) => endProcess(mark, GRACE_MS),
  };
}

export interface Task {
  readonly name: string;
  readonly script: string;
  readonly env: NodeJS.ProcessEnv;
  /** What it writes to its standard error goes here. */
  readonly logs: string;
  /** Each line of its standard output. */
  readonly say: (line: string) => void;
}

/** Enough to outlast a database that is starting again; a task that can never succeed must not go on for ever. */
const TASK_ATTEMPTS = 20;

/** A piece of work of our own code in a process of its own: started again when it fails, over when it succeeds. */
export function taskService(task: Task): Service {
  const log = join(task.logs, `${task.name}.log`);
  let failures = 0;
  let ended = Promise.resolve(false);
  return {
    name: task.name,
    async start(spawned) {
      const child = withLog(log, (output) =>
        spawn(process.execPath, ['--enable-source-maps', task.script], {
          env: task.env,
          detached: true,
          stdio: ['ignore', 'pipe', output],
        }),
      );
      child.unref();
      if (child.stdout) createInterface({ input: child.stdout }).on('line', task.say);
      ended = once(child, 'exit').then(
        ([code]) => {
          if (code === 0) return true;
          failures += 1;
          if (failures === TASK_ATTEMPTS) task.say(`it does not get on; see ${log}`);
          return failures === TASK_ATTEMPTS;
        },
        () => false,
      );
      spawned(mustHave(child.pid, task.name));
    },
    stop: (mark) => endProcess(mark, GRACE_MS),
    isOver: () => ended,
  };
}
