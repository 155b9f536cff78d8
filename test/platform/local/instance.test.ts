import { spawn, type ChildProcess } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { loadConfig } from '../../../src/platform/config.ts';
import { AlreadyRunning, openInstance, recordProcesses, removeInstances } from '../../../src/platform/local/instance.ts';
import { isAlive, markOf, type ProcessMark } from '../../../src/platform/local/processes.ts';

describe('what one start keeps', () => {
  let base: string;
  let children: ChildProcess[];

  beforeEach(() => {
    base = join(mkdtempSync(join(tmpdir(), 'cobuild-instance-')), 'data');
    children = [];
  });
  afterEach(() => {
    for (const child of children) child.kill('SIGKILL');
    rmSync(join(base, '..'), { recursive: true, force: true });
  });

  function sleeper(): ProcessMark {
    const child = spawn('sleep', ['1000'], { stdio: 'ignore' });
    children.push(child);
    const mark = markOf(child.pid ?? 0);
    if (!mark) throw new Error('sleep did not start');
    return mark;
  }

  function launcherOf(folder: string, launcher: { self: ProcessMark; starter: ProcessMark | null }): void {
    mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, 'launcher.json'), JSON.stringify(launcher));
  }

  it('makes secrets once, for the owner’s eyes only, other ones for another port', async () => {
    const first = await openInstance(base, 3000, undefined);
    const again = await openInstance(base, 3000, undefined);
    const other = await openInstance(base, 3001, undefined);
    expect(again.secrets).toEqual(first.secrets);
    expect(other.secrets.superuser).not.toBe(first.secrets.superuser);
    expect(statSync(join(first.folder, 'secrets.json')).mode & 0o777).toBe(0o600);
  });

  it('makes secrets that development accepts and production refuses', async () => {
    const { secrets } = await openInstance(base, 3000, undefined);
    const env = {
      ORIGINS: 'http://localhost:3000',
      DATABASE_URL: `postgres://cobuild_app:${secrets.application}@127.0.0.1/cobuild`,
      TEMPORAL_ADDRESS: '127.0.0.1:7233',
      PAYLOAD_KEYS: secrets.payloadKeys,
      SUBJECT_KEYS: secrets.subjectKeys,
      PASSWORD_PEPPER: secrets.pepper,
      ANCHOR_KEYS: secrets.anchorKeys,
    };
    expect(loadConfig({ ...env, NODE_ENV: 'development' }).keys.payload).toHaveLength(1);
    expect(() => loadConfig({ ...env, NODE_ENV: 'production' })).toThrow(/(sample secret[^]*){4}/);
  });

  it('keeps its ports, but leaves one to who has taken it', async () => {
    const first = await openInstance(base, 3000, undefined);
    const thief = createServer();
    await new Promise<void>((listening) => thief.listen(first.ports.temporal, '127.0.0.1', listening));
    const again = await openInstance(base, 3000, undefined);
    thief.close();
    expect(again.ports.postgres).toBe(first.ports.postgres);
    expect(again.ports.temporal).not.toBe(first.ports.temporal);
  });

  it('ends what a killed start has left, but no stranger under the same pid', async () => {
    const { folder } = await openInstance(base, 3000, undefined);
    const [left, stranger] = [sleeper(), sleeper()];
    recordProcesses(folder, { left, stranger: { ...stranger, startedAt: 'another boot/1' } });
    await openInstance(base, 3000, undefined);
    expect(isAlive(left)).toBe(false);
    expect(isAlive(stranger)).toBe(true);
  });

  it('does not start twice on one port', async () => {
    launcherOf(join(base, '3000'), { self: sleeper(), starter: sleeper() });
    await expect(openInstance(base, 3000, undefined)).rejects.toThrow(AlreadyRunning);
    await expect(openInstance(base, 3001, undefined)).resolves.toBeDefined();
  });

  it('takes over from a launcher whose npm was killed', async () => {
    const self = sleeper();
    launcherOf(join(base, '3000'), { self, starter: { pid: self.pid, startedAt: 'gone' } });
    await openInstance(base, 3000, undefined);
    expect(isAlive(self)).toBe(false);
  });

  it('removes everything, also what it keeps elsewhere, unless something runs', async () => {
    const { folder } = await openInstance(base, 3000, undefined);
    const elsewhere = join(base, '../elsewhere');
    mkdirSync(join(elsewhere, 'postgres'), { recursive: true });
    writeFileSync(join(folder, 'database-folder.json'), JSON.stringify(join(elsewhere, 'postgres')));
    launcherOf(join(base, '3001'), { self: sleeper(), starter: null });

    await expect(removeInstances(base)).rejects.toThrow(AlreadyRunning);
    expect(JSON.parse(readFileSync(join(folder, 'secrets.json'), 'utf8'))).toBeDefined();

    rmSync(join(base, '3001'), { recursive: true });
    await removeInstances(base);
    expect([existsSync(base), existsSync(elsewhere)]).toEqual([false, false]);
  });

  it('has nothing to remove where nothing was started', async () => {
    await expect(removeInstances(base)).resolves.toBeUndefined();
  });
});
