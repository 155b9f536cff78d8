import { execFile, spawn, type ChildProcess } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { openSync } from 'node:fs';
import { copyFile, mkdir, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { promisify } from 'node:util';
import { APPLICATION } from '../../../src/platform/database/roles.ts';
import { serverAccount } from '../../../src/platform/local/account.ts';
import { freePort } from '../../../src/platform/local/ports.ts';
import * as postgres from '../../../src/platform/local/postgres.ts';
import { markOf } from '../../../src/platform/local/processes.ts';
import { copyWhole, openBackup, putInPlace, takeBackup } from '../../../src/platform/local/backup.ts';
import type { NamedKey } from '../../../src/platform/keys.ts';
import { findTemporal } from '../../../src/platform/local/temporal-binary.ts';
import { spawnTemporal, untilHealthy, type TemporalServer } from '../../../src/platform/local/temporal-server.ts';
import { prepareDatabase } from '../../../src/platform/local/trial-database.ts';
import { migrations } from '../../../src/schema.ts';
import { endsWithRun, runFolder } from '../../support/run.ts';

const run = promisify(execFile);

const ROOT = process.cwd();
const DATABASE = 'cobuild';

/** A folder that outlives the run, to see why. */
const LOGS = process.env['FAULT_LOGS'];

/** Written through to disk: what a killed server acknowledged must be there again. */
const DURABLE = { max_connections: '100', shared_buffers: '64MB' };

/** `relief` is a second worker. */
export type ProcessName = 'worker' | 'relief' | 'api';

/** At its crash point, by `kill`, or by itself, which it may do only while a server it needs is away. */
export type End = 'crashed' | 'killed' | 'failed';

const PAUSED_WITHIN_MS = 120_000;

/** All four processes as an installation runs them, each of which can be killed and comes back. */
export class World {
  readonly port: number;
  readonly env: Readonly<Record<string, string>>;
  readonly #cluster: postgres.Cluster;
  readonly #temporal: TemporalServer;
  readonly #children = new Map<ProcessName, ChildProcess>();
  #temporalChild: ChildProcess | undefined;
  #adminUrl = '';
  #aside: readonly string[] = [];
  #stopping = false;
  /** Of processes that were run and stopped together. */
  #round = 0;
  /** Asked before each start of our own processes: where they are to die next. */
  nextCrashPoint: (name: ProcessName) => string | undefined = () => undefined;
  /** Called for each end that was not asked for by `stop`. */
  onEnd: (name: ProcessName, end: End) => void = () => undefined;

  private constructor(port: number, env: Record<string, string>, cluster: postgres.Cluster, temporal: TemporalServer) {
    this.port = port;
    this.env = env;
    this.#cluster = cluster;
    this.#temporal = temporal;
  }

  /** As a superuser. */
  get adminUrl(): string {
    return this.#adminUrl;
  }

  static async create(settings: Readonly<Record<string, string>> = {}): Promise<World> {
    const folder = join(runFolder(), `world-${randomBytes(4).toString('hex')}`);
    await mkdir(folder, { mode: 0o711 });
    const password = randomBytes(18).toString('base64url');
    const cluster = { folder: join(folder, 'postgres'), port: await freePort(), account: serverAccount(), settings: { ...DURABLE, ...settings } };
    const binary = await findTemporal({ env: process.env, goModule: join(ROOT, 'tools/temporal-cli'), say: () => undefined });
    const temporal = { binary, port: await freePort(), file: join(folder, 'temporal.sqlite') };
    const port = await freePort();
    const secret = (id: string): string => `${id}:${randomBytes(32).toString('base64')}`;
    const env = {
      NODE_ENV: 'test',
      PORT: String(port),
      ORIGINS: `http://127.0.0.1:${port}`,
      RATE_LIMITS: 'lifted',
      SECOND_FACTOR: 'off',
      DATABASE_URL: postgres.urlOf(cluster, APPLICATION, password, DATABASE),
      DATABASE_POOL_SIZE: '10',
      TEMPORAL_ADDRESS: `127.0.0.1:${temporal.port}`,
      TEMPORAL_TASK_QUEUE: 'faults',
      WORKFLOW_TASK_TIMEOUT_MS: '3000',
      PUBLISH_TIMEOUT_MS: '1500',
      SWEEP_AFTER_MS: '3000',
      PAYLOAD_KEYS: secret('faults'),
      SUBJECT_KEYS: secret('faults'),
      PASSWORD_PEPPER: secret('faults'),
      ANCHOR_KEYS: secret('faults'),
      LOG_LEVEL: 'warn',
      OUTSIDE_FOLDER: join(folder, 'outside'),
    };
    const world = new World(port, env, cluster, temporal);
    await postgres.initialise(cluster, password);
    await world.startPostgres();
    world.#adminUrl = (await prepareDatabase(cluster, password, migrations)).adminUrl;
    await world.startTemporal();
    return world;
  }

  async startPostgres(): Promise<void> {
    endsWithRun(await postgres.start(this.#cluster));
  }

  /** A killed server may hold its port and file for a moment; the supervisor of `npm start` tries again too. */
  async startTemporal(attempts = 10): Promise<void> {
    const child = spawnTemporal(this.#temporal, openSync(join(LOGS ?? runFolder(), 'temporal-faults.log'), 'a'));
    endsWithRun(markOf(child.pid ?? 0));
    this.#temporalChild = child;
    try {
      await untilHealthy(this.#temporal, child);
    } catch (error) {
      if (attempts === 1) throw error;
      await delay(500);
      await this.startTemporal(attempts - 1);
    }
  }

  /** As `npm run backup` does it, from all that runs. */
  async backUp(file: string, key: NamedKey): Promise<void> {
    const temporal = { file: this.#temporal.file ?? '', pid: this.#temporalChild?.pid };
    await takeBackup({ url: this.#adminUrl, clusterFolder: this.#cluster.folder, temporal, extras: {} }, file, key);
  }

  async startServers(): Promise<void> {
    await this.startPostgres();
    await this.startTemporal();
  }

  async stopServers(): Promise<void> {
    const mark = await postgres.postmaster(this.#cluster);
    if (mark) await postgres.stop(mark);
    const child = this.#temporalChild;
    const ended = child && once(child, 'exit');
    child?.kill('SIGTERM');
    await ended;
  }

  /** Only one of the two, and they are of different instants. What was there can be put forward again. */
  async putBack(file: string, key: NamedKey, parts: { readonly database: boolean; readonly temporal: boolean }): Promise<void> {
    const folder = `${this.#cluster.folder}.opened`;
    await openBackup(file, folder, [key]);
    const place = {
      clusterFolder: parts.database ? this.#cluster.folder : `${folder}.unused`,
      temporalFile: parts.temporal ? (this.#temporal.file ?? '') : `${folder}.unused.db`,
      account: this.#cluster.account,
    };
    // The other one is kept as it is now, before anything runs over it again.
    if (!parts.database) await copyWhole(this.#cluster.folder, `${this.#cluster.folder}.aside`, this.#cluster.account);
    if (!parts.temporal) await copyFile(this.#temporal.file ?? '', `${this.#temporal.file}.aside`);
    this.#aside = [
      ...(await putInPlace(folder, place, 'aside')).filter((path) => !path.includes('.unused')),
      ...(parts.database ? [] : [`${this.#cluster.folder}.aside`]),
      ...(parts.temporal ? [] : [`${this.#temporal.file}.aside`]),
    ];
    await rm(folder, { recursive: true, force: true });
    await rm(`${folder}.unused`, { recursive: true, force: true });
  }

  /** Servers stand as they were before `putBack`. */
  async putForward(): Promise<void> {
    await rm(`${this.#temporal.file}-wal`, { force: true });
    await rm(`${this.#temporal.file}-shm`, { force: true });
    for (const path of this.#aside) {
      const place = path.slice(0, -'.aside'.length);
      await rm(place, { recursive: true, force: true });
      await rename(path, place);
    }
    this.#aside = [];
  }

  async killPostgres(): Promise<void> {
    const mark = await postgres.postmaster(this.#cluster);
    if (mark) process.kill(mark.pid, 'SIGKILL');
  }

  killTemporal(): void {
    this.#temporalChild?.kill('SIGKILL');
  }

  kill(name: ProcessName): void {
    this.#children.get(name)?.kill('SIGKILL');
  }

  /** Until it has stopped itself at its point; it is told to go on by `SIGCONT`. */
  async untilPaused(name: ProcessName, until = performance.now() + PAUSED_WITHIN_MS): Promise<void> {
    const pid = this.#children.get(name)?.pid ?? 0;
    const { stdout } = await run('ps', ['-o', 'stat=', '-p', String(pid)]);
    if (stdout.startsWith('T')) return;
    if (performance.now() > until) throw new Error(`the ${name} never came to its point`);
    await delay(50);
    await this.untilPaused(name, until);
  }

  /** Alive, but at no work until it goes on. */
  async hold(name: ProcessName): Promise<void> {
    this.#children.get(name)?.kill('SIGSTOP');
    await this.untilPaused(name);
  }

  goOn(name: ProcessName): void {
    this.#children.get(name)?.kill('SIGCONT');
  }

  /** Starts our own process and starts it again whenever it ends. */
  /** `env`: what is different for this process, also after it was started again. */
  run(name: ProcessName, env: Readonly<Record<string, string>> = {}): void {
    const point = this.nextCrashPoint(name);
    const script = join(ROOT, 'dist/src', name === 'api' ? 'main.js' : 'worker.js');
    const log = openSync(join(LOGS ?? runFolder(), `${name}-faults.log`), 'a');
    const child = spawn(process.execPath, [script], {
      env: { PATH: process.env['PATH'], ...this.env, ...env, ...(point && { CRASH_POINT: point }) },
      stdio: ['ignore', log, log],
    });
    endsWithRun(markOf(child.pid ?? 0));
    this.#children.set(name, child);
    const round = this.#round;
    child.once('exit', (_, signal) => {
      if (this.#stopping) return;
      this.onEnd(name, child.killed ? 'killed' : signal === 'SIGKILL' ? 'crashed' : 'failed');
      // Whoever ended right before all were stopped must not come back beside those that are run next.
      setTimeout(() => !this.#stopping && round === this.#round && this.run(name, env), 200);
    });
  }

  /** Serves and reaches both servers. */
  async untilReady(withinMs = 90_000): Promise<void> {
    const deadline = performance.now() + withinMs;
    for (;;) {
      const answer = await fetch(`http://127.0.0.1:${this.port}/api/health/ready`).catch(() => undefined);
      if (answer?.ok) return;
      if (performance.now() > deadline) throw new Error('the API is not ready in time');
      await delay(200);
    }
  }

  /** Ends our own processes; the servers stay. */
  async stopOwn(): Promise<void> {
    this.#stopping = true;
    const running = [...this.#children.values()].filter((child) => child.exitCode === null && child.signalCode === null);
    const ended = running.map((child) => new Promise((resolve) => child.once('exit', resolve)));
    for (const child of running) child.kill('SIGKILL');
    await Promise.all(ended);
    this.#children.clear();
    this.#round += 1;
    this.#stopping = false;
  }

  async stop(): Promise<void> {
    this.#stopping = true;
    for (const child of this.#children.values()) child.kill('SIGKILL');
    this.killTemporal();
    await this.killPostgres();
  }
}
