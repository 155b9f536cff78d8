import { execFile, spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { accessSync, constants, mkdirSync, statSync } from 'node:fs';
import { chmod, copyFile, mkdir, mkdtemp, rename, rm, writeFile } from 'node:fs/promises';
import { homedir, tmpdir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);

export const TEMPORAL_VERSION = '1.8.2';
const DOWNLOAD = 'https://temporal.download/cli/archive';
const MODULE = 'github.com/temporalio/cli/cmd/temporal';
const GO_AT_LEAST = [1, 26] as const;

export interface Search {
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Folder with the go.mod that pins the program, i.e. `tools/temporal-cli`. */
  readonly goModule: string;
  /** Told what slow or remarkable thing happens. */
  readonly say: (line: string) => void;
  /** Gives up a download or build. */
  readonly signal?: AbortSignal;
}

export class NoTemporal extends Error {
  override readonly name = 'NoTemporal';
}

function isProgram(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return statSync(path).isFile();
  } catch {
    return false;
  }
}

function onPath(name: string, env: Search['env']): string | undefined {
  return (env['PATH'] ?? '')
    .split(delimiter)
    .filter(Boolean)
    .map((folder) => join(folder, name))
    .find(isProgram);
}

function isWritable(folder: string): boolean {
  try {
    mkdirSync(folder, { recursive: true });
    accessSync(folder, constants.W_OK);
    return true;
  } catch {
    return false;
  }
}

/** Where it is kept from run to run. A cache that only another user can enter is passed over. */
export function cachedBinary(env: Search['env']): string {
  const home = env['HOME'] || homedir();
  const own = join(home, '.cache', 'cobuild');
  const folder = env['XDG_CACHE_HOME'] ? join(env['XDG_CACHE_HOME'], 'cobuild') : own;
  const file = `temporal-${TEMPORAL_VERSION}`;
  return join(isProgram(join(folder, file)) || isWritable(folder) ? folder : own, file);
}

/** Makes the file appear whole or not at all: an interrupted download or build is never taken for a good one. */
async function intoCache(target: string, make: (partial: string) => Promise<void>): Promise<string> {
  const partial = `${target}.${randomUUID()}`;
  await mkdir(dirname(partial), { recursive: true });
  try {
    await make(partial);
    await chmod(partial, 0o755);
    await run(partial, ['--version']);
    await rename(partial, target);
    return target;
  } finally {
    await rm(partial, { force: true });
  }
}

async function download(search: Search, target: string): Promise<string> {
  const arch = process.arch === 'x64' ? 'amd64' : process.arch;
  const base = search.env['COBUILD_TEMPORAL_DOWNLOAD'] || DOWNLOAD;
  const address = `${base}/v${TEMPORAL_VERSION}?platform=${process.platform}&arch=${arch}`;
  search.say(`Temporal: trying to download version ${TEMPORAL_VERSION} (50 MB)`);
  const answer = await connectWithin(address, 5000, search.signal);
  if (!answer.ok) throw new Error(`${new URL(address).host} answers ${answer.status}`);
  const folder = await mkdtemp(join(tmpdir(), 'cobuild-temporal-'));
  try {
    const archive = join(folder, 'temporal.tar.gz');
    await writeFile(archive, Buffer.from(await answer.arrayBuffer()));
    await run('tar', ['-xzf', archive, '-C', folder, 'temporal']);
    return await intoCache(target, (partial) => copyFile(join(folder, 'temporal'), partial));
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** The limit is for the answer's beginning; the content may take its time. */
async function connectWithin(address: string, ms: number, signal?: AbortSignal): Promise<Response> {
  const patience = new AbortController();
  signal?.addEventListener('abort', () => patience.abort(signal.reason));
  const timer = setTimeout(() => patience.abort(new Error(`no answer within ${ms / 1000} s`)), ms);
  try {
    return await fetch(address, { signal: patience.signal });
  } finally {
    clearTimeout(timer);
  }
}

async function goVersion(search: Search): Promise<readonly [number, number] | undefined> {
  if (!onPath('go', search.env)) return undefined;
  // Asked outside the module, whose go line would make an older Go fetch a newer one.
  const { stdout } = await run('go', ['env', 'GOVERSION'], { cwd: tmpdir(), env: search.env }).catch(() => ({ stdout: '' }));
  const [, major, minor] = /^go(\d+)\.(\d+)/.exec(stdout) ?? [];
  return major && minor ? [Number(major), Number(minor)] : undefined;
}

/** Go's own caches, or others beside ours where it cannot write to them. */
async function goCaches(search: Search, target: string): Promise<Record<string, string>> {
  const names = ['GOCACHE', 'GOMODCACHE'] as const;
  const { stdout } = await run('go', ['env', ...names], { cwd: tmpdir(), env: search.env });
  const folders = stdout.trimEnd().split('\n');
  return Object.fromEntries(
    names.map((name, at) => {
      const folder = folders[at] ?? '';
      return [name, folder && isWritable(folder) ? folder : join(dirname(target), name.toLowerCase())];
    }),
  );
}

async function build(search: Search, target: string): Promise<string> {
  const env = { ...search.env, ...(await goCaches(search, target)) };
  search.say('Temporal: building it from its Go module, once; 6 to 7 minutes on two cores');
  const begun = performance.now();
  const minutes = setInterval(() => {
    search.say(`Temporal: still building (${Math.round((performance.now() - begun) / 1000)} s)`);
  }, 20_000);
  const compile = (partial: string): Promise<void> =>
    new Promise((resolve, reject) => {
      const args = ['build', '-trimpath', '-ldflags', '-s -w', '-o', partial, MODULE];
      const go = spawn('go', args, { cwd: search.goModule, env, stdio: ['ignore', 'ignore', 'pipe'], signal: search.signal });
      let complaint = '';
      go.stderr.on('data', (chunk: Buffer) => (complaint = (complaint + chunk.toString()).slice(-2000)));
      go.once('error', reject);
      go.once('exit', (code) => (code === 0 ? resolve() : reject(new Error(`go build failed: ${complaint}`))));
    });
  return intoCache(target, compile).finally(() => clearInterval(minutes));
}

/** `fetch failed` alone helps nobody: the network's own word is in the cause. */
function reason(error: unknown): string {
  const { message, cause } = error as { message: string; cause?: { message?: string; code?: string } };
  const detail = cause?.message || cause?.code;
  return detail ? `${message} (${detail})` : message;
}

/**
 * Finds or makes a `temporal` program: COBUILD_TEMPORAL_CLI, PATH, the user's cache, a download, a build with Go.
 * Throws `NoTemporal` with what a person can do.
 */
export async function findTemporal(search: Search): Promise<string> {
  const named = search.env['COBUILD_TEMPORAL_CLI'];
  if (named) {
    if (!isProgram(named)) throw new NoTemporal(`COBUILD_TEMPORAL_CLI names no program: ${named}`);
    return named;
  }
  const installed = onPath('temporal', search.env);
  if (installed) return installed;
  const cached = cachedBinary(search.env);
  if (isProgram(cached)) return cached;

  const failures: string[] = [];
  const attempt = (way: Promise<string>): Promise<string | undefined> =>
    way.catch((error: unknown) => {
      failures.push(reason(error));
      search.say(`Temporal: ${reason(error)}`);
      return undefined;
    });

  const downloaded = await attempt(download(search, cached));
  if (downloaded) return downloaded;
  search.signal?.throwIfAborted();
  const go = await goVersion(search);
  if (go && (go[0] > GO_AT_LEAST[0] || (go[0] === GO_AT_LEAST[0] && go[1] >= GO_AT_LEAST[1]))) {
    const built = await attempt(build(search, cached));
    if (built) return built;
  } else {
    failures.push(go ? `Go ${go.join('.')} is too old to build it` : 'Go is not installed to build it');
  }
  throw new NoTemporal(
    [
      'There is no Temporal server on this machine. One of these brings one:',
      '  - install the Temporal CLI (https://docs.temporal.io/cli) so that `temporal` is on the PATH,',
      '    or name it in COBUILD_TEMPORAL_CLI;',
      `  - install Go ${GO_AT_LEAST.join('.')} or newer: it is then built once from its sources;`,
      '  - set TEMPORAL_ADDRESS=host:port to use a server that runs elsewhere.',
      `Tried: ${failures.join('; ')}.`,
    ].join('\n'),
  );
}
