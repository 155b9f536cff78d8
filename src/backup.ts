import { readFileSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { backupKeysFrom, CannotStart, clusterOf, DATA, DATABASE, portFrom } from './local.ts';
import { serverAccount } from './platform/local/account.ts';
import { takeBackup } from './platform/local/backup.ts';
import { findInstance, runningIn } from './platform/local/instance.ts';
import { SUPERUSER, urlOf } from './platform/local/postgres.ts';

/** npm run backup -- FILE: the running system of `npm start` on this port, sealed. */
async function main(): Promise<void> {
  const [file] = process.argv.slice(2);
  if (!file) throw new CannotStart('usage: BACKUP_KEY=id:base64 npm run backup -- FILE');
  const [key] = backupKeysFrom(process.env);
  const instance = findInstance(DATA, portFrom(process.env), serverAccount());
  const running = instance && runningIn(instance.folder);
  if (!instance || !running?.['PostgreSQL']) throw new CannotStart('npm start does not run on this port (PORT=… chooses another one)');
  const begun = performance.now();
  const { pausedMs } = await takeBackup(
    {
      url: urlOf(clusterOf(instance), SUPERUSER, instance.secrets.superuser, DATABASE),
      clusterFolder: instance.clusterFolder,
      temporal: { file: instance.temporalFile, pid: running['Temporal']?.pid },
      extras: { 'secrets.json': readFileSync(join(instance.folder, 'secrets.json'), 'utf8') },
    },
    resolve(file),
    key!,
  );
  const seconds = Math.round((performance.now() - begun) / 100) / 10;
  process.stdout.write(`${JSON.stringify({ file, bytes: statSync(file).size, key: key!.id, pausedMs, seconds })}\n`);
}

main().catch((error: unknown) => {
  process.stderr.write(`${error instanceof CannotStart ? error.message : (error as Error).stack}\n`);
  process.exitCode = 1;
});
