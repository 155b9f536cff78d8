import { spawnSync } from 'node:child_process';
import { copyFileSync, existsSync, rmSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { backupKeysFrom, CannotStart, clusterOf, DATA, environmentFor, HERE, migrateDatabase, portFrom } from './local.ts';
import { serverAccount } from './platform/local/account.ts';
import { openBackup, putInPlace } from './platform/local/backup.ts';
import { AlreadyRunning, findInstance, openInstance } from './platform/local/instance.ts';
import * as postgres from './platform/local/postgres.ts';
import { BackupUnreadable } from './platform/local/sealed-stream.ts';

const say = (line: string): void => void process.stdout.write(`${line}\n`);

/** npm run restore -- FILE [--replace]: puts a backup back on this port, frozen until its recovery is ended by a person. */
async function main(): Promise<void> {
  const { positionals, values } = parseArgs({ allowPositionals: true, options: { replace: { type: 'boolean' } } });
  const [file] = positionals;
  if (!file) throw new CannotStart('usage: BACKUP_KEY=id:base64 npm run restore -- FILE [--replace]');
  const keys = backupKeysFrom(process.env);
  const port = portFrom(process.env);
  const account = serverAccount();
  // Throws while npm start runs.
  const present = await openInstance(DATA, port, account);
  if (existsSync(present.clusterFolder) && !values.replace) {
    throw new CannotStart('there is data on this port already; --replace puts it aside and restores');
  }
  const begun = performance.now();
  const opened = join(present.folder, 'restoring');
  rmSync(opened, { recursive: true, force: true });
  await openBackup(resolve(file), opened, keys);
  const mark = `before-${new Date().toISOString().replace(/[:.]/g, '-')}`;
  const aside = await putInPlace(opened, { ...present, account }, mark);
  copyFileSync(join(opened, 'secrets.json'), join(present.folder, 'secrets.json'));
  rmSync(opened, { recursive: true, force: true });
  const instance = findInstance(DATA, port, account);
  if (!instance) throw new Error('the instance is gone');
  const cluster = clusterOf(instance);
  const mark2 = await postgres.start(cluster);
  try {
    await migrateDatabase(instance, cluster);
    const env = environmentFor(instance, port, `127.0.0.1:${instance.ports.temporal}`);
    const { status } = spawnSync(process.execPath, ['--enable-source-maps', join(HERE, 'recover.js'), '--begin', 'RESTORED'], { env, stdio: 'inherit' });
    if (status !== 0) throw new CannotStart('the restored database could not be frozen; do not start it');
  } finally {
    await postgres.stop(mark2);
  }
  for (const path of aside) say(`put aside: ${path}`);
  say('Restored and frozen. Next: npm start; npm run recover; then a person with system.recover ends the recovery.');
  say(JSON.stringify({ file, seconds: Math.round((performance.now() - begun) / 100) / 10 }));
}

main().catch((error: unknown) => {
  const expected = error instanceof CannotStart || error instanceof AlreadyRunning || error instanceof BackupUnreadable;
  process.stderr.write(`${expected ? (error as Error).message : (error as Error).stack}\n`);
  process.exitCode = 1;
});
