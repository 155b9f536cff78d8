import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { afterEach, describe, expect, it } from '@jest/globals';
import { endProcess, isAlive, markOf, starterOf, type ProcessMark } from '../../../src/platform/local/processes.ts';

const started: ChildProcess[] = [];

/** A process that says a line when it is ready. */
async function processOf(script: string): Promise<{ child: ChildProcess; mark: ProcessMark }> {
  const child = spawn(process.execPath, ['-e', `${script}; console.log('ready'); setInterval(() => {}, 1000)`]);
  started.push(child);
  await once(child.stdout, 'data');
  const mark = markOf(child.pid ?? 0);
  if (!mark) throw new Error('the process is not there');
  return { child, mark };
}

afterEach(() => {
  for (const child of started.splice(0)) child.kill('SIGKILL');
});

describe('processes by pid and start time', () => {
  it('knows a process while it lives and no longer', async () => {
    const { child, mark } = await processOf('');
    expect(isAlive(mark)).toBe(true);
    expect(markOf(mark.pid)).toEqual(mark);
    child.kill('SIGKILL');
    await once(child, 'exit');
    expect(isAlive(mark)).toBe(false);
    expect(markOf(mark.pid)).toBeUndefined();
  });

  it('ends a process that listens to the request', async () => {
    const { child, mark } = await processOf("process.on('SIGTERM', () => process.exit(7))");
    const exit = once(child, 'exit');
    await endProcess(mark, 10_000);
    expect(await exit).toEqual([7, null]);
  });

  it('kills one that does not', async () => {
    const { child, mark } = await processOf("process.on('SIGTERM', () => {})");
    const exit = once(child, 'exit');
    await endProcess(mark, 50);
    expect(await exit).toEqual([null, 'SIGKILL']);
  });

  it('leaves a stranger alone who was given the same pid', async () => {
    const { mark } = await processOf('');
    await endProcess({ ...mark, startedAt: 'another boot/1' }, 50);
    expect(isAlive(mark)).toBe(true);
  });

  it('takes the parent for the starter, but not the shell between', async () => {
    const { mark } = await processOf('');
    expect(starterOf(mark.pid)).toEqual(markOf(process.pid));
    const shell = spawn('sh', ['-c', `"${process.execPath}" -e "console.log(process.pid); setInterval(() => {}, 1000)"; true`]);
    started.push(shell);
    const [line] = (await once(shell.stdout, 'data')) as [Buffer];
    const inner = markOf(Number(line.toString()));
    expect(inner && starterOf(inner.pid)).toEqual(markOf(process.pid));
    if (inner) await endProcess(inner, 0);
  });
});
