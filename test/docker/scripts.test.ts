import { execFile } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';

const run = promisify(execFile);

/** Stands for the containers: a base backup is a word, sealing turns it around, the volume is a folder. */
const DOCKER = `#!/bin/sh
echo "$@" >> "$FOLDER/asked"
case "$*" in
  *pg_basebackup*) printf 'base backup'; exit "\${BASE_BACKUP:-0}" ;;
  *'sealed.js seal'*|*'sealed.js open'*) [ "\${OPEN:-0}" = 0 ] || { cat > /dev/null; exit "$OPEN"; }; rev ;;
  *'--entrypoint test postgres'*) [ -e "$FOLDER/volume" ] ;;
  *'--entrypoint mv postgres'*) mv "$FOLDER/volume" "$FOLDER/aside" ;;
  *'tar -x'*) cat > "$FOLDER/volume" ;;
esac
`;

let folder: string;
let env: Record<string, string>;
let file: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'cobuild-docker-'));
  writeFileSync(join(folder, 'docker'), DOCKER, { mode: 0o755 });
  env = { PATH: `${folder}:${process.env['PATH']}`, FOLDER: folder, BACKUP_KEY: 'id:key' };
  file = join(folder, 'backup');
});

afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** As the operator's own `sh` runs it, whichever that is. Answers the exit code. */
async function script(name: string, args: readonly string[], more: Record<string, string> = {}): Promise<number> {
  try {
    await run('sh', [`docker/${name}.sh`, ...args], { env: { ...env, ...more } });
    return 0;
  } catch (error) {
    return (error as { code: number }).code;
  }
}

const there = (name: string): boolean => existsSync(join(folder, name));
const asked = (): string => (there('asked') ? readFileSync(join(folder, 'asked'), 'utf8') : '');

describe('docker/backup.sh', () => {
  it('keeps what the cluster gave, sealed', async () => {
    expect(await script('backup', [file])).toBe(0);
    expect(readFileSync(file, 'utf8').trim()).toBe('pukcab esab');
  });

  it('keeps nothing of a base backup that broke off, or that could not be sealed', async () => {
    expect(await script('backup', [file], { BASE_BACKUP: '1' })).not.toBe(0);
    expect(await script('backup', [file], { OPEN: '1' })).not.toBe(0);
    expect([there('backup'), there('backup.broken')]).toEqual([false, false]);
  });

  it('asks for nothing without a file and a key', async () => {
    expect(await script('backup', [])).not.toBe(0);
    expect(await script('backup', [file], { BACKUP_KEY: '' })).not.toBe(0);
    expect(asked()).toBe('');
  });
});

describe('docker/restore.sh', () => {
  beforeEach(() => script('backup', [file]));

  it('fills an empty volume, migrates, and leaves all frozen', async () => {
    expect(await script('restore', [file])).toBe(0);
    expect(readFileSync(join(folder, 'volume'), 'utf8').trim()).toBe('base backup');
    expect(asked()).toMatch(/up -d --wait postgres\n.*run --rm migrate\n.*recover\.js --begin RESTORED\n$/);
  });

  it('leaves a volume that holds data alone, until told to put it aside', async () => {
    writeFileSync(join(folder, 'volume'), 'of today');
    expect(await script('restore', [file])).not.toBe(0);
    expect(readFileSync(join(folder, 'volume'), 'utf8')).toBe('of today');
    expect(await script('restore', [file, '--replace'])).toBe(0);
    expect(readFileSync(join(folder, 'aside'), 'utf8')).toBe('of today');
  });

  it('touches nothing for a backup that does not open', async () => {
    writeFileSync(join(folder, 'volume'), 'of today');
    expect(await script('restore', [file, '--replace'], { OPEN: '1' })).not.toBe(0);
    expect(readFileSync(join(folder, 'volume'), 'utf8')).toBe('of today');
    expect(asked()).not.toMatch(/stop|recover/);
  });
});
