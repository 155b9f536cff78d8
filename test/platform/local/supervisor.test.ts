import { spawn, type ChildProcess } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { afterEach, describe, expect, it } from '@jest/globals';
import { endProcess, isAlive, markOf, type ProcessMark } from '../../../src/platform/local/processes.ts';
import { taskService } from '../../../src/platform/local/services.ts';
import { Supervisor, type Service } from '../../../src/platform/local/supervisor.ts';

const children: ChildProcess[] = [];

afterEach(() => {
  for (const child of children.splice(0)) child.kill('SIGKILL');
});

async function until(condition: () => boolean): Promise<void> {
  while (!condition()) await delay(10);
}

/** Runs `sleep`; the journal tells in which order things happened. */
function sleeper(name: string, journal: string[], failures = 0): Service {
  let attempts = 0;
  return {
    name,
    async start(spawned) {
      attempts += 1;
      if (attempts > 1 && attempts <= 1 + failures) throw new Error('not yet');
      const child = spawn('sleep', ['1000'], { stdio: 'ignore' });
      children.push(child);
      const mark = markOf(child.pid ?? 0);
      if (!mark) throw new Error('sleep did not start');
      spawned(mark);
      journal.push(`start ${name}`);
    },
    async stop(mark) {
      await endProcess(mark, 1000);
      journal.push(`stop ${name}`);
    },
  };
}

function supervisor(journal: string[] = []): { it: Supervisor; running: () => Record<string, ProcessMark> } {
  let last: Record<string, ProcessMark> = {};
  const it = new Supervisor({ pollMs: 5, record: (now) => (last = { ...now }), say: (line) => journal.push(line) });
  return { it, running: () => last };
}

describe('supervisor', () => {
  it('starts in order and stops in the reverse order', async () => {
    const journal: string[] = [];
    const { it: keeper, running } = supervisor();
    await keeper.add(sleeper('a', journal));
    await keeper.add(sleeper('b', journal));
    expect(Object.keys(running())).toEqual(['a', 'b']);
    const marks = Object.values(running());
    await keeper.stopAll();
    expect(journal).toEqual(['start a', 'start b', 'stop b', 'stop a']);
    expect(running()).toEqual({});
    expect(marks.map(isAlive)).toEqual([false, false]);
  });

  it('starts again what is killed, also when the first attempts fail, and records the new process', async () => {
    const { it: keeper, running } = supervisor();
    await keeper.add(sleeper('a', [], 2));
    const first = running()['a'];
    process.kill(first?.pid ?? 0, 'SIGKILL');
    await until(() => running()['a']?.pid !== first?.pid);
    const second = running()['a'];
    expect(second && isAlive(second)).toBe(true);
    await keeper.stopAll();
    expect(second && isAlive(second)).toBe(false);
  });

  it('tells a first start that fails to its caller', async () => {
    const { it: keeper } = supervisor();
    const broken: Service = { name: 'broken', start: () => Promise.reject(new Error('no such file')), stop: async () => {} };
    await expect(keeper.add(broken)).rejects.toThrow('no such file');
    await keeper.stopAll();
  });

  it('starts nothing once it was told to stop', async () => {
    const journal: string[] = [];
    const { it: keeper, running } = supervisor();
    await keeper.add(sleeper('a', journal));
    const first = running()['a'];
    process.kill(first?.pid ?? 0, 'SIGKILL');
    await keeper.stopAll();
    await expect(keeper.add(sleeper('b', journal))).rejects.toThrow('stopping');
    expect(running()).toEqual({});
    expect(journal).not.toContain('start b');
  });

  it('starts a piece of work again until it succeeds, then lets it be', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'cobuild-task-'));
    const script = join(folder, 'task.mjs');
    // Fails at first, as if it was killed half-way.
    writeFileSync(
      script,
      `import { existsSync, writeFileSync } from 'node:fs';
       const again = existsSync('${folder}/begun');
       writeFileSync('${folder}/begun', '');
       console.log(again ? 'done' : 'begun');
       process.exitCode = again ? 0 : 1;`,
    );
    const said: string[] = [];
    const { it: keeper, running } = supervisor();
    await keeper.add(taskService({ name: 'task', script, env: process.env, logs: folder, say: (line) => said.push(line) }));
    await until(() => said.includes('done') && running()['task'] === undefined);
    expect(said).toEqual(['begun', 'done']);
    await keeper.stopAll();
    rmSync(folder, { recursive: true });
  });
});
