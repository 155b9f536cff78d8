// What must be there before our own code can run. Node built-ins only: it works before `npm install`.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  accessSync,
  constants,
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { homedir } from 'node:os';
import { dirname, join, relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

export const ROOT = resolve(dirname(fileURLToPath(import.meta.url)), '../..');
const LEAST_NODE = [20, 19];

export class SetupError extends Error {}

export function say(line) {
  process.stdout.write(`${line}\n`);
}

export function checkNode(version = process.versions.node) {
  const [major, minor] = version.split('.').map(Number);
  if (major > LEAST_NODE[0] || (major === LEAST_NODE[0] && minor >= LEAST_NODE[1])) return;
  throw new SetupError(`Node ${LEAST_NODE.join('.')} or newer is needed; this is ${version} (https://nodejs.org)`);
}

/** Runs a program with our terminal; its exit code, or 1 when a signal ended it. */
export function run(program, args, env = {}, minutes = Infinity) {
  const limit = Number.isFinite(minutes) && { timeout: minutes * 60_000, killSignal: 'SIGKILL' };
  const done = spawnSync(program, args, { cwd: ROOT, stdio: 'inherit', env: { ...process.env, ...env }, ...limit });
  if (done.error?.code === 'ETIMEDOUT') throw new SetupError(`not done within ${minutes} minutes: ${args.join(' ')}`);
  if (done.error) throw done.error;
  return done.status ?? 1;
}

function packagesIn(lockFile) {
  if (!existsSync(lockFile)) return {};
  return JSON.parse(readFileSync(lockFile, 'utf8')).packages ?? {};
}

/** What the lock file asks for and node_modules does not hold; packages for other machines do not count. */
export function missingPackages(root = ROOT) {
  const wanted = Object.entries(packagesIn(join(root, 'package-lock.json')));
  const present = packagesIn(join(root, 'node_modules/.package-lock.json'));
  return wanted
    .filter(([path, { version, optional }]) => path !== '' && !optional && present[path]?.version !== version)
    .map(([path]) => path);
}

/** npm gives up over a cache that belongs to another user, as after `sudo npm`; then our own one is used. */
function cacheOption() {
  const configured = spawnSync('npm', ['config', 'get', 'cache'], { cwd: ROOT, encoding: 'utf8' }).stdout?.trim();
  try {
    mkdirSync(configured, { recursive: true });
    accessSync(configured, constants.W_OK);
    return [];
  } catch {
    return ['--cache', join(homedir(), '.npm')];
  }
}

export function install() {
  const missing = missingPackages();
  if (missing.length === 0) return;
  say(`Installing ${missing.length} packages (a minute or two, once)`);
  // Not `npm ci`: it refuses a lock file that was written where some other machine's optional package was absent.
  // With --no-save the lock file decides all the same, and stays as it is.
  const code = run('npm', ['install', '--no-save', '--no-audit', '--no-fund', '--loglevel=error', ...cacheOption()]);
  if (code !== 0) throw new SetupError('npm install failed; see above');
}

function filesUnder(folder) {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    return entry.isDirectory() ? filesUnder(path) : [path];
  });
}

/**
 * What is built by itself, each with a stamp of its own: an edit of the page leaves the compiled services alone, and the
 * other way round. The benchmarks ask the tests' questions.
 */
const SERVICES = {
  folders: ['src', 'workflows', 'activities', 'bench', 'test/support', 'test/matching/support'],
  settings: ['package-lock.json', 'tsconfig.json', 'tsconfig.build.json', 'tools/bundle.mjs'],
};
const PAGE = { folders: ['web'], settings: ['package-lock.json', 'tools/page.mjs'] };

/** Changes with every source file that is edited, added or removed. */
function stateOf({ folders, settings }) {
  const files = folders.map((name) => join(ROOT, name)).filter(existsSync).flatMap(filesUnder);
  const hash = createHash('sha256');
  for (const file of [...files, ...settings.map((name) => join(ROOT, name))].sort()) {
    hash.update(relative(ROOT, file)).update('\0').update(readFileSync(file)).update('\0');
  }
  return hash.digest('hex');
}

const DIST = join(ROOT, 'dist');
/** The built page lies in the services' folder, and is kept when only they are built anew. */
const BUILT_PAGE = join(DIST, 'web');
const STAMP = '.built-from';

function isBuilt(folder, state) {
  const stamp = join(folder, STAMP);
  return existsSync(stamp) && readFileSync(stamp, 'utf8') === state;
}

/** Compiles and bundles what is stale. */
export function build({ force = false } = {}) {
  const state = stateOf(SERVICES);
  if (force || !isBuilt(DIST, state)) {
    say('Building');
    replace(DIST, state, (fresh) => {
      compile(fresh);
      if (existsSync(BUILT_PAGE)) cpSync(BUILT_PAGE, join(fresh, 'web'), { recursive: true });
    });
  }
  buildPage({ force });
}

/** The page alone, as the browser tests need it. */
export function buildPage({ force = false } = {}) {
  const state = stateOf(PAGE);
  if (!force && isBuilt(BUILT_PAGE, state)) return;
  say('Building the page');
  mkdirSync(DIST, { recursive: true });
  replace(BUILT_PAGE, state, (fresh) => {
    // Tests set another one, with which React and antd would be built for their own developers.
    if (run(process.execPath, ['tools/page.mjs', fresh], { NODE_ENV: 'production' }) !== 0) throw new SetupError('the page could not be built; see above');
  });
}

/** Builds into a new folder, which then takes the place of the old one: no half build is ever run. */
function replace(folder, state, work) {
  removeRemains();
  const fresh = `${DIST}.${process.pid}`;
  mkdirSync(fresh);
  try {
    work(fresh);
    writeFileSync(join(fresh, STAMP), state);
    const old = `${DIST}.${process.pid}.old`;
    if (existsSync(folder)) renameSync(folder, old);
    renameSync(fresh, folder);
    rmSync(old, { recursive: true, force: true });
  } finally {
    rmSync(fresh, { recursive: true, force: true });
  }
}

function compile(target) {
  const tsc = join(ROOT, 'node_modules/@typescript/native/bin/tsc');
  if (run(process.execPath, [tsc, '-p', 'tsconfig.build.json', '--outDir', target]) !== 0) {
    throw new SetupError('the sources do not compile; see above');
  }
  const bundle = ['tools/bundle.mjs', join(target, 'workflows/index.js'), join(target, 'workflow-bundle.js')];
  if (run(process.execPath, bundle) !== 0) throw new SetupError('the workflow code could not be bundled; see above');
}

/** Folders of builds that were killed more than ten minutes ago. */
function removeRemains() {
  for (const name of readdirSync(ROOT)) {
    const path = join(ROOT, name);
    if (/^dist\.\d/.test(name) && Date.now() - statSync(path).mtimeMs > 600_000) rmSync(path, { recursive: true });
  }
}

/** Prints expected failures as one message, everything else with its stack; exit code 1 for both. */
export async function main(work) {
  try {
    await work();
  } catch (error) {
    process.stderr.write(`\n${error instanceof SetupError ? error.message : error.stack}\n`);
    process.exitCode = 1;
  }
}
