import { execFile, execFileSync } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { chownSync, closeSync, mkdirSync, openSync, rmSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import pg from 'pg';
import { serverAccount } from '../../src/platform/local/account.ts';
import type { Answer } from '../support/http.ts';
import { runFolder } from '../support/run.ts';
import { over, persist } from './support/persistent.ts';
import { Town } from './support/town.ts';

/** The database fits, and little more. */
const DISK_MIB = 160;
const PROPOSALS = 60;

/** A disk of its own can be had by root on Linux alone; elsewhere this says nothing. */
const isPossible = process.platform === 'linux' && process.getuid?.() === 0 && canMount();

function canMount(): boolean {
  const probe = join(runFolder(), 'disk-probe');
  mkdirSync(probe, { recursive: true });
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=1m', 'tmpfs', probe], { stdio: 'ignore' });
    execFileSync('umount', [probe], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}

const disk = join(runFolder(), 'small-disk');
const filler = join(disk, 'filler');

let town: Town;

/** Takes all that is left, to the last page. */
function fill(): void {
  const file = openSync(filler, 'w');
  for (let piece = 1024 * 1024; piece >= 512; ) {
    try {
      writeSync(file, Buffer.alloc(piece));
    } catch {
      piece /= 2;
    }
  }
  closeSync(file);
}

async function onSmallDisk(adminUrl: string): Promise<void> {
  mkdirSync(disk, { recursive: true });
  execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${DISK_MIB}m`, 'tmpfs', disk]);
  const space = join(disk, 'space');
  mkdirSync(space);
  const account = serverAccount();
  if (account) chownSync(space, account.uid, account.gid);
  const url = new URL(adminUrl);
  const database = url.pathname.slice(1);
  url.pathname = '/postgres';
  const client = new pg.Client({ connectionString: url.href });
  await client.connect();
  await client.query(`CREATE TABLESPACE small LOCATION '${space}'`);
  await client.query(`ALTER DATABASE ${database} SET TABLESPACE small`);
  await client.end();
}

beforeAll(async () => {
  if (!isPossible) return;
  town = await Town.create({ units: 1, proposals: PROPOSALS });
  await onSmallDisk(town.world.adminUrl);
  town.world.run('worker');
  town.world.run('api');
  await town.world.untilReady();
}, 300_000);

afterAll(async () => {
  over.abort();
  await town?.world.stop();
  if (isPossible) execFileSync('umount', ['-l', disk]);
});

const describeWithDisk = isPossible ? describe : describe.skip;

describeWithDisk('a full disk under the database', () => {
  it('refuses commands whole, with 503; once there is room the same keys are decided, each once', async () => {
    const { world, manager, proposals } = town;
    const failures: string[] = [];
    await persist(manager.client, '/api/v1/projects', { proposalId: proposals.pop() }, failures);
    fill();
    const asked: { key: string; proposalId: string; answer: Answer }[] = [];
    for (let proposalId = proposals.pop(); proposalId !== undefined; proposalId = proposals.pop()) {
      const key = randomUUID();
      asked.push({ key, proposalId, answer: await manager.client.post('/api/v1/projects', { proposalId }, { 'idempotency-key': key }) });
    }
    const refused = asked.filter(({ answer: { status } }) => status !== 201);
    // What still fits in pages that are there is taken; then everything is refused, and nothing breaks.
    expect(refused.length).toBeGreaterThan(10);
    expect([...new Set(refused.map(({ answer: { status } }) => status))]).toEqual([503]);
    expect((await manager.client.get('/api/v1/projects')).status).toBe(200);

    rmSync(filler);
    const opened = await Promise.all(
      asked.map(({ key, proposalId }) => persist(manager.client, '/api/v1/projects', { proposalId }, failures, key)),
    );
    expect(failures).toEqual([]);
    expect(opened.filter(({ status }) => status !== 201).map(({ status, body }) => `${status} ${String(body.code)}`)).toEqual([]);
    expect(new Set(opened.map(({ body }) => body.id as string)).size).toBe(asked.length);
    const env = { PATH: process.env['PATH'], ...world.env };
    const { stdout } = await promisify(execFile)(process.execPath, [join(process.cwd(), 'dist/src/doctor.js')], { env });
    expect(JSON.parse(stdout.trimEnd().split('\n').at(-1)!)).toMatchObject({ unexplained: 0 });
  });
});
