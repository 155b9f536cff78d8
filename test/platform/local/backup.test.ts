import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { execFileSync } from 'node:child_process';
import { createWriteStream } from 'node:fs';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { openBackup } from '../../../src/platform/local/backup.ts';
import { SealStream } from '../../../src/platform/local/sealed-stream.ts';

const KEY = { id: 'test', secret: Buffer.alloc(32, 7) };
/** More than a pipe holds. */
const PADDING_BYTES = 4 * 1024 * 1024;

let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'cobuild-backup-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

it('is read to its end, also what only fills up the archive', async () => {
  await writeFile(join(folder, 'kept.txt'), 'kept');
  const archive = execFileSync('tar', ['-c', '-C', folder, 'kept.txt']);
  const sealed = join(folder, 'sealed');
  await pipeline(Readable.from([archive, Buffer.alloc(PADDING_BYTES)]), new SealStream(KEY), createWriteStream(sealed));
  const opened = join(folder, 'opened');
  await openBackup(sealed, opened, [KEY]);
  expect(await readFile(join(opened, 'kept.txt'), 'utf8')).toBe('kept');
});
