import { randomUUID } from 'node:crypto';
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import pg from 'pg';
import { serverAccount } from '../../../src/platform/local/account.ts';
import { freePort } from '../../../src/platform/local/ports.ts';
import { initialise, postmaster, start, stop, SUPERUSER, urlOf, type Cluster } from '../../../src/platform/local/postgres.ts';
import { endProcess, waitUntilGone } from '../../../src/platform/local/processes.ts';

describe('a PostgreSQL of our own', () => {
  const password: string = randomUUID();
  let box: string;
  let cluster: Cluster;

  beforeAll(async () => {
    box = mkdtempSync(join(tmpdir(), 'cobuild-cluster-'));
    chmodSync(box, 0o711);
    cluster = { folder: join(box, 'postgres'), port: await freePort(), account: serverAccount(), settings: {} };
    // What an interrupted first start leaves.
    mkdirSync(`${cluster.folder}.partial`);
    writeFileSync(join(`${cluster.folder}.partial`, 'PG_VERSION'), 'half');
    await initialise(cluster, password);
    await start(cluster);
  });

  afterAll(async () => {
    const running = await postmaster(cluster);
    if (running) await endProcess(running, 10_000, 'SIGQUIT');
    rmSync(box, { recursive: true, force: true });
  });

  async function ask<Row>(sql: string, word = password): Promise<Row[]> {
    const client = new pg.Client(urlOf(cluster, SUPERUSER, word, 'postgres'));
    await client.connect();
    try {
      return (await client.query(sql)).rows as Row[];
    } finally {
      await client.end();
    }
  }

  it('lets nobody in without the password, which lies nowhere', async () => {
    await expect(ask('SELECT 1', 'guess')).rejects.toThrow(/password authentication failed/);
    expect(existsSync(`${cluster.folder}.password`)).toBe(false);
    expect(readFileSync(join(cluster.folder, 'server.log'), 'utf8')).not.toContain(password);
  });

  it('keeps and sorts Chinese text, and knows its characters as letters', async () => {
    const names = "(VALUES ('张三'), ('李四'), ('王五'), ('阿明')) AS v(name)";
    const sorted = await ask<{ name: string }>(`SELECT name FROM ${names} ORDER BY name COLLATE "zh-Hans-CN-x-icu"`);
    expect(sorted.map((row) => row.name)).toEqual(['阿明', '李四', '王五', '张三']);
    await ask('CREATE EXTENSION pg_trgm');
    const [found] = await ask<{ near: number }>("SELECT similarity('楼道照明修复', '楼道照明更换') AS near");
    expect(found?.near).toBeGreaterThan(0.2);
  });

  it('has all data again after a kill', async () => {
    await ask('CREATE TABLE kept (id int); INSERT INTO kept VALUES (42)');
    const before = await postmaster(cluster);
    if (!before) throw new Error('it does not run');
    process.kill(before.pid, 'SIGKILL');
    await waitUntilGone(before, 10_000);
    const after = await start(cluster);
    expect(after.pid).not.toBe(before.pid);
    expect(await ask('SELECT id FROM kept')).toEqual([{ id: 42 }]);
  });

  it('starts after a restart of the machine, when something else has the pid it noted', async () => {
    const running = await postmaster(cluster);
    if (!running) throw new Error('it does not run');
    await stop(running);
    const note = join(cluster.folder, 'postmaster.pid');
    writeFileSync(note, [process.pid, cluster.folder, 0, cluster.port, '', '127.0.0.1', '1 1', 'ready'].join('\n'));
    expect(await postmaster(cluster)).toBeUndefined();
    await start(cluster);
    expect(await ask('SELECT id FROM kept')).toEqual([{ id: 42 }]);
  });
});
