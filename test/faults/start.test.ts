import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import pg from 'pg';
import { freePort } from '../../src/platform/local/ports.ts';
import { endProcess, isAlive, type ProcessMark } from '../../src/platform/local/processes.ts';

const ROOT = process.cwd();

type Processes = Record<'PostgreSQL' | 'Temporal' | 'worker' | 'api', ProcessMark>;

describe('npm start', () => {
  let port: number;
  let folder: string;
  const launchers: ChildProcess[] = [];

  beforeAll(async () => {
    port = await freePort();
    folder = join(ROOT, '.cobuild', String(port));
  });

  afterAll(async () => {
    for (const launcher of launchers) launcher.kill('SIGKILL');
    for (const mark of Object.values(running())) await endProcess(mark, 5000, 'SIGINT');
    const outside = join(folder, 'database-folder.json');
    if (existsSync(outside)) rmSync(join(read<string>(outside), '..'), { recursive: true, force: true });
    rmSync(folder, { recursive: true, force: true });
  });

  function read<Content>(file: string): Content {
    return JSON.parse(readFileSync(file, 'utf8')) as Content;
  }

  function running(): Processes {
    const file = join(folder, 'processes.json');
    return existsSync(file) ? read<Processes>(file) : ({} as Processes);
  }

  async function launch(): Promise<ChildProcess> {
    const child = spawn(process.execPath, ['tools/start.mjs', '--empty'], {
      cwd: ROOT,
      env: { ...process.env, NODE_OPTIONS: '', PORT: String(port) },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    launchers.push(child);
    let said = '';
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk: Buffer) => (said += chunk.toString()));
    while (!said.includes('Cobuild runs')) {
      if (child.exitCode !== null) throw new Error(`it ended: ${said}`);
      await delay(100);
    }
    return child;
  }

  async function isReady(): Promise<boolean> {
    return fetch(`http://127.0.0.1:${port}/api/health/ready`).then(
      (answer) => answer.ok,
      () => false,
    );
  }

  async function until(condition: () => boolean | Promise<boolean>): Promise<void> {
    while (!(await condition())) await delay(100);
  }

  async function ask<Row>(sql: string): Promise<Row[]> {
    const { postgres } = read<{ postgres: number }>(join(folder, 'ports.json'));
    const { superuser } = read<{ superuser: string }>(join(folder, 'secrets.json'));
    const client = new pg.Client(`postgres://postgres:${superuser}@127.0.0.1:${postgres}/cobuild`);
    await client.connect();
    try {
      return (await client.query(sql)).rows as Row[];
    } finally {
      await client.end();
    }
  }

  it('serves, heals every kill, takes over from a killed start, and leaves nothing behind', async () => {
    const first = await launch();
    expect(await isReady()).toBe(true);
    await ask('CREATE TABLE public.kept AS SELECT 42 AS answer');

    await expect(launch()).rejects.toThrow(/already runs/);

    for (const name of ['PostgreSQL', 'Temporal', 'worker', 'api'] as const) {
      const killed = running()[name];
      process.kill(killed.pid, 'SIGKILL');
      await until(() => running()[name].pid !== killed.pid && isAlive(running()[name]));
      await until(isReady);
    }

    const orphans = running();
    first.kill('SIGKILL');
    await once(first, 'exit');
    expect(Object.values(orphans).every(isAlive)).toBe(true);
    const second = await launch();
    expect(Object.values(orphans).some(isAlive)).toBe(false);
    expect(await ask('SELECT answer FROM public.kept')).toEqual([{ answer: 42 }]);

    const last = running();
    second.kill('SIGINT');
    expect(await once(second, 'exit')).toEqual([0, null]);
    expect(Object.values(last).some(isAlive)).toBe(false);
    expect(running()).toEqual({});
  });
});
