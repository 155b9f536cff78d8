import { pipeline } from 'node:stream/promises';
import { backupKeysFrom } from './local.ts';
import { OpenStream, SealStream } from './platform/local/sealed-stream.ts';

/** node dist/src/sealed.js seal|open: standard input to standard output with BACKUP_KEY, for backups of servers elsewhere. */
const keys = backupKeysFrom(process.env);
const [direction] = process.argv.slice(2);
if (direction !== 'seal' && direction !== 'open') throw new Error('usage: node dist/src/sealed.js seal|open');
try {
  await pipeline(process.stdin, direction === 'seal' ? new SealStream(keys[0]!) : new OpenStream(keys), process.stdout);
} catch (error) {
  process.stderr.write(`${(error as Error).message}\n`);
  process.exitCode = 1;
}
